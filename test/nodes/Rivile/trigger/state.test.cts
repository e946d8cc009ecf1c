/** States as n8n stores them: of version 1, cut short, of a version to come. */
import { cursorAbove, pollCreated, startSince } from '../../../../nodes/Rivile/trigger/created';
import { readCreated, readUpdated, stateOf } from '../../../../nodes/Rivile/trigger/state';
import { pollUpdated } from '../../../../nodes/Rivile/trigger/updated';
import {
	byCode,
	CollatedGateway,
	FOLLOWED,
	keysOf,
	never,
	numberKey,
	point,
	START,
	WAYS,
} from './collatedGateway.cts';

const HOUR = 60 * 60 * 1000;
const NOW = point(START);
const numbers = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => numberKey(from + index));

let gateway: CollatedGateway;
beforeEach(() => {
	gateway = new CollatedGateway({ compare: byCode, ...WAYS[2][1] });
	for (const key of numbers(1, 300)) gateway.put(key, { changed: point(START - 24 * HOUR) });
});

describe('Operation Created', () => {
	const event = 'operationCreated';
	const poll = async (stored: unknown) => {
		const state = readCreated(stored);
		if (state.kind !== 'cursor') throw new Error(state.kind);
		return await pollCreated(gateway.source, undefined, state.cursor, never);
	};

	test('version 1: nothing is lost and nothing comes twice', async () => {
		const { rows, cursor } = await poll({ version: 1, event, recent: numbers(230, 279) });
		expect(keysOf(rows).sort()).toEqual(numbers(280, 300));
		expect(stateOf(event, cursor)).toMatchObject({ version: 2, event, floor: numberKey(230) });
		const fresh = { version: 1, event, recent: [] };
		expect((await poll(fresh)).rows).toHaveLength(300);
	});

	test('version 1 with a backlog', async () => {
		const rest = { above: numberKey(10), below: numberKey(200), known: [numberKey(50)] };
		const { rows } = await poll({ version: 1, event, recent: numbers(251, 300), rest });
		expect(keysOf(rows).sort()).toEqual([...numbers(11, 49), ...numbers(51, 199)]);
	});

	test('version 1 with a backlog from a start date', async () => {
		for (const key of numbers(1, 300)) {
			gateway.put(key, { date: Number(key) % 2 === 0 ? '2025-12-31' : '2026-01-02' });
		}
		const since = "(I04_OP_DATA >= '2026-01-01T00:00:00')";
		const recent = numbers(1, 99).filter((key) => Number(key) % 2 === 1);
		const state = readCreated({ version: 1, event, recent, since });
		if (state.kind !== 'sinceStart') throw new Error(state.kind);
		const begun = await startSince(gateway.source, undefined, state.since, state.cursor);
		const polled = await pollCreated(gateway.source, undefined, begun.cursor, never);
		expect([...keysOf(begun.rows), ...keysOf(polled.rows)].sort()).toEqual(
			numbers(101, 300).filter((key) => Number(key) % 2 === 1),
		);
	});

	test('what the cursor says is read back', () => {
		const backlog = { regions: [{ above: 'a' }, { below: 'b' }], known: ['c'], since: '(1 = 1)' };
		for (const cursor of [{ known: [] }, { floor: 'f', known: ['g'], backlog }]) {
			expect(readCreated(stateOf(event, cursor))).toEqual({ kind: 'cursor', cursor });
		}
		expect(readCreated(undefined)).toEqual({ kind: 'none' });
		for (const [other] of FOLLOWED) {
			expect(readCreated({ version: 2, event: other, known: numbers(1, 9) })).toEqual({
				kind: 'none',
			});
		}
	});

	test.each([
		['a version to come', { version: 3, event, known: numbers(250, 290), floor: { key: 1 } }],
		['half of version 2', { version: 2, event, known: numbers(250, 290), backlog: {} }],
		['half of version 1', { version: 1, event, recent: [...numbers(250, 290), null] }],
		['no event', { version: 2, known: numbers(250, 290).reverse() }],
	])('%s: it goes on after the highest number', async (_name, stored) => {
		const state = readCreated(stored);
		if (state.kind !== 'damaged') throw new Error(state.kind);
		const cursor = await cursorAbove(gateway.source, state.keys);
		if (cursor === undefined) throw new Error('no cursor');
		const { rows } = await pollCreated(gateway.source, undefined, cursor, never);
		expect(keysOf(rows).sort()).toEqual(numbers(291, 300));
	});

	test.each([[[]], ['text'], [{ version: 2, event }], [{ event, recent: 7 }]])(
		'%j names nothing',
		async (stored) => {
			expect(readCreated(stored)).toEqual({ kind: 'damaged', keys: [] });
			expect(await cursorAbove(gateway.source, [])).toBeUndefined();
		},
	);
});

