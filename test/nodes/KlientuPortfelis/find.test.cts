/** Object → Find, through n8n. */
import { byId, startTestRig, type TestRig } from './helpers.cts';

let rig: TestRig;

beforeEach(async () => {
	rig = await startTestRig();
});
afterEach(async () => await rig.stop());

const find = { resource: 'object', operation: 'find' };

async function itemsOf(parameters: object, input?: Array<Record<string, unknown>>) {
	const result = await rig.run({ ...find, ...parameters }, input);
	expect(result.nodeError('Node')?.message).toBeUndefined();
	return result.items('Node');
}
const found = async (parameters: object) =>
	(await itemsOf(parameters)).map(({ json }) => Number(json.id));

function seed() {
	const clients = rig.simulator.seedList({ name: 'Klienti' });
	const partners = rig.simulator.seedList({ name: 'Partneri' });
	const objects = rig.simulator.seedObjects(clients.id, 20);
	const [first] = objects;
	if (first === undefined) throw new Error('Not seeded');
	rig.simulator.portfolio.putIn(first, partners);
	return { clients, partners, objects, first };
}

test('gives each object once, with its fields and lists', async () => {
	const { first, clients, partners } = seed();
	const [item, ...others] = await itemsOf({ value: first.code });
	expect(others).toEqual([]);
	expect(item?.json).toEqual({
		id: first.id,
		code: first.code,
		virtual_id: first.virtual_id,
		client_id: first.client_id,
		name: first.name,
		status: 'ACTIVE',
		created: first.created,
		updated: first.updated,
		address: first.address,
		lists: [
			{ id: clients.id, name: 'Klienti' },
			{ id: partners.id, name: 'Partneri' },
		],
	});
});

test('finds by code, client ID and a part of the name', async () => {
	const { first, objects } = seed();
	expect(await found({ findBy: 'code', value: `LV${first.code}` })).toEqual([first.id]);
	expect(await found({ findBy: 'code', value: first.virtual_id })).toEqual([first.id]);
	expect(await found({ findBy: 'clientId', value: 'k-1' })).toEqual([first.id]);
	const named = objects.filter(({ name }) => name.includes('Ķīpsala')).map(({ id }) => id);
	expect(await found({ findBy: 'name', value: 'kipsala' })).toEqual(named);
	expect(await found({ findBy: 'name', value: 'kipsala', limit: 2 })).toEqual(named.slice(0, 2));
	expect(await found({ findBy: 'name', value: 'sia', returnAll: true })).toHaveLength(20);
	expect(await found({ findBy: 'name', value: 'nobody' })).toEqual([]);
});

test('searches one list', async () => {
	const { first, partners } = seed();
	const parameters = { findBy: 'name', value: 'sia', searchIn: 'list', listId: byId(partners.id) };
	const items = await itemsOf(parameters);
	expect(items.map(({ json }) => [json.id, json.lists])).toEqual([
		[first.id, [{ id: partners.id, name: 'Partneri' }]],
	]);
});

test('reads the portfolio once for all items, and keeps them paired', async () => {
	const { objects } = seed();
	const items = await itemsOf(
		{ value: '={{ $json.code }}' },
		objects.map(({ code }) => ({ code })),
	);
	expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual(
		objects.map(({ id }, item) => [id, { item }]),
	);
	const asked = rig.simulator.calls.map((call) => call.function);
	expect(asked.filter((name) => name?.startsWith('get_'))).toEqual([
		'get_lists',
		'get_objects',
		'get_objects',
	]);
});

test('reads it again in the next execution, so that nothing is out of date', async () => {
	const { first } = seed();
	await found({ value: first.code });
	first.name = 'Jaunais nosaukums';
	expect(await found({ findBy: 'name', value: 'jaunais' })).toEqual([first.id]);
});

test.each<[object, unknown, string]>([
	[{ value: '={{ $json.bad }}' }, '', "'Value' is empty"],
	[{ value: '={{ $json.bad }}' }, null, "'Value' is empty"],
	[{ value: '={{ $json.bad }}' }, ['40003053936'], "'Value' must be text"],
	[{ value: '={{ $json.bad }}' }, 40003053936.5, "'Value' is a number with decimals"],
	[{ value: 'x', findBy: '={{ $json.bad }}' }, 'vat', "'Find By' must be Code, Client ID or Name"],
	[{ value: 'x', searchIn: 'list', listId: byId('={{ $json.bad }}') }, '', "'List' is empty"],
])('refuses %j', async (parameters, bad, message) => {
	const result = await rig.run({ ...find, ...parameters }, [{ bad }]);
	expect(result.nodeError('Node')?.message).toContain(message);
	expect(rig.simulator.calls).toEqual([]);
});

test('with On Error: Continue, an item that cannot be searched for says why', async () => {
	const { first } = seed();
	const result = await rig.run(
		{ ...find, value: '={{ $json.code }}' },
		[{ code: '' }, { code: first.code }],
		{ onError: 'continueRegularOutput' },
	);
	expect(result.json('Node')).toEqual([
		{ error: "'Value' is empty", message: expect.any(String) },
		expect.objectContaining({ id: first.id }),
	]);
});
