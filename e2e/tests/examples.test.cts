/** Each of the ten examples, imported and executed in a whole n8n, with n8n's own nodes around ours. */
import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';

import type { Execution, Json, WorkflowJson } from '../lib/api.cts';
import { callOf, pick, type Policy } from '../lib/chatModel.cts';
import { startExampleAccounts, type ExampleAccounts } from '../lib/exampleAccounts.cts';
import { dayFromNow, LIST, seedForExamples } from '../lib/exampleData.cts';
import { everyExample, readExample, triggerOf, wholeExamples } from '../lib/examples.cts';
import { setStage, type Stage } from '../lib/stage.cts';

let stage: Stage;
let accounts: ExampleAccounts;

beforeAll(async () => {
	stage = await setStage();
	seedForExamples(stage.services);
	accounts = await startExampleAccounts(stage.n8n.api);
});
afterAll(async () => {
	await stage?.close();
	await accounts?.stop();
});
beforeEach(() => {
	accounts.mailbox.mails.length = 0;
});

const mails = () => accounts.mailbox.mails;

/** Items that nodes give without being run, by the name of the node. */
type Pinned = Readonly<Record<string, readonly Json[]>>;

const pinData = (pinned: Pinned) =>
	Object.fromEntries(
		Object.entries(pinned).map(([name, items]) => [name, items.map((json) => ({ json }))]),
	);

const tested = new Set<string>();

/** Imports an example, executes it, and expects that it has run to its end. */
async function execute(file: string, pinned: Pinned = {}): Promise<Execution> {
	tested.add(file);
	const example = readExample(file);
	// n8n itself finds the credentials, by the names in the file.
	const workflow: WorkflowJson = { ...example, pinData: pinData(pinned) };
	const { api } = stage.n8n;
	const execution = await api.execute(await api.saveWorkflow(workflow), triggerOf(example));
	expect(execution.error).toBeUndefined();
	expect(execution.status).toBe('success');
	return execution;
}

const list = () => {
	const { portfolio } = stage.services.klientuPortfelis.simulator;
	const found = [...portfolio.lists.values()].find(({ name }) => name === LIST);
	if (found === undefined) throw new Error(`No list ${LIST}`);
	return found;
};

const actionsOf = (items: readonly Json[]) => items.map(({ code, action }) => [code, action]);

/** What the trigger gives for an event of the monitoring. */
const event = (title: string, name: string, code: string): Json => ({
	title,
	object_name: name,
	object_code: code,
	date: '2026-03-02',
	list_name: LIST,
});

test('portfolio-to-google-sheets.json', async () => {
	const execution = await execute('portfolio-to-google-sheets.json', { 'Update Sheet': [{}] });
	const rows = execution.items('Sheet Rows').map(({ Code, Name, Status }) => [Code, Name, Status]);
	expect(rows).toEqual([
		['40000000002', 'SIA Otrais', 'ACTIVE'],
		['40000000009', 'SIA Devītais', 'ACTIVE'],
		['40000000003', 'SIA Trešais', 'ACTIVE'],
	]);
});

test('new-client-check.json', async () => {
	const { simulator } = stage.services.klientuPortfelis;
	simulator.seedMonitoringSession(list().id, {
		sent: `${dayFromNow(2)} 06:00:00`,
		events: [
			{ title: 'Adreses maiņa', object_code: '40000000002', date: '2026-03-02' },
			{ title: 'Amatpersonu maiņa', object_code: '40000000001', date: '2026-03-02' },
		],
	});
	const execution = await execute('new-client-check.json', { 'Wait a Day': [{}] });
	expect(execution.items('Add Client')).toEqual([
		expect.objectContaining({ code: '40000000001', action: 'created' }),
	]);
	// The session of today is not read: it was before the client was added.
	expect(execution.items('Get Events')).toHaveLength(2);
	expect(mails()).toEqual([
		{
			to: 'anna@example.com',
			subject: expect.stringMatching(/^New client .+: first monitoring$/),
			text: expect.stringMatching(/ \(40000000001\)\n\nAmatpersonu maiņa, 2026-03-02$/),
		},
	]);
	const client = [...list().objects.values()].find(({ code }) => code === '40000000001');
	if (client !== undefined) simulator.portfolio.takeOut(client, list());
});

