/** The trigger's cursors against a register, without HTTP: nothing lost and nothing twice. */
import fc from 'fast-check';

import { I04, type Register as Described } from '../../../../nodes/Rivile/protocol/catalogue';
import type { ReadPage, Source } from '../../../../nodes/Rivile/protocol/paging/page';
import { rowKeyOf } from '../../../../nodes/Rivile/protocol/paging/rowKey';
import {
	cursorBehind as behindKeys,
	pollCreated,
	startSince,
} from '../../../../nodes/Rivile/trigger/created';
import { highestRow } from '../../../../nodes/Rivile/trigger/highest';
import { cursorBehind as behindChanges } from '../../../../nodes/Rivile/trigger/latest';
import { pollUpdated, type UpdatedCursor } from '../../../../nodes/Rivile/trigger/updated';
import { Register } from '../../../../dev/simulators/rivile/database.cts';
import { FOLLOWED } from './collatedGateway.cts';

const HOUR = 60 * 60 * 1000;
const START = Date.parse('2026-01-10T08:00:00Z');
const point = (time: number) => new Date(time).toISOString().slice(0, 19);
const keyFor = (number: number) => String(number).padStart(12, '0');

class Gateway {
	readonly register: Register;
	readonly source: Source;
	requests = 0;
	newestFirst = true;
	fault: () => void = () => {};

	constructor(private readonly described: Described = I04) {
		this.register = new Register(described);
		this.source = { register: described, rowKey: rowKeyOf(described), readPage: this.readPage };
	}

	add(...rows: Array<{ key: string; changed?: number; date?: string }>): void {
		this.register.add(
			rows.map(({ key, changed = START, date = '2026-01-10' }) => ({
				[this.described.key[0] ?? '']: key,
				[`${this.described.table}_R_DATE`]: point(changed),
				...(this.described === I04 && { I04_OP_DATA: `${date}T00:00:00` }),
			})),
		);
	}

	change(key: string, changed: number): void {
		this.register.remove([key]);
		this.add({ key, changed });
	}

	readonly readPage: ReadPage = async ({ fil, pagenumber = 1 }) => {
		this.requests++;
		this.fault();
		const { newestFirst } = this;
		const rows = this.register.page(
			{ fil, number: pagenumber, newestFirst, descending: false },
			false,
		);
		return await Promise.resolve(
			rows.map(({ columns }) =>
				Object.fromEntries(columns.map(([name, text]) => [name, text?.trimEnd() ?? null])),
			),
		);
	};
}

const never = () => false;
const through = <Cursor,>(cursor: Cursor) => JSON.parse(JSON.stringify(cursor)) as Cursor;
const keysOf = (rows: ReadonlyArray<Record<string, unknown>>) =>
	rows.map((row) => String(row.I04_KODAS_CH));

