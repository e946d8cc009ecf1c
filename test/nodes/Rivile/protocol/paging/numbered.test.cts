/** Registers without a unique key: page numbers, read until two readings agree, or a message. */
import fc from 'fast-check';

import { registerOf, type Register } from '../../../../../nodes/Rivile/protocol/catalogue';
import { readSelection, type Selection } from '../../../../../nodes/Rivile/protocol/paging/read';
import type { Row } from '../../../../../nodes/Rivile/protocol/answer/rows';
import type { AnyRow } from '../../../../../dev/simulators/rivile/database.cts';
import { KeyedGateway, type Way } from './keyedGateway.cts';

function register(method: string): Register {
	const found = registerOf(method);
	if (found === undefined) throw new Error(`No ${method}`);
	return found;
}

const A02 = register('GET_A02_LIST');
const N35 = register('GET_N35_LIST');
const CHANGING = "Rivilė's rows change while they are read";

const gateway = new KeyedGateway(A02);
afterAll(() => gateway.close());

const way: fc.Arbitrary<Way> = fc.record({
	newestFirst: fc.boolean(),
	descending: fc.boolean(),
	format: fc.constantFrom('json', 'xml'),
	lowerCase: fc.boolean(),
});
const WAY: Way = { newestFirst: false, descending: false, format: 'json', lowerCase: false };

/** Few variables with a value for each person. */
const values = (count: number, first = 0): AnyRow[] =>
	Array.from({ length: count }, (_, index) => ({
		A02_KODAS_LK: `L${(first + index) % 3}`,
		A02_KODAS_TB: `T${first + index}`,
		A02_SUMA: 1.5,
	}));

const everything: Selection = { filter: undefined, limit: Infinity, pageNumber: undefined };
const people = (rows: readonly Row[]) => rows.map((row) => String(row.A02_KODAS_TB));

async function outcomeOf(wish: Selection = everything): Promise<Row[] | string> {
	const [outcome] = await Promise.allSettled([readSelection(gateway.source, wish)]);
	return outcome.status === 'fulfilled' ? outcome.value : String(outcome.reason.message);
}

test.each([
	[99, 1],
	[100, 10],
	[250, 6],
])('%i rows that nobody changes take %i requests', async (count, requests) => {
	gateway.fill(A02, values(count), WAY);
	const rows = await outcomeOf();
	expect(typeof rows === 'string' ? rows : new Set(people(rows)).size).toBe(count);
	expect(gateway.requests.length).toBeLessThanOrEqual(requests);
});

test('a Limit reads only the pages that it needs, twice', async () => {
	gateway.fill(A02, values(900), WAY);
	expect(await outcomeOf({ ...everything, limit: 150 })).toHaveLength(150);
	expect(gateway.requests).toHaveLength(4);
	expect(await outcomeOf({ ...everything, limit: 100 })).toHaveLength(100);
	expect(gateway.requests).toHaveLength(5);
});

test('every row that stays is there, each once, or a message comes', async () => {
	let [whole, messages] = [0, 0];
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 450 }),
			way,
			fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.nat(449), fc.nat(3)), {
				maxLength: 4,
			}),
			async (count, how, changes) => {
				gateway.fill(A02, values(count), how);
				let next = 1000;
				const removed = new Set<string>();
				gateway.between = (request) => {
					for (const [at, gone, more] of changes) {
						if (at !== request) continue;
						removed.add(`T${gone}`);
						gateway.remove(`A02_KODAS_TB = 'T${gone}'`);
						gateway.add(values(more, next));
						next += more;
					}
				};
				const rows = await outcomeOf();
				if (typeof rows === 'string') {
					messages++;
					expect([CHANGING, 'Rivilė sent an empty response']).toContain(rows);
					return;
				}
				whole++;
				const found = people(rows);
				expect(new Set(found).size).toBe(found.length);
				const stayed = people(values(count) as Row[]).filter((person) => !removed.has(person));
				expect(stayed.filter((person) => !found.includes(person))).toEqual([]);
			},
		),
		{ numRuns: 60 },
	);
	expect(whole).toBeGreaterThan(messages);
}, 120_000);

test('rows that change with every request end with a message', async () => {
	gateway.fill(A02, values(250), WAY);
	gateway.between = (request) => gateway.add(values(1, 1000 + request));
	expect(await outcomeOf()).toBe(CHANGING);
});

test('rows in another order on each page end with a message', async () => {
	gateway.fill(A02, values(250), WAY);
	gateway.between = (request) => (gateway.way = { ...WAY, newestFirst: request % 2 === 1 });
	expect(await outcomeOf()).toBe(CHANGING);
});

describe('no rows', () => {
	test('for a filter are confirmed by all that is known of another row', async () => {
		gateway.fill(A02, values(250), WAY);
		expect(await outcomeOf({ ...everything, filter: "(A02_KODAS_TB = 'nobody')" })).toEqual([]);
		expect(gateway.requests.length).toBeLessThanOrEqual(4);
	});

	test('are not believed when responses lose their content', async () => {
		for (let first = 1; first <= 4; first++) {
			gateway.fill(A02, values(30), WAY);
			gateway.isEmptied = (request) => request >= first && request < first + 3;
			const rows = await outcomeOf({ ...everything, filter: "(A02_KODAS_LK = 'L1')" });
			expect(rows).toHaveLength(10);
		}
	});

	test('are not confirmed by a row that cannot be told from one that meets the filter', async () => {
		const twins: AnyRow[] = [{ N35_KODAS_LS: 'X' }, { N35_KODAS_LS: 'X' }];
		gateway.fill(N35, twins, WAY);
		gateway.isEmptied = (request) => request === 1;
		expect(await outcomeOf({ ...everything, filter: "(N35_KODAS_LS = 'X')" })).toHaveLength(2);
	});

	test('beyond the last page are confirmed, also where rows on several pages look alike', async () => {
		const N52 = register('GET_N52_LIST');
		for (const shared of [1, 3, 60]) {
			const rows = Array.from(
				{ length: 200 },
				(_, index): AnyRow => ({
					N52_KODAS_KT: `S${Math.floor((index + 30) / shared)}`,
					N52_EIL_NR: index,
				}),
			);
			gateway.fill(N52, rows, WAY);
			expect(await outcomeOf()).toHaveLength(200);
			expect(await outcomeOf({ ...everything, pageNumber: 3 })).toEqual([]);
		}
	});

	test('beyond the last page are confirmed', async () => {
		for (const count of [100, 200, 230]) {
			gateway.fill(A02, values(count), WAY);
			expect(await outcomeOf({ ...everything, pageNumber: 4 })).toEqual([]);
		}
	});
});