test('portfolio-follows-crm.json', async () => {
	const execution = await execute('portfolio-follows-crm.json', {
		'Ask for Approval': [{ data: { approved: true } }],
	});
	expect(execution.items('Count Changes')).toEqual([
		expect.objectContaining({ created: { count_code: 1 }, deleted: { count_code: 1 } }),
	]);
	expect(actionsOf(execution.items('Sync'))).toEqual(
		actionsOf(execution.items('What Would Change')),
	);
	expect([...list().objects.values()].map(({ code }) => code).sort()).toEqual([
		'40000000001',
		'40000000002',
		'40000000003',
	]);
	expect(mails().map(({ text }) => text)).toEqual([
		'Added: 1, changed: 1, deleted: 1, unchanged: 1, refused: 1',
	]);
});

test('portfolio-follows-crm.json, declined', async () => {
	const execution = await execute('portfolio-follows-crm.json', {
		'Only Changes': [{ code: '40000000001', action: 'created' }],
		'Ask for Approval': [{ data: { approved: false } }],
	});
	expect(execution.ranNodes).not.toContain('Sync');
	expect(mails()).toEqual([]);
});

test('monitoring-events-daily-digest.json', async () => {
	const execution = await execute('monitoring-events-daily-digest.json', {
		'Klientu Portfelis Trigger': [
			event('Adreses maiņa', 'SIA Zeme', '40000000003'),
			event('Maksātnespējas process', 'SIA Abava', '40000000001'),
		],
		'Send to Slack': [{}],
	});
	expect(execution.ranNodes).toContain('Send to Slack');
	expect(mails()).toEqual([
		{
			to: 'anna@example.com',
			subject: expect.stringMatching(/^Monitoring digest \d{4}-\d\d-\d\d, events: 2$/),
			text: 'SIA Abava (40000000001): Maksātnespējas process, 2026-03-02\nSIA Zeme (40000000003): Adreses maiņa, 2026-03-02',
		},
	]);
});

test('insolvency-to-open-debt.json', async () => {
	const execution = await execute('insolvency-to-open-debt.json', {
		'Klientu Portfelis Trigger': [
			event('Adreses maiņa', 'SIA Otrais', '40000000002'),
			event('Maksātnespējas process', 'SIA Otrais', '40000000002'),
		],
	});
	expect(execution.items('Get Debts')).toEqual([
		expect.objectContaining({ clientCode: 'SMP001', documentNumber: 'SF-2000' }),
	]);
	expect(mails().map(({ subject, text }) => [subject, text])).toEqual([
		[
			'Maksātnespējas process: SIA Otrais owes 99.50',
			'SIA Otrais (40000000002)\nMaksātnespējas process, 2026-03-02\n\nAmount due: 99.50\nOldest due date: 2026-01-31',
		],
	]);
});

test('receipts-of-last-month-by-client.json', async () => {
	const execution = await execute('receipts-of-last-month-by-client.json');
	const rows = execution.items('Largest First');
	expect(rows).toHaveLength(5);
	const amounts = rows.map(({ amount }) => Number(amount));
	expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
	const [mail] = mails();
	expect(mail?.text.split('\n')).toHaveLength(5);
	expect(mail?.text).toContain(`${String(rows[0]?.client)}: ${amounts[0]?.toFixed(2)} EUR`);
});

test('match-payments-to-invoices.json', async () => {
	const execution = await execute('match-payments-to-invoices.json');
	const found = execution.items('Matches').map(({ invoice, paid }) => [invoice, paid]);
	expect(found).toEqual([
		['SF-1001', 120.5],
		['SF-1002', 75],
	]);
	const [paid, unpaid, others] = mails()[0]?.text.split('\n\n') ?? [];
	expect(paid).toMatch(/^Paid: 2\nSF-1001, UAB Pavyzdys, 120\.50.*\nSF-1002, UAB Kitas, .*$/);
	expect(unpaid).toBe('Not paid: 1\nSF-1003, MB Trečias, 310.00, due 2026-11-10');
	expect(others).toMatch(/^Receipts without an invoice: \d+\n/);
	expect(others).not.toMatch(/000000800001|000000800002/);
});