describe.each([
	['newest first', true],
	['oldest first', false],
])('a gateway that serves the %s', (_name, newestFirst) => {
	let gateway: Gateway;

	beforeEach(() => {
		gateway = new Gateway();
		gateway.newestFirst = newestFirst;
	});
	afterEach(() => gateway.register.close());

	test.each([0, 1, 99, 100, 101, 1234])(
		'the highest of %d rows is found in few requests',
		async (count) => {
			gateway.add(...Array.from({ length: count }, (_, index) => ({ key: keyFor(index * 7 + 1) })));
			// The highest of another company is none of ours.
			gateway.register.add([{ I04_KODAS_CH: '999999999999' }], 2);
			const row = await highestRow(gateway.source, undefined);
			expect(row?.I04_KODAS_CH).toBe(count === 0 ? undefined : keyFor((count - 1) * 7 + 1));
			expect(gateway.requests).toBeLessThanOrEqual(12);
		},
	);

	test('new operations start from now, come once, also one with a lower number', async () => {
		gateway.add(...Array.from({ length: 250 }, (_, index) => ({ key: keyFor(index + 1) })));
		let cursor = await behindKeys(gateway.source);
		const poll = async () => {
			const polled = await pollCreated(gateway.source, undefined, through(cursor), never);
			cursor = polled.cursor;
			return keysOf(polled.rows).sort();
		};
		expect(await poll()).toEqual([]);
		gateway.add({ key: keyFor(301) }, { key: keyFor(303) });
		expect(await poll()).toEqual([keyFor(301), keyFor(303)]);
		gateway.add({ key: keyFor(302) }, { key: keyFor(304) });
		expect(await poll()).toEqual([keyFor(302), keyFor(304)]);
		expect(await poll()).toEqual([]);
		gateway.add({ key: '000000000302A' });
		expect(await poll()).toEqual(['000000000302A']);
		expect(JSON.stringify(cursor).length).toBeLessThan(3000);
	});

	test('a backlog from a date is drained in parts, while rows are added', async () => {
		gateway.add(
			...Array.from({ length: 730 }, (_, index) => ({
				key: keyFor(index + 1),
				date: index < 130 ? '2025-12-31' : '2026-01-01',
			})),
		);
		const since = "(I04_OP_DATA >= '2026-01-01T00:00:00')";
		const begun = await startSince(gateway.source, undefined, since);
		let { cursor } = begun;
		const got = keysOf(begun.rows);
		for (let polls = 0; polls < 30; polls++) {
			const polled = await pollCreated(gateway.source, undefined, through(cursor), () => true);
			expect(polled.rows.length).toBeLessThanOrEqual(100);
			cursor = polled.cursor;
			got.push(...keysOf(polled.rows));
			if (polls < 5) gateway.add({ key: keyFor(1000 + polls) });
		}
		const wanted = [
			...Array.from({ length: 600 }, (_, index) => keyFor(index + 131)),
			...Array.from({ length: 5 }, (_, index) => keyFor(1000 + index)),
		];
		expect(got.sort()).toEqual(wanted);
	});

	test('random polls give each new operation once', async () => {
		const step = fc.record({
			added: fc.nat(180),
			polls: fc.nat(2),
			timeUp: fc.boolean(),
			faultAt: fc.option(fc.nat(3), { freq: 2 }),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.array(step, { minLength: 3, maxLength: 12 }),
				fc.nat(300),
				async (steps, initial) => {
					gateway.register.clear();
					gateway.add(
						...Array.from({ length: initial }, (_, index) => ({ key: keyFor(index + 1) })),
					);
					let cursor = await behindKeys(gateway.source);
					let next = initial;
					const got: string[] = [];
					const poll = async (timeUp: boolean) => {
						const polled = await pollCreated(
							gateway.source,
							undefined,
							through(cursor),
							() => timeUp,
						);
						cursor = polled.cursor;
						got.push(...keysOf(polled.rows));
					};
					for (const { added, polls, timeUp, faultAt } of steps) {
						gateway.add(...Array.from({ length: added }, () => ({ key: keyFor(++next) })));
						for (let count = 0; count < polls; count++) {
							let left = count === 0 ? (faultAt ?? Infinity) : Infinity;
							gateway.fault = () => {
								if (left-- === 0) throw new Error('lost');
							};
							await poll(timeUp).catch(() => undefined);
						}
					}
					gateway.fault = () => {};
					for (let last = 0; last < 3; last++) await poll(false);
					expect(got.sort()).toEqual(
						Array.from({ length: next - initial }, (_, index) => keyFor(initial + index + 1)),
					);
				},
			),
			{ numRuns: 25 },
		);
	}, 60_000);

	test.each(FOLLOWED)(
		'%s over a year with faults and clocks that differ: each comes once',
		async (_event, described) => {
			gateway.register.close();
			gateway = new Gateway(described);
			gateway.newestFirst = newestFirst;
			const {
				key: [key = ''],
				table,
			} = described;
			const step = fc.record({
				hours: fc.integer({ min: 1, max: 60 }),
				added: fc.nat(30),
				changed: fc.nat(10),
				late: fc.integer({ min: 0, max: 5 }),
				polls: fc.nat(2),
				faultAt: fc.option(fc.nat(3), { freq: 2 }),
			});
			await fc.assert(
				fc.asyncProperty(
					fc.array(step, { minLength: 40, maxLength: 120 }),
					fc.integer({ min: -8, max: 8 }),
					async (steps, difference) => {
						gateway.register.clear();
						gateway.add(
							...Array.from({ length: 150 }, (_, index) => ({
								key: keyFor(index + 1),
								changed: START - index * HOUR,
							})),
						);
						let time = START + HOUR;
						const clock = () => point(time + difference * HOUR);
						let cursor: UpdatedCursor = await behindChanges(gateway.source, clock());
						const got: string[] = [];
						const wanted: string[] = [];
						let next = 1000;
						const poll = async () => {
							const polled = await pollUpdated(
								gateway.source,
								undefined,
								through(cursor),
								clock(),
								never,
							);
							cursor = polled.cursor;
							got.push(
								...polled.rows.map(
									(row) => `${String(row[key])} ${String(row[`${table}_R_DATE`])}`,
								),
							);
						};
						for (const { hours, added, changed, late, polls, faultAt } of steps) {
							const before = time;
							time += hours * HOUR;
							const at = Math.max(before + 60_000, time - late * HOUR);
							for (let count = 0; count < added; count++) {
								gateway.add({ key: keyFor(++next), changed: at });
								wanted.push(`${keyFor(next)} ${point(at)}`);
							}
							for (let count = 0; count < changed; count++) {
								const code = keyFor(count + 1);
								gateway.change(code, at);
								wanted.push(`${code} ${point(at)}`);
							}
							let left = faultAt ?? Infinity;
							gateway.fault = () => {
								if (left-- === 0) throw new Error('lost');
							};
							for (let count = 0; count < polls; count++) await poll().catch(() => undefined);
							gateway.fault = () => {};
							// What is changed again before a poll is seen as it is in the end.
							await poll();
						}
						expect(got.sort()).toEqual(wanted.sort());
						expect(JSON.stringify(cursor).length).toBeLessThan(64_000);
					},
				),
				{ numRuns: 8 },
			);
		},
		120_000,
	);
});
