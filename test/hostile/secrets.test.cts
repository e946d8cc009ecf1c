/**
 * Marked secrets, every code and fault of the service in every use of it, also with the secrets
 * quoted back: none of them stands in what n8n stores, shows or prints.
 */
import type { FunctionName } from '../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import type { sessions as Sessions } from '../../nodes/KlientuPortfelis/protocol/memory';
import { faults } from '../faults/faults.cts';
import type { Spoil } from '../faults/faultServer.cts';
import { faultDocument } from '../../dev/simulators/klientuPortfelis/answers.cts';
import { ERROR_CODES } from '../../dev/simulators/klientuPortfelis.cts';
import { FORMS } from './marks.cts';
import { PASSPHRASE, PASSWORD, SecretsTestRig, type Credential } from './secretsTestRig.cts';

// Further tries come at once.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await new Promise((resolve) => setImmediate(resolve)),
}));

let rig: SecretsTestRig;

beforeAll(async () => {
	rig = await SecretsTestRig.open();
});
afterAll(async () => {
	await rig.close();
	expect(rig.marks.searched).toBeGreaterThan(2000);
});
afterEach(() => rig.simulator.clearOrders());

/** What the scenarios call once they are logged in. */
const CALLED = [
	'get_object',
	'add_object',
	'logout',
	'get_lists',
	'get_available_services',
	'get_list_monitoring',
	'get_monitoring_sessions',
] as const;

test.each(ERROR_CODES)(
	'code %i',
	async (code) => {
		const { simulator } = rig;
		for (const scenario of [...rig.scenarios, rig.failToLogIn]) {
			simulator.failNext({ code, function: 'login', times: 20 });
			await scenario(rig.fresh());
			simulator.clearOrders();
			if (scenario === rig.failToLogIn) continue;
			const inSession = rig.fresh();
			await rig.openSession(inSession);
			for (const name of CALLED) simulator.failNext({ code, function: name, times: 20 });
			await scenario(inSession);
			simulator.clearOrders();
		}
	},
	60_000,
);

describe('on the way', () => {
	const all = faults(() => 'http://elsewhere.invalid/').filter(
		({ name, spoil }) => spoil.at !== 'lookup' && !name.includes('is stopped'),
	);
	const hasLogin = ({ read }: (typeof all)[number]) => read === 'right';

	test.each(
		all.filter(({ timeout }) => timeout === undefined).map((fault) => [fault.name, fault] as const),
	)(
		'%s',
		async (_name, fault) => {
			const scenarios = hasLogin(fault) ? rig.scenarios : [...rig.scenarios, rig.failToLogIn];
			await Promise.all(
				scenarios.flatMap((scenario) =>
					[false, true].map((inSession) => rig.runSpoiled(fault.spoil, scenario, inSession)),
				),
			);
		},
		60_000,
	);

	const silence = all.find(({ name }) => name === 'No answer in time');
	test('no answer in time', async () => {
		if (silence === undefined) throw new Error('No such fault');
		await Promise.all(
			[false, true].map((inSession) => rig.runSpoiled(silence.spoil, rig.readOnce, inSession)),
		);
	}, 60_000);
});

interface Quoting {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
}

/** Answers each call with something that is made of the secrets that it held. */
const quoting = (form: (text: string) => string, answer: (quoted: string) => Quoting): Spoil => ({
	at: 'answer',
	reaches: true,
	answer: ({ response }) => {
		const { envelope = '' } = rig.simulator.calls.at(-1) ?? {};
		const sid = /<sid[^>]*>([^<]*)</.exec(envelope)?.[1] ?? '';
		const quoted = [PASSWORD, sid, PASSPHRASE].map(form).join(' ');
		const { status = 500, headers = {}, body = '' } = answer(quoted);
		response.writeHead(status, { ...headers, connection: 'close' }).end(body);
	},
});

