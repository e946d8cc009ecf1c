/** Every error code, by its natural cause and by order. */
import { generateKeys, type KeyPair } from '../../../dev/simulators/keys.cts';
import {
	ERRORS,
	ERROR_CODES,
	LIQUIDATED,
	NOT_FOUND,
	REORGANISED,
	startKlientuPortfelis,
	type KlientuPortfelisSimulator,
	type Options,
} from '../../../dev/simulators/klientuPortfelis.cts';
import {
	RawClient,
	type RawAnswer,
	type RawParameters,
} from '../../../dev/simulators/klientuPortfelis/rawClient.cts';

let keys: KeyPair;
let simulator: KlientuPortfelisSimulator;
let raw: RawClient;

async function start(options: Partial<Options> = {}): Promise<void> {
	simulator = await startKlientuPortfelis({ privateKey: keys.privateKeyPem, ...options });
	raw = new RawClient(simulator);
	await raw.login();
}

beforeAll(async () => {
	keys = await generateKeys();
});
beforeEach(() => start());
afterEach(() => simulator.stop());

const COMPANY = { code: '40000000001', type: 'COMPANY' };

const MONITORING = {
	email: ['a@example.lv'],
	empty_mail: false,
	period: 'D',
	start_date: '2026-01-01',
	services: ['SV_BIRTH'],
};

async function loginWith(changes: RawParameters): Promise<RawAnswer> {
	const { username, password, roleId } = simulator.credentials;
	return raw.send('login', { username, password, role_id: roleId, ...changes });
}

async function addTo(list: { id: number }, object: RawParameters = COMPANY): Promise<RawAnswer> {
	return raw.call('add_object', { list_id: list.id, ...object });
}

async function deleteShared(): Promise<RawAnswer> {
	const object = simulator.seedObjects(simulator.seedList().id, 1)[0];
	if (!object) throw new Error('No object');
	simulator.portfolio.putIn(object, simulator.seedList({ rights: 'READ' }));
	return raw.call('delete_object', { id: object.id });
}

async function addBeyondLimit(): Promise<RawAnswer> {
	simulator.role.objectLimit = 1;
	const list = simulator.seedList();
	await addTo(list);
	return addTo(list, { ...COMPANY, code: '40000000002' });
}

