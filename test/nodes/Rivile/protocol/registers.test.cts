/** Every register of the catalogue, read over HTTP from the simulated gateway. */
import {
	columnIn,
	columnsOf,
	REGISTERS,
	registerOf,
	type Register,
} from '../../../../nodes/Rivile/protocol/catalogue';
import { sourceOf, type Connection, type Form } from '../../../../nodes/Rivile/protocol/call';
import { readSelection, type Selection } from '../../../../nodes/Rivile/protocol/paging/read';
import type { Row } from '../../../../nodes/Rivile/protocol/answer/rows';
import { buildFilter } from '../../../../nodes/Rivile/protocol/sql/filter';
import { retryRead } from '../../../../nodes/shared/retry';
import { startRivile, type RivileSimulator } from '../../../../dev/simulators/rivile.cts';
import type { AnyRow, Cell } from '../../../../dev/simulators/rivile/database.cts';
import { linkOf, TABLES } from '../../../../dev/simulators/rivile/tables.cts';

let gateway: RivileSimulator;

beforeAll(async () => {
	gateway = await startRivile();
});
afterAll(async () => await gateway.stop());
beforeEach(() => gateway.reset());

const connection = (): Connection => ({
	...gateway.credentials,
	allowUnencrypted: true,
	timezone: 'UTC',
	send: async ({ url, headers, body }) => {
		const sent = { ...headers, ApiKey: gateway.credentials.apiKey };
		const response = await fetch(url, { method: 'POST', headers: sent, body });
		return { status: response.status, body: await response.text() };
	},
	repeat: async (attempt) => await retryRead(attempt, async () => {}),
});

const FORM: Form = { detail: 'H', format: 'json', numbersAsText: false };
const EVERYTHING: Selection = { filter: undefined, limit: Infinity, pageNumber: undefined };

const read = async (register: Register, form: Partial<Form> = {}, wish: Partial<Selection> = {}) =>
	await readSelection(sourceOf(connection(), register, { ...FORM, ...form }), {
		...EVERYTHING,
		...wish,
	});

/** A value of each column that differs from row to row where it is part of the key. */
function cell(register: Register, name: string, index: number): Cell {
	const column = columnIn(register.table, name);
	const place = register.key.indexOf(name);
	const number = place === 0 || place === -1 ? index : index % 7;
	if (column?.type === 'N') return number % 10;
	if (column?.type === 'T')
		return new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 19);
	return column?.length === 1 ? 'A' : `${' '.repeat(number % 2)}P${number}`;
}

function rowsOf(register: Register, count: number): AnyRow[] {
	return Array.from({ length: count }, (_, index) => {
		const columns = columnsOf(register.table).map(({ name }): [string, Cell] => [
			name,
			cell(register, name, index),
		]);
		const [own] = register.lines;
		// Lines of goods are registers of their own, with the unit in their key.
		const unit = `${own?.table ?? ''}_KODAS_US`;
		const isOfGoods = TABLES.get(own?.table ?? '')?.some(({ name }) => name === unit) === true;
		const lines = ['A', 'B'].map((code) => (isOfGoods ? { [unit]: code } : {}));
		return {
			...Object.fromEntries(columns),
			...(own !== undefined && { lines: index % 3 === 0 ? [] : lines.slice(index % 2) }),
		};
	});
}

const without = (rows: readonly Row[]) =>
	rows.map((row) =>
		Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'Row_number')),
	);
const sorted = (rows: readonly Row[]) =>
	without(rows)
		.map((row) => JSON.stringify(row))
		.sort();

