/** 'Operation Created' against a register in any order of keys: nothing lost, nothing twice. */
import fc from 'fast-check';

import {
	cursorBehind,
	pollCreated,
	startSince,
	type CreatedCursor,
} from '../../../../nodes/Rivile/trigger/created';
import { highestRow, readTail } from '../../../../nodes/Rivile/trigger/highest';
import {
	alphabet,
	byCode,
	CollatedGateway,
	keysOf,
	never,
	numberKey,
	stored,
	WAYS,
	type Compare,
} from './collatedGateway.cts';

/** The trigger over several polls. */
class Trigger {
	cursor: CreatedCursor = { known: [] };
	filter: string | undefined;
	readonly got: string[] = [];

	constructor(readonly gateway: CollatedGateway) {}

	async activate(): Promise<void> {
		this.cursor = stored(await cursorBehind(this.gateway.source));
	}

	async poll(isTimeUp = never): Promise<string[]> {
		const { rows, cursor } = await pollCreated(
			this.gateway.source,
			this.filter,
			this.cursor,
			isTimeUp,
		);
		this.cursor = stored(cursor);
		expect(JSON.stringify(cursor).length).toBeLessThan(64_000);
		const keys = keysOf(rows);
		this.got.push(...keys);
		return keys.sort();
	}
}

const filled = (gateway: CollatedGateway, count: number, key = numberKey) => {
	for (let number = 1; number <= count; number++) gateway.put(key(number * 10));
};

const mixed = (number: number) =>
	number % 20 === 0 ? numberKey(number) : `010R${numberKey(number).slice(4)}`;
const lettered = (number: number) => `AB${numberKey(number).slice(2)}`;
const caseless: Compare = (a, b) => byCode(a.toLowerCase(), b.toLowerCase());

describe.each(WAYS)('a gateway that serves the %s', (_name, way) => {
	test.each([
		['numbers', numberKey],
		['keys of two kinds', mixed],
		['keys that begin with letters', lettered],
	])(
		'the highest of 12,000 rows is found in 12 requests: %s',
		async (_keys, key) => {
			const gateway = new CollatedGateway({ compare: byCode, ...way });
			for (const count of [0, 1, 99, 100, 101, 149, 150, 151, 199, 1234, 11_949, 11_950, 12_000]) {
				gateway.clear();
				filled(gateway, count, key);
				const highest = [...gateway.rows.keys()].sort(byCode).pop();
				gateway.requests = [];
				const row = await highestRow(gateway.source, undefined);
				expect(row?.I04_KODAS_CH).toBe(highest);
				expect(gateway.requests.length).toBeLessThanOrEqual(12);
				gateway.requests = [];
				const { above, rows } = await readTail(gateway.source, undefined, 50);
				expect(gateway.requests.length).toBeLessThanOrEqual(12);
				expect(rows.length).toBeLessThan(100);
				expect(rows.length).toBeGreaterThanOrEqual(Math.min(count, 50));
				if (highest !== undefined) expect(keysOf(rows)).toContain(highest);
				expect(above === undefined).toBe(count < 100);
			}
		},
		60_000,
	);

	test('rows that are added while the end is looked for', async () => {
		const gateway = new CollatedGateway({ compare: byCode, ...way });
		filled(gateway, 1000);
		let next = 20_000;
		gateway.fault = () => gateway.put(numberKey(++next));
		const trigger = new Trigger(gateway);
		await trigger.activate();
		const known = new Set(trigger.cursor.known);
		gateway.fault = () => {};
		// What the activation did not see is new.
		const { floor = '' } = trigger.cursor;
		const unseen = [...gateway.rows.keys()].filter((key) => key > floor && !known.has(key));
		expect(await trigger.poll()).toEqual(unseen.sort());
	});

	test('late numbers among the last 50 right after activation, and none below is emitted', async () => {
		const gateway = new CollatedGateway({ compare: byCode, ...way });
		filled(gateway, 250);
		const trigger = new Trigger(gateway);
		await trigger.activate();
		gateway.put(numberKey(2500 - 49 * 10 - 5));
		gateway.put(numberKey(2495));
		expect(await trigger.poll()).toEqual([numberKey(2005), numberKey(2495)]);
		expect(await trigger.poll()).toEqual([]);
	});

	test('late numbers among the last 50 after thousands of operations', async () => {
		const gateway = new CollatedGateway({ compare: byCode, ...way });
		const trigger = new Trigger(gateway);
		await trigger.activate();
		for (let number = 1; number <= 2000; number++) {
			gateway.put(numberKey(number * 10));
			if (number % 17 === 0) await trigger.poll();
			if (number === 1000) filled(gateway, 1400);
		}
		await trigger.poll();
		const late = numberKey(20_000 - 49 * 10 - 5);
		gateway.put(late);
		expect(await trigger.poll()).toEqual([late]);
		expect([...trigger.got].sort()).toEqual([...gateway.rows.keys()].sort());
		gateway.requests = [];
		expect(await trigger.poll()).toEqual([]);
		expect(gateway.requests).toHaveLength(1);
	});

	test.each([
		[
			'Lithuanian letters',
			['ąa', 'Ąb', 'ča', 'šc', 'ž1', 'z1', 'a1', 'y1', 'i2'],
			new Intl.Collator('lt').compare,
		],
		['without regard to case', ['a1', 'B1', 'c1', 'D1', 'b2', 'A2'], caseless],
		['an alphabet that nobody knows', ['x1', 'a1', 'm1', '01', 'b2'], alphabet('mx0ba12')],
	] as const)('fewer than 100 rows come once: %s', async (_order, keys, compare) => {
		const gateway = new CollatedGateway({ compare, ...way });
		const trigger = new Trigger(gateway);
		await trigger.activate();
		for (const key of keys) {
			gateway.put(key);
			expect(await trigger.poll()).toEqual([key]);
			expect(await trigger.poll()).toEqual([]);
		}
	});

	test('from a start date: what was there comes by its date, what is new comes in any case', async () => {
		const gateway = new CollatedGateway({ compare: byCode, ...way });
		for (let number = 1; number <= 1000; number++) {
			gateway.put(numberKey(number), { date: number % 3 === 0 ? '2025-12-31' : '2026-01-02' });
		}
		const wanted = [...gateway.rows].filter(([, { date }]) => date > '2026').map(([key]) => key);
		const trigger = new Trigger(gateway);
		const since = "(I04_OP_DATA >= '2026-01-01T00:00:00')";
		const begun = await startSince(gateway.source, undefined, since);
		trigger.cursor = stored(begun.cursor);
		trigger.got.push(...keysOf(begun.rows));
		await trigger.poll(() => true);
		gateway.put(numberKey(2000), { date: '2025-06-01' });
		wanted.push(numberKey(2000));
		for (let polls = 0; polls < 30; polls++) await trigger.poll(() => true);
		expect([...trigger.got].sort()).toEqual(wanted.sort());
		expect(await trigger.poll()).toEqual([]);
	});

	test('operations that stop meeting the filter do not fill the state, nor come again', async () => {
		const gateway = new CollatedGateway({ compare: byCode, ...way });
		const trigger = new Trigger(gateway);
		trigger.filter = "(I04_OP_DATA >= '2026-01-01T00:00:00')";
		await trigger.activate();
		for (let number = 1; number <= 1000; number++) {
			const key = numberKey(number);
			gateway.put(key);
			expect(await trigger.poll()).toEqual([key]);
			gateway.put(key, { date: '2025-01-01' });
		}
		expect(trigger.cursor.known.length).toBeLessThan(200);
		gateway.put(numberKey(980), { date: '2026-01-01' });
		expect(await trigger.poll()).toEqual([]);
	});

	test('the state stays small with long keys', async () => {
		const gateway = new CollatedGateway({ compare: byCode, ...way });
		const trigger = new Trigger(gateway);
		const long = (number: number) => `${'ž'.repeat(1000)}${numberKey(number)}`;
		filled(gateway, 120, long);
		await trigger.activate();
		expect(JSON.stringify(trigger.cursor).length).toBeLessThan(64_000);
		for (let number = 2001; number <= 2300; number++) {
			gateway.put(long(number));
			if (number % 20 === 0) await trigger.poll();
		}
		expect([...trigger.got].sort()).toEqual(
			Array.from({ length: 300 }, (_, index) => long(2001 + index)),
		);
	});
});

