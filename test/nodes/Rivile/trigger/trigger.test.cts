/** The trigger through n8n-core, against a simulated gateway over HTTP. */
import { sampleKey, type RivileSimulator } from '../../../../dev/simulators/rivile.cts';
import { startTriggerRig, type Settings, type TriggerRig } from './triggerRig.cts';

let rig: TriggerRig;
let gateway: RivileSimulator;

beforeAll(async () => {
	rig = await startTriggerRig();
	({ gateway } = rig);
});
beforeEach(() => gateway.reset());
afterAll(async () => await rig.stop());

const now = () => new Date().toISOString().slice(0, 19);

/** With rows as Rivilė writes them; `rows.test.cts` is about the others. */
const poll = async ({ parameters, ...settings }: Settings) =>
	await rig.poll({ ...settings, parameters: { simplify: false, ...parameters } });

const numbersOf = (items: Array<Record<string, unknown>> | null) =>
	items?.map(({ I04_KODAS_CH }) => I04_KODAS_CH);

test.each([true, false])(
	'new operations with their lines, newest first: %s',
	async (newestFirst) => {
		gateway.change({ newestFirst });
		gateway.seed(150);
		const staticData = {};
		const parameters = { detail: 'A' };
		expect(await poll({ staticData, parameters })).toBeNull();
		gateway.register.add([{ I04_KODAS_CH: sampleKey(151), lines: [{ I05_SUMA: 1 }] }]);
		const items = await poll({ staticData, parameters });
		expect(items).toEqual([
			expect.objectContaining({
				I04_KODAS_CH: sampleKey(151),
				I05: [expect.objectContaining({ I05_SUMA: 1 })],
			}),
		]);
		expect(await poll({ staticData, parameters })).toBeNull();
	},
);

test('created and changed operations that meet the filter', async () => {
	const staticData = {};
	const parameters = {
		event: 'operationUpdated',
		filterMode: 'fields',
		filters: { conditions: [{ field: 'I04_KODAS_KS', operator: 'equal', value: 'PVZ001' }] },
	};
	const row = (number: number, client: string) => ({
		I04_KODAS_CH: sampleKey(number),
		I04_KODAS_KS: client,
		I04_R_DATE: now(),
	});
	gateway.register.add([row(1, 'PVZ001')]);
	expect(await poll({ staticData, parameters })).toBeNull();
	gateway.register.add([row(2, 'PVZ001'), row(3, 'PVZ002')]);
	expect(numbersOf(await poll({ staticData, parameters }))).toEqual([sampleKey(2)]);
	gateway.register.remove([sampleKey(1)]);
	const later = new Date(Date.now() + 2000).toISOString().slice(0, 19);
	gateway.register.add([{ ...row(1, 'PVZ001'), I04_R_DATE: later }]);
	expect(numbersOf(await poll({ staticData, parameters }))).toEqual([sampleKey(1)]);
	expect(await poll({ staticData, parameters })).toBeNull();
});

test('from a start date', async () => {
	gateway.register.add([
		{ I04_KODAS_CH: sampleKey(1), I04_OP_DATA: '2025-12-31T00:00:00' },
		{ I04_KODAS_CH: sampleKey(2), I04_OP_DATA: '2026-01-01T00:00:00' },
	]);
	const parameters = { options: { startDate: '2026-01-01T00:00:00' } };
	const staticData = {};
	expect(numbersOf(await poll({ staticData, parameters }))).toEqual([sampleKey(2)]);
	expect(await poll({ staticData, parameters })).toBeNull();
});

test('from a start date, operations that were there and dated before it never come', async () => {
	const row = (number: number, date: string) => ({
		I04_KODAS_CH: sampleKey(number),
		I04_OP_DATA: `${date}T00:00:00`,
	});
	gateway.register.add(
		Array.from({ length: 250 }, (_, index) =>
			row(index + 1, index % 2 === 0 ? '2025-12-31' : '2026-01-01'),
		),
	);
	const parameters = { options: { startDate: '2026-01-01T00:00:00' } };
	const staticData = {};
	expect(await poll({ staticData, parameters })).toHaveLength(125);
	expect(await poll({ staticData, parameters })).toBeNull();
	gateway.register.add([row(251, '2025-12-31')]);
	expect(numbersOf(await poll({ staticData, parameters }))).toEqual([sampleKey(251)]);
});

test.each([
	['operationCreated', { recent: [null, sampleKey(149)] }, [sampleKey(150)]],
	['operationCreated', {}, undefined],
	['operationUpdated', { until: '2026-01-31T11:28:46' }, [sampleKey(120)]],
])(
	'a state of another version (%s, %j) is replaced by one that works',
	async (event, state, got) => {
		gateway.seed(150);
		const staticData = { cursor: { version: 9, event, ...state } };
		expect(numbersOf(await poll({ staticData, parameters: { event } }))?.slice(-1)).toEqual(got);
		expect(staticData).toMatchObject({ cursor: { version: 2, event } });
		expect(await poll({ staticData, parameters: { event } })).toBeNull();
	},
);

