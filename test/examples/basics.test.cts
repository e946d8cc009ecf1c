/** The building blocks in examples/basics run in turn, as a user imports them. */
import { filesIn, readExample } from './exampleFiles.cts';
import { expectSuccess, setExampleStage, type ExampleStage } from './stage.cts';

const FOLDER = 'basics';
const files = filesIn(FOLDER).filter((file) => /-\d-/.test(file));

let stage: ExampleStage;

beforeAll(async () => {
	stage = await setExampleStage();
});
afterAll(async () => await stage.close());

/** How many items the last node gives, and how many an error output takes. */
const OUTCOMES: Readonly<Record<string, { out: number; refused?: number }>> = {
	'klientu-portfelis-1-create-lists.json': { out: 6 },
	'klientu-portfelis-2-add-objects.json': { out: 12, refused: 2 },
	'klientu-portfelis-3-update-contacts.json': { out: 2 },
	'klientu-portfelis-4-monitor-a-list.json': { out: 1 },
	'klientu-portfelis-5-what-happened.json': { out: 0 },
	'klientu-portfelis-6-all-objects.json': { out: 12 },
	'klientu-portfelis-7-delete-lists.json': { out: 6 },
};

test('every example that is started by hand has an expected outcome', () => {
	expect(files).toEqual(Object.keys(OUTCOMES));
});

test.each(files)('%s', async (file) => {
	const result = await stage.run(`${FOLDER}/${file}`);
	expectSuccess(result);
	const last = readExample(`${FOLDER}/${file}`).nodes.at(-1)?.name ?? '';
	const { out, refused = 0 } = OUTCOMES[file] ?? {};
	expect(result.json(last, 0)).toHaveLength(out ?? -1);
	expect(result.json(last, 1)).toHaveLength(refused);
});

test('every service of the list is monitored', async () => {
	const { portfolio } = stage;
	const list = portfolio.seedList({ name: 'Sample: clients' });
	portfolio.seedObjects(list.id, 1);
	expectSuccess(await stage.run(`${FOLDER}/klientu-portfelis-4-monitor-a-list.json`));
	expect(list.monitoring?.services.map(({ type }) => type)).toEqual([
		'SV_BIRTH',
		'SV_UBIRTH',
		'SV_INSOLV',
		'SV_OFFICERS',
		'SV_ADDRESS',
	]);
	expect(list.monitoring?.email).toEqual(['anna@example.com', 'janis@example.com']);
	portfolio.portfolio.removeList(list);
});

test('an event becomes an email', async () => {
	const { id } = stage.portfolio.seedList({ name: 'Sample: clients' });
	stage.portfolio.seedMonitoringSession(id, { sent: '2026-01-01 08:00:00', events: 0 });
	const result = await stage.runAfter(`${FOLDER}/klientu-portfelis-event-to-email.json`, () => {
		stage.portfolio.seedMonitoringSession(id, { sent: '2026-01-02 08:00:00', events: 2 });
	});
	expectSuccess(result);
	const sent = stage.sent('emailSend');
	expect(sent).toHaveLength(2);
	expect(sent[0]).toMatchObject({
		toEmail: 'anna@example.com',
		subject: expect.stringMatching(/^Adreses maiņa: SIA /),
		text: expect.stringContaining('List: Sample: clients'),
	});
});

test('a new receipt is sent to another system', async () => {
	const { rivile } = stage;
	rivile.seed(3);
	const receipt = {
		I04_KODAS_CH: '000000000900',
		I04_DOK_NR: 'PVZ-900',
		I04_OP_RUSIS: 1,
		I04_PAV: 'Pavyzdys "A" & B',
		I04_SUMA: 12.5,
		I04_KODAS_VL: 'EUR',
	};
	const result = await stage.runAfter(`${FOLDER}/rivile-new-receipt-to-webhook.json`, () => {
		rivile.register.add([
			{ ...receipt, lines: [{ I05_SUMA: 12.5 }] },
			{ ...receipt, I04_KODAS_CH: '000000000901', I04_OP_RUSIS: 2 },
		]);
	});
	expectSuccess(result);
	expect(stage.sent('httpRequest').map(({ jsonBody }) => JSON.parse(String(jsonBody)))).toEqual([
		{ number: 'PVZ-900', client: 'Pavyzdys "A" & B', amount: 12.5, currency: 'EUR', lines: 1 },
	]);
});
