/** The example workflows that start by themselves: polled, then run with what the poll gave. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

import { createEngine, type NodeJson, type WorkflowJson } from '../dev/engine/harness.cts';
import { summarize } from '../dev/engine/summarize.cts';
import { startKlientuPortfelis } from '../dev/simulators/klientuPortfelis.cts';
import { startRivile } from '../dev/simulators/rivile.cts';

const root = join(__dirname, '..');

function example(file: string): WorkflowJson {
	return JSON.parse(readFileSync(join(root, 'examples/triggers', file), 'utf8')) as WorkflowJson;
}

/** A stand-in for a built-in node: notes the parameters that it was run with, resolved. */
function recorder(name: string, parameters: readonly string[], seen: object[]): INodeType {
	return {
		description: {
			displayName: name,
			name: `n8n-nodes-base.${name}`,
			group: ['output'],
			version: [2.1, 4.2],
			description: name,
			defaults: { name },
			inputs: ['main'],
			outputs: ['main'],
			properties: parameters.map((parameter) => ({
				displayName: parameter,
				name: parameter,
				type: 'string' as const,
				default: '',
			})),
		},
		async execute(this: IExecuteFunctions) {
			const items = this.getInputData();
			for (const index of items.keys()) {
				seen.push(
					Object.fromEntries(parameters.map((name) => [name, this.getNodeParameter(name, index)])),
				);
			}
			return await Promise.resolve([items]);
		},
	};
}

test('an event in the monitoring becomes an e-mail', async () => {
	const sent: Array<Record<string, string>> = [];
	const simulator = await startKlientuPortfelis();
	const engine = await createEngine({
		packageDir: root,
		nodeTypes: {
			'n8n-nodes-base.emailSend': recorder('emailSend', ['toEmail', 'subject', 'text'], sent),
		},
	});
	const { id } = simulator.seedList({ name: 'Klienti' });
	const workflow = example('klientu-portfelis-event-to-email.json');
	const trigger = workflow.nodes.find(({ name }) => name.endsWith('Trigger')) as NodeJson;
	const polled = {
		parameters: { ...trigger.parameters, listId: { __rl: true, mode: 'id', value: id } } as never,
		credentials: { klientuPortfelisApi: simulator.credentials },
		staticData: {},
		mode: 'trigger' as const,
	};
	simulator.seedMonitoringSession(id, { sent: '2026-01-01 08:00:00', events: 0 });
	expect(await engine.poll('klientuPortfelisTrigger', polled)).toBeNull();
	simulator.seedMonitoringSession(id, { sent: '2026-01-02 08:00:00', events: 2 });
	const outputs = await engine.poll('klientuPortfelisTrigger', polled);

	const result = await engine.run(workflow, {
		credentials: { 'Klientu Portfelis account': simulator.credentials, 'SMTP account': {} },
		mode: 'trigger',
		startNode: trigger.name,
		input: outputs?.[0] ?? [],
	});
	expect(result.status).toBe('success');
	expect(sent).toHaveLength(2);
	expect(sent[0]).toEqual({
		toEmail: 'anna@example.com',
		subject: expect.stringMatching(/^Adreses maiņa: SIA /),
		text: expect.stringContaining('List: Klienti'),
	});
	await engine.close();
	await simulator.stop();
});

test('a new receipt is told to another system', async () => {
	const posted: Array<Record<string, string>> = [];
	const gateway = await startRivile();
	const engine = await createEngine({
		packageDir: root,
		nodeTypes: {
			'n8n-nodes-base.httpRequest': recorder('httpRequest', ['url', 'jsonBody'], posted),
		},
	});
	const workflow = example('rivile-new-receipt-to-webhook.json');
	const trigger = workflow.nodes.find(({ name }) => name.endsWith('Trigger')) as NodeJson;
	const polled = {
		parameters: trigger.parameters as never,
		credentials: { rivileApi: gateway.credentials },
		staticData: {},
		mode: 'trigger' as const,
	};
	gateway.seed(3);
	expect(await engine.poll('rivileTrigger', polled)).toBeNull();
	const receipt = {
		I04_KODAS_CH: '000000000900',
		I04_DOK_NR: 'PVZ-900',
		I04_OP_RUSIS: 1,
		I04_PAV: 'Pavyzdys "A" & B',
		I04_SUMA: 12.5,
		I04_KODAS_VL: 'EUR',
	};
	gateway.register.add([
		{ ...receipt, lines: [{ I05_SUMA: 12.5 }] },
		{ ...receipt, I04_KODAS_CH: '000000000901', I04_OP_RUSIS: 2 },
	]);
	const outputs = await engine.poll('rivileTrigger', polled);
	const result = await engine.run(workflow, {
		credentials: { 'Rivilė account': gateway.credentials },
		mode: 'trigger',
		startNode: trigger.name,
		input: outputs?.[0] ?? [],
	});
	expect(result.status).toBe('success');
	expect(posted.map(({ jsonBody }) => JSON.parse(jsonBody ?? '') as unknown)).toEqual([
		{ number: 'PVZ-900', client: 'Pavyzdys "A" & B', amount: 12.5, currency: 'EUR', lines: 1 },
	]);
	await engine.close();
	await gateway.stop();
});

