/** Object → Create or Update, and what Object → Create does with an object that exists. */
import { droppedConnection } from '../../../dev/simulators/klientuPortfelis.cts';
import { byId, startTestRig, type TestRig } from './helpers.cts';
import { codeOf, SyncedList, WRITES, type Company, type Given } from './syncedList.cts';

let rig: TestRig;
const lists: SyncedList[] = [];

beforeAll(async () => {
	rig = await startTestRig();
	await rig.run({ resource: 'list', operation: 'getMany' });
});
afterAll(async () => await rig.stop());
afterEach(() => {
	for (const list of lists.splice(0)) list.remove();
});

function seeded(...companies: Company[]): SyncedList {
	const list = new SyncedList(rig, companies);
	lists.push(list);
	return list;
}

const upsert = { operation: 'upsert', resource: 'object' };
const rowsOf = async (list: SyncedList, items: readonly Given[], more: Given = {}) =>
	await list.rows(items, { ...upsert, ...more });

describe('Create or Update', () => {
	test('adds, changes what differs, and leaves what is as it should be', async () => {
		const list = seeded(
			{ code: codeOf(1), clientId: 'A', phone: '1' },
			{ code: codeOf(2), clientId: 'B', phone: '2' },
		);
		const items = [
			{ code: codeOf(1), clientId: 'A', phone: '1' },
			{ code: codeOf(2), clientId: 'B', phone: '3' },
			{ code: codeOf(3), clientId: 'C', phone: '4' },
		];
		const objects = await rowsOf(list, items);
		expect(objects.map(({ code, action }) => [code, action])).toEqual([
			[codeOf(1), 'unchanged'],
			[codeOf(2), 'updated'],
			[codeOf(3), 'created'],
		]);
		expect(objects[2]).toMatchObject({ id: expect.any(Number), client_id: 'C', phone: '4' });
		const written = list.takeCalls().filter((call) => WRITES.has(call.function));
		expect(written.map(({ function: name }) => name)).toEqual([
			'update_object',
			'add_object',
			'update_object',
		]);
		expect(written[0]?.parameters).toMatchObject({ phone: '3' });
		expect(written[0]?.parameters).not.toHaveProperty('client_id');
		await rowsOf(list, items);
		expect(list.takeWrites()).toEqual([]);
	});

	test('reads a list once for all items, and an object only for details that the list lacks', async () => {
		const list = seeded(...Array.from({ length: 30 }, (_, n) => ({ code: codeOf(n) })));
		const items = Array.from({ length: 40 }, (_, n) => ({ code: codeOf(n), clientId: `K${n}` }));
		await rowsOf(list, items);
		const names = list.takeCalls().map((call) => call.function);
		const count = (name: string) => names.filter((one) => one === name).length;
		expect(count('get_objects')).toBe(1);
		expect(count('get_object')).toBe(0);
		expect(count('add_object')).toBe(10);
		expect(count('update_object')).toBe(40);
	});

	test.each([1, 5])('takes items with the same code in turn, %d at a time', async (batchSize) => {
		const list = seeded();
		const items = ['A', 'B', 'B', ''].map((clientId) => ({ code: codeOf(1), clientId }));
		const options = { batching: { batch: { batchSize } } };
		const objects = await rowsOf(list, items, { options });
		expect(objects.map(({ action }) => action)).toEqual([
			'created',
			'updated',
			'unchanged',
			'updated',
		]);
		expect(list.content).toEqual({ [codeOf(1)]: { clientId: '', phone: '' } });
	});

	test('treats 2013 as an object that somebody else has just added', async () => {
		const list = seeded();
		const added = { code: codeOf(1), clientId: 'A' };
		const run = async () => await rowsOf(list, [{ code: codeOf(1), clientId: 'B' }]);
		const [object] = await list.seedAfterRead(added, run);
		expect(object).toMatchObject({ action: 'updated', client_id: 'B' });
	});

	test('finds an object by its nine-digit number and by its VAT number', async () => {
		const list = seeded({ code: codeOf(1) });
		const items = [codeOf(1).slice(2), `LV ${codeOf(1)}`].map((code) => ({ code }));
		const objects = await rowsOf(list, items);
		expect(objects.map(({ code, action }) => [code, action])).toEqual([
			[codeOf(1), 'unchanged'],
			[codeOf(1), 'unchanged'],
		]);
	});

	test('says that an object was added when its details could not be written', async () => {
		const list = seeded();
		rig.simulator.answerNext({ function: 'update_object', ...droppedConnection() });
		const result = await list.sync([{ code: codeOf(1), clientId: 'A' }], upsert);
		expect(result.nodeError('Node')?.description).toContain('The object was added to the list');
		expect(list.content).toEqual({ [codeOf(1)]: { clientId: '', phone: '' } });
	});

	test('an item that fails leaves the others alone, and keeps its pair', async () => {
		const list = seeded({ code: codeOf(1) });
		const items = [{ code: '40000000014' }, {}, { code: codeOf(1) }];
		const result = await list.sync(items, upsert, { onError: 'continueRegularOutput' });
		expect(result.items('Node').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(result.json('Node').map(({ error, action }) => error ?? action)).toEqual([
			'The company is liquidated',
			"'Code' is empty",
			'unchanged',
		]);
	});

	test('a list that cannot be read is asked for once, whatever the number of items', async () => {
		const list = seeded();
		rig.simulator.failNext({ function: 'get_objects', code: 1002 });
		const items = [1, 2, 3].map((number) => ({ code: codeOf(number) }));
		const result = await list.sync(items, upsert, { onError: 'continueRegularOutput' });
		expect(result.json('Node').map(({ error }) => error)).toEqual(
			items.map(() => 'The role has no access to this list'),
		);
		expect(list.takeCalls()).toHaveLength(1);
	});

	test('a code that fits several objects is refused with their IDs', async () => {
		const list = seeded();
		const ids = [list.seed({ code: '40123456789' }).id, list.seed({ code: '50123456789' }).id];
		const result = await list.sync([{ code: '123456789' }], upsert);
		expect(result.nodeError('Node')).toMatchObject({
			message: "'Code' fits 2 objects of the list",
			description: expect.stringContaining(ids.join(', ')),
		});
	});
});

describe('If Object Exists', () => {
	const create = { operation: 'create', resource: 'object', updateFields: {} };

	test('error is the default', async () => {
		const list = seeded({ code: codeOf(1) });
		const result = await list.sync([{ code: codeOf(1) }], create);
		expect(result.nodeError('Node')?.message).toBe('The object is already in the list');
	});

	test('skip gives the object that is there, and reads the list once', async () => {
		const list = seeded({ code: codeOf(1) }, { code: codeOf(2) });
		const items = [codeOf(3), codeOf(1), codeOf(2), codeOf(3)].map((code) => ({ code }));
		const objects = await list.rows(items, { ...create, options: { ifExists: 'skip' } });
		expect(objects.map(({ code, action }) => [code, action])).toEqual([
			[codeOf(3), 'created'],
			[codeOf(1), 'unchanged'],
			[codeOf(2), 'unchanged'],
			[codeOf(3), 'unchanged'],
		]);
		const names = list.takeCalls().map((call) => call.function);
		expect(names.filter((name) => name === 'get_objects')).toHaveLength(1);
	});

	test('skip leaves a list alone in which nothing exists yet', async () => {
		const list = seeded();
		await list.rows([{ code: codeOf(1) }], { ...create, options: { ifExists: 'skip' } });
		expect(list.takeCalls().map((call) => call.function)).toEqual(['add_object']);
	});

	test.each(['', 'ignore', 1])('%p is refused before anything is sent', async (ifExists) => {
		const list = seeded();
		const more = { ...create, options: { ifExists } };
		const result = await list.sync([{ code: codeOf(1) }], more);
		expect(result.nodeError('Node')?.message).toContain("'If Object Exists'");
		expect(list.takeCalls()).toEqual([]);
	});
});

test('500 items into a list of 25,000 take the reads of the list and the writes that are needed', async () => {
	const list = seeded();
	const objects = rig.simulator.seedObjects(list.list.id, 25_000);
	list.takeCalls();
	const items = Array.from({ length: 500 }, (_, n) => {
		const object = objects[n * 40];
		if (n % 5 === 0) return { code: `409${String(n).padStart(8, '0')}` };
		return { code: object?.code, clientId: n % 5 === 1 ? `neu-${n}` : (object?.client_id ?? '') };
	});
	const rows = await rowsOf(list, items);
	const actions = rows.map(({ action }) => action);
	expect(actions.filter((action) => action === 'created')).toHaveLength(100);
	expect(actions.filter((action) => action === 'updated')).toHaveLength(100);
	const calls = list.takeCalls();
	expect(calls.filter((call) => WRITES.has(call.function))).toHaveLength(200);
	expect(calls.length).toBeLessThanOrEqual(26 + 200);
}, 60_000);

test('Type and list go with Create or Update as with Create', async () => {
	const list = seeded();
	const result = await list.sync([{ code: 'vārds' }], { ...upsert, type: 'KEYWORD' });
	expect(result.nodeError('Node')?.message).toBe('The list does not accept objects of this type');
	const missing = await list.sync([{ code: codeOf(1) }], { ...upsert, listId: byId('={{ "" }}') });
	expect(missing.nodeError('Node')?.message).toBe("'List' is empty");
});
