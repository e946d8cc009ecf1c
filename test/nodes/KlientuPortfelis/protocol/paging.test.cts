import fc from 'fast-check';

import { readObjects } from '../../../../nodes/KlientuPortfelis/protocol/paging';
import {
	FIRST_PAGE,
	GROWTH,
	LARGEST_PAGE,
} from '../../../../nodes/KlientuPortfelis/protocol/pageSize';
import { listed, writesTo } from './portfolio/writes.cts';
import { idsOf, range, serviceOf } from './listService.cts';

// Tens of thousands of objects are decoded, on a machine that may be busy.
jest.setTimeout(30_000);

/** How many pages hold so many objects, if they grow and overlap by one. */
function pagesFor(count: number): number {
	let [pages, held] = [1, FIRST_PAGE];
	for (let rows = GROWTH * FIRST_PAGE; held < count; rows = Math.min(GROWTH * rows, LARGEST_PAGE)) {
		held += rows - 1;
		pages++;
	}
	return pages;
}

test('all objects of lists of any size, in few requests', async () => {
	const counts = [0, 1, 2, 999, 1000, 1001, 2000, 3499, 3500, 3456, 17_745, 17_746, 17_747];
	for (const count of counts) {
		const service = serviceOf(count);
		expect(await idsOf(service)).toEqual(range(count));
		expect(service.asked.length).toBeLessThanOrEqual(pagesFor(count) + 1);
	}
});

test.each([{}, { silent: true }])('25,000 objects in at most 6 requests: %j', async (more) => {
	const service = serviceOf(25_000, more);
	expect(await idsOf(service)).toEqual(range(25_000));
	expect(service.asked.length).toBeLessThanOrEqual(6);
});

test('a limit, and a start, without asking for more than that', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.nat(6000),
			fc.nat(6500),
			fc.integer({ min: 1, max: 6500 }),
			async (count, start, limit) => {
				const service = serviceOf(count);
				expect(await idsOf(service, { start, limit })).toEqual(
					range(count).slice(start, start + limit),
				);
				expect(service.asked.length).toBeLessThanOrEqual(pagesFor(limit) + 1);
				for (const { start: from, rows } of service.asked) {
					expect(from).toBeGreaterThanOrEqual(start);
					expect(from + rows).toBeLessThanOrEqual(start + limit);
				}
			},
		),
		{ numRuns: 20 },
	);
});

test('a small limit takes one request for just so many', async () => {
	const service = serviceOf(25_000);
	expect(await idsOf(service, { limit: 10 })).toEqual(range(10));
	expect(service.asked).toEqual([{ listId: 1, start: 0, rows: 10 }]);
});

test('a limit is kept when a service gives more rows than it is asked for', async () => {
	const service = serviceOf(3000, { extra: 5 });
	expect(await idsOf(service, { limit: 10 })).toEqual(range(10));
	expect(await idsOf(service)).toEqual(range(3000));
});

test('objects that stay are there once while others come and go, wherever', async () => {
	const change = fc.record({
		request: fc.nat(6),
		place: fc.nat(100).map((percent) => percent / 100),
		count: fc.integer({ min: -30, max: 30 }),
	});
	const limits = fc.record({
		cap: fc.option(fc.integer({ min: 700, max: 5000 }), { nil: undefined }),
		silent: fc.boolean(),
	});
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1500, max: 6000 }),
			fc.array(change, { maxLength: 4 }),
			limits,
			async (size, changes, more) => {
				const initial = range(size);
				const removed = new Set<number>();
				let next = 100_000;
				const service = serviceOf(0, {
					...more,
					ids: [...initial],
					before: ({ ids, asked }) => {
						for (const { request, place, count } of changes) {
							if (request !== asked.length) continue;
							const index = Math.floor(place * ids.length);
							if (count > 0) ids.splice(index, 0, ...range(count, (next += 100)));
							else for (const id of ids.splice(index, -count)) removed.add(id);
						}
					},
				});
				const read = await idsOf(service);
				expect(new Set(read).size).toBe(read.length);
				const seen = new Set(read);
				expect(initial.filter((id) => !removed.has(id) && !seen.has(id))).toEqual([]);
			},
		),
		{ numRuns: 40 },
	);
});

test('a limit is not filled with objects that were deleted meanwhile', async () => {
	const service = serviceOf(3000, {
		before: ({ ids, asked }) => void (asked.length === 1 && ids.splice(4, 1)),
	});
	expect(await idsOf(service, { limit: 1500 })).toEqual(range(1501).filter((id) => id !== 5));
});

describe('responses', () => {
	const all = { listId: 1, start: 0, limit: Infinity };
	const read = async (xml: string) =>
		await readObjects(writesTo(() => ({ xml })).connection, all, ({ name }) => name);

	test('without a list are refused, and without objects hold none', async () => {
		await expect(read('')).rejects.toMatchObject({
			kind: 'answer',
			message: 'The response has no list',
		});
		expect(await read('<list><object_count>0</object_count></list>')).toEqual([]);
	});

	test('tell objects without an ID apart by all that they hold', async () => {
		const objects = ['A', 'B', 'A'].map((name) => `<item><name>${name}</name></item>`).join('');
		const list = `<list><object_count>2</object_count><objects>${objects}</objects></list>`;
		expect(await read(list)).toEqual(['A', 'B']);
	});

	test('hold no object where an element of the list is nil', async () => {
		const nil = '<item xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>';
		const objects = `<item><name>A</name></item>${nil}<item><name>B</name></item>`;
		const list = `<list><object_count>2</object_count><objects>${objects}</objects></list>`;
		expect(await read(list)).toEqual(['A', 'B']);
	});
});

describe('a long page', () => {
	afterEach(() => jest.restoreAllMocks());

	test('is kept in parts, with other work of the process in between', async () => {
		let now = 0;
		jest.spyOn(Date, 'now').mockImplementation(() => now);
		let [sinceTurn, longest] = [0, 0];
		const turns = setInterval(() => (sinceTurn = 0), 0);
		const { connection } = writesTo(() => listed(range(1000).map((id) => ({ id }))));
		const reading = readObjects(connection, { listId: 1, start: 0, limit: 1000 }, () => {
			now++;
			longest = Math.max(longest, ++sinceTurn);
		});
		await reading.finally(() => clearInterval(turns));
		expect(longest).toBeLessThanOrEqual(500);
	});
});
