/** Monitoring → Update with and without the settings that are not given, through n8n. */
import { byId, startTestRig, type TestRig } from './helpers.cts';

let rig: TestRig;
let listId: number;

beforeAll(async () => {
	rig = await startTestRig();
});
afterAll(async () => await rig.stop());
beforeEach(async () => {
	listId = rig.simulator.seedList({ name: 'Klienti' }).id;
	rig.simulator.seedObjects(listId, 1);
	await update({
		operation: 'create',
		emails: 'a@example.com, b@example.com',
		emptyMail: true,
		period: 'W',
		startDate: '2026-01-01',
		services: ['SV_BIRTH', 'SV_INSOLV'],
		additionalFields: { endDate: '2026-12-31' },
	});
	before = rig.simulator.calls.length;
});

let before = 0;

const update = async (parameters: object) =>
	await rig.run({
		resource: 'monitoring',
		operation: 'update',
		listId: byId(listId),
		...parameters,
	});
const keep = async (updateFields: object) =>
	await update({ keepOtherSettings: true, updateFields });
const asked = () => rig.simulator.calls.slice(before).map((call) => call.function);

const STORED = {
	email: 'a@example.com,b@example.com',
	empty_email: true,
	period: 'W',
	start_date: '2026-01-01',
	end_date: '2026-12-31',
};

test.each<[string, object, object]>([
	['the period', { period: 'M' }, { period: 'M' }],
	['the addresses', { emails: 'x@example.com' }, { email: 'x@example.com' }],
	['the start', { startDate: '2026-02-01' }, { start_date: '2026-02-01' }],
	['the end', { endDate: '2027-01-01' }, { end_date: '2027-01-01' }],
	['the end by nothing', { endDate: '' }, { end_date: null }],
	['empty emails', { emptyMail: false }, { empty_email: false }],
])('changes %s and keeps the rest', async (_name, fields, changed) => {
	const result = await keep(fields);
	expect(result.nodeError('Node')?.message).toBeUndefined();
	const [monitoring] = result.json('Node');
	expect(monitoring).toMatchObject({ ...STORED, ...changed });
	const services = monitoring?.services as Array<{ type: string }>;
	expect(services.map(({ type }) => type)).toEqual(['SV_BIRTH', 'SV_INSOLV']);
	expect(asked()).toEqual(['get_list_monitoring', 'update_list_monitoring']);
});

test('changes the services and keeps the rest', async () => {
	const [monitoring] = (await keep({ services: ['SV_ADDRESS'] })).json('Node');
	expect(monitoring).toMatchObject({ ...STORED, services: [{ type: 'SV_ADDRESS' }] });
});

test.each<[string, object, string]>([
	['nothing to change', {}, "'Update Fields' is empty"],
	['no address', { emails: '' }, "'Emails' is empty"],
	['no service', { services: [] }, "'Service Names or IDs' is empty"],
])('refuses %s, and writes nothing', async (_name, fields, message) => {
	const result = await keep(fields);
	expect(result.nodeError('Node')?.message).toBe(message);
	expect(asked()).not.toContain('update_list_monitoring');
});

test('says when the list has no monitoring', async () => {
	listId = rig.simulator.seedList().id;
	const result = await keep({ period: 'M' });
	expect(result.nodeError('Node')?.message).toBe('The list has no monitoring');
});

test('replaces everything unless it is told to keep the rest', async () => {
	const result = await update({
		emails: 'x@example.com',
		startDate: '2026-03-01',
		services: ['SV_ADDRESS'],
	});
	expect(result.json('Node')).toMatchObject([
		{ email: 'x@example.com', period: 'D', end_date: null, empty_email: false },
	]);
	expect(asked()).toEqual(['update_list_monitoring']);
});
