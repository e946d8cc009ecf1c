/** Responses that lost their content on the way: "no rows" is believed only when it is confirmed. */
import fc from 'fast-check';

import { ConfirmedPage, type Memory } from '../../../../../nodes/Rivile/protocol/paging/confirm';
import type { PageRequest } from '../../../../../nodes/Rivile/protocol/paging/page';
import { readSelection } from '../../../../../nodes/Rivile/protocol/paging/read';
import {
	FakeGateway,
	keyFor,
	newestFirst,
	numbered,
	oldestFirst,
	ORDERS,
	rowKey,
} from './fakeGateway.cts';

const KEY = 'I04_KODAS_CH';

const gateway = new FakeGateway();
afterAll(() => gateway.register.close());

const EMPTY = 'Rivilė sent an empty response';
const between = (first: number, last: number) => (request: number) =>
	request >= first && request <= last;

async function messageOf(action: Promise<unknown>): Promise<string> {
	const [outcome] = await Promise.allSettled([action]);
	if (outcome.status === 'fulfilled') return `no fault: ${JSON.stringify(outcome.value)}`;
	expect(outcome.reason).toMatchObject({ name: 'Fault', kind: 'answer' });
	return String(outcome.reason.message);
}

/** At most five one after another: six times nothing is believed where no row was ever seen. */
const hasShortRuns = (lost: readonly number[]) =>
	lost.every((first) => [1, 2, 3, 4, 5].some((more) => !lost.includes(first + more)));

const read = async (request: PageRequest) =>
	(await gateway.readPage(request)).map((row) => String(row[KEY]));

describe('one page', () => {
	test('of a filter that nothing meets takes two requests more, and then one', async () => {
		gateway.fill(numbered(300), { order: newestFirst });
		expect(await read({ fil: '(I04_SUMA = 99)' })).toEqual([]);
		expect(gateway.requests).toHaveLength(3);
		expect(await read({ fil: '(I04_SUMA = 98)' })).toEqual([]);
		expect(gateway.requests).toHaveLength(5);
	});

	test.each([
		["(I04_PAV = 'x')", 'a column that is empty'],
		['(I04_PAV IS NULL AND I04_SUMA = 99)', 'nothing'],
		['(1 = 0)', 'nothing at all'],
	])('that %s does not meet is confirmed: %s', async (fil) => {
		gateway.fill(numbered(3), { order: newestFirst });
		expect(await read({ fil })).toEqual([]);
	});

	test.each([1, 2, 3, 4, 5])('is not lost when %i responses lose their content', async (count) => {
		for (const fil of [undefined, '(I04_SUMA < 99)', `(${KEY} = '${keyFor(3)}')`]) {
			gateway.fill(numbered(3), { order: newestFirst, isEmptied: between(1, count) });
			const rows = await read(fil === undefined ? {} : { fil });
			expect(rows).toEqual(gateway.matching(fil));
		}
	});

	test('of a register with one row, which is that of the filter, is not lost either', async () => {
		gateway.fill(numbered(1), { order: newestFirst, isEmptied: (request) => request % 3 === 1 });
		expect(await messageOf(read({ fil: '(I04_SUMA = 0)' }))).toBe(EMPTY);
		gateway.fill(numbered(1), { order: newestFirst, isEmptied: between(1, 1) });
		expect(await read({ fil: '(I04_SUMA = 0)' })).toEqual([keyFor(1)]);
	});

	test('of a register that holds nothing is asked for six times', async () => {
		for (const request of [{}, { fil: '(I04_SUMA = 0)' }, { pagenumber: 2 }]) {
			gateway.fill([], { order: newestFirst });
			expect(await read(request)).toEqual([]);
			expect(gateway.requests.length).toBeLessThanOrEqual(9);
			expect(gateway.requests.length).toBeGreaterThanOrEqual(6);
			// Then it is known to be empty, for as long as no row is seen.
			const asked = gateway.requests.length;
			expect(await read(request)).toEqual([]);
			expect(gateway.requests.length).toBeLessThanOrEqual(asked + 3);
		}
	});

	test('of a register that held a row a moment ago is not empty', async () => {
		gateway.fill(numbered(1), { order: newestFirst, isEmptied: (request) => request > 1 });
		expect(await read({})).toHaveLength(1);
		expect(await messageOf(read({}))).toBe(EMPTY);
		expect(await messageOf(read({ fil: '(I04_SUMA = 9)' }))).toBe(EMPTY);
	});

	test('whose witness was deleted is confirmed by another row', async () => {
		gateway.fill(numbered(3), { order: newestFirst });
		const [first = ''] = await read({});
		gateway.register.remove([first]);
		expect(await read({ fil: '(I04_SUMA = 99)' })).toEqual([]);
	});
});

describe('a page number', () => {
	test.each([
		[430, 6, 2],
		[400, 5, 3],
		[100, 2, 3],
		[430, 1000, 13],
		[400, 1000, 13],
	])('of %i rows, beyond the end: page %i takes %i requests', async (count, page, requests) => {
		gateway.fill(numbered(count), { order: newestFirst });
		expect(await read({ pagenumber: page })).toEqual([]);
		expect(gateway.requests.length).toBeLessThanOrEqual(requests);
		expect(await read({ fil: '(I04_SUMA = 99)', pagenumber: page })).toEqual([]);
	});

	test('gives its rows or a message, whatever is lost', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(99, 100, 101, 300, 350),
				fc.integer({ min: 1, max: 9 }),
				fc.constantFrom(undefined, '(I04_SUMA < 9)', '(I04_SUMA = 3)'),
				fc.uniqueArray(fc.integer({ min: 1, max: 14 })).filter(hasShortRuns),
				async (count, pagenumber, fil, lost) => {
					gateway.fill(numbered(count), {
						order: oldestFirst,
						isEmptied: (request) => lost.includes(request),
					});
					const all = gateway.matching(fil).sort();
					const expected = all.slice(pagenumber * 100 - 100, pagenumber * 100);
					const wish = { filter: fil, limit: 5, pageNumber: pagenumber };
					const [outcome] = await Promise.allSettled([readSelection(gateway.source, wish)]);
					if (outcome.status === 'rejected') expect(outcome.reason.message).toBe(EMPTY);
					else expect(outcome.value.map((row) => row[KEY])).toEqual(expected);
				},
			),
			{ numRuns: 300 },
		);
	});
});