describe.each(FOLLOWED)('%s', (event, register) => {
	const [others] = FOLLOWED.map(([name]) => name).filter((name) => name !== event);
	const seen = { [numberKey(1)]: point(START - HOUR), [numberKey(2)]: point(START - 2 * HOUR) };
	beforeEach(() => {
		gateway = new CollatedGateway({ compare: byCode, ...WAYS[2][1] }, register);
		for (const key of numbers(1, 300)) gateway.put(key, { changed: point(START - 24 * HOUR) });
		for (const [key, changed] of Object.entries(seen)) gateway.put(key, { changed });
		gateway.put(numberKey(3), { changed: point(START - 3 * HOUR) });
		gateway.put(numberKey(4), { changed: point(START - HOUR / 2) });
	});
	const poll = async (stored: unknown) => {
		const state = readUpdated(stored, event, NOW);
		if (state.kind === 'none' || state.cursor === undefined) throw new Error(state.kind);
		return await pollUpdated(gateway.source, undefined, state.cursor, NOW, never);
	};

	test('version 1: nothing is lost and nothing comes twice', async () => {
		const { rows, cursor } = await poll({ version: 1, event, until: point(START - HOUR), seen });
		expect(keysOf(rows)).toEqual([numberKey(3), numberKey(4)]);
		expect(stateOf(event, cursor)).toMatchObject({
			version: 2,
			event,
			from: point(START - 7 * HOUR),
		});
		const short = { version: 1, event, until: NOW, from: point(START - 2 * HOUR), seen };
		expect(keysOf((await poll(short)).rows)).toEqual([numberKey(4)]);
	});

	test('version 1 that a wrong clock took to the future goes on from now', async () => {
		const ahead = { version: 1, event, until: point(START + 200 * HOUR), seen: {} };
		gateway.put(numberKey(500), { changed: NOW });
		expect(keysOf((await poll(ahead)).rows)).toEqual([numberKey(500)]);
	});

	test('what the cursor says is read back', async () => {
		const { cursor } = await poll({ version: 1, event, until: NOW, seen });
		const read = (state: object) =>
			readUpdated(JSON.parse(JSON.stringify(stateOf(event, state as typeof cursor))), event, NOW);
		expect(read(cursor)).toEqual({
			kind: 'cursor',
			cursor,
		});
		const inBacklog = { ...cursor, scan: NOW, again: point(START - HOUR) };
		expect(read(inBacklog)).toEqual({ kind: 'cursor', cursor: inBacklog });
		expect(read({ ...inBacklog, again: 7 }).kind).toBe('damaged');
		expect(readUpdated(null, event, NOW)).toEqual({ kind: 'none' });
	});

	test('a state of another event is none of this one', async () => {
		const { cursor } = await poll({ version: 1, event, until: NOW, seen });
		for (const other of ['operationCreated', others] as const) {
			const state = { version: 2, event: other, ...cursor };
			expect(readUpdated(state, event, NOW)).toEqual({ kind: 'none' });
		}
	});

	test.each([
		['a version to come', { version: 3, event, until: point(START - HOUR) }],
		['half of version 1', { version: 1, event, seen }],
		['half of version 2', { version: 2, event, until: point(START - HOUR), seen: [1] }],
		['no event', { until: point(START - HOUR), seen: [] }],
	])('%s: it goes on after the latest change', async (_name, stored) => {
		expect(readUpdated(stored, event, NOW).kind).toBe('damaged');
		expect(keysOf((await poll(stored)).rows)).toEqual([numberKey(4)]);
	});

	test.each([[7], [{}], [{ version: 2, event, from: 'yesterday' }]])(
		'%j names nothing',
		(stored) => {
			expect(readUpdated(stored, event, NOW)).toEqual({ kind: 'damaged' });
		},
	);
});