test('overdue-debts-reminder.json', async () => {
	const execution = await execute('overdue-debts-reminder.json');
	const names = execution.items('Get Client').map(({ clientName }) => clientName);
	expect(names).toEqual(expect.arrayContaining(['SIA Otrais', 'UAB Pavyzdys', 'MB Trečias']));
	const texts = mails().map(({ text }) => text);
	const textTo = (name: string) => texts.filter((text) => text.startsWith(`Dear ${name},`));
	expect(textTo('SIA Otrais')).toEqual([
		expect.stringMatching(/\n\n[^]*SF-2000, due 2026-01-31: 99\.50\n\nTotal: 99\.50 EUR$/),
	]);
	expect(textTo('UAB Pavyzdys')).toEqual([
		expect.stringMatching(/\n\n[^]*SF-2001, due 2026-01-31: 100\.50\n\nTotal: 100\.50 EUR$/),
	]);
	expect(textTo('MB Trečias')).toEqual([]);
	expect(texts.at(-1)).toContain('MB Trečias (SMP003): 101.50 EUR');
});

test('rivile-clients-to-portfolio.json', async () => {
	const client = (code: string, name: string) => ({
		clientCode: 'SMP9',
		clientName: name,
		companyCode: code,
	});
	const execution = await execute('rivile-clients-to-portfolio.json', {
		'Rivilė Trigger': [
			client('40000000005', 'SIA Piektais'),
			client('110065392', 'UAB Pavyzdys'),
			client('40000000016', 'SIA Nav'),
		],
	});
	expect(actionsOf(execution.items('Create or Update'))).toEqual([['40000000005', 'created']]);
	expect(mails().map(({ subject, text }) => [subject, text])).toEqual([
		['Not added to the portfolio: 1', expect.stringMatching(/^SIA Nav \(40000000016\): .{10}/)],
	]);
});

test('ai-agent-over-both-services.json', async () => {
	const debts: Policy = ({ tools, results: [clients, owed] }) => {
		if (clients === undefined) {
			return [callOf(pick(tools, 'get clients'), { Client_Name: 'Otrais' })];
		}
		if (owed === undefined) {
			const [, code] = /"clientCode":\s*"(\w+)"/.exec(clients.response) ?? [];
			return [callOf(pick(tools, 'get debts'), { Client_Code: code })];
		}
		const [, amount] = /"debitAmount":\s*([\d.]+)/.exec(owed.response) ?? [];
		return `They owe ${amount} EUR`;
	};
	const { model } = accounts;
	model.follow(debts);
	const execution = await execute('ai-agent-over-both-services.json', {
		'When chat message received': [
			{ sessionId: 'e2e', action: 'sendMessage', chatInput: 'What does SIA Otrais owe us?' },
		],
	});
	expect(execution.items('AI Agent').map(({ output }) => output)).toEqual(['They owe 100 EUR']);
	const [first] = model.conversations;
	expect(first?.tools).toHaveLength(7);
	expect(first?.system).toMatch(/Today is \d{4}-\d\d-\d\d\./);
});

test('every example was executed', () => {
	expect([...tested].sort()).toEqual(wholeExamples());
});

describe('in the editor', () => {
	let types: INodeTypeDescription[];
	const nodes = everyExample().flatMap((file) =>
		readExample(file).nodes.map((node) => ({ file, node: node as unknown as INode })),
	);
	const label = ({ file, node }: (typeof nodes)[number]) => `${file}: ${node.name}`;

	beforeAll(async () => {
		types = (await stage.n8n.api.nodeTypes()) as unknown as INodeTypeDescription[];
	});

	/** The description of a node in the newest of the versions that n8n gives to new nodes. */
	function typeOf({ type }: INode): INodeTypeDescription & { readonly newest: number } {
		const newestOf = ({ version, defaultVersion }: INodeTypeDescription) =>
			defaultVersion ?? Math.max(...[version].flat());
		const found = types
			.filter(({ name }) => name === type)
			.map((description) => ({ ...description, newest: newestOf(description) }))
			.sort((one, other) => other.newest - one.newest);
		if (found[0] === undefined) throw new Error(`n8n has no node ${type}`);
		return found[0];
	}

	test('every node is of the newest version', () => {
		const outdated = nodes.filter(({ node }) => node.typeVersion !== typeOf(node).newest);
		expect(outdated.map(label)).toEqual([]);
	});

	test('no node is marked, and no parameter is unknown', () => {
		for (const one of nodes) {
			const type = typeOf(one.node);
			const { properties } = type;
			const issues = NodeHelpers.getNodeParametersIssues(properties, one.node, type);
			expect([label(one), issues]).toEqual([label(one), null]);
			const kept = NodeHelpers.getNodeParameters(
				properties,
				one.node.parameters,
				true,
				false,
				one.node,
				type,
			);
			// The defaults of other fields are added.
			expect({ node: label(one), kept }).toMatchObject({
				node: label(one),
				kept: one.node.parameters,
			});
		}
	});
});
