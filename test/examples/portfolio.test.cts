/** The examples that keep a portfolio up to date, and copy it elsewhere. */
import { NOT_FOUND } from '../../dev/simulators/klientuPortfelis.cts';
import type { StoredObject } from '../../dev/simulators/klientuPortfelis/portfolio.cts';
import { expectSuccess, setExampleStage, type ExampleStage } from './stage.cts';

let stage: ExampleStage;
let approved = true;
/** Called each time that a workflow waits for a day. */
let whileWaiting = () => {};

beforeEach(async () => {
	stage = await setExampleStage({
		emailSend: ({ operation }) =>
			operation === 'sendAndWait' ? { data: { approved } } : undefined,
		wait: () => {
			whileWaiting();
			return undefined;
		},
	});
});
afterEach(async () => await stage.close());

/** Puts a company into the list. */
function put(code: string, details: Partial<StoredObject> = {}): void {
	const { portfolio, list } = stage;
	const object = portfolio.portfolio.addObject({ type: 'COMPANY', code, name: 'SIA', ...details });
	portfolio.portfolio.putIn(object, list);
}

const codes = () => [...stage.list.objects.values()].map(({ code }) => code).sort();

const writes = () =>
	stage.portfolio.calls.filter(({ function: name }) =>
		['add_object', 'update_object', 'delete_object'].includes(name ?? ''),
	);

describe('portfolio-follows-crm.json', () => {
	const run = async () => await stage.run('portfolio-follows-crm.json');

	beforeEach(() => {
		for (const code of ['40000000002', '40000000009', '40000000003']) {
			put(code, { client_id: 'K-2' });
		}
	});

	test('makes the changes that were approved, and reports them', async () => {
		approved = true;
		const result = await run();
		expectSuccess(result);
		const [asked, report] = stage.sent('emailSend');
		expect(asked?.message).toBe('To be added: 1, changed: 1, deleted: 1. Refused: 1.');
		expect(report?.text).toBe('Added: 1, changed: 1, deleted: 1, unchanged: 1, refused: 1');
		expect(codes()).toEqual(['40000000001', '40000000002', '40000000003']);
		const actions = (name: string) => result.json(name).map(({ code, action }) => [code, action]);
		expect(actions('What Would Change')).toEqual(actions('Sync'));
	});

	test('changes nothing when it is declined', async () => {
		approved = false;
		const result = await run();
		expectSuccess(result);
		expect(result.runs('Sync')).toEqual([]);
		expect(stage.sent('emailSend')).toHaveLength(1);
		expect(writes()).toEqual([]);
	});
});

describe('new-client-check.json', () => {
	const CODE = '40000000001';
	const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
	const event = (code: string, title: string) => ({
		object_code: code,
		title,
		date: tomorrow,
	});

	/** Monitoring runs on the second day. */
	function monitorOnSecondDay(events: ReadonlyArray<ReturnType<typeof event>>): void {
		let day = 0;
		stage.portfolio.seedMonitoringSession(stage.list.id, { sent: '2026-01-01 06:00:00' });
		whileWaiting = () => {
			day += 1;
			if (day !== 2) return;
			const sent = `${tomorrow} 06:00:00`;
			stage.portfolio.seedMonitoringSession(stage.list.id, { sent, events });
		};
	}

	test('adds the client, waits until monitoring has run, and reports what it found', async () => {
		monitorOnSecondDay([
			event('40000000777', 'Adreses maiņa'),
			event(CODE, 'Maksātnespējas process'),
			event(CODE, 'Amatpersonu maiņa'),
		]);
		expectSuccess(await stage.run('new-client-check.json'));
		expect(codes()).toEqual([CODE]);
		expect(stage.sent('wait')).toEqual([
			{ amount: 1, unit: 'days' },
			{ amount: 1, unit: 'days' },
		]);
		const [mail, ...others] = stage.sent('emailSend');
		expect(others).toEqual([]);
		expect(mail?.text).toMatch(
			/^[^\n]+ \(40000000001\)\n\nMaksātnespējas process, [-\d]+\nAmatpersonu maiņa, [-\d]+$/,
		);
	});

	test.each([
		['found something about others only', [event('40000000777', 'Adreses maiņa')]],
		['found nothing at all', []],
	])('says so when monitoring %s', async (_, events) => {
		monitorOnSecondDay(events);
		expectSuccess(await stage.run('new-client-check.json'));
		const [mail, ...others] = stage.sent('emailSend');
		expect(others).toEqual([]);
		expect(mail?.text).toMatch(/\n\nMonitoring found nothing\.$/);
	});

	test('warns after 40 days without a monitoring, and ends', async () => {
		monitorOnSecondDay([]);
		whileWaiting = () => {};
		expectSuccess(await stage.run('new-client-check.json'));
		expect(stage.sent('wait')).toHaveLength(40);
		const [mail, ...others] = stage.sent('emailSend');
		expect(others).toEqual([]);
		expect(mail?.subject).toMatch(/^New client .+: no monitoring yet$/);
		expect(mail?.text).toMatch(/ \(40000000001\)\n\nNo monitoring has run within 40 days\./);
	});
});

