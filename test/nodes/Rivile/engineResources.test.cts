/** Clients, debts, any register, one operation and searches through n8n, against every form of gateway. */
import type { IDataObject } from 'n8n-workflow';

import { REGISTERS } from '../../../nodes/Rivile/protocol/catalogue';
import { treeOf } from '../../../dev/simulators/rivile/judge.cts';
import { sampleKey, type RivileSimulator } from '../../../dev/simulators/rivile.cts';
import { numbers, startTestRig, upTo, type TestRig } from './testRig.cts';

// An empty page is confirmed by more requests, for which the tests do not wait.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

let testRig: TestRig;
let gateway: RivileSimulator;

beforeAll(async () => {
	testRig = await startTestRig();
	({ gateway } = testRig);
});

afterAll(async () => await testRig.stop());

beforeEach(() => gateway.reset());

// Every condition that was sent is T-SQL to an independent grammar.
afterEach(() => {
	for (const { params } of gateway.requests) {
		if (typeof params.fil === 'string') expect(() => treeOf(String(params.fil))).not.toThrow();
	}
});

const run = async (parameters: object) => await testRig.run(parameters);
const items = async (parameters: object) => await testRig.items(parameters);
const message = async (parameters: object) => (await run(parameters)).error?.message;
const hints = async (parameters: object) => {
	const result = await run(parameters);
	expect(result.error).toBeUndefined();
	return result.hints('Rivilė').map((hint) => hint.message);
};

const CLIENTS = [
	{
		N08_KODAS_KS: 'PVZ001',
		N08_PAV: 'Pavyzdinė įmonė „Ąžuolas“, UAB',
		N08_RUSIS: 1,
		N08_IM_KODAS: '111222333',
		N08_PVM_KODAS: 'LT1112223',
		N08_R_DATE: '2026-01-10T10:00:00',
		lines: [{ N33_S_KODAS: 'LT000000000000000001' }, { N33_S_KODAS: 'LT000000000000000002' }],
	},
	{
		N08_KODAS_KS: 'PVZ002',
		N08_PAV: 'Kitas pavyzdys, MB',
		N08_RUSIS: 3,
		N08_IM_KODAS: '444555666',
		N08_PVM_KODAS: '4445556',
		N08_R_DATE: '2026-01-20T00:00:00',
	},
	{
		N08_KODAS_KS: 'PVZ003',
		N08_PAV: 'Kitas pavyzdys, filialas',
		N08_RUSIS: 2,
		N08_IM_KODAS: '444555666',
		N08_R_DATE: '2026-01-19T23:59:59',
	},
];

const seedClients = () => gateway.registerOf('GET_N08_LIST').add(CLIENTS);

