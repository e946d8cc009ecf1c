/**
 * What confirms that there are no rows, request by request: none more than are needed, and no row lost
 * because one of them lost its content or because rows are deleted in between.
 */
import { registerOf, I04, type Register } from '../../../../../nodes/Rivile/protocol/catalogue';
import type { Row } from '../../../../../nodes/Rivile/protocol/answer/rows';
import { ConfirmedPage } from '../../../../../nodes/Rivile/protocol/paging/confirm';
import type { ReadPage } from '../../../../../nodes/Rivile/protocol/paging/page';
import { noKey } from '../../../../../nodes/Rivile/protocol/paging/rowKey';
import type { AnyRow } from '../../../../../dev/simulators/rivile/database.cts';
import { FakeGateway, keyFor, newestFirst, numbered, rowKey } from './fakeGateway.cts';
import { KeyedGateway } from './keyedGateway.cts';

const EMPTY = { name: 'Fault', kind: 'answer', message: 'Rivilė sent an empty response' };

const anyOf =
	(...numbers: number[]) =>
	(request: number) =>
		numbers.includes(request);

describe('a register with a key', () => {
	const gateway = new FakeGateway();
	afterAll(() => gateway.register.close());

	const fill = (count: number, ...lost: number[]) =>
		gateway.fill(numbered(count), { order: newestFirst, isEmptied: anyOf(...lost) });

	test('a hint is not confirmed', async () => {
		fill(30);
		const hint = { fil: '(I04_SUMA = 99)', isHint: true } as const;
		expect(await gateway.readPage(hint)).toEqual([]);
		expect(gateway.requests).toEqual([{ fil: '(I04_SUMA = 99)' }]);
	});

	test('a known key without a condition changes nothing in the request', async () => {
		fill(3);
		expect(await gateway.readPage({ known: keyFor(1) })).toHaveLength(3);
		expect(gateway.requests).toEqual([{}]);
	});

	test('all rows, of a register that had one before, are asked for once in each attempt', async () => {
		fill(1, 2, 3, 4, 5);
		expect(await gateway.readPage({})).toHaveLength(1);
		await expect(gateway.readPage({})).rejects.toMatchObject(EMPTY);
		expect(gateway.requests).toEqual([{}, {}, {}, {}, {}]);
	});

	test('a row that was just seen is the next to confirm, where the one before was deleted', async () => {
		fill(3, 2, 4);
		await gateway.readPage({});
		gateway.register.remove([keyFor(1)]);
		expect(await gateway.readPage({ fil: '(I04_SUMA < 9)' })).toHaveLength(2);
		// One for all rows, two for each response that lost its content, and the last.
		expect(gateway.requests).toHaveLength(6);
	});

	test.each([
		[150, 2, [1], 50, 4],
		[150, 3, [], 0, 2],
		[200, 3, [], 0, 3],
		[200, 2, [1], 100, 4],
		[201, 3, [1], 1, 4],
	])(
		'of %i rows, page %i without the responses %j: %i rows in %i requests',
		async (count, pagenumber, lost, rows, requests) => {
			fill(count, ...lost);
			expect(await gateway.readPage({ pagenumber })).toHaveLength(rows);
			expect(gateway.requests).toHaveLength(requests);
		},
	);
});

describe('a register without a unique key', () => {
	const A02 = registerOf('GET_A02_LIST') as Register;
	const gateway = new KeyedGateway(A02);
	afterAll(() => gateway.close());

	const fill = (rows: readonly AnyRow[], ...lost: number[]) => {
		const way = {
			newestFirst: false,
			descending: false,
			format: 'json',
			lowerCase: false,
		} as const;
		gateway.fill(A02, rows, way);
		gateway.isEmptied = anyOf(...lost);
	};

	/** Rows that differ in a number only, which no condition can look for. */
	const alike = (...sums: number[]): AnyRow[] =>
		sums.map((A02_SUMA) => ({ A02_KODAS_LK: 'L1', A02_KODAS_TB: 'T1', A02_SUMA }));

	test.each<[string, number[], number[], string]>([
		['the first response was lost', [1, 2], [1], '1 = 0'],
		['the response that would show it was lost as well', [1, 2], [1, 4], '1 = 0'],
		['the other one was deleted before it would show', [1, 2], [1], 'A02_SUMA = 2'],
		['one of two others was deleted before it would show', [1, 2, 3], [1], 'A02_SUMA = 3'],
	])(
		'a row that looks like one that does not meet the filter is found: %s',
		async (_name, sums, lost, deleted) => {
			fill(alike(...sums), ...lost);
			gateway.between = (request) => {
				if (request === 3) gateway.remove(deleted);
			};
			const rows = await gateway.source.readPage({ fil: '(A02_SUMA = 1)' });
			expect(rows.map(({ A02_SUMA }) => A02_SUMA)).toEqual([1]);
			expect(gateway.requests).toHaveLength(5);
		},
	);

	const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

	test('a page is found though the count of the rows on the page before was lost', async () => {
		const rows = upTo(150).map((index) => ({ A02_KODAS_LK: 'L1', A02_KODAS_TB: `T${index}` }));
		fill(rows, 1, 3);
		expect(await gateway.source.readPage({ pagenumber: 2 })).toHaveLength(50);
		expect(gateway.requests).toHaveLength(4);
	});

	test('a page is found though all rows on the page before look alike', async () => {
		fill(alike(...upTo(150)), 1);
		expect(await gateway.source.readPage({ pagenumber: 2 })).toHaveLength(50);
		expect(gateway.requests).toHaveLength(4);
	});
});

describe('rows by which nothing can be confirmed', () => {
	const NUMBERS: Row[] = Array.from({ length: 100 }, (_, index) => ({ I04_SUMA: index }));

	test('on a full page: that nothing follows is not believed', async () => {
		const ask: ReadPage = async ({ pagenumber }) =>
			await Promise.resolve(pagenumber === 1 ? NUMBERS : []);
		const page = new ConfirmedPage(ask, { pagenumber: 2 }, noKey(I04), {});
		await expect(page.attempt()).rejects.toMatchObject(EMPTY);
	});

	test('do not stand in the way of one that can', async () => {
		const requests: unknown[] = [];
		const other: Row = { I04_KODAS_CH: 'a' };
		const ask: ReadPage = async (request) => {
			requests.push(request);
			if (requests.length === 1) return await Promise.resolve([]);
			return requests.length === 2 ? [{ I04_SUMA: 1 }, other] : [other];
		};
		const page = new ConfirmedPage(ask, { fil: '(1 = 0)' }, rowKey, {});
		expect(await page.attempt()).toEqual([]);
		expect(requests).toHaveLength(3);
	});
});