test('portfolio-to-google-sheets.json writes a row for each object, matched by its code', async () => {
	put('40000000001', { name: 'SIA Paraugs', client_id: 'K-1' });
	put('40000000002', { name: 'SIA Otrais', status: 'DISABLED' });
	const result = await stage.run('portfolio-to-google-sheets.json');
	expectSuccess(result);
	const [sent, ...others] = stage.sent('googleSheets');
	expect(others).toHaveLength(1);
	expect(sent).toMatchObject({
		operation: 'appendOrUpdate',
		sheetName: { mode: 'name', value: 'Portfolio' },
		columns: { mappingMode: 'autoMapInputData', matchingColumns: ['Code'] },
	});
	const today = expect.stringMatching(/^\d{4}-\d\d-\d\d$/);
	expect(result.json('Update Sheet')).toEqual([
		{
			Code: '40000000001',
			Name: 'SIA Paraugs',
			Status: 'ACTIVE',
			'Client ID': 'K-1',
			'Last Seen': today,
		},
		{
			Code: '40000000002',
			Name: 'SIA Otrais',
			Status: 'DISABLED',
			'Client ID': '',
			'Last Seen': today,
		},
	]);
});

test('rivile-clients-to-portfolio.json adds, updates and reports what was refused', async () => {
	put('40000000002', { client_id: 'OLD', email: 'old@example.com' });
	const { rivile } = stage;
	const clients = rivile.registerOf('GET_N08_LIST');
	const client = (number: number, code: string, name: string) => ({
		N08_KODAS_KS: `PVZ00${number}`,
		N08_IM_KODAS: code,
		N08_PAV: name,
		N08_E_MAIL: `pvz${number}@example.com`,
		N08_R_DATE: `2026-03-02T08:00:0${number}`,
	});
	clients.add([{ ...client(9, '40000000009', 'Old'), N08_R_DATE: '2026-03-01T08:00:00' }]);
	const result = await stage.runAfter('rivile-clients-to-portfolio.json', () => {
		clients.add([
			client(1, '40000000001', 'SIA Paraugs'),
			client(2, '40000000002', 'SIA Otrais'),
			client(3, '110065392', 'UAB Lietuva'),
			client(4, NOT_FOUND, 'SIA Nav'),
		]);
	});
	expectSuccess(result);
	expect(codes()).toEqual(['40000000001', '40000000002']);
	expect(result.json('Create or Update').map(({ code, action }) => [code, action])).toEqual([
		['40000000001', 'created'],
		['40000000002', 'updated'],
	]);
	const known = [...stage.list.objects.values()].map(({ client_id, email }) => [client_id, email]);
	expect(known).toContainEqual(['PVZ001', 'pvz1@example.com']);
	expect(known).toContainEqual(['PVZ002', 'pvz2@example.com']);
	const [mail, ...others] = stage.sent('emailSend');
	expect(others).toEqual([]);
	expect(mail?.subject).toBe('Not added to the portfolio: 1');
	expect(mail?.text).toMatch(new RegExp(`^SIA Nav \\(${NOT_FOUND}\\): .{10}`));
});
