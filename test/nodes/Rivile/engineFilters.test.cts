/** Filters through n8n: values from items, by expressions, and the user's own SQL. */
import type { RunOptions } from '../../../dev/engine/harness.cts';
import { sampleKey, type RivileSimulator } from '../../../dev/simulators/rivile.cts';
import { filters, numbers, startTestRig, upTo, type TestRig } from './testRig.cts';

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

describe('filters', () => {
	const pinData = {
		Start: [
			{ json: { client: 'PVZ002', name: "O'Brien & s" } },
			{ json: { client: 'PVZ004', name: '<žolė>' } },
			{ json: { client: "x' OR 1=1 --", name: 'nobody' } },
		],
	};

	test('take their values from the items, which the results are paired with', async () => {
		gateway.seed(12);
		gateway.register.add([{ I04_KODAS_CH: sampleKey(900), I04_KODAS_KS: 'PVZ002' }], 2);
		const result = await bench.run(
			filters(
				{ field: 'I04_KODAS_KS', operator: 'equal', value: '={{ $json.client }}' },
				{ field: 'I04_PAV', operator: 'contains', value: '={{ $json.name }}' },
			),
			{},
			{ pinData },
		);
		expect(result.error).toBeUndefined();
		expect(numbers(result.json('Rivilė'))).toEqual([1, 6, 11, 3, 8]);
		expect(result.items('Rivilė').map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 0, 1, 1].map((item) => ({ item })),
		);
		// That the last condition finds nothing is confirmed by one request.
		expect(gateway.requests).toHaveLength(4);
		expect(gateway.requests[2]?.params.fil).toBe(
			"((I04_KODAS_KS = N'x'' OR 1=1 --') AND (I04_PAV LIKE N'%nobody%'))",
		);
	});

	test('of any condition, and with what n8n gives for dates, numbers and lists', async () => {
		gateway.seed(10);
		const condition = (value: string, field = 'I04_OP_DATA', operator = 'equal') =>
			filters({ field, operator, value });
		const options: RunOptions = { timezone: 'Europe/Vilnius' };
		const day = "DateTime.fromISO('2026-01-27T15:00:00', { zone: 'Europe/Vilnius' })";
		expect(
			numbers(await bench.items(condition(`={{ ${day}.toFormat('yyyy-MM-dd') }}`), options)),
		).toEqual([3]);
		expect(numbers(await bench.items(condition(`={{ ${day}.startOf('day') }}`), options))).toEqual([
			3,
		]);
		const after = condition(`={{ ${day}.endOf('day') }}`, 'I04_OP_DATA', 'gt');
		expect(numbers(await bench.items(after, options))).toEqual([1, 2]);
		expect(numbers(await bench.items(condition('={{ 79.2 }}', 'I04_SUMA')))).toEqual([1]);
		const codes = condition("={{ ['PVZ001', 'PVZ003'] }}", 'I04_KODAS_KS', 'in');
		expect(numbers(await bench.items(codes))).toEqual([2, 5, 7, 10]);
		const either = filters(
			{ field: 'I04_SUMA', operator: 'lt', value: '100' },
			{ field: 'I04_ADR', operator: 'isEmpty' },
		);
		expect(numbers(await bench.items({ ...either, combine: 'or' }))).toEqual([1, 3, 5, 7, 9]);
		expect(numbers(await bench.items(either))).toEqual([1]);
		expect(numbers(await bench.items(filters()))).toEqual(upTo(10));
	});

	test('written in SQL are enclosed, also in what paging adds', async () => {
		gateway.seed(250);
		gateway.register.add([{ I04_KODAS_CH: sampleKey(900), I04_OP_RUSIS: 1 }], 2);
		const sql = 'I04_OP_RUSIS = 1 OR 1 = 1 -- everything';
		expect(await bench.items({ filterMode: 'sql', sql, returnAll: true })).toHaveLength(250);
		expect(gateway.requests[0]?.params.fil).toBe('(I04_OP_RUSIS = 1 OR 1 = 1)');
		for (const { params } of gateway.requests)
			expect(params.fil).toMatch(/^\(+I04_OP_RUSIS = 1 OR 1 = 1\)/);
	});

	test.each([
		[{ filterMode: 'sql', sql: '={{ "" }}' }, "'SQL Condition' is empty"],
		[
			{ filterMode: 'sql', sql: '1=1) OR (1=1' },
			"'SQL Condition' closes a parenthesis that was not opened",
		],
		[
			filters({ field: 'I04_SUMA', operator: 'gt', value: '' }),
			"'Value' of condition 1 (Amount, I04_SUMA) is empty",
		],
		[{ limit: 0 }, "'Limit' is 0"],
		[{ limit: '={{ null }}' }, "'Limit' is not a whole number"],
		[{ returnAll: '={{ "all" }}' }, "'Return All' must be true or false"],
		[{ options: { responseFormat: 'XML' } }, "'Response Format' must be JSON or XML: XML"],
		[
			{ ...filters({ field: 'I04_SUMA', operator: 'gt', value: '1' }), combine: '={{ "any" }}' },
			"'Must Match' must be All Conditions or Any Condition: any",
		],
		[{ options: { pageNumber: 1.5 } }, "'Page Number' is not a whole number"],
		[{ detail: '={{ "X" }}' }, "'Detail' must be Header or Header and Lines: X"],
		[
			{ filterMode: '={{ "X" }}' },
			"'Filter' must be Simple, None, By Fields or By SQL Condition: X",
		],
	])('%j is refused before a request is sent', async (parameters, message) => {
		const { error } = await bench.run(parameters);
		expect(error?.message).toBe(message);
		expect(error?.name).toBe('NodeOperationError');
		expect(gateway.requests).toHaveLength(0);
	});
});
