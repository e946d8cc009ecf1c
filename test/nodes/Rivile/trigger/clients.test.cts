/** 'Client Created or Updated' through n8n-core. */
import { sampleKey } from '../../../../dev/simulators/rivile.cts';
import { startTriggerRig, type Settings, type TriggerRig } from './triggerRig.cts';

jest.setTimeout(30_000);

let rig: TriggerRig;

beforeAll(async () => {
	rig = await startTriggerRig();
});
afterAll(async () => await rig.stop());

const CHANGED = Date.parse('2026-10-09T11:00:00Z');
/** So many seconds after the others were changed. */
const at = (seconds: number) => new Date(CHANGED + seconds * 1000).toISOString().slice(0, 19);
const code = (number: number) => `PVZ${String(number).padStart(5, '0')}`;

const client = (number: number, changed: number, more: object = {}) => ({
	N08_KODAS_KS: code(number),
	N08_PAV: `Pavyzdys ${number}`,
	N08_RUSIS: 1,
	N08_R_DATE: at(changed),
	...more,
});

beforeEach(() => {
	rig.gateway.reset();
	// Clients 1 to 60 have been there for days: an empty register is looked at again and again.
	const days = 300_000;
	rig.clients.add(Array.from({ length: 60 }, (_, index) => client(index + 1, -days)));
});

function change(number: number, changed: number, more: object = {}): void {
	rig.clients.remove([code(number)]);
	rig.clients.add([client(number, changed, more)]);
}

const poll = async ({ parameters, ...settings }: Settings) =>
	await rig.poll({ ...settings, parameters: { event: 'clientChanged', ...parameters } });

const codesOf = (items: Awaited<ReturnType<typeof poll>>) =>
	items?.map(({ clientCode }) => clientCode);

describe.each([
	[true, false],
	[false, true],
])('newest first: %s, pages turned: %s', (newestFirst, descending) => {
	beforeEach(() => rig.gateway.change({ newestFirst, descending }));

	test('new and changed clients come once, also one that is hours late', async () => {
		const staticData = {};
		expect(await poll({ staticData })).toBeNull();
		rig.clients.add([client(900, 0), client(901, 1)]);
		change(7, 2);
		expect(codesOf(await poll({ staticData }))).toEqual([code(900), code(901), code(7)]);
		expect(await poll({ staticData })).toBeNull();
		// Changed again within the second, and entered with a time two hours before.
		change(7, 2, { N08_TEL: '1' });
		change(8, -2 * 60 * 60);
		expect(codesOf(await poll({ staticData }))).toEqual([code(8), code(7)]);
		expect(await poll({ staticData })).toBeNull();
	});

	test('a backlog of several pages', async () => {
		const staticData = {};
		expect(await poll({ staticData })).toBeNull();
		const added = Array.from({ length: 330 }, (_, index) => 1000 + index);
		rig.clients.add(added.map((number) => client(number, number)));
		expect(codesOf(await poll({ staticData }))).toEqual(added.map(code));
		expect(await poll({ staticData })).toBeNull();
		expect(JSON.stringify(staticData).length).toBeLessThan(64_000);
	}, 30_000);

	test('a test run shows the client that was changed last', async () => {
		change(12, 5);
		const staticData = {};
		expect(codesOf(await poll({ staticData, mode: 'manual' }))).toEqual([code(12)]);
		expect(staticData).toEqual({});
	});
});

test('clients are readable unless Simplify is off', async () => {
	rig.clients.add([client(201, 0)]);
	const mode = 'manual';
	const [readable = {}] = (await poll({ mode })) ?? [];
	expect(readable).toMatchObject({
		clientCode: code(201),
		clientName: 'Pavyzdys 201',
		role: 'buyer',
		changedAt: at(0),
	});
	expect(Object.keys(readable).length).toBeLessThanOrEqual(10);
	const [raw = {}] = (await poll({ mode, parameters: { simplify: false } })) ?? [];
	expect(raw).toMatchObject(client(201, 0));
	expect(Object.keys(raw).length).toBeGreaterThan(50);
});

test.each([
	['fields', { filters: { conditions: [{ field: 'N08_RUSIS', operator: 'equal', value: '2' }] } }],
	['sql', { sql: "N08_RUSIS = 2 AND N08_PAV LIKE 'Pav%'" }],
	['simple', { simpleFilters: { role: 2 } }],
])('only clients that meet the filter (%s)', async (filterMode, filter) => {
	const parameters = { filterMode, ...filter };
	const staticData = {};
	expect(await poll({ staticData, parameters })).toBeNull();
	rig.clients.add([client(201, 0), client(202, 0, { N08_RUSIS: 2 })]);
	expect(codesOf(await poll({ staticData, parameters }))).toEqual([code(202)]);
	change(201, 1, { N08_RUSIS: 2 });
	expect(codesOf(await poll({ staticData, parameters }))).toEqual([code(201)]);
});

