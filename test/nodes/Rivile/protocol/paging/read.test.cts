import fc from 'fast-check';

import { readSelection } from '../../../../../nodes/Rivile/protocol/paging/read';
import { FakeGateway, keyFor, newestFirst, numbered, oldestFirst, ORDERS } from './fakeGateway.cts';

const gateway = new FakeGateway();
afterAll(() => gateway.register.close());

describe('Limit', () => {
	test.each(ORDERS)('%s: no page that is not needed', async (_, order, inside) => {
		for (const [limit, requests] of [
			[1, 1],
			[50, 1],
			[100, 1],
			[101, 2],
			[200, 2],
			[250, 3],
			// All rows: whether there are more at the other end is asked for, too.
			[1000, 6],
		] as const) {
			gateway.fill(numbered(430), { order, inside });
			const keys = await gateway.upTo(limit);
			expect(keys).toHaveLength(Math.min(limit, 430));
			expect(new Set(keys).size).toBe(keys.length);
			expect(gateway.requests).toHaveLength(requests);
			expect(gateway.requests[0]).toEqual({});
			const ofPages = order(gateway.matching());
			const page = new Set(ofPages.slice(0, 100));
			expect(keys.slice(0, 100).filter((key) => !page.has(key))).toEqual([]);
		}
	});

	test('a page of exactly 100 rows is not followed by another without need', async () => {
		gateway.fill(numbered(200), { order: newestFirst });
		expect(await gateway.upTo(150)).toHaveLength(150);
		expect(gateway.requests).toHaveLength(2);
		expect(await gateway.upTo(100)).toHaveLength(100);
		expect(gateway.requests).toHaveLength(3);
	});

	test('a first page that is not full is all there is', async () => {
		gateway.fill(numbered(99), { order: newestFirst });
		expect(await gateway.upTo(150)).toHaveLength(99);
		expect(gateway.requests).toEqual([{}]);
	});

	test('the filter goes along', async () => {
		gateway.fill(numbered(430), { order: newestFirst });
		await gateway.upTo(150, '(I04_SUMA < 5)');
		expect(gateway.requests).toEqual([
			{ fil: '(I04_SUMA < 5)' },
			{ fil: expect.stringMatching(/^\(\(I04_SUMA < 5\) AND I04_KODAS_CH NOT IN \(.*\)\)$/) },
		]);
	});

	test('all that there is, also when rows are added while the last page is reached', async () => {
		const between = () => gateway.register.add([{ I04_KODAS_CH: keyFor(3000 + Math.random()) }]);
		gateway.fill(numbered(150), { order: newestFirst, between });
		const keys = await gateway.upTo(1000);
		expect(numbered(150).filter((row) => !keys.includes(row.I04_KODAS_CH))).toEqual([]);
	});

	test('all that there is, also when more than a page is added at the other end meanwhile', async () => {
		const between = (request: number) => {
			if (request !== 3) return;
			const added = Array.from({ length: 150 }, (_, index) => keyFor(index / 1000));
			gateway.register.add(added.map((I04_KODAS_CH) => ({ I04_KODAS_CH })));
		};
		gateway.fill(numbered(250), { order: oldestFirst, between });
		const keys = await gateway.upTo(1000);
		expect(keys.sort()).toEqual(gateway.matching().sort());
		expect(keys).toHaveLength(400);
		expect(gateway.requests).toHaveLength(5);
	});

	test('pages that are sorted by something else end with a message', async () => {
		const isEven = (key: string) => Number(key) % 2000 === 0;
		const order = (keys: string[]) =>
			keys.sort().sort((a, b) => Number(isEven(b)) - Number(isEven(a)));
		gateway.fill(numbered(200), { order });
		await expect(gateway.upTo(250)).rejects.toThrow(
			"Rivilė's rows are not in the documented order",
		);
		expect(gateway.requests).toHaveLength(2);
	});

	test('rows that are added push others on to the next page, where they count once', async () => {
		const between = (request: number) =>
			gateway.register.add([
				{ I04_KODAS_CH: keyFor(1000 + request) },
				{ I04_KODAS_CH: keyFor(2000 + request) },
			]);
		gateway.fill(numbered(600), { order: newestFirst, between });
		const before = newestFirst(gateway.matching());
		const keys = await gateway.upTo(300);
		expect(new Set(keys).size).toBe(300);
		// Those that were added before the second request are served first then. The last page is met
		// only in part; it is cut in the gateway's own order.
		expect(newestFirst(keys).slice(2, 201)).toEqual(before.slice(0, 199));
		expect(before.filter((key) => keys.includes(key))).toHaveLength(298);
		expect(gateway.requests).toHaveLength(3);
	});

	test.each(ORDERS)(
		'%s: every row that stays, each once, while rows are deleted and added',
		async (_, order, inside) => {
			await fc.assert(
				fc.asyncProperty(
					fc.integer({ min: 1, max: 700 }),
					fc.integer({ min: 101, max: 800 }),
					fc.gen(),
					async (count, limit, g) => {
						let last = 1000;
						const between = () => {
							const keys = gateway.matching();
							const gone = g(fc.array, fc.nat(Math.max(0, keys.length - 1)), { maxLength: 9 });
							gateway.register.remove(gone.map((index) => keys[index] ?? ''));
							const more = g(fc.nat, 3);
							for (let added = 0; added < more; added++) {
								gateway.register.add([{ I04_KODAS_CH: keyFor(last++) }]);
							}
						};
						gateway.fill(numbered(count), { order, inside, between });
						const before = new Set(gateway.matching());
						const keys = await gateway.upTo(limit);
						expect(new Set(keys).size).toBe(keys.length);
						expect(keys.length).toBeLessThanOrEqual(limit);
						const stayed = order(gateway.matching().filter((key) => before.has(key)));
						if (keys.length < limit) expect(keys).toEqual(expect.arrayContaining(stayed));
						// Nothing is left out in the middle of what the gateway serves first.
						const whole = keys.slice(0, Math.floor(keys.length / 100) * 100 - 100);
						const reached = Math.max(...whole.map((key) => stayed.indexOf(key)), -1);
						expect(keys).toEqual(expect.arrayContaining(stayed.slice(0, reached + 1)));
					},
				),
				{ numRuns: 40 },
			);
		},
	);

	test('one page only, and all of it', async () => {
		gateway.fill(numbered(430), { order: newestFirst });
		const page = async (pageNumber: number) =>
			await readSelection(gateway.source, { filter: '(I04_SUMA < 7)', limit: 10, pageNumber });
		expect(await page(2)).toHaveLength(100);
		expect(await page(5)).toHaveLength(30);
		// The page before is not full, which confirms that none follows.
		expect(await page(6)).toHaveLength(0);
		expect(gateway.requests.map(({ pagenumber }) => pagenumber)).toEqual([2, 5, 6, 5]);
	});
});

test.each(ORDERS)('Return All, %s: the rows come sorted like a page', async (_, order, inside) => {
	gateway.fill(numbered(250), { order, inside });
	expect(await gateway.every()).toEqual(inside(gateway.matching()));
});
