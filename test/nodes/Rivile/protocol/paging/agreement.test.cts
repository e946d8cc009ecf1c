/** When two readings of a list without a key count as complete. */
import type { Row } from '../../../../../nodes/Rivile/protocol/answer/rows';
import { contentOf, readNumbered } from '../../../../../nodes/Rivile/protocol/paging/numbered';
import type { PageRequest } from '../../../../../nodes/Rivile/protocol/paging/page';

const row = (number: number): Row => ({ X_A: `${number}`, Row_number: number });
const rows = (count: number, first = 1) =>
	Array.from({ length: count }, (_, index) => row(first + index));

/** Reads lists, the first of them in the first reading, and so on; the last one again and again. */
async function read(limit: number, ...lists: Row[][]) {
	const requests: PageRequest[] = [];
	let reading = -1;
	const readPage = async (request: PageRequest) => {
		requests.push(request);
		const { pagenumber = 1 } = request;
		if (pagenumber === 1) reading++;
		const list = lists[Math.min(reading, lists.length - 1)] ?? [];
		return await Promise.resolve(list.slice((pagenumber - 1) * 100, pagenumber * 100));
	};
	const found = await readNumbered(readPage, '(1 = 1)', limit, (one) => one).catch(
		(error: unknown) => error,
	);
	return { found, requests };
}

test('one page that is not full is read once', async () => {
	const { found, requests } = await read(Infinity, rows(99));
	expect(found).toEqual(rows(99));
	expect(requests).toEqual([{ fil: '(1 = 1)' }]);
	expect((await read(5, rows(99))).found).toEqual(rows(5));
});

test('a full page and its followers are read twice', async () => {
	const { found, requests } = await read(Infinity, rows(100));
	expect(found).toEqual(rows(100));
	expect(requests.map(({ pagenumber }) => pagenumber)).toEqual([undefined, 2, undefined, 2]);
	expect((await read(150, rows(300))).requests).toHaveLength(4);
	expect((await read(200, rows(300))).requests).toHaveLength(4);
});

test.each<[string, Row[], Row[]]>([
	['another row', rows(150), [...rows(149), row(999)]],
	['a row less', rows(150), rows(149)],
	['a row more', rows(149), rows(150)],
	['a row twice', [...rows(149), row(1)], rows(149)],
	['a row twice in the second', rows(149), [...rows(149), row(1)]],
	['a row twice in both', [...rows(149), row(1)], [...rows(149), row(2)]],
])('%s: the two readings do not agree, and the next two do', async (_name, first, second) => {
	const { found, requests } = await read(Infinity, first, second, rows(150, 1000));
	expect(found).toEqual(rows(150, 1000));
	expect(requests).toHaveLength(8);
});

test('four readings that never agree end with a message', async () => {
	const lists = [1, 2, 3, 4, 5].map((number) => rows(150, number * 1000));
	const { found, requests } = await read(Infinity, ...lists);
	expect(found).toMatchObject({
		name: 'Fault',
		message: "Rivilė's rows change while they are read",
		description: expect.stringContaining("or read the rows page by page with 'Page Number'."),
	});
	expect(requests).toHaveLength(8);
});

test('the content of a row is all but its place, whatever the order of its columns', () => {
	expect(contentOf({ X_B: 1, X_A: 2, Row_number: 3 })).toBe(
		contentOf({ Row_number: 4, X_A: 2, X_B: 1 }),
	);
	expect(contentOf({ X_A: 1 })).not.toBe(contentOf({ X_A: 2 }));
	expect(contentOf({ X_A: 1 })).not.toBe(contentOf({ X_A: '1' }));
	expect(contentOf({ X_B: 1 })).not.toBe(contentOf({ X_A: 1 }));
	expect(contentOf({ X_B: 1, X_C: 0, X_A: 2 })).toBe(contentOf({ X_C: 0, X_A: 2, X_B: 1 }));
});