test('a condition on a column of operations is refused', async () => {
	const filters = { conditions: [{ field: 'I04_SUMA', operator: 'gt', value: 1 }] };
	const parameters = { filterMode: 'fields', filters };
	await expect(poll({ parameters })).rejects.toMatchObject({
		message: expect.stringContaining(
			"'Field' of condition 1 is not a column of the register: I04_SUMA",
		),
		description: expect.stringContaining('N08_KODAS_KS'),
	});
});

test('what is stored for operations does not count', async () => {
	rig.clients.add([client(201, 0)]);
	const parameters = { detail: 'A', kind: 'receipts' };
	expect(codesOf(await poll({ mode: 'manual', parameters }))).toEqual([code(201)]);
	for (const { call, params } of rig.gateway.requests) {
		expect([call, params.list]).toEqual(['GET_N08_LIST', 'H']);
		expect(String(params.fil)).not.toContain('I04');
	}
});

test('from a start date, which is that of the change', async () => {
	rig.clients.add([client(201, -24 * 60 * 60), client(202, 0), client(203, 24 * 60 * 60)]);
	const parameters = { options: { startDate: at(0).slice(0, 10) } };
	const staticData = {};
	expect(codesOf(await poll({ staticData, parameters }))).toEqual([code(202), code(203)]);
	expect(await poll({ staticData, parameters })).toBeNull();
});

describe('another event in a published workflow', () => {
	const NEW = { I04_KODAS_CH: sampleKey(900), I04_R_DATE: at(10), I04_OP_DATA: at(10) };
	const EVENTS = ['operationCreated', 'operationUpdated', 'clientChanged'] as const;
	const CHANGES = EVENTS.flatMap((from) =>
		EVENTS.filter((to) => to !== from).map((to) => ({ from, to })),
	);

	test.each(CHANGES)('$from, then $to: it starts from now', async ({ from, to }) => {
		rig.gateway.seed(120);
		const staticData = {};
		expect(await poll({ staticData, parameters: { event: from } })).toBeNull();
		rig.clients.add([client(900, 10)]);
		rig.gateway.register.add([NEW]);
		const parameters = { event: to };
		const told: Error[] = [];
		expect(await poll({ staticData, parameters, told })).toBeNull();
		expect(staticData).toMatchObject({ cursor: { version: 2, event: to } });
		rig.clients.add([client(901, 20)]);
		rig.gateway.register.add([{ ...NEW, I04_KODAS_CH: sampleKey(901), I04_R_DATE: at(20) }]);
		const [item, ...others] = (await poll({ staticData, parameters, told })) ?? [];
		expect(others).toEqual([]);
		expect(item?.operationNumber ?? item?.clientCode).toMatch(/901$/);
		expect(told).toEqual([]);
	});

	test('with a start date, it starts there', async () => {
		rig.clients.add([client(201, -24 * 60 * 60), client(202, 0)]);
		const options = { startDate: at(0).slice(0, 10) };
		const staticData = {};
		await poll({ staticData, parameters: { event: 'operationUpdated', options } });
		expect(codesOf(await poll({ staticData, parameters: { options } }))).toEqual([code(202)]);
	});
});

test.each([
	[{ until: at(-1) }, [code(201)], `the trigger continues with changes from ${at(0)} on.`],
	[{}, undefined, 'The stored state contains no client, so the trigger starts from now.'],
])('a state of another version (%j) is reported once', async (state, expected, words) => {
	rig.clients.add([client(201, 0), client(202, -60)]);
	const staticData = { cursor: { version: 7, event: 'clientChanged', ...state } };
	const told: Error[] = [];
	expect(codesOf(await poll({ staticData, told }))).toEqual(expected);
	expect(told).toEqual([
		expect.objectContaining({
			message: "The trigger's stored state could not be read",
			description: expect.stringContaining(words),
		}),
	]);
	expect(await poll({ staticData, told })).toBeNull();
	expect(told).toHaveLength(1);
});

test('messages speak of clients', async () => {
	rig.clients.clear();
	await expect(poll({ mode: 'manual' })).rejects.toMatchObject({
		message: 'There is no matching client yet',
		description: expect.stringContaining('starts with the next client'),
	});
	const staticData = {};
	expect(await poll({ staticData })).toBeNull();
	rig.clients.add([{ N08_KODAS_KS: code(201), N08_R_DATE: '31.01.2026 9.00' }]);
	await expect(poll({ staticData })).rejects.toMatchObject({
		message: expect.stringContaining("The date in N08_R_DATE cannot be read: '31.01.2026 9.00'"),
		description: expect.not.stringContaining('Operation Created'),
	});
});

test('a key without the right to clients is told at once', async () => {
	rig.gateway.change({ methods: ['GET_I04_LIST'] });
	await expect(poll({})).rejects.toThrow('GET_N08_LIST');
});