/** Code, what causes it. 1000 has no cause of its own but a failure inside the service. */
const CAUSES: ReadonlyArray<readonly [keyof typeof ERRORS, string, () => Promise<RawAnswer>]> = [
	[
		1001,
		'a role without the API',
		() => {
			simulator.role.apiAllowed = false;
			return raw.call('get_lists');
		},
	],
	[
		1002,
		"another role's list",
		() => raw.call('get_objects', { list_id: simulator.seedList({ rights: null }).id }),
	],
	[
		1003,
		"another role's object",
		() => {
			const object = simulator.seedObjects(simulator.seedList({ rights: null }).id, 1)[0];
			return raw.call('get_object', { id: object?.id ?? 0 });
		},
	],
	[1003, 'an object that is also in a list to read only', deleteShared],
	[1004, 'one object too many', addBeyondLimit],
	[1005, 'a list to read only', () => addTo(simulator.seedList({ rights: 'READ' }))],
	[2000, 'no sid', () => raw.send('get_lists', {})],
	[2001, 'a missing parameter', () => raw.call('get_objects')],
	[2001, 'an empty parameter', () => raw.call('add_list', { name: '', type: 'KEYWORDS' })],
	[2002, 'no password', () => loginWith({ password: '' })],
	[2003, 'a wrong password', () => loginWith({ password: 'nepareiza' })],
	[2003, 'a wrong username', () => loginWith({ username: 'cits' })],
	[2003, 'an unknown role', () => loginWith({ role_id: 1 })],
	[2004, 'a role that is no number', () => loginWith({ role_id: 'viens' })],
	[2005, 'an unknown session', () => raw.send('get_lists', { sid: 'f'.repeat(32) })],
	[
		2006,
		'another address',
		() => {
			simulator.changeAddress('192.0.2.1');
			return raw.call('get_lists');
		},
	],
	[
		2007,
		'a session past its time',
		() => {
			simulator.expireSession(raw.sid);
			return raw.call('get_lists');
		},
	],
	[2008, 'an unknown list', () => raw.call('delete_list', { id: 1 })],
	[2009, 'a list that is no number', () => raw.call('get_objects', { list_id: 'viens' })],
	[2009, 'the same under the name of id', () => raw.call('delete_list', { id: '1.5' })],
	[2010, 'an object that is no number', () => raw.call('get_object', { id: 'viens' })],
	[2011, 'an unknown object', () => raw.call('get_object', { id: 1 })],
	[2012, 'an object of another kind', () => addTo(simulator.seedList({ type: 'ADDRESS' }))],
	[
		2013,
		'an object twice',
		async () => {
			const list = simulator.seedList();
			await addTo(list);
			return addTo(list);
		},
	],
	[2014, 'liquidated', () => addTo(simulator.seedList(), { ...COMPANY, code: LIQUIDATED })],
	[2015, 'reorganised', () => addTo(simulator.seedList(), { ...COMPANY, code: REORGANISED })],
	[2016, 'not found', () => addTo(simulator.seedList(), { ...COMPANY, code: NOT_FOUND })],
	[
		2017,
		'an empty list',
		() => raw.call('add_list_monitoring', { list_id: simulator.seedList().id, ...MONITORING }),
	],
	[
		2018,
		'no monitoring',
		() => raw.call('get_list_monitoring', { list_id: simulator.seedList().id }),
	],
	[
		2019,
		'an object of another list',
		() => {
			const object = simulator.seedObjects(simulator.seedList().id, 1)[0];
			return raw.call('delete_object', { id: object?.id ?? 0, list_id: simulator.seedList().id });
		},
	],
	[2020, 'a long name', () => raw.call('add_list', { name: 'ā'.repeat(101), type: 'KEYWORDS' })],
	[2020, 'an unknown value', () => raw.call('add_list', { name: 'n', type: 'OTHER' })],
	[2020, 'a code of another length', () => addTo(simulator.seedList(), { ...COMPANY, code: '1' })],
	[
		2021,
		'a limit too high',
		() => raw.call('get_objects', { list_id: simulator.seedList().id, rows: 25_001 }),
	],
	[
		3000,
		'a role without a key',
		() => {
			simulator.role.publicKeyPem = null;
			return raw.call('get_lists');
		},
	],
	[3001, 'no signature', () => raw.call('get_lists', {}, { signature: null })],
	[
		3002,
		'a signature over something else',
		() => raw.call('get_lists', {}, { signature: raw.sign({}) }),
	],
	[3002, 'no signature at all', () => raw.call('get_lists', {}, { signature: 'AAAA' })],
];

describe('the error codes', () => {
	it.each(CAUSES)('%i: %s', async (code, _, cause) => {
		const answer = await cause();
		expect(answer.code).toBe(code);
		expect(answer.status).toBe(ERRORS[code].status);
		expect(answer.field('success')).toBe('false');
		expect(answer.field('message')).toBeTruthy();
		expect(simulator.calls.at(-1)).toMatchObject({ code, status: answer.status });
	});

	it('can all be ordered', async () => {
		expect(ERROR_CODES).toHaveLength(Object.keys(ERRORS).length);
		for (const code of ERROR_CODES) {
			simulator.failNext(code);
			expect((await raw.call('get_lists')).code).toBe(code);
			expect((await raw.call('get_lists')).code).toBeNull();
		}
	});

	it('are each caused, 1000 aside', () => {
		const caused = new Set(CAUSES.map(([code]) => code));
		expect(ERROR_CODES.filter((code) => !caused.has(code))).toEqual([1000]);
	});

	it('can be ordered for one function, several times', async () => {
		simulator.failNext({ function: 'get_objects', code: 1000, times: 2 });
		const { id: list_id } = simulator.seedList();
		expect((await raw.call('get_lists')).code).toBeNull();
		expect((await raw.call('get_objects', { list_id })).code).toBe(1000);
		expect((await raw.call('get_objects', { list_id })).code).toBe(1000);
		expect((await raw.call('get_objects', { list_id })).code).toBeNull();
	});

	it('come with status 200 where the service does not manage more', async () => {
		await simulator.stop();
		await start({ alwaysStatus200: true });
		const answer = await raw.call('get_objects', { list_id: 1 });
		expect([answer.status, answer.code]).toEqual([200, 2008]);
	});
});
