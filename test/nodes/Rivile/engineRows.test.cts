/** Rows through n8n: every order, format and level of detail. */
import type { IDataObject } from 'n8n-workflow';

import { sampleKey, type RivileSimulator } from '../../../dev/simulators/rivile.cts';
import { numbers, startTestRig, upTo, type TestRig } from './testRig.cts';

// A register that is found empty is asked again, for which nothing waits here.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

let bench: TestRig;
let gateway: RivileSimulator;

beforeAll(async () => {
	bench = await startTestRig();
	({ gateway } = bench);
});

afterAll(async () => await bench.stop());

beforeEach(() => gateway.reset());
// Whatever condition was sent, a grammar of T-SQL knows it as well.
afterEach(() => expect(gateway.refused).toEqual([]));

const ALL = { returnAll: true, simplify: false };

describe.each([
	['newest first', true],
	['oldest first', false],
])('%s', (_, newestFirst) => {
	describe.each(['json', 'xml'])('as %s', (responseFormat) => {
		test.each(['H', 'A'])('with detail %s: every row, each once', async (detail) => {
			gateway.reset({ newestFirst, jsonNumbers: detail === 'A' });
			gateway.seed(250);
			const found = await bench.items({ ...ALL, detail, options: { responseFormat } });
			expect(numbers(found)).toEqual(upTo(250));
			expect(found[6]).toMatchObject({
				Row_number: expect.any(Number),
				I04_KODAS_CH: sampleKey(7),
				I04_OP_RUSIS: 1,
				I04_SUMA: 554.34,
				I04_KODAS_VL: 'EUR',
				I04_PAV: 'Bandymas 50% [nuolaida]_x',
				I04_KODAS_LS_1: '',
				I04_SUMA_WK: null,
			});
			expect(found.map(({ I05 }) => Array.isArray(I05) && I05.length)).toEqual(
				upTo(250).map((number) => (detail === 'A' ? number % 4 : false)),
			);
			const { headers, body } = gateway.requests[0] ?? {};
			expect(headers).toMatchObject({
				accept: `application/${responseFormat}`,
				'content-type': 'application/json',
			});
			expect(JSON.parse(body ?? '')).toEqual({ method: 'GET_I04_LIST', params: { list: detail } });
			expect(gateway.requests.length).toBeLessThanOrEqual(Math.ceil(250 / 100) + 3);
		});
	});

	test.each([
		[1, 1],
		[100, 1],
		[101, 2],
		[250, 3],
	])('with the limit %i: no page too many', async (limit, requests) => {
		gateway.reset({ newestFirst });
		gateway.seed(430);
		const found = numbers(await bench.items({ limit }));
		expect(new Set(found).size).toBe(limit);
		expect(gateway.requests).toHaveLength(requests);
	});

	test('while rows are added', async () => {
		gateway.reset({ newestFirst });
		gateway.seed(320);
		gateway.beforeAnswer = (request) => {
			if (request > 1) gateway.seed(3);
		};
		const found = numbers(await bench.items({ returnAll: true }));
		expect(found).toEqual(upTo(found.length));
		expect(found.length).toBeGreaterThanOrEqual(320);
		expect(gateway.requests.length).toBeLessThanOrEqual(Math.ceil(found.length / 100) + 3);
	});

	test('one page only', async () => {
		gateway.reset({ newestFirst });
		gateway.seed(250);
		const found = numbers(await bench.items({ limit: 5, options: { pageNumber: 3 } }));
		expect(found).toEqual(newestFirst ? upTo(50) : upTo(50, 201));
		expect(gateway.requests.map(({ params }) => params)).toEqual([{ list: 'H', pagenumber: 3 }]);
	});
});

describe('items', () => {
	test('are the same in JSON and XML, and with numbers as texts', async () => {
		gateway.seed(5);
		for (const numbersAsText of [false, true]) {
			const forms = [{ responseFormat: 'xml' }, {}];
			const [xml, json] = await Promise.all(
				forms.map(
					async (form) =>
						await bench.items({
							detail: 'A',
							simplify: false,
							options: { ...form, numbersAsText },
						}),
				),
			);
			expect(json).toEqual(xml);
			expect(json?.[0]?.I04_SUMA).toBe(numbersAsText ? '79.20' : 79.2);
			expect(json?.[0]?.I04_KOEF).toBe(numbersAsText ? '1.000000000000000' : 1);
		}
	});

	test('are simple unless told otherwise: ten columns at most, of lines too', async () => {
		gateway.seed(3);
		const found = await bench.items({ detail: 'A', options: { numbersAsText: true } });
		expect(Object.keys(found[2] ?? {})).toHaveLength(10);
		expect(found[2]).toMatchObject({
			operationNumber: sampleKey(3),
			kind: 'payment',
			operationDate: '2026-01-27',
			amount: '237.58',
		});
		expect(found[2]?.lines).toHaveLength(3);
		for (const line of found[2]?.lines as IDataObject[]) {
			expect(Object.keys(line)).toHaveLength(10);
		}
		const own = await bench.items({ options: { columnNames: 'rivile' } });
		expect(own[2]).toMatchObject({ I04_OP_RUSIS: 2, I04_OP_DATA: '2026-01-27T00:00:00' });
		const all = await bench.items({ simplify: false, options: { columnNames: 'english' } });
		expect(all[2]).toMatchObject({ kind: 'payment', posting: 'posted', changedBy: 'PAVYZDYS' });
		const headers = await bench.items({});
		expect(Object.keys(headers[2] ?? {})).toHaveLength(9);
	});

	test('are none when there are no rows, one when there is one', async () => {
		for (const options of [{}, { responseFormat: 'xml' }]) {
			gateway.register.clear();
			expect(await bench.items({ options })).toEqual([]);
			gateway.seed(1);
			expect(await bench.items({ options })).toHaveLength(1);
		}
	});

	test('come from a gateway that knows XML only', async () => {
		gateway.reset({ xmlOnly: true });
		gateway.seed(120);
		expect(await bench.items({ returnAll: true })).toHaveLength(120);
	});
});
