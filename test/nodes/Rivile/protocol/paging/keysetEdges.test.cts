/** Return All and Limit: what comes twice, without a key, in no order, or is added at the end. */
import type { Row } from '../../../../../nodes/Rivile/protocol/answer/rows';
import { I04 } from '../../../../../nodes/Rivile/protocol/catalogue';
import { readSelection } from '../../../../../nodes/Rivile/protocol/paging/read';
import { RowKey } from '../../../../../nodes/Rivile/protocol/paging/rowKey';
import { ascending, FakeGateway, keyFor, newestFirst, numbered } from './fakeGateway.cts';

const gateway = new FakeGateway();
afterAll(() => gateway.register.close());

/** Reads from a gateway that responds to every request with the same rows. */
const readFrom = async (rows: Row[], limit: number, rowKey = gateway.source.rowKey) =>
	await readSelection(
		{ register: I04, rowKey, readPage: async () => await Promise.resolve(rows) },
		{ filter: undefined, limit, pageNumber: undefined },
	);

describe.each([150, Infinity])('a page that is not full, with the limit %d', (limit) => {
	test('may have rows without a key, all of which count', async () => {
		const rows = Array.from({ length: 60 }, (): Row => ({ I04_PAV: 'x' }));
		expect(await readFrom(rows, limit)).toEqual(rows);
	});

	test('gives a row once that comes twice', async () => {
		const rows = ['1', '2', '2', '3'].map((I04_KODAS_CH): Row => ({ I04_KODAS_CH }));
		const keys = (await readFrom(rows, limit)).map((row) => row.I04_KODAS_CH);
		expect(keys).toEqual(['1', '2', '3']);
	});
});

test('the message about a row that comes twice has all columns of its key', async () => {
	const columns = [
		{ name: 'I04_KODAS_CH', type: 'C' },
		{ name: 'I04_SUMA', type: 'N' },
	] as const;
	const rows = Array.from(
		{ length: 100 },
		(_, index): Row => ({ I04_KODAS_CH: 'a', I04_SUMA: Math.min(index, 98) }),
	);
	await expect(readFrom(rows, Infinity, new RowKey(columns, true, 'I04'))).rejects.toThrow(
		'Rivilė sent the row a, 98 twice',
	);
});

test('pages above the first that are sorted by something else end with a message', async () => {
	// The lowest hundred come first, then every third of those above.
	const rank = (key: string) => {
		const number = Number(key) / 1000;
		return number <= 100 ? -1 : number % 3;
	};
	const order = (keys: string[]) => keys.sort().sort((a, b) => rank(a) - rank(b));
	gateway.fill(numbered(400), { order });
	await expect(gateway.every()).rejects.toThrow("Rivilė's rows are not in the documented order");
});

test('a page of which half lies among the rows before ends with a message, as there may be more', async () => {
	const rank = (key: string) => {
		const number = Number(key) / 1000;
		if (number <= 300 && number % 3 === 0) return 0;
		if (number > 300) return 1;
		return number % 3 === 1 && number > 3 && number <= 151 ? 2 : 3;
	};
	const order = (keys: string[]) => keys.sort().sort((a, b) => rank(a) - rank(b));
	gateway.fill(numbered(350), { order });
	await expect(gateway.upTo(250)).rejects.toThrow("Rivilė's rows are not in the documented order");
	expect(gateway.requests).toHaveLength(2);
});

test('more than two pages that are added at the top, and then another, are read to the end', async () => {
	let last = 1000;
	const between = (request: number) => {
		const more = { 2: 250, 5: 150 }[request] ?? 0;
		const added = Array.from({ length: more }, () => ({ I04_KODAS_CH: keyFor(last++) }));
		gateway.register.add(added);
	};
	gateway.fill(numbered(150), { order: newestFirst, between });
	expect(await gateway.every()).toEqual(ascending(gateway.matching()));
	expect(gateway.matching()).toHaveLength(550);
});
