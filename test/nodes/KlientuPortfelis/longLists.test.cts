/** Lists of thousands of objects, read by the built node on n8n-core. */
import fc from 'fast-check';

import { emptyBody } from '../../../dev/simulators/klientuPortfelis.cts';
import { byId, startTestRig, type TestRig } from './helpers.cts';

let rig: TestRig;

beforeAll(async () => (rig = await startTestRig()));
afterAll(async () => await rig.stop());

afterEach(() => {
	Object.assign(rig.simulator.pages, { largest: Infinity, allowed: 25_000 });
	rig.simulator.clearOrders();
});

function newList(objects: number): { listId: number; ids: number[] } {
	const { id } = rig.simulator.seedList();
	return { listId: id, ids: rig.simulator.seedObjects(id, objects).map((object) => object.id) };
}

async function read(listId: number, more: object = { returnAll: true }) {
	const before = rig.simulator.calls.length;
	const result = await rig.run({
		resource: 'object',
		operation: 'getMany',
		listId: byId(listId),
		...more,
	});
	const ids = result.json('Node').map(({ id }) => id);
	const calls = rig.simulator.calls.slice(before);
	const rows = calls.flatMap(({ function: name, parameters }) =>
		name === 'get_objects' ? [Number(parameters.rows)] : [],
	);
	return { result, ids, rows };
}

test('Return All asks for longer pages while they come quickly', async () => {
	const { listId, ids } = newList(7000);
	const reading = await read(listId);
	expect(reading.ids).toEqual(ids);
	// On a machine that is busy, a page may well be too slow to be followed by a longer one.
	expect(reading.rows.slice(0, 2)).toEqual([1000, 2500]);
	expect(reading.rows.length).toBeLessThan(6);
});

test('a limit of 10 asks for 10 objects', async () => {
	const { listId, ids } = newList(2000);
	const { ids: given, rows } = await read(listId, { limit: 10 });
	expect(given).toEqual(ids.slice(0, 10));
	expect(rows).toEqual([10]);
});

test('a service with limits of its own is read to its end', async () => {
	const { listId, ids } = newList(2200);
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 500, max: 2500 }),
			fc.integer({ min: 500, max: 2500 }),
			async (largest, allowed) => {
				Object.assign(rig.simulator.pages, { largest, allowed });
				const { ids: given, rows } = await read(listId);
				expect(given).toEqual(ids);
				expect(rows.filter((asked) => asked > allowed).length).toBeLessThan(4);
			},
		),
		{ numRuns: 5, examples: [[2500, 1000]] },
	);
}, 30_000);

const order = { function: 'get_objects' } as const;

test.each<[string, (simulator: TestRig['simulator']) => void]>([
	['is cut off', (simulator) => simulator.answerNext({ ...order, cut: true })],
	['breaks the service', (simulator) => simulator.answerNext({ ...order, ...emptyBody(500) })],
	['is refused', (simulator) => simulator.failNext({ ...order, code: 2021 })],
])('a page that %s is asked for again smaller', async (_name, fail) => {
	const { listId, ids } = newList(3500);
	rig.simulator.answerNext({ ...order, wait: 0 });
	fail(rig.simulator);
	const { ids: given, rows } = await read(listId);
	expect(given).toEqual(ids);
	expect(rows.slice(0, 2)).toEqual([1000, 2500]);
	expect(rows[2]).toBeLessThanOrEqual(1000);
	expect(rows.filter((asked) => asked >= 2500)).toHaveLength(1);
});

test('a page that does not come in time is asked for again smaller, once', async () => {
	const { listId, ids } = newList(1200);
	const never = new Promise(() => {});
	rig.simulator.answerNext({ ...order, wait: never });
	const { ids: given, rows } = await read(listId, { returnAll: true, options: { timeout: 1 } });
	expect(given).toEqual(ids);
	expect(rows.slice(0, 2)).toEqual([1000, 250]);
	expect(Math.max(...rows.slice(1))).toBeLessThanOrEqual(500);
});