describe('a key that is known', () => {
	const known = keyFor(7);

	test('confirms in the same request that there are no rows', async () => {
		gateway.fill(numbered(150), { order: newestFirst });
		expect(await read({ fil: '(I04_SUMA = 99)', known })).toEqual([]);
		expect(gateway.requests).toHaveLength(1);
		expect(gateway.requests[0]).not.toHaveProperty('known');
	});

	test.each(ORDERS)('%s: changes nothing in the rows', async (_, order, inside) => {
		for (const fil of [
			'(I04_SUMA = 99)',
			'(I04_SUMA < 3)',
			'(1 = 1)',
			`(${KEY} = '${known}')`,
			`(${KEY} > '${known}')`,
			`(${KEY} > '${keyFor(51)}')`,
			`(${KEY} > '${keyFor(50)}')`,
		]) {
			gateway.fill(numbered(150), { order, inside });
			const plain = inside(order(gateway.matching(fil)).slice(0, 100));
			for (const key of [known, keyFor(150), 'deleted']) {
				expect(await read({ fil, known: key })).toEqual(plain);
			}
			const paged = inside(order(gateway.matching(fil)).slice(100));
			expect(await read({ fil, known, pagenumber: 2 })).toEqual(paged);
		}
	});

	test('does not hide rows that were lost', async () => {
		gateway.fill(numbered(50), { order: newestFirst, isEmptied: between(1, 5) });
		expect(await read({ fil: `(${KEY} > '${known}')`, known })).toHaveLength(43);
	});
});

describe('Return All and Limit', () => {
	test.each(ORDERS)(
		'%s: of 730 rows none is lost with runs of empty responses',
		async (...order) => {
			const [, pages, inside] = order;
			for (let first = 1; first < 12; first++) {
				for (let length = 1; length <= 5; length++) {
					const isEmptied = between(first, first + length - 1);
					gateway.fill(numbered(730), { order: pages, inside, isEmptied });
					expect(await gateway.every()).toHaveLength(730);
					gateway.fill(numbered(730), { order: pages, inside, isEmptied });
					expect(await gateway.upTo(600)).toHaveLength(600);
				}
			}
		},
	);

	test('either give every row that stayed, each once, or end with a message', async () => {
		const runs = fc.array(
			fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 })),
			{
				maxLength: 5,
			},
		);
		let [whole, faults] = [0, 0];
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...ORDERS),
				fc.oneof(fc.integer({ min: 1, max: 500 }), fc.constantFrom(1, 100, 199, 200, 300)),
				fc.constantFrom(undefined, '(I04_SUMA < 5)', '(I04_SUMA = 99)', '(I04_SUMA < 1 OR 1 = 1)'),
				fc.constantFrom(Infinity, 60, 150, 300),
				runs,
				fc.gen(),
				async ([, order, inside], count, fil, limit, lost, g) => {
					const emptied = new Set<number>();
					let at = 0;
					for (const [gap, length] of lost) {
						at += gap;
						for (let more = 0; more < length; more++) emptied.add(at++);
					}
					let last = 1000;
					const change = () => {
						const keys = gateway.matching();
						const gone = g(fc.array, fc.nat(Math.max(0, keys.length - 1)), { maxLength: 2 });
						gateway.register.remove(gone.map((index) => keys[index] ?? ''));
						for (let more = g(fc.nat, 2); more > 0; more--) {
							gateway.register.add([{ I04_KODAS_CH: keyFor(last++), I04_SUMA: 1 }]);
						}
					};
					const isEmptied = (request: number) => emptied.has(request);
					gateway.fill(numbered(count), { order, inside, between: change, isEmptied });
					const before = gateway.matching(fil);
					const [outcome] = await Promise.allSettled([
						limit === Infinity ? gateway.every(fil) : gateway.upTo(limit, fil),
					]);
					if (outcome.status === 'rejected') {
						faults++;
						expect(outcome.reason).toMatchObject({ name: 'Fault', message: EMPTY });
						return;
					}
					whole++;
					const keys = new Set(outcome.value);
					expect(keys.size).toBe(outcome.value.length);
					const after = new Set(gateway.matching(fil));
					const stayed = before.filter((key) => after.has(key));
					const missing = stayed.filter((key) => !keys.has(key));
					if (keys.size < limit) expect(missing).toEqual([]);
					else expect(keys.size).toBe(limit);
				},
			),
			{ numRuns: 250 },
		);
		expect(whole).toBeGreaterThan(faults);
	});
});

test('rows without a key confirm nothing', async () => {
	const memory: Memory = {};
	const ask = async ({ fil }: PageRequest) =>
		await Promise.resolve(fil === undefined ? [{ a: '1' }] : []);
	const page = new ConfirmedPage(ask, { fil: '(1 = 0)' }, rowKey, memory);
	for (let attempt = 0; attempt < 9; attempt++) {
		expect(await messageOf(page.attempt())).toBe(EMPTY);
	}
});
