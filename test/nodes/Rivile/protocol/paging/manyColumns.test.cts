/** Registers whose key has one to five columns: every row exactly once, whatever the gateway does. */
import fc from 'fast-check';

import {
	columnIn,
	registerOf,
	type Column,
	type Register,
} from '../../../../../nodes/Rivile/protocol/catalogue';
import { rowKeyOf } from '../../../../../nodes/Rivile/protocol/paging/rowKey';
import { readSelection } from '../../../../../nodes/Rivile/protocol/paging/read';
import type { Row } from '../../../../../nodes/Rivile/protocol/answer/rows';
import type { AnyRow, Cell } from '../../../../../dev/simulators/rivile/database.cts';
import { KeyedGateway, type Way } from './keyedGateway.cts';

function register(method: string): Register {
	const found = registerOf(method);
	if (found === undefined) throw new Error(`No ${method}`);
	return found;
}

/** Keys of texts, numbers and dates. */
const REGISTERS = [
	register('GET_N08_LIST'),
	register('GET_N26_LIST'),
	register('GET_N87_LIST'),
	register('GET_I44_LIST'),
	register('GET_T03_LIST'),
	register('GET_I17_LIST'),
	register('GET_N32_LIST'),
];

const gateway = new KeyedGateway(register('GET_N08_LIST'));
afterAll(() => gateway.close());

const way: fc.Arbitrary<Way> = fc.record({
	newestFirst: fc.boolean(),
	descending: fc.boolean(),
	format: fc.constantFrom('json', 'xml'),
	lowerCase: fc.boolean(),
});

/** So many values of a column, few of them, so that they are repeated. */
function valuesOf({ type, name, length }: Column, count: number, isFirst: boolean): Cell[] {
	if (type === 'N') return Array.from({ length: count }, (_, index) => index * 3 - 2);
	if (type === 'T') {
		const day = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString();
		// The first stands for no date, the others are seconds and days apart.
		return Array.from({ length: count }, (_, index) =>
			index === 0
				? '1900-01-01T00:00:00'
				: index === 1
					? '2026-01-01T00:00:01'
					: day(index).slice(0, 19),
		);
	}
	if (length === 1)
		return Array.from({ length: count }, (_, index) => String.fromCharCode(65 + index));
	const odd = [
		...(isFirst ? [] : ['']),
		"O'B",
		' a',
		'A-1',
		'A1',
		'\u017d1',
		'%_[',
		name.slice(0, 3),
	];
	return Array.from({ length: count }, (_, index) => odd[index] ?? String(index).padStart(4, '0'));
}

/** Distinct keys in which the values of each column come again and again, in a random sequence. */
function rowsOf({ table, key }: Register, count: number, seed: number): AnyRow[] {
	const columns = key.map((name) => columnIn(table, name)).filter((column) => column !== undefined);
	const size = Math.ceil((count * 1.3) ** (1 / columns.length)) + (columns.length > 1 ? 1 : 0);
	const values = columns.map((column, index) => valuesOf(column, size, index === 0));
	const total = size ** columns.length;
	// A step that shares no divisor with the total visits every key once.
	let step = seed % total | 1;
	const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
	while (divisor(step, total) !== 1) step += 1;
	return Array.from({ length: count }, (_, index) => {
		let place = (index * step + seed) % total;
		return Object.fromEntries(
			columns.map(({ name }, at) => {
				const value = values[at]?.[place % size] ?? '';
				place = Math.floor(place / size);
				return [name, value];
			}),
		);
	});
}

/** A row of the database as its key comes out of the node. */
function keyOf(described: Register, row: AnyRow): string {
	const decoded = Object.fromEntries(
		described.key.map((name): [string, Row[string]] => {
			const value = row[name];
			return [name, typeof value === 'number' || typeof value === 'string' ? value : ''];
		}),
	);
	return rowKeyOf(described, 'A').of(decoded);
}

const counts = fc.oneof(fc.integer({ min: 1, max: 700 }), fc.constantFrom(99, 100, 101, 200, 300));

describe.each(REGISTERS)('$method', (described) => {
	const keyIn = (row: Row) => rowKeyOf(described, 'A').of(row);

	test('Return All gives every row once, while others are added', async () => {
		await fc.assert(
			fc.asyncProperty(counts, way, fc.nat(100_000), fc.nat(9), async (count, how, seed, more) => {
				const all = rowsOf(described, count + 60, seed);
				gateway.fill(described, all.slice(0, count), how);
				let next = count;
				gateway.between = () => {
					gateway.add(all.slice(next, next + more));
					next = Math.min(all.length, next + more);
				};
				const wish = { filter: undefined, limit: Infinity, pageNumber: undefined };
				const keys = (await readSelection(gateway.source, wish)).map(keyIn);
				expect(new Set(keys).size).toBe(keys.length);
				const wanted = all.slice(0, count).map((row) => keyOf(described, row));
				expect(wanted.filter((key) => !keys.includes(key))).toEqual([]);
				expect(keys.length).toBeLessThanOrEqual(next);
				// One request a page, and a few to be certain of the ends.
				if (more === 0) {
					expect(gateway.requests.length).toBeLessThanOrEqual(Math.ceil(count / 100) + 3);
				}
			}),
			{ numRuns: 25 },
		);
	}, 120_000);

	test('Limit gives so many rows, each once', async () => {
		await fc.assert(
			fc.asyncProperty(
				counts,
				way,
				fc.nat(100_000),
				fc.integer({ min: 1, max: 500 }),
				async (count, how, seed, limit) => {
					const all = rowsOf(described, count, seed);
					gateway.fill(described, all, how);
					const wish = { filter: undefined, limit, pageNumber: undefined };
					const keys = (await readSelection(gateway.source, wish)).map(keyIn);
					expect(keys).toHaveLength(Math.min(count, limit));
					expect(new Set(keys).size).toBe(keys.length);
				},
			),
			{ numRuns: 15 },
		);
	}, 120_000);

	test('responses that lose their content end with every row or with a message', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 350 }),
				way,
				fc.nat(100_000),
				fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
				async (count, how, seed, lost) => {
					const all = rowsOf(described, count, seed);
					gateway.fill(described, all, how);
					gateway.isEmptied = (request) => lost.includes(request);
					const wish = { filter: undefined, limit: Infinity, pageNumber: undefined };
					const [outcome] = await Promise.allSettled([readSelection(gateway.source, wish)]);
					if (outcome.status === 'fulfilled') expect(outcome.value).toHaveLength(count);
					else expect(outcome.reason.message).toBe('Rivilė sent an empty response');
				},
			),
			{ numRuns: 15 },
		);
	}, 120_000);
});

test('columns without a value are read like the others', async () => {
	const described = register('GET_T03_LIST');
	const wish = { filter: undefined, limit: Infinity, pageNumber: undefined };
	for (const newestFirst of [false, true]) {
		const all = Array.from(
			{ length: 450 },
			(_, index): AnyRow => ({
				T03_KODAS_KS: index < 225 ? 'K0' : 'K1',
				T03_DOK_NR: index % 3 === 0 ? null : `D${index % 90}`,
				T03_DATA_MOK: index % 2 === 0 ? null : '2026-01-31T00:00:00',
				T03_KODAS_VL: `V${Math.floor(index / 90)}${index % 90}`,
			}),
		);
		gateway.fill(described, all, {
			newestFirst,
			descending: false,
			format: 'json',
			lowerCase: true,
		});
		const rows = await readSelection(gateway.source, wish);
		const keys = rows.map((row) => rowKeyOf(described, 'A').of(row));
		expect(new Set(keys).size).toBe(450);
	}
});