/** Keys of every kind; a total order that tells all of them apart. */
const ORDERS: ReadonlyArray<readonly [string, Compare]> = [
	['by code', byCode],
	['Lithuanian', new Intl.Collator('lt').compare],
	['caseless', caseless],
	['a shuffled alphabet', alphabet('ž7a3B1č9m0šx52Ą8r64')],
];
const KINDS = ['', 'A', 'b', 'ž', 'Č', '010R', '-', "O'"];

test('any order of keys, of service and of polls: each new operation comes once', async () => {
	const step = fc.record({
		added: fc.oneof(fc.nat(8), fc.nat(250)),
		late: fc.nat(3),
		polls: fc.nat(2),
		isTimeUp: fc.boolean(),
		faultAt: fc.option(fc.nat(6), { freq: 2 }),
	});
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...ORDERS),
			fc.constantFrom(...WAYS),
			fc.constantFrom(...KINDS),
			fc.nat(400),
			fc.array(step, { minLength: 2, maxLength: 10 }),
			fc.infiniteStream(fc.nat(44)),
			async ([, compare], [, way], kind, initial, steps, places) => {
				const gateway = new CollatedGateway({ compare, ...way });
				// Numbers ascend in this order of characters too, with room between two of them.
				const pool = Array.from({ length: 6000 }, (_, index) => `${kind}${numberKey(index)}`).sort(
					compare,
				);
				let next = 0;
				const append = () => gateway.put(pool[(next += 2)] ?? 'no more keys');
				while (next < initial * 2) append();
				const trigger = new Trigger(gateway);
				await trigger.activate();
				const before = new Set(gateway.rows.keys());
				for (const { added, late, polls, isTimeUp, faultAt } of steps) {
					for (let count = 0; count < added; count++) append();
					for (let count = 0; count < polls; count++) {
						let left = count === 0 ? (faultAt ?? Infinity) : Infinity;
						gateway.fault = () => {
							if (left-- === 0) throw new Error('lost');
						};
						await trigger.poll(() => isTimeUp).catch(() => undefined);
					}
					gateway.fault = () => {};
					while (trigger.cursor.backlog !== undefined) await trigger.poll();
					await trigger.poll();
					// Between two of the last 50 there were at the last poll.
					for (let count = 0; count < late; count++) {
						const place = next - 1 - 2 * places.next().value;
						if (place > 0) gateway.put(pool[place] ?? '');
					}
				}
				await trigger.poll();
				const wanted = [...gateway.rows.keys()].filter((key) => !before.has(key));
				expect([...trigger.got].sort()).toEqual(wanted.sort());
				gateway.requests = [];
				expect(await trigger.poll()).toEqual([]);
				expect(gateway.requests.length).toBeLessThanOrEqual(6);
			},
		),
		{ numRuns: 60 },
	);
}, 120_000);
