/** Input items: batching, paired items, and On Error in all three settings. */
import { byId, Rig } from '../lib/rig.cts';

let rig: Rig;
let listId: number;

beforeAll(async () => {
	rig = await Rig.start();
	listId = rig.portfolio.seedList({ name: 'Vārdi', type: 'KEYWORDS' }).id;
});
afterAll(async () => await rig.stop());
afterEach(() => rig.portfolio.clearOrders());

const create = () => ({
	resource: 'object',
	operation: 'create',
	listId: byId(listId),
	type: 'KEYWORD',
	code: '={{ $json.code }}',
});
const codes = (...given: string[]) => given.map((code, row) => ({ code, row }));

test('batches keep the order and the pairs of the input', async () => {
	const given = codes('pirmais', 'otrais', 'trešais', 'ceturtais', 'piektais');
	const options = { batching: { batch: { batchSize: 2, batchInterval: 10 } } };
	const { outputs } = await rig.run('klientuPortfelis', { ...create(), options }, { items: given });
	expect(outputs[0]?.map(({ json, pairedItem }) => [json.code, pairedItem])).toEqual(
		given.map(({ code }, item) => [code, { item }]),
	);
});

describe('an item that the service refuses', () => {
	const items = codes('a viens', 'b divi', 'c trīs');
	const named = (prefix: string) =>
		items.map(({ code, row }) => ({ code: `${prefix} ${code}`, row }));

	/** The list holds it already. */
	const refuseSecond = async (prefix: string) =>
		await rig.items('klientuPortfelis', create(), { items: named(prefix).slice(1, 2) });

	test('stops the workflow and is named', async () => {
		await refuseSecond('1');
		const { status, error } = await rig.run('klientuPortfelis', create(), { items: named('1') });
		expect(status).toBe('error');
		expect(error).toMatchObject({
			message: 'The object is already in the list',
			description: expect.stringContaining('(code 2013)'),
			itemIndex: 1,
		});
	});

	test('comes out of the regular output', async () => {
		await refuseSecond('2');
		const { outputs } = await rig.run('klientuPortfelis', create(), {
			items: named('2'),
			onError: 'continueRegularOutput',
		});
		expect(outputs[0]).toEqual([
			expect.objectContaining({ pairedItem: { item: 0 } }),
			{
				json: {
					error: 'The object is already in the list',
					message: expect.stringMatching(/^You do not need to do anything.*\(code 2013\)$/s),
				},
				pairedItem: { item: 1 },
			},
			expect.objectContaining({ pairedItem: { item: 2 } }),
		]);
	});

	test('comes out of the error output, with its input', async () => {
		await refuseSecond('3');
		const { outputs } = await rig.run('klientuPortfelis', create(), {
			items: named('3'),
			onError: 'continueErrorOutput',
		});
		expect(outputs[0]?.map(({ json }) => json.code)).toEqual(['3 a viens', '3 c trīs']);
		expect(outputs[1]?.map(({ json }) => json)).toEqual([
			{
				code: '3 b divi',
				row: 1,
				error: 'The object is already in the list',
				message: expect.stringMatching(/^You do not need to do anything.*\(code 2013\)$/s),
			},
		]);
	});
});

test('a field that is not filled in is named, and nothing is sent', async () => {
	const before = rig.portfolio.calls.length;
	const { outputs } = await rig.run('klientuPortfelis', create(), {
		items: [{ code: '' }],
		onError: 'continueErrorOutput',
	});
	expect(outputs[0]).toEqual([]);
	expect(outputs[1]?.[0]?.json).toMatchObject({ error: "'Code' is empty" });
	expect(rig.portfolio.calls.length).toBe(before);
});

test('a private key that cannot be read is named as such', async () => {
	const { error } = await rig.run(
		'klientuPortfelis',
		{ resource: 'list', operation: 'getMany' },
		{ credential: { privateKey: 'not a key' } },
	);
	expect(error?.message).toBe('The private key could not be read');
	expect(error?.description).not.toBe('');
});

test('rows that Rivilė refuses come out of the error output', async () => {
	const parameters = {
		resource: 'cashOperation',
		operation: 'getMany',
		filterMode: 'sql',
		sql: 'NO_SUCH_COLUMN = 1',
	};
	const { outputs } = await rig.run('rivile', parameters, { onError: 'continueErrorOutput' });
	expect(outputs[0]).toEqual([]);
	expect(outputs[1]?.[0]?.json).toMatchObject({
		error: expect.stringContaining('NO_SUCH_COLUMN'),
		message: expect.stringContaining('Correct the column name in the filter'),
	});
});