/** A stand-in for n8n's Filter, with the one comparison that the example makes. */
const filter: INodeType = {
	description: recorder('filter', ['conditions'], []).description,
	async execute(this: IExecuteFunctions) {
		const kept = this.getInputData().flatMap((item, index) => {
			const value = this.getNodeParameter('conditions.conditions[0].leftValue', index);
			return Number(value) > 0 ? [{ ...item, pairedItem: { item: index } }] : [];
		});
		return await Promise.resolve([kept]);
	},
};

test('an insolvency becomes one message with what the client owes, and none if they owe nothing', async () => {
	const sent: Array<Record<string, string>> = [];
	const portfolio = await startKlientuPortfelis();
	const gateway = await startRivile();
	const engine = await createEngine({
		packageDir: root,
		nodeTypes: {
			'n8n-nodes-base.emailSend': recorder('emailSend', ['subject', 'text'], sent),
			'n8n-nodes-base.filter': filter,
			'n8n-nodes-base.summarize': summarize,
		},
	});
	const { id } = portfolio.seedList({ name: 'Klienti' });
	const [owing, settled, unknown] = portfolio.seedObjects(id, 3);
	const clients = gateway.registerOf('GET_N08_LIST');
	clients.add([
		{ N08_KODAS_KS: 'PVZ001', N08_PAV: 'Pavyzdys', N08_IM_KODAS: owing?.code ?? '' },
		{ N08_KODAS_KS: 'PVZ002', N08_PAV: 'Kitas', N08_IM_KODAS: settled?.code ?? '' },
		{ N08_KODAS_KS: 'PVZ003', N08_PAV: 'Niekas', N08_IM_KODAS: '000000003' },
	]);
	const debt = (client: string, number: string, due: string, debit: number, credit: number) => ({
		T03_KODAS_KS: client,
		T03_DOK_NR: number,
		T03_DATA_MOK: `${due}T00:00:00`,
		T03_KODAS_VL: 'EUR',
		T03_SUMA_DB: debit,
		T03_SUMA_CR: credit,
	});
	gateway
		.registerOf('GET_T03_LIST')
		.add([
			debt('PVZ001', 'A-1', '2026-03-01', 100, 40),
			debt('PVZ001', 'A-2', '2026-02-01', 12.5, 0),
			debt('PVZ001', 'A-3', '2026-01-01', 30, 30),
			debt('PVZ002', 'B-1', '2026-01-01', 20, 20),
			debt('PVZ003', 'C-1', '2026-01-01', 500, 0),
		]);
	const workflow = example('insolvency-to-open-debt.json');
	const trigger = workflow.nodes.find(({ name }) => name.endsWith('Trigger')) as NodeJson;
	const polled = {
		parameters: trigger.parameters as never,
		credentials: { klientuPortfelisApi: portfolio.credentials },
		staticData: {},
		mode: 'trigger' as const,
	};
	portfolio.seedMonitoringSession(id, { sent: '2026-03-01 08:00:00', events: 0 });
	expect(await engine.poll('klientuPortfelisTrigger', polled)).toBeNull();
	const events = [owing, settled, unknown].map((object) => ({
		title: 'Maksātnespēja',
		object_code: object?.code ?? '',
		object_name: object?.name ?? '',
		date: '2026-03-02',
	}));
	portfolio.seedMonitoringSession(id, { sent: '2026-03-02 08:00:00', events });
	const outputs = await engine.poll('klientuPortfelisTrigger', polled);
	expect(outputs?.[0]).toHaveLength(3);
	const result = await engine.run(workflow, {
		credentials: {
			'Klientu Portfelis account': portfolio.credentials,
			'Rivilė account': gateway.credentials,
			'SMTP account': {},
		},
		mode: 'trigger',
		startNode: trigger.name,
		input: outputs?.[0] ?? [],
	});
	expect(result.status).toBe('success');
	expect(sent).toEqual([
		{
			subject: `Maksātnespēja: ${owing?.name} owes 72.50`,
			text: `${owing?.name} (${owing?.code})\nMaksātnespēja, 2026-03-02\n\nAmount due: 72.50\nOldest due date: 2026-02-01`,
		},
	]);
	await Promise.all([engine.close(), portfolio.stop(), gateway.stop()]);
});
