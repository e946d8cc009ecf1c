/** Workflows that start by themselves, and what has to happen at the services for that. */
import { sampleKey } from '../../dev/simulators/rivile.cts';
import type { Execution, Json, N8nApi, NodeJson, WorkflowJson } from './api.cts';
import { withCredentials } from './examples.cts';
import { ourPackage } from './places.cts';
import type { Stage } from './stage.cts';
import { until } from './waiting.cts';

/** n8n polls once a minute at the most. */
const TWO_MINUTES = 150_000;

/** The number of the receipt that is new. */
const NEW_RECEIPT = sampleKey(900_000);

/** The code of the client that is new. */
const NEW_CLIENT = 'PVZ900';

/** A workflow of a trigger that polls every minute, and a node that takes what it emits. */
export function triggered(
	{ credentialIds }: Stage,
	name: string,
	type: string,
	credential: string,
	parameters: Json,
): WorkflowJson {
	const trigger: NodeJson = {
		name: 'Trigger',
		type: `${ourPackage.name}.${type}`,
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
	return withCredentials(workflow, credentialIds);
}

const monitoredList = ({ services }: Stage) =>
	[...services.klientuPortfelis.simulator.portfolio.lists.values()].find(
		({ name }) => name === 'Klienti',
	);

/** Starts with what monitoring finds in the list "Klienti". */
export const onEvents = (stage: Stage): WorkflowJson =>
	triggered(stage, 'Events', 'klientuPortfelisTrigger', 'klientuPortfelisApi', {
		event: 'monitoringEvent',
		listId: { __rl: true, mode: 'id', value: String(monitoredList(stage)?.id) },
		options: {},
	});

/** Starts with each new receipt or payment. */
export const onReceipts = (stage: Stage): WorkflowJson =>
	triggered(stage, 'Receipts', 'rivileTrigger', 'rivileApi', {
		event: 'operationCreated',
		detail: 'H',
		filterMode: 'none',
		options: {},
	});

/** Starts with each client that is entered or changed. */
export const onClients = (stage: Stage): WorkflowJson =>
	triggered(stage, 'Clients', 'rivileTrigger', 'rivileApi', {
		event: 'clientChanged',
		filterMode: 'none',
		options: {},
	});

/**
 * Publishes workflows with triggers, and lets something happen at both services as soon as each has
 * been polled: what is there before the first poll is no news.
 *
 * @param methods what the triggers ask Rivilė for
 */
export async function happenAfter(
	stage: Stage,
	publish: () => Promise<void>,
	methods: readonly string[] = ['GET_I04_LIST'],
): Promise<void> {
	const { klientuPortfelis, rivile } = stage.services;
	const { calls } = klientuPortfelis.simulator;
	const { requests } = rivile.simulator;
	const before = { calls: calls.length, requests: requests.length };
	await publish();
	let seen = 0;
	await until(
		async () => {
			const asked = requests.slice(before.requests).map(({ call }) => call);
			const isPolled =
				methods.every((method) => asked.includes(method)) &&
				calls.slice(before.calls).some((call) => call.function === 'get_monitoring_sessions');
			// A poll sends several requests; it is over when no more come.
			const isOver = isPolled && seen === requests.length + calls.length;
			seen = requests.length + calls.length;
			return isOver ? true : undefined;
		},
		() => 'n8n has not polled after the workflows were published',
		60_000,
		1500,
	);
	klientuPortfelis.simulator.seedMonitoringSession(monitoredList(stage)?.id ?? 0, { events: 2 });
	rivile.simulator.register.add([{ I04_KODAS_CH: NEW_RECEIPT, I04_PAV: 'Pavyzdys' }]);
	rivile.simulator.registerOf('GET_N08_LIST').add([
		// Later than every other client.
		{ N08_KODAS_KS: NEW_CLIENT, N08_RUSIS: 1, N08_R_DATE: '2026-03-01T08:00:00' },
	]);
}

/** Both workflows have started with what has happened, and with nothing else. */
export async function expectStarts(api: N8nApi, events: string, receipts: string): Promise<void> {
	const [ofEvents, ofReceipts] = await Promise.all([
		firstExecution(api, events),
		firstExecution(api, receipts),
	]);
	expect(ofEvents.status).toBe('success');
	expect(ofEvents.items('End')).toHaveLength(2);
	expect(ofEvents.items('End')[0]).toMatchObject({ list_name: 'Klienti' });
	expect(ofReceipts.items('End')).toEqual([
		expect.objectContaining({ operationNumber: NEW_RECEIPT, clientName: 'Pavyzdys' }),
	]);
}

/** The workflow has started with the client that is new, and with nothing else. */
export async function expectClientStart(api: N8nApi, clients: string): Promise<void> {
	const started = await firstExecution(api, clients);
	expect(started.status).toBe('success');
	expect(started.items('End')).toEqual([
		expect.objectContaining({ clientCode: NEW_CLIENT, role: 'buyer' }),
	]);
}

/** The first execution of a workflow that starts by itself, once it has ended. */
export async function firstExecution(api: N8nApi, workflowId: string): Promise<Execution> {
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
