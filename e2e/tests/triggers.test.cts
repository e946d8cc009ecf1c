/** An activated workflow starts by itself when something has happened at a service. */
import { sampleKey } from '../../dev/simulators/rivile.cts';
import type { Json, NodeJson, WorkflowJson } from '../lib/api.cts';
import { withCredentials } from '../lib/examples.cts';
import { setStage, type Stage } from '../lib/stage.cts';
import { until } from '../lib/waiting.cts';

const PACKAGE = 'n8n-nodes-klientu-portfelis-rivile';

/** n8n polls once a minute at the most. */
const TWO_MINUTES = 150_000;

let stage: Stage;

beforeAll(async () => {
	stage = await setStage();
});
afterAll(async () => await stage?.close());

function triggered(name: string, type: string, credential: string, parameters: Json): WorkflowJson {
	const trigger: NodeJson = {
		name: 'Trigger',
		type: `${PACKAGE}.${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...parameters },
		credentials: { [credential]: { id: '', name: '' } },
	};
	const end: NodeJson = {
		name: 'End',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [220, 0],
		parameters: {},
	};
	const workflow = {
		name,
		nodes: [trigger, end],
		connections: { Trigger: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
	return withCredentials(workflow, stage.credentialIds);
}

/** Activates a workflow; n8n polls it once soon after, to know whether it works. */
async function activate(workflow: WorkflowJson): Promise<string> {
	const { api } = stage.n8n;
	const id = await api.saveWorkflow(workflow);
	const { versionId } = await api.request<{ versionId: string }>('GET', `/workflows/${id}`);
	await api.request('POST', `/workflows/${id}/activate`, { versionId });
	return id;
}

async function firstExecution(workflowId: string) {
	const { api } = stage.n8n;
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const found = await until(
		async () => {
			const { results } = await api.request<{ results: Array<{ id: string }> }>(
				'GET',
				`/executions?filter=${filter}`,
			);
			return results[0];
		},
		() => `Workflow ${workflowId} has not started by itself`,
		TWO_MINUTES,
		1000,
	);
	return await api.ended(found.id);
}

test('for events in a monitoring, and for new receipts', async () => {
	const { klientuPortfelis, rivile } = stage.services;
	const list = [...klientuPortfelis.simulator.portfolio.lists.values()].find(
		({ name }) => name === 'Klienti',
	);
	const listId = { __rl: true, mode: 'id', value: String(list?.id) };
	const events = await activate(
		triggered('Events', 'klientuPortfelisTrigger', 'klientuPortfelisApi', {
			event: 'monitoringEvent',
			listId,
			options: {},
		}),
	);
	const receipts = await activate(
		triggered('Receipts', 'rivileTrigger', 'rivileApi', {
			event: 'operationCreated',
			detail: 'H',
			filterMode: 'none',
			options: {},
		}),
	);
	// What happens before the first poll is no news.
	await until(
		async () =>
			klientuPortfelis.simulator.calls.some(
				(call) => call.function === 'get_monitoring_sessions',
			) && rivile.simulator.requests.length >= 2
				? true
				: undefined,
		() => 'n8n has not polled after the activation',
	);
	klientuPortfelis.simulator.seedMonitoringSession(list?.id ?? 0, { events: 2 });
	rivile.simulator.register.add([{ I04_KODAS_CH: sampleKey(900_000), I04_PAV: 'Pavyzdys' }]);

	const [ofEvents, ofReceipts] = await Promise.all([
		firstExecution(events),
		firstExecution(receipts),
	]);
	expect(ofEvents.status).toBe('success');
	expect(ofEvents.items('End')).toHaveLength(2);
	expect(ofEvents.items('End')[0]).toMatchObject({ list_name: 'Klienti' });
	expect(ofReceipts.items('End')).toEqual([
		expect.objectContaining({ I04_KODAS_CH: sampleKey(900_000) }),
	]);
}, 300_000);

test('activation is refused with a wrong credential, and says why', async () => {
	const { api } = stage.n8n;
	const { simulator, credentialType } = stage.services.rivile;
	const id = await api.saveCredential(credentialType, 'wrong', {
		...simulator.credentials,
		apiKey: 'ABCDEFG0000000000',
	});
	const workflow = triggered('Refused', 'rivileTrigger', credentialType, {
		event: 'operationCreated',
		options: {},
	});
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Trigger' ? { ...node, credentials: { rivileApi: { id, name: 'wrong' } } } : node,
	);
	await activate({ ...workflow, nodes });
	// n8n activates in the background, and notes there what stands in the way.
	const told = async () =>
		stage.n8n.log.includes('Rivilė did not accept the API key') ? true : undefined;
	await until(told, () => `n8n tells no reason:\n${stage.n8n.log.slice(-2000)}`);
});