describe.each(['json', 'xml'])('as %s', (responseFormat) => {
	const options = { responseFormat };

	describe('Cash Operation: Get', () => {
		const get = (operationNumber: unknown, more: object = {}) =>
			items({ operation: 'get', operationNumber, options, ...more });

		test.each(['151', '000000000151', ' 151 ', '={{ 151 }}'])(
			'%j finds 000000000151',
			async (number) => {
				gateway.seed(160);
				expect(numbers(await get(number))).toEqual([151]);
				expect(gateway.requests).toHaveLength(1);
			},
		);

		test('a number that is stored without zeros comes before the one with zeros', async () => {
			gateway.seed([{ I04_KODAS_CH: '151' }, { I04_KODAS_CH: sampleKey(151) }]);
			expect(await get('151')).toMatchObject([{ operationNumber: '151' }]);
			expect(await get(sampleKey(151))).toMatchObject([{ operationNumber: sampleKey(151) }]);
		});

		test('gives the lines, and an item for each', async () => {
			gateway.seed(7);
			const [item] = await get('7', { detail: 'A' });
			expect(item?.lines).toHaveLength(3);
			const lines = await get('7', { detail: 'A', options: { ...options, oneItemPerLine: true } });
			expect(lines.map(({ lineDocumentNumber }) => lineDocumentNumber)).toEqual([
				'PVZ-SF-7-1',
				'PVZ-SF-7-2',
				'PVZ-SF-7-3',
			]);
			expect(lines.map(({ operationNumber }) => Number(operationNumber))).toEqual([7, 7, 7]);
		});

		test('says when there is none', async () => {
			gateway.seed(3);
			const parameters = { operation: 'get', options };
			expect(await message({ ...parameters, operationNumber: "9' OR 1=1 --" })).toBe(
				"There is no receipt or payment with the operation number 9' OR 1=1 --",
			);
			expect(await message({ ...parameters, operationNumber: '={{ " " }}' })).toBe(
				"'Operation Number' is empty",
			);
		});
	});

	describe('Client', () => {
		const get = (client: unknown, more: object = {}) => ({
			resource: 'client',
			operation: 'get',
			client,
			options,
			...more,
		});
		const by = (mode: string, value: unknown) => ({ __rl: true, mode, value });

		test.each([
			['list', 'PVZ001'],
			['code', 'PVZ001'],
			['companyCode', '111 222-333'],
			['companyCode', '={{ 111222333 }}'],
			['vatCode', 'LT1112223'],
			['vatCode', 'lt 1112223'],
			['vatCode', '1112223'],
		])('is found by %s %s', async (mode, value) => {
			seedClients();
			expect(await items(get(by(mode, value)))).toMatchObject([
				{ clientCode: 'PVZ001', companyCode: '111222333', role: 'buyer' },
			]);
		});

		test('is found by a plain code from an expression, with addresses', async () => {
			seedClients();
			const [item] = await items(get('={{ "PVZ001" }}', { detail: 'A' }));
			expect(item?.addresses).toMatchObject([
				{ bankAccount: 'LT000000000000000001' },
				{ bankAccount: 'LT000000000000000002' },
			]);
		});

		test('that is not one is named', async () => {
			seedClients();
			const several = await run(get(by('companyCode', '444555666')));
			expect(several.error?.message).toBe('2 clients have the company code 444555666');
			expect(several.error?.description).toContain(
				'PVZ002 (Kitas pavyzdys, MB), PVZ003 (Kitas pavyzdys, filialas)',
			);
			expect(await message(get(by('vatCode', 'LT9')))).toBe(
				'There is no client with the VAT code LT9',
			);
			expect(await message(get(by('code', '={{ "" }}')))).toBe("'Client' is empty");
		});

		test.each([
			[{ role: 3 }, ['PVZ002']],
			[{ name: 'kitas' }, ['PVZ002', 'PVZ003']],
			[{ name: 'kitas', role: 2 }, ['PVZ003']],
			[{ companyCode: '111222333' }, ['PVZ001']],
			[{ vatCode: 'LT4445556' }, ['PVZ002']],
			[{ changedSince: '2026-01-20T00:00:00' }, ['PVZ002']],
			[{}, ['PVZ001', 'PVZ002', 'PVZ003']],
		])('Get Many with %j', async (simpleFilters, codes) => {
			seedClients();
			const found = await items({ resource: 'client', simpleFilters, options });
			expect(found.map(({ clientCode }) => clientCode)).toEqual(codes);
			expect(Object.keys(found[0] ?? {}).length).toBeLessThanOrEqual(10);
		});
	});

	describe('Debt', () => {
		const DEBTS = [
			['PVZ001', 'A-1', '2026-01-10', 'EUR', 100],
			['PVZ002', 'B-1', '2026-01-05', 'EUR', 50],
			['PVZ002', 'B-2', '2026-02-05', 'USD', 70],
			['PVZ003', 'C-1', '2026-01-31', 'EUR', 9],
		].map(([client, document, due, currency, amount]) => ({
			T03_KODAS_KS: client ?? '',
			T03_DOK_NR: document ?? '',
			T03_DATA_MOK: `${due}T00:00:00`,
			T03_KODAS_VL: currency ?? '',
			T03_SUMA_DB: amount ?? 0,
		}));

		test.each([
			[{ clientCode: 'PVZ002' }, ['B-1', 'B-2']],
			[{ clientCode: 'PVZ002', currency: 'USD' }, ['B-2']],
			[{ dueBefore: '2026-01-31' }, ['A-1', 'B-1']],
			[{ companyCode: '444 555 666' }, ['B-1', 'B-2', 'C-1']],
			[{ companyCode: '444555666', dueBefore: '2026-02-01T00:00:00' }, ['B-1', 'C-1']],
			[{ companyCode: '000' }, []],
		])('by document with %j', async (simpleFilters, documents) => {
			seedClients();
			gateway.registerOf('GET_T03_LIST').add(DEBTS);
			const found = await items({
				resource: 'debt',
				view: 'byDocument',
				simpleFilters,
				returnAll: true,
				options,
			});
			expect(found.map(({ documentNumber }) => documentNumber)).toEqual(documents);
			if (documents.length > 0) {
				expect(found[0]).toMatchObject({ paymentDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
			}
		});

		test('by client asks for the other list', async () => {
			gateway.registerOf('GET_T03_LIST').add(DEBTS.slice(0, 1));
			expect(await items({ resource: 'debt', options })).toMatchObject([
				{ clientCode: 'PVZ001', debitAmount: 100 },
			]);
			expect(gateway.requests[0]).toMatchObject({
				call: 'GET_T03_LIST',
				params: { list: 'H' },
			});
		});
	});
});

describe('Register', () => {
	test.each(REGISTERS)('reads $method', async ({ method, table, key, details }) => {
		const column = key[0] ?? `${table}_KODAS_${table === 'N77' ? 'DC' : 'LS'}`;
		gateway.registerOf(method).add([{ [column]: 'A1' }, { [column]: 'B2' }]);
		const parameters = { resource: 'register', register: method };
		const found = await items({ ...parameters, ...(details && { detail: 'A' }) });
		expect(found.map((item) => item[column])).toEqual(['A1', 'B2']);
		const condition = { field: column, operator: 'equal', value: 'B2' };
		const filter = { filterMode: 'fields', filters: { conditions: [condition] } };
		const english = { options: { columnNames: 'english' } };
		const one = await items({ ...parameters, ...filter, ...english });
		expect(one).toHaveLength(1);
		expect(one[0]).not.toHaveProperty(column);
		expect(Object.values(one[0] ?? {})).toContain('B2');
		expect(await items({ ...parameters, ...filter, simplify: true })).toHaveLength(1);
	});

	test('knows its own columns only, and names what is not one', async () => {
		const field = { field: 'I04_SUMA', operator: 'gt', value: 1 };
		expect(
			await message({
				resource: 'register',
				register: 'GET_N17_LIST',
				filterMode: 'fields',
				filters: { conditions: [field] },
			}),
		).toBe("'Field' of condition 1 is not a column of the register: I04_SUMA");
		expect(await message({ resource: 'register', register: '={{ "EDIT_N17" }}' })).toBe(
			"'Register' does not exist: EDIT_N17",
		);
		const columns = await testRig.engine.loadOptions('rivile', 'getRegisterColumns', {
			parameters: { resource: 'register', operation: 'getMany', register: 'GET_N17_LIST' },
		});
		expect(columns[0]).toEqual({ name: 'Goods Code (N17_KODAS_PS)', value: 'N17_KODAS_PS' });
		expect(columns.every(({ value }) => String(value).startsWith('N17_'))).toBe(true);
		const none = { parameters: { register: '' } };
		expect(await testRig.engine.loadOptions('rivile', 'getRegisterColumns', none)).toEqual([]);
	});
});

describe('the list of clients in the editor', () => {
	test('is searched by name and codes, and goes on page by page', async () => {
		gateway.registerOf('GET_N08_LIST').add(
			upTo(130).map((number) => ({
				N08_KODAS_KS: `P${String(number).padStart(3, '0')}`,
				N08_PAV: `Įmonė ${number}`,
				N08_IM_KODAS: String(300_000_000 + number),
			})),
		);
		const search = async (options: object) =>
			await testRig.engine.listSearch('rivile', 'searchClients', {
				parameters: { resource: 'client', operation: 'get' },
				credentials: { rivileApi: gateway.credentials },
				...options,
			});
		const first = await search({});
		expect(first.results).toHaveLength(100);
		const next = await search({ paginationToken: String(first.paginationToken) });
		expect(next.results).toHaveLength(30);
		expect(next.paginationToken).toBeUndefined();
		const all = [...first.results, ...next.results].map(({ value }) => value);
		expect(new Set(all).size).toBe(130);
		expect((await search({ filter: 'P077' })).results).toEqual([
			{ name: 'Įmonė 77 (P077)', value: 'P077' },
		]);
		expect((await search({ filter: '300000009' })).results).toHaveLength(1);
		expect((await search({ filter: "' OR 1=1 --" })).results).toEqual([]);
	});
});

describe('Simple filters of receipts and payments', () => {
	test.each([
		[{ kind: 'payments' }, [3, 6, 9, 12]],
		[{ kind: '={{ "receipt" }}', clientCode: 'PVZ003' }, [2, 7]],
		[{ dateFrom: '2026-01-28', dateTo: '2026-01-30T00:00:00' }, [1, 2]],
		[{ dateTo: '28.01.2026' }, upTo(11, 2)],
		[{ documentNumber: 'PVZ-7' }, [7]],
		[{ amountFrom: 79.2, amountTo: '={{ "158,39" }}' }, [1, 2]],
		[{}, upTo(12)],
	])('%j', async (simpleFilters, expected) => {
		gateway.seed(12);
		expect(numbers(await items({ simpleFilters }))).toEqual(expected);
		// A workflow that was stored without a filter still gets every row.
		expect(numbers(await items({ filterMode: 'none' }))).toEqual(upTo(12));
	});

	test.each([
		[{ clientCode: '={{ "" }}' }, "'Client Code' is empty"],
		[{ dateFrom: 'soon' }, "'Date From' is not a date: soon"],
		[{ amountFrom: '={{ "1,500" }}' }, "'Amount From' is not a number: 1,500"],
		[{ kind: '={{ "all" }}' }, "'Kind' must be Receipts or Payments: all"],
	])('%j is refused before a request is sent', async (simpleFilters, expected) => {
		expect(await message({ simpleFilters })).toBe(expected);
		expect(gateway.requests).toHaveLength(0);
	});
});

describe('Sort', () => {
	const sorted = async (sort: object, more: object = {}) =>
		await items({ returnAll: true, options: { sort, ...more } });

	test('by numbers, dates and texts, in both directions, with empty values last', async () => {
		gateway.seed([
			{ I04_KODAS_CH: '1', I04_SUMA: 10, I04_PAV: 'Ąžuolas', I04_R_DATE: '2026-01-02T00:00:00' },
			{ I04_KODAS_CH: '2', I04_SUMA: 9.5, I04_PAV: 'Zebra', I04_R_DATE: '2026-01-01T09:00:00' },
			{ I04_KODAS_CH: '3' },
			{ I04_KODAS_CH: '4', I04_SUMA: 100, I04_PAV: 'Beržas', I04_R_DATE: '2026-01-01T10:00:00' },
		]);
		expect(numbers(await sorted({ column: 'I04_SUMA' }))).toEqual([2, 1, 4, 3]);
		const descending = { column: 'I04_SUMA', direction: 'descending' };
		expect(numbers(await sorted(descending, { numbersAsText: true }))).toEqual([4, 1, 2, 3]);
		expect(numbers(await sorted({ column: 'I04_PAV' }))).toEqual([1, 4, 2, 3]);
		// A column that simplified items do not have.
		expect(numbers(await sorted({ column: 'I04_R_DATE' }))).toEqual([2, 4, 1, 3]);
		expect(numbers(await sorted({ column: 'clientName', direction: 'desc' }))).toEqual([
			2, 4, 1, 3,
		]);
	});

	test.each([
		[{ returnAll: false, options: { sort: { column: 'I04_SUMA' } } }, "'Sort' needs 'Return All'"],
		[
			{ returnAll: true, options: { pageNumber: 2, sort: { column: 'I04_SUMA' } } },
			"'Sort' needs 'Return All'",
		],
		[
			{ returnAll: true, options: { sort: { column: 'I05_SUMA' } } },
			"'Column' of 'Sort' is not a column of the register: I05_SUMA",
		],
		[
			{ returnAll: true, options: { sort: { direction: 'ascending' } } },
			"'Column' of 'Sort' is empty",
		],
		[{ options: { oneItemPerLine: true } }, "'One Item per Line' needs the lines"],
		[
			{ resource: 'register', register: 'GET_N17_LIST', options: { oneItemPerLine: true } },
			"'One Item per Line' needs the lines",
		],
		[
			{ resource: 'register', register: 'GET_N07_LIST', options: { oneItemPerLine: true } },
			"'One Item per Line' does not work for this register: its rows have no lines",
		],
		[{ options: { columnNames: '={{ "lt" }}' } }, "'Column Names' must be English or Rivilė: lt"],
	])('%j is refused before a request is sent', async (parameters, expected) => {
		expect(await message(parameters)).toBe(expected);
		expect(gateway.requests).toHaveLength(0);
	});
});

test('an item for each line repeats the header, and a row without lines stays', async () => {
	gateway.seed(5);
	const found = await items({
		detail: 'A',
		simplify: false,
		returnAll: true,
		options: { oneItemPerLine: true },
	});
	expect(numbers(found)).toEqual([1, 2, 2, 3, 3, 3, 4, 5]);
	expect(found.map((item: IDataObject) => item.I05_EIL_NR ?? 0)).toEqual([1, 1, 2, 1, 2, 3, 0, 1]);
	expect(found.every((item) => !('I05' in item))).toBe(true);
});

describe('hints', () => {
	test('say which rows a limit gave, as the gateway serves them', async () => {
		gateway.reset({ newestFirst: true, descending: true });
		gateway.seed(250);
		const [hint, ...others] = await hints({ filterMode: 'none', limit: 20 });
		expect(others).toEqual([]);
		expect(hint).toBe(
			"Only the first 20 rows were returned, and there may be more. Rivilė chooses which rows come first: here, 'Operation Number' goes from 000000000250 to 000000000231, the highest first. Turn on 'Return All' to get all rows.",
		);
		gateway.change({ newestFirst: false, descending: false });
		expect(await hints({ filterMode: 'none', limit: 120 })).toEqual([
			expect.stringContaining('from 000000000001 to 000000000120, the lowest first'),
		]);
		expect(await hints({ limit: 120 })).toEqual([
			expect.stringMatching(/^The filter is empty\. Only the first 120 rows were returned/),
		]);
		expect(await hints({ filterMode: 'none', limit: 300 })).toEqual([]);
		expect(await hints({ filterMode: 'none', returnAll: true })).toEqual([]);
	});

	test('say that a filter is empty, or that other pages were skipped', async () => {
		gateway.seed(3);
		const empty =
			'The filter is empty, so it matches every row. All rows of the register were read.';
		expect(await hints({ returnAll: true })).toEqual([empty]);
		expect(await hints({ returnAll: true, filterMode: 'fields' })).toEqual([empty]);
		expect(await hints({ returnAll: true, simpleFilters: { kind: 'receipts' } })).toEqual([]);
		expect(await hints({ filterMode: 'none', options: { pageNumber: 1 } })).toEqual([
			"Only page 1 was read. Rows on other pages were skipped: remove 'Page Number' to get them.",
		]);
	});

	test('are shown once, however many items come in', async () => {
		gateway.seed(3);
		const pinData = { Start: upTo(4).map((number) => ({ json: { number } })) };
		const result = await testRig.run({ returnAll: true }, {}, { pinData });
		expect(result.json('Rivilė')).toHaveLength(12);
		expect(result.hints('Rivilė')).toHaveLength(1);
	});
});

describe('Find Payments', () => {
	const find = async (search: object, more: object = {}) =>
		await items({ operation: 'find', search, ...more });
	const found = (result: readonly IDataObject[]) =>
		result.map(({ operationNumber, matched, score }) => [Number(operationNumber), matched, score]);

	beforeEach(() => {
		seedClients();
		gateway.seed(10);
	});

	test.each([false, true])('the best match comes first, newest first: %s', async (newestFirst) => {
		gateway.change({ newestFirst });
		const result = await find({ clientCode: 'PVZ003', amount: 158.39, reference: 'pvz-2' });
		expect(found(result)).toEqual([
			[2, ['clientCode', 'amount', 'reference'], 1],
			[7, ['clientCode'], expect.closeTo(1 / 3, 5)],
		]);
		expect(result[0]).toMatchObject({ kind: 'receipt', amount: 158.39 });
		expect(result[0]?.lines).toHaveLength(2);
		expect(gateway.requests).toHaveLength(1);
	});

	test('by registration code, VAT code or name of the client, looked up first', async () => {
		const byCompany = await find({ companyCode: '444555666' });
		expect(found(byCompany).map(([number]) => number)).toEqual([1, 2, 6, 7]);
		expect(gateway.requests.map(({ call }) => call)).toEqual(['GET_N08_LIST', 'GET_I04_LIST']);
		const byVat = await find({ vatCode: '1112223', amountFrom: 1 });
		expect(found(byVat)).toEqual([
			[5, ['vatCode'], 1],
			[10, ['vatCode'], 1],
		]);
		const byName = await find({ clientName: 'kitas pavyzdys, mb' });
		expect(found(byName)).toEqual([
			[1, ['clientName'], 0.8],
			[6, ['clientName'], 0.8],
		]);
		expect(await find({ companyCode: '999' })).toEqual([]);
	});

	test('within dates, and by an amount with a tolerance', async () => {
		const near = await find({ amount: '={{ "80,00" }}', tolerance: 1, dateFrom: '2026-01-30' });
		expect(found(near)).toEqual([[1, ['amount', 'date'], expect.closeTo(0.9, 5)]]);
		const dates = await find({ dateFrom: '2026-01-28', dateTo: '2026-01-28', tolerance: 5 });
		expect(found(dates)).toEqual([[2, ['date'], 1]]);
		const best = await find({ clientCode: 'PVZ003', amount: 79.2 }, { limit: 1 });
		expect(best).toHaveLength(1);
	});

	test('a text that means something to SQL finds only itself', async () => {
		expect(await find({ reference: "' OR 1=1 --" })).toEqual([]);
		expect(await find({ reference: '%' })).toEqual([]);
		expect(found(await find({ reference: 'PVZ-1', clientName: '50% [nuolaida]' }))[0]).toEqual([
			1,
			['reference'],
			0.5,
		]);
	});

	test('nothing to look for is refused', async () => {
		const parameters = { operation: 'find', search: { clientCode: '={{ "" }}', tolerance: 1 } };
		expect(await message(parameters)).toBe("'Search' is empty");
		const amount = { operation: 'find', search: { amount: '={{ "much" }}' } };
		expect(await message(amount)).toBe("'Amount' is not an amount: much");
		const date = { operation: 'find', search: { companyCode: '444555666', dateTo: 'soon' } };
		expect(await message(date)).toBe("'Date To' is not a date: soon");
		const others = { operation: 'find', search: { unknown: 'x' } };
		expect(await message(others)).toBe("'Search' is empty");
		expect(gateway.requests).toHaveLength(0);
	});
});
