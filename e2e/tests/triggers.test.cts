/** A published workflow starts by itself when something has happened at a service. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { WorkflowJson } from '../lib/api.cts';
import { setStage, type Stage } from '../lib/stage.cts';
import {
	expectClientStart,
	expectStarts,
	firstExecution,
	happenAfter,
	onClients,
	onEvents,
	onReceipts,
	triggered,
} from '../lib/triggers.cts';
import { until } from '../lib/waiting.cts';

let stage: Stage;

beforeAll(async () => {
	stage = await setStage();
});
afterAll(async () => await stage?.close());

/** Publishes a workflow; n8n polls it once soon after, to know whether it works. */
async function publish(id: string): Promise<void> {
	const { api } = stage.n8n;
	const { versionId } = await api.request<{ versionId: string }>('GET', `/workflows/${id}`);
	await api.request('POST', `/workflows/${id}/activate`, { versionId });
}

async function saveAndPublish(workflow: WorkflowJson): Promise<string> {
	const id = await stage.n8n.api.saveWorkflow(workflow);
	await publish(id);
	return id;
}

/** Imports a workflow from a file: the only way in for a stored state. */
async function imported(workflow: WorkflowJson & { id: string }): Promise<string> {
	const file = join(stage.folder, `${workflow.id}.json`);
	await writeFile(file, JSON.stringify({ active: false, ...workflow }));
	await stage.n8n.command('import:workflow', `--input=${file}`);
	return workflow.id;
}

test('for events in a monitoring, for new receipts, and for clients', async () => {
	const ids: string[] = [];
	const publishAll = async () => {
		for (const workflow of [onEvents(stage), onReceipts(stage), onClients(stage)]) {
			ids.push(await saveAndPublish(workflow));
		}
	};
	await happenAfter(stage, publishAll, ['GET_I04_LIST', 'GET_N08_LIST']);
	const [events = '', receipts = '', clients = ''] = ids;
	await expectStarts(stage.n8n.api, events, receipts);
	await expectClientStart(stage.n8n.api, clients);
}, 300_000);

test('a stored state that cannot be read is a failed execution, and the trigger goes on', async () => {
	const id = await imported({
		...onReceipts(stage),
		id: 'damaged',
		staticData: { 'node:Trigger': { cursor: { version: 'x' } } },
	});
	await publish(id);
	const told = await firstExecution(stage.n8n.api, id);
	expect(told.status).toBe('error');
	expect(told.error?.message).toBe("The trigger's stored state could not be read");
	const { staticData: after } = await stage.n8n.api.request('GET', `/workflows/${id}`);
	expect(after).toMatchObject({ 'node:Trigger': { cursor: { version: 2 } } });
}, 300_000);

test('publishing is refused with a wrong credential, and says why', async () => {
	const { api } = stage.n8n;
	const { simulator, credentialType } = stage.services.rivile;
	const id = await api.saveCredential(credentialType, 'wrong', {
		...simulator.credentials,
		apiKey: 'ABCDEFG0000000000',
	});
	const workflow = triggered(stage, 'Refused', 'rivileTrigger', credentialType, {
		event: 'operationCreated',
		options: {},
	});
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Trigger' ? { ...node, credentials: { rivileApi: { id, name: 'wrong' } } } : node,
	);
	await saveAndPublish({ ...workflow, nodes });
	// n8n publishes in the background, and notes there what stands in the way.
	const told = async () =>
		stage.n8n.log.includes('Rivilė did not accept the API key') ? true : undefined;
	await until(told, () => `n8n tells no reason:\n${stage.n8n.log.slice(-2000)}`);
});
