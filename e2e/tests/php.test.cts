/** The built package against PHP's SoapServer, which is what the real service runs on. */
import { FUNCTIONS } from '../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { byId } from '../../test/nodes/KlientuPortfelis/helpers.cts';
import { generateKeys } from '../../dev/simulators/keys.cts';
import { startPhpTestRig, type PhpTestRig } from '../php/testRig.cts';
import {
	list,
	monitoring,
	object,
	ODD,
	operations,
	session,
	sessions,
} from '../php/operations.cts';
import { FORMS, type Form } from '../php/start.cts';

let rig: PhpTestRig;

/** The items of an operation that shall succeed. */
async function items(operation: object): Promise<Array<Record<string, unknown>>> {
	const result = await rig.run({ ...operation });
	expect(result.nodeError('Node')?.message).toBeUndefined();
	return result.json('Node');
}

function testFunctions(): void {
	test.each(operations)('%s', async (name, operation, seen, item) => {
		const [first] = await items(operation);
		expect(first).toMatchObject(item);
		const call = (await rig.verifiedCalls()).at(-1);
		expect(call).toMatchObject({
			address: '/api/wsdl?ws=1',
			action: `"urn:ApiControllerwsdl#${name}"`,
		});
		const { sid, ...parameters } = call?.parameters ?? {};
		expect([call?.function, parameters]).toEqual([name, seen]);
		if (name !== 'login') expect(sid).toMatch(/^(?:3\d|6[1-6]){32}$/);
	});

	test('are all tested', () => {
		const tested = new Set(operations.map(([name]) => name));
		expect(tested).toEqual(new Set(Object.keys(FUNCTIONS)));
	});

	test('are those of the WSDL, as the credential test finds', async () => {
		expect(await rig.engine.test('klientuPortfelisApi', rig.php.credentials)).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		await rig.verifiedCalls();
	});
}

function testAnswers(): void {
	const birth = { type: 'SV_BIRTH', name: 'Pakalpojums SV_BIRTH' };
	const ubirth = { type: 'SV_UBIRTH', name: 'Pakalpojums SV_UBIRTH' };

	test('that holds the same lists, objects and roles several times', async () => {
		const [first, second, third, last] = await items(list('getMany', { returnAll: true }));
		const sample = { id: 1, code: '00000000001', address: ODD, updated: null, client_id: '' };
		const owner = { id: 1, name: 'Loma 1', rights: 'OWNER' };
		const reader = { id: 2, name: 'Loma 2', rights: 'READ' };
		const twice = [expect.objectContaining(sample), expect.objectContaining(sample)];
		expect(first).toMatchObject({ id: 1, objects: twice, users: [owner, reader] });
		expect(second).toMatchObject({ id: 2, objects: twice.slice(1), users: [owner, owner] });
		expect(third).toEqual(first);
		expect(last).toMatchObject({ id: 3, description: null, users: [] });
		expect(last).not.toHaveProperty('objects');
	});

	test.each([
		['with one thing twice', 1, [birth, ubirth, birth]],
		['that lost an element', 2, [birth, birth]],
		['of arrays with keys', 3, [birth, ubirth, birth]],
		['that is an array with keys', 4, [birth, ubirth]],
		['that is nil', 5, []],
	])('with a list %s', async (_, listId, services) => {
		expect(await items(monitoring('getServices', listId))).toEqual(services);
	});

	test('of nothing but nil', async () => {
		const [nothing] = await items(object('get', { objectId: '2', simplify: false }));
		const { id, ...fields } = nothing ?? {};
		expect(id).toBe(2);
		expect(Object.values(fields)).toEqual(Array.from({ length: 14 }, () => null));
	});

	test('that is an array with keys', async () => {
		const get = (objectId: string) => object('get', { objectId, simplify: false });
		const [plain] = await items(get('1'));
		expect(await items(get('3'))).toEqual([
			{ ...plain, id: 3, code: '00000000003', virtual_id: '000000003', name: expect.any(String) },
		]);
	});

	test.each([0, 1, 3000])('of %d objects, sessions and events', async (count) => {
		const ids = Array.from({ length: count }, (_, index) => index + 1);
		const all = { returnAll: true };
		const objects = await items(
			object('getMany', { listId: byId(count), simplify: false, ...all }),
		);
		expect(objects.map(({ id }) => id)).toEqual(ids);
		expect(objects.every(({ address }) => address === ODD)).toBe(true);
		const found = await items(sessions('getMany', count, all));
		expect(found.map(({ id }) => id)).toEqual(ids);
		const events = await items(sessions('getEvents', 1, { sessionId: String(count), ...all }));
		expect(events.map(({ notes }) => notes)).toEqual(ids.map((id) => (id % 3 === 0 ? null : ODD)));
		await rig.verifiedCalls();
	});
}

/** SoapServer alone leaves an exception to PHP; the framework turns it into a SOAP fault. */
const OF_EXCEPTION = {
	plain: ['The service sent an empty response', '(HTTP status 500)'],
	framework: ['The service could not process the request', 'Something broke'],
} as const;

function testRefusals(form: Form): void {
	// delete_list of the ID, and what the node says.
	test.each([
		[200, 'The list was not found', 'Saraksts nav atrasts" (code 2008)'],
		[400, 'The service did not accept a value', 'Nosaukums <ir> "par" & garu" (code 2020)'],
		[401, 'The session has ended', 'Sesija beigusies" (code 2007)'],
		[403, 'The role has no access to this list', '(code 1002)'],
		[500, 'The service had an internal fault', '(code 1000)'],
		[600, 'The service could not process the request', 'Datubāze <nav> pieejama (HTTP status 500)'],
		[601, ...OF_EXCEPTION[form]],
		[602, 'The service could not process the request', 'Nederīgs pieprasījums (HTTP status 500)'],
		[603, 'The service could not process the request', 'must be of type string, array given'],
	])('of delete_list %d is told in words', async (id, message, words) => {
		const result = await rig.run(list('delete', { listId: byId(id) }));
		expect(result.nodeError('Node')).toMatchObject({
			message,
			description: expect.stringContaining(words),
		});
		const calls = (await rig.verifiedCalls()).filter((call) => call.function === 'delete_list');
		// Only for a session that has ended a call is repeated, in a new one.
		expect(calls).toHaveLength(id === 401 ? 2 : 1);
	});

	test('for a session that is gone is met by a new one', async () => {
		await items(list('getMany'));
		await rig.php.calls();
		await rig.php.forgetSessions();
		await items(list('getMany'));
		const calls = await rig.verifiedCalls();
		expect(calls.map((call) => call.function)).toEqual(['get_lists', 'login', 'get_lists']);
	});

	test("for another's key is told as one", async () => {
		const { privateKeyPem: privateKey } = await generateKeys();
		const result = await rig.run(session('login'), [{}], { credential: { privateKey } });
		expect(result.nodeError('Node')?.message).toBe('The service did not accept the signature');
		expect((await rig.php.calls()).map(({ verified }) => verified)).toEqual([false]);
	});
}

describe.each(FORMS)('%s:', (form) => {
	beforeAll(async () => {
		rig = await startPhpTestRig(form);
	});
	afterAll(async () => await rig?.stop());
	beforeEach(async () => void (await rig.php.calls()));

	describe('the functions', testFunctions);
	describe('an answer', testAnswers);
	describe('a refusal', () => testRefusals(form));
});
