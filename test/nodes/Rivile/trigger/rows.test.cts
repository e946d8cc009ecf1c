/** Which operations the trigger starts with, and how they look. */
import { sampleKey } from '../../../../dev/simulators/rivile.cts';
import { startTriggerRig, type TriggerRig } from './triggerRig.cts';

jest.setTimeout(30_000);

let rig: TriggerRig;

beforeAll(async () => {
	rig = await startTriggerRig();
});
beforeEach(() => {
	rig.gateway.reset();
	// Operations that were there before: an empty register is looked at again and again.
	rig.gateway.register.add(
		Array.from({ length: 60 }, (_, index) => ({
			...PAYMENT,
			I04_KODAS_CH: sampleKey(index + 1),
			I04_R_DATE: '2026-10-08T08:00:00',
		})),
	);
});
afterAll(async () => await rig.stop());

const RECEIPT = {
	I04_KODAS_CH: sampleKey(901),
	I04_OP_RUSIS: 1,
	I04_OP_DATA: '2026-10-09T00:00:00',
	I04_R_DATE: '2026-10-09T11:28:47',
	I04_PAV: 'Pavyzdys',
	I04_SUMA: 12.5,
	lines: [{ I05_DOK_NR: 'SF-1', I05_DATA_DOK: '2026-10-01T00:00:00', I05_SUMA: 12.5 }],
};
const PAYMENT = { ...RECEIPT, I04_KODAS_CH: sampleKey(902), I04_OP_RUSIS: 2, lines: [] };

/** What is emitted of two operations that are entered after the workflow was published. */
async function emitted(parameters: Record<string, unknown>) {
	const staticData = {};
	expect(await rig.poll({ staticData, parameters })).toBeNull();
	rig.gateway.register.add([RECEIPT, PAYMENT]);
	return (await rig.poll({ staticData, parameters })) ?? [];
}

const READABLE = {
	operationNumber: sampleKey(901),
	operationDate: '2026-10-09',
	kind: 'receipt',
	clientName: 'Pavyzdys',
	amount: 12.5,
};
const RAW = {
	I04_KODAS_CH: sampleKey(901),
	I04_OP_DATA: '2026-10-09T00:00:00',
	I04_OP_RUSIS: 1,
	I04_PAV: 'Pavyzdys',
	I04_SUMA: 12.5,
};

describe.each(['operationCreated', 'operationUpdated'])('%s', (event) => {
	test('rows are readable unless Simplify is off', async () => {
		const [receipt = {}, payment] = await emitted({ event });
		expect(receipt).toMatchObject(READABLE);
		expect(Object.keys(receipt).length).toBeLessThanOrEqual(10);
		expect(payment).toMatchObject({ kind: 'payment' });
	});

	test('with Simplify off, rows are as Rivilė writes them', async () => {
		const [receipt = {}] = await emitted({ event, simplify: false });
		expect(receipt).toMatchObject(RAW);
		expect(Object.keys(receipt).length).toBeGreaterThan(30);
	});

	test.each([
		['rivile', true, RAW],
		['english', false, READABLE],
	])('Column Names %s, with Simplify %s', async (columnNames, simplify, expected) => {
		const options = { columnNames };
		const [receipt = {}] = await emitted({ event, simplify, options });
		expect(receipt).toMatchObject(expected);
		expect(Object.keys(receipt).length > 10).toBe(!simplify);
	});

	test('lines are readable as well', async () => {
		const [receipt] = await emitted({ event, detail: 'A' });
		expect(receipt).toMatchObject({
			lines: [{ documentNumber: 'SF-1', documentDate: '2026-10-01', paymentAmount: 12.5 }],
		});
	});

	test.each([
		['all', [sampleKey(901), sampleKey(902)]],
		['receipts', [sampleKey(901)]],
		['payments', [sampleKey(902)]],
	])('Kind: %s', async (kind, expected) => {
		const items = await emitted({ event, kind });
		expect(items.map(({ operationNumber }) => operationNumber)).toEqual(expected);
	});

	test.each([
		['fields', { filters: { conditions: [{ field: 'I04_SUMA', operator: 'gt', value: 12 }] } }],
		['sql', { sql: 'I04_SUMA > 99 OR I04_PAV IS NOT NULL' }],
		['simple', { simpleFilters: { amountFrom: 12 } }],
	])('Kind narrows the filter (%s)', async (filterMode, filter) => {
		const items = await emitted({ event, kind: 'payments', filterMode, ...filter });
		expect(items.map(({ operationNumber }) => operationNumber)).toEqual([sampleKey(902)]);
	});

	test('a test run shows the latest of the kind, as it will be emitted', async () => {
		rig.gateway.register.add([RECEIPT, PAYMENT]);
		const parameters = { event, kind: 'receipts' };
		const items = await rig.poll({ mode: 'manual', parameters });
		expect(items).toEqual([expect.objectContaining(READABLE)]);
	});
});

test.each([
	[{ event: 'clientDeleted' }, "'Event' must be"],
	[{ kind: 'constructor' }, "'Kind' must be Receipts and Payments, Receipts or Payments"],
	[{ detail: 'X' }, "'Detail' must be Header or Header and Lines"],
	[{ simplify: 'maybe' }, "'Simplify'"],
	[{ options: { columnNames: 'latin' } }, "'Column Names' must be English or Rivilė"],
	[{ filterMode: 'other' }, "'Filter' must be"],
])('%j is refused when the workflow is published', async (parameters, message) => {
	const staticData = {};
	await expect(rig.poll({ staticData, parameters })).rejects.toThrow(message);
	expect(staticData).toEqual({});
	expect(rig.gateway.requests).toEqual([]);
});