test('the state of version 1 goes on', async () => {
	gateway.seed(150);
	const recent = Array.from({ length: 50 }, (_, index) => sampleKey(99 + index));
	const staticData = { cursor: { version: 1, event: 'operationCreated', recent } };
	expect(numbersOf(await poll({ staticData }))).toEqual([sampleKey(149), sampleKey(150)]);
	expect(staticData).toMatchObject({ cursor: { version: 2 } });
	expect(await poll({ staticData })).toBeNull();
});

test('a date that cannot be read stops the trigger, by column and value', async () => {
	const staticData = {};
	const parameters = { event: 'operationUpdated' };
	gateway.register.add([{ I04_KODAS_CH: sampleKey(1), I04_R_DATE: '2026-01-31' }]);
	expect(await poll({ staticData, parameters })).toBeNull();
	gateway.register.add([{ I04_KODAS_CH: sampleKey(2), I04_R_DATE: '31.01.2026 9.00' }]);
	await expect(poll({ staticData, parameters })).rejects.toThrow(
		"The date in I04_R_DATE cannot be read: '31.01.2026 9.00'",
	);
});

test.each(['operationCreated', 'operationUpdated'])(
	'a test run shows the latest (%s)',
	async (event) => {
		gateway.seed(120);
		const staticData = {};
		const items = await poll({ staticData, mode: 'manual', parameters: { event } });
		expect(items).toHaveLength(1);
		if (event === 'operationCreated') expect(numbersOf(items)).toEqual([sampleKey(120)]);
		expect(staticData).toEqual({});
		gateway.reset();
		await expect(poll({ mode: 'manual', parameters: { event } })).rejects.toThrow(
			'There is no matching operation yet',
		);
	},
);

test('activation is refused with a wrong key, a wrong date or a wrong condition', async () => {
	await expect(poll({ apiKey: 'wrong' })).rejects.toThrow('Rivilė did not accept the API key');
	const parameters = { options: { startDate: 'yesterday' } };
	await expect(poll({ parameters })).rejects.toThrow("'Start Date' is not a date");
	const sql = { filterMode: 'sql', sql: '(I04_SUMA > 1' };
	await expect(poll({ parameters: sql })).rejects.toThrow(
		"'SQL Condition' leaves a parenthesis open",
	);
	const unknown = { filterMode: 'sql', sql: 'NO_SUCH_COLUMN = 1' };
	await expect(poll({ parameters: unknown })).rejects.toMatchObject({
		message: expect.stringContaining('NO_SUCH_COLUMN'),
	});
});

test.each([
	[
		'operationCreated',
		{ known: [sampleKey(118), sampleKey(119)] },
		1,
		'the trigger continues after the highest operation number in that state.',
	],
	[
		'operationCreated',
		{},
		0,
		'The stored state contains no operation, so the trigger starts from now.',
	],
	[
		'operationUpdated',
		{ until: '2026-01-01T00:00:00' },
		120,
		'the trigger continues with changes from 2026-01-01T00:00:01 on.',
	],
	[
		'operationUpdated',
		{},
		0,
		'The stored state contains no operation, so the trigger starts from now.',
	],
])('a state of another version (%s, %j) is reported once', async (event, state, count, words) => {
	const all = Array.from({ length: 120 }, (_, index) => index + 1);
	const changed = { I04_R_DATE: '2026-01-10T08:00:00' };
	gateway.register.add(all.map((number) => ({ I04_KODAS_CH: sampleKey(number), ...changed })));
	const staticData = { cursor: { version: 7, event, ...state } };
	const told: Error[] = [];
	const parameters = { event };
	expect((await poll({ staticData, parameters, told })) ?? []).toHaveLength(count);
	expect(told).toEqual([
		expect.objectContaining({
			message: "The trigger's stored state could not be read",
			description: expect.stringContaining(words),
		}),
	]);
	expect(staticData.cursor).toMatchObject({ version: 2, event });
	expect(await poll({ staticData, parameters, told })).toBeNull();
	expect(told).toHaveLength(1);
});

describe.each([true, false])(
	'in a register of 12,000 operations, newest first: %s',
	(newestFirst) => {
		test.each([
			['numbers', (number: number) => sampleKey(number)],
			['letters', (number: number) => `AB${String(number).padStart(8, '0')}`],
		])('with keys of %s, at most 12 requests find the latest', async (_keys, keyOf) => {
			gateway.change({ newestFirst });
			const all = Array.from({ length: 12_000 }, (_, index) => index + 1);
			gateway.register.add(all.map((number) => ({ I04_KODAS_CH: keyOf(number) })));
			const requests = async (settings: Settings) => {
				const before = gateway.requests.length;
				const items = await poll(settings);
				return { items, count: gateway.requests.length - before };
			};
			const staticData = {};
			expect((await requests({ staticData })).count).toBeLessThanOrEqual(12);
			const test = await requests({ mode: 'manual' });
			expect(numbersOf(test.items)).toEqual([keyOf(12_000)]);
			expect(test.count).toBeLessThanOrEqual(12);
			expect(await requests({ staticData })).toEqual({ items: null, count: 1 });
		});
	},
);
