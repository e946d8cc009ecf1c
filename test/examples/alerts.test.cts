/** The examples that start when monitoring finds something. */
import { debt, type ExampleStage, expectSuccess, setExampleStage } from './stage.cts';

let stage: ExampleStage;

beforeEach(async () => {
	stage = await setExampleStage();
	stage.portfolio.seedMonitoringSession(stage.list.id, { sent: '2026-03-01 08:00:00', events: 0 });
});
afterEach(async () => await stage.close());

const event = (name: string, code: string, title: string) => ({
	title,
	object_code: code,
	object_name: name,
	date: '2026-03-02',
});

/** Lets monitoring find events, and runs the example with them. */
async function runWith(file: string, events: ReadonlyArray<ReturnType<typeof event>>) {
	const result = await stage.runAfter(file, () => {
		stage.portfolio.seedMonitoringSession(stage.list.id, { sent: '2026-03-02 08:00:00', events });
	});
	expectSuccess(result);
}

test('monitoring-events-daily-digest.json sends one text by email and to Slack', async () => {
	await runWith('monitoring-events-daily-digest.json', [
		event('SIA Zeme', '40000000003', 'Adreses maiņa'),
		event('SIA Ābols & dēli', '40000000001', 'Maksātnespējas process'),
		event('SIA Zeme', '40000000003', 'Amatpersonu maiņa'),
	]);
	const text = [
		'SIA Zeme (40000000003): Adreses maiņa, 2026-03-02',
		'SIA Zeme (40000000003): Amatpersonu maiņa, 2026-03-02',
		'SIA Ābols & dēli (40000000001): Maksātnespējas process, 2026-03-02',
	].join('\n');
	expect(stage.sent('emailSend')).toEqual([
		expect.objectContaining({
			toEmail: 'anna@example.com',
			subject: expect.stringMatching(/^Monitoring digest \d{4}-\d\d-\d\d, events: 3$/),
			text,
		}),
	]);
	expect(stage.sent('slack')).toEqual([
		{
			channelId: expect.objectContaining({ mode: 'name', value: '#clients' }),
			text: `*Monitoring found 3 events*\n${text}`,
		},
	]);
});

test('insolvency-to-open-debt.json sends one alert with what the client owes, and none if they owe nothing', async () => {
	const [owing, settled, unknown] = stage.portfolio.seedObjects(stage.list.id, 3);
	const clients = stage.rivile.registerOf('GET_N08_LIST');
	clients.add([
		{ N08_KODAS_KS: 'PVZ001', N08_PAV: 'Pavyzdys', N08_IM_KODAS: owing?.code ?? '' },
		{ N08_KODAS_KS: 'PVZ002', N08_PAV: 'Kitas', N08_IM_KODAS: settled?.code ?? '' },
		{ N08_KODAS_KS: 'PVZ003', N08_PAV: 'Niekas', N08_IM_KODAS: '000000003' },
	]);
	stage.rivile
		.registerOf('GET_T03_LIST')
		.add([
			debt('PVZ001', 'A-1', '2026-03-01', 100, 40),
			debt('PVZ001', 'A-2', '2026-02-01', 12.5, 0),
			debt('PVZ001', 'A-3', '2026-01-01', 30, 30),
			debt('PVZ002', 'B-1', '2026-01-01', 20, 20),
			debt('PVZ003', 'C-1', '2026-01-01', 500, 0),
		]);
	const insolvent = ({ name = '', code = '' } = {}) => event(name, code, 'MAKSĀTNESPĒJAS process');
	await runWith('insolvency-to-open-debt.json', [
		insolvent(owing),
		insolvent(settled),
		insolvent(unknown),
		event(owing?.name ?? '', owing?.code ?? '', 'Adreses maiņa'),
	]);
	expect(stage.sent('emailSend')).toEqual([
		expect.objectContaining({
			subject: `MAKSĀTNESPĒJAS process: ${owing?.name} owes 72.50`,
			text: `${owing?.name} (${owing?.code})\nMAKSĀTNESPĒJAS process, 2026-03-02\n\nAmount due: 72.50\nOldest due date: 2026-02-01`,
		}),
	]);
});