/** A call refused with a code and words. */
const refusing = (name: FunctionName) => (quoted: string) => {
	const words = `<![CDATA[${quoted}]]>`;
	const said = `<success>false</success><code>${words}</code><message>${words}</message>`;
	const response = `<${name}Response><return>${said}</return></${name}Response>`;
	return { status: 200, body: `<Envelope><Body>${response}</Body></Envelope>` };
};

const ANSWERS: Readonly<Record<string, (quoted: string) => Quoting>> = {
	'a text': (quoted) => ({ body: `Fatal: ${quoted}` }),
	'a page': (quoted) => ({ body: `<html><body>${quoted}</body></html>` }),
	'a fault': (quoted) => ({ body: faultDocument(quoted) }),
	'a text that is cut': (quoted) => ({ body: `${'x'.repeat(180)} ${quoted}` }),
	'a broken document': (quoted) => ({ status: 200, body: `<Envelope><${quoted}` }),
	'a refused login': refusing('login'),
	'a refused call': refusing('get_object'),
	'a refused search': refusing('get_lists'),
};

describe.each(Object.entries(FORMS))('quoted back as %s', (_form, write) => {
	test.each(Object.entries(ANSWERS))(
		'in %s',
		async (_name, answer) => {
			for (const scenario of [rig.read, rig.searchLists, rig.test]) {
				for (const inSession of [false, true]) {
					await rig.runSpoiled(quoting(write, answer), scenario, inSession);
				}
			}
		},
		60_000,
	);

	test('in the address of a redirect', async () => {
		const answer = (quoted: string): Quoting => ({
			status: 302,
			// A header holds ASCII only.
			headers: { location: `http://elsewhere.invalid/?${quoted.replace(/[^ -~]/g, '?')}` },
		});
		const ascii = (text: string) => (/[^ -~]/.test(write(text)) ? '' : write(text));
		for (const inSession of [false, true]) {
			await rig.runSpoiled(quoting(ascii, answer), rig.read, inSession);
		}
	}, 60_000);
});

describe('a credential', () => {
	test.each<[string, () => Credential]>([
		['with another password', () => ({ password: `${PASSWORD}x` })],
		['with another passphrase', () => ({ passphrase: `${PASSPHRASE}x` })],
		['without its passphrase', () => ({ passphrase: '' })],
		['with half a key', () => ({ privateKey: rig.simulator.credentials.privateKey.slice(0, 900) })],
		[
			'with a piece of a key',
			() => ({
				privateKey: rig.simulator.credentials.privateKey.split('\n').slice(3, 9).join('\n'),
			}),
		],
		['with the password for a key', () => ({ privateKey: PASSWORD })],
		['with an object for a password', () => ({ password: { inside: PASSWORD } })],
		['with the passphrase for an endpoint', () => ({ endpoint: PASSPHRASE })],
		['with the passphrase for a WSDL', () => ({ endpoint: '', wsdlUrl: PASSPHRASE })],
	])('%s', async (_name, wrong) => {
		for (const scenario of [...rig.scenarios, rig.failToLogIn]) {
			await scenario({ ...rig.fresh(), ...wrong() });
		}
	});
});

test('a session key is forgotten with the logout, and the names of sessions hold no secret', async () => {
	const { ['nodes/KlientuPortfelis/protocol/memory']: memory } = jest.requireActual<
		Record<'nodes/KlientuPortfelis/protocol/memory', { sessions: typeof Sessions }>
	>('../../dist/nodes/KlientuPortfelis/common.js');
	const credential = rig.fresh();
	const sid = await rig.openSession(credential);
	expect(JSON.stringify([...memory.sessions])).toContain(sid);
	await rig.logout(credential);
	expect(JSON.stringify([...memory.sessions])).not.toContain(sid);
	expect(memory.sessions.size).toBeGreaterThan(0);
	for (const name of memory.sessions.keys()) expect(name).toMatch(/^(?:test )?[0-9a-f]{64}$/);
});
