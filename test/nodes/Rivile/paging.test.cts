import { readWished } from '../../../nodes/Rivile/protocol/paging';
import { descending, FakeGateway, keyFor, newestFirst, numbered, ORDERS } from './fakeGateway.cts';

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
			[1000, 5],
		] as const) {
			gateway.fill(numbered(430), { order, inside });
			const keys = await gateway.upTo(limit);
			expect(keys).toHaveLength(Math.min(limit, 430));
			expect(new Set(keys).size).toBe(keys.length);
			expect(gateway.requests).toEqual(
				limit <= 100
					? [{}]
					: Array.from({ length: requests }, (_request, index) => ({ pagenumber: index + 1 })),
			);
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

	test('the filter goes along', async () => {
		gateway.fill(numbered(430), { order: newestFirst });
		await gateway.upTo(150, '(I04_SUMA < 5)');
		expect(gateway.requests).toEqual([
			{ fil: '(I04_SUMA < 5)', pagenumber: 1 },
			{ fil: '(I04_SUMA < 5)', pagenumber: 2 },
		]);
	});

	test('all that there is, also when rows are added while the last page is reached', async () => {
		const between = () => gateway.register.add([{ I04_KODAS_CH: keyFor(3000 + Math.random()) }]);
		gateway.fill(numbered(150), { order: newestFirst, between });
		const keys = await gateway.upTo(1000);
		expect(numbered(150).filter((row) => !keys.includes(row.I04_KODAS_CH))).toEqual([]);
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
		// The fourth page is met only in part; it is cut in the gateway's own order.
		expect(descending(keys).slice(0, 296)).toEqual(before.slice(0, 296));
		expect(gateway.requests).toHaveLength(4);
	});

	test('one page only, and all of it', async () => {
		gateway.fill(numbered(430), { order: newestFirst });
		const page = async (pageNumber: number) =>
			await readWished(gateway.readPage, { filter: '(I04_SUMA < 7)', limit: 10, pageNumber });
		expect(await page(2)).toHaveLength(100);
		expect(await page(5)).toHaveLength(30);
		expect(await page(6)).toHaveLength(0);
		expect(gateway.requests.map(({ pagenumber }) => pagenumber)).toEqual([2, 5, 6]);
	});
});