describe.each(REGISTERS)('$method', (register) => {
	test('gives every row once, in both formats and orders, and none for a filter that none meets', async () => {
		const count = register.key.length === 0 ? 130 : 210;
		gateway.registerOf(register.method).add(rowsOf(register, count));
		const results: string[][] = [];
		for (const newestFirst of [false, true]) {
			for (const format of ['json', 'xml'] as const) {
				gateway.change({ newestFirst, lowerCase: newestFirst, jsonRoot: newestFirst });
				results.push(sorted(await read(register, { format, detail: 'A' })));
			}
		}
		const [first = []] = results;
		expect(new Set(first).size).toBe(count);
		for (const result of results) expect(result).toEqual(first);
		const [field = ''] = columnsOf(register.table)
			.filter(({ name, type }) => type === 'C' && name.startsWith(`${register.table}_`))
			.map(({ name }) => name);
		const conditions = [{ field, operator: 'equal', value: 'nobody' }];
		const filter = buildFilter(register, conditions, 'and', 'UTC');
		expect(await read(register, {}, { filter })).toEqual([]);
		expect(await read(register, {}, { limit: 1 })).toHaveLength(1);
		const last = await read(register, {}, { pageNumber: Math.ceil(count / 100) });
		expect(last.length).toBe(count % 100);
		expect(gateway.refused).toEqual([]);
	}, 60_000);
});

test('lines come with detail A, as lists, also where a row has none', async () => {
	for (const register of REGISTERS.filter(({ lines }) => lines.length > 0)) {
		gateway.reset();
		gateway.registerOf(register.method).add(rowsOf(register, 3));
		const [own] = register.lines;
		const name = own?.table ?? '';
		const lengths = (rows: readonly Row[]) =>
			rows.map((row) => {
				const lines = row[name];
				return Array.isArray(lines) ? lines.length : undefined;
			});
		const rows = await read(register, { detail: 'A' });
		expect(lengths(rows).sort()).toEqual([0, 1, 2]);
		const columns = TABLES.get(name)?.map((column) => column.name);
		const link = linkOf(register, name).map(([, column]) => column);
		expect(columns).toEqual(expect.arrayContaining(link));
		if (register.details === undefined) continue;
		expect(lengths(await read(register))).toEqual([undefined, undefined, undefined]);
	}
});

test('requests say what the method knows, and nothing else', async () => {
	const asked = async (method: string, form: Partial<Form> = {}) => {
		const register = registerOf(method);
		if (register === undefined) throw new Error(`No ${method}`);
		gateway.reset();
		gateway.registerOf(method).add(rowsOf(register, 101));
		await read(register, form, { pageNumber: 2 });
		return gateway.requests[0]?.params;
	};
	expect(await asked('GET_N08_LIST', { detail: 'A' })).toEqual({ list: 'A', pagenumber: 2 });
	expect(await asked('GET_N15_LIST', { detail: 'A' })).toEqual({ pagenumber: 2 });
	expect(await asked('GET_N07_LIST')).toEqual({ pageNumber: 2 });
	expect(await asked('GET_A02_LIST')).toEqual({ pageNumber: 2 });
	expect(await asked('GET_I47_LIST')).toEqual({ list: 'A', pagenumber: 2 });
	expect(await asked('GET_I06_DEBT')).toEqual({ list: 'H', pagenumber: 2 });
});

test('stock that is summed has no key, and is read twice', async () => {
	const register = registerOf('GET_I17_LIST') ?? REGISTERS[0];
	if (register === undefined) throw new Error('No stock');
	const rows = rowsOf(register, 230).map((row, index) => ({
		...row,
		I17_KODAS_PS: `P${index % 115}`,
		I17_KODAS_US: 'vnt',
		I17_KIEKIS: 2,
	}));
	gateway.registerOf('GET_I17_LIST').add(rows);
	const group = 'I17_KODAS_PS';
	const sums = await read(register, { group });
	expect(new Set(sums.map((row) => row.I17_KODAS_PS)).size).toBe(115);
	expect(sums.every((row) => row.KIEKIS === 4)).toBe(true);
	expect(gateway.requests).toHaveLength(4);
	expect(gateway.requests[0]?.params).toEqual({ group });
	const filter = "(I17_KODAS_PS = 'nothing')";
	expect(await read(register, { group }, { filter })).toEqual([]);
	expect(await read(register, { group }, { pageNumber: 3 })).toEqual([]);
});

test('a method that the key may not use is refused', async () => {
	gateway.reset({ methods: ['GET_I04_LIST'] });
	const register = registerOf('GET_N08_LIST');
	await expect(register && read(register)).rejects.toMatchObject({
		message: 'Rivilė did not accept the API key: No permission for method GET_N08_LIST',
		description: expect.stringContaining('allow the method GET_N08_LIST'),
	});
});
