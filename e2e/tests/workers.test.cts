/** Queue mode: 200 executions on two workers, one of which is killed in the middle. */
import { mkdir, writeFile } from 'node:fs/promises';
import { arch, cpus, totalmem } from 'node:os';
import { join } from 'node:path';

import type { Json, WorkflowJson } from '../lib/api.cts';
import { NEWEST, ourPackage, RESULTS } from '../lib/places.cts';
import { until } from '../lib/waiting.cts';
import { CONCURRENCY, startFleet, type Fleet } from '../workers/fleet.cts';

const EXECUTIONS = 200;
const ITEMS = 5;

/** How long the service takes for an answer, so that executions are under way when the worker dies. */
const ANSWER_TIME = 60;

let fleet: Fleet;
let workflowId: string;
let startedAt: number;
let endedAt: number;
let killedAt: number;

interface Summary extends Json {
	readonly id: string;
	readonly status: string;
}

/** Takes a request with codes, and adds a company for each. */
const addCompanies = (credentialId: string, listId: number): WorkflowJson => ({
	name: 'Add companies',
	nodes: [
		{
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			webhookId: 'add-companies',
			parameters: { httpMethod: 'POST', path: 'add-companies', responseMode: 'onReceived' },
		},
		{
			name: 'Codes',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			position: [220, 0],
			parameters: { fieldToSplitOut: 'body.codes', options: { destinationFieldName: 'code' } },
		},
		{
			name: 'Add Company',
			type: `${ourPackage.name}.klientuPortfelis`,
			typeVersion: 1,
			position: [440, 0],
			parameters: {
				resource: 'object',
				operation: 'create',
				listId: { __rl: true, mode: 'id', value: String(listId) },
				type: 'COMPANY',
				code: '={{ $json.code }}',
			},
			credentials: { klientuPortfelisApi: { id: credentialId, name: 'account' } },
		},
	],
	connections: {
		Webhook: { main: [[{ node: 'Codes', type: 'main', index: 0 }]] },
		Codes: { main: [[{ node: 'Add Company', type: 'main', index: 0 }]] },
	},
	settings: { executionOrder: 'v1' },
});

/** A code that no other item of any execution has. */
const codeOf = (execution: number, item: number): string =>
	String(42_000_000_000 + execution * ITEMS + item);

const codesOf = (execution: number): string[] =>
	Array.from({ length: ITEMS }, (_, item) => codeOf(execution, item));

const simulator = () => fleet.services.klientuPortfelis.simulator;

/** How often each code was sent to be added. */
function additions(): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { function: name, parameters } of simulator().calls) {
		if (name !== 'add_object') continue;
		const code = String(parameters.code);
		counts.set(code, (counts.get(code) ?? 0) + 1);
	}
	return counts;
}

async function publish(): Promise<void> {
	const { api } = fleet.main;
	const list = simulator().seedList({ name: 'Rinda' });
	const { credentials } = simulator();
	const credentialId = await api.saveCredential('klientuPortfelisApi', 'account', credentials);
	workflowId = await api.saveWorkflow(addCompanies(credentialId, list.id));
	const { versionId } = await api.request('GET', `/workflows/${workflowId}`);
	await api.request('POST', `/workflows/${workflowId}/activate`, { versionId });
}

/** Sends a request; waits until n8n knows the address, which it does a moment after publishing. */
async function send(execution: number): Promise<void> {
	const ask = async () => {
		const response = await fetch(`${fleet.main.url}/webhook/add-companies`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ codes: codesOf(execution) }),
		});
		if (response.ok) return true;
		if (response.status === 404) return undefined;
		throw new Error(`${response.status} ${await response.text()}`);
	};
	await until(ask, () => 'The webhook is not there', 20_000);
}

/**
 * All executions, by windows of IDs: n8n gives at most 100 at a time, the last started first, and
 * on several workers that is not the order of the IDs by which it pages.
 */
async function executions(): Promise<Summary[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const found: Summary[] = [];
	for (let first = 0; first < 2 * EXECUTIONS; first += 100) {
		const { results } = await fleet.main.api.request<{ results: Summary[] }>(
			'GET',
			`/executions?limit=100&filter=${filter}&firstId=${first}&lastId=${first + 101}`,
		);
		found.push(...results);
	}
	return found;
}

const ENDED = ['success', 'error', 'crashed', 'canceled'];

beforeAll(async () => {
	fleet = await startFleet(2);
	await publish();
	simulator().answerNext({ function: 'add_object', wait: ANSWER_TIME, times: Infinity });
	startedAt = Date.now();
	for (let execution = 0; execution < EXECUTIONS; execution++) await send(execution);
	const third = (EXECUTIONS * ITEMS) / 3;
	const under = async () => (additions().size >= third ? true : undefined);
	await until(under, () => `Only ${additions().size} objects were added`, 120_000);
	await fleet.workers[0]?.kill();
	killedAt = Date.now();
	let last = '';
	const allEnded = async () => {
		const all = await executions();
		const open = all.filter(({ status }) => !ENDED.includes(status));
		last = `${all.length} known, open: ${open.map(({ id, status }) => `${id} ${status}`).join(', ')}`;
		return all.length === EXECUTIONS && open.length === 0 ? true : undefined;
	};
	const late = () => `Not all executions ended: ${last}\n${fleet.main.log.slice(-1000)}`;
	await until(allEnded, late, 300_000, 1000);
	endedAt = Date.now();
}, 600_000);

afterAll(async () => await fleet?.close());

it('every execution ends, and none is lost', async () => {
	const all = await executions();
	expect(all).toHaveLength(EXECUTIONS);
	const unfinished = all.filter(({ status }) => status !== 'success');
	// What the killed worker was at, and nothing else; n8n does not repeat it.
	expect(unfinished.length).toBeLessThanOrEqual(CONCURRENCY);
	expect(unfinished.length).toBeGreaterThan(0);
});

it('none has an effect twice', async () => {
	const twice = [...additions()].filter(([, times]) => times > 1);
	expect(twice).toEqual([]);
});

it('every execution that succeeded has added all its objects', async () => {
	const counts = additions();
	const whole = Array.from({ length: EXECUTIONS }, (_, execution) => codesOf(execution)).filter(
		(codes) => codes.every((code) => counts.has(code)),
	);
	const succeeded = (await executions()).filter(({ status }) => status === 'success');
	expect(whole.length).toBeGreaterThanOrEqual(succeeded.length);
});

it('each process logs in once at most', () => {
	expect(simulator().logins).toBeLessThanOrEqual(fleet.workers.length);
	expect(simulator().logins).toBeGreaterThan(0);
});

it('writes down what was measured', async () => {
	const all = await executions();
	const statuses: Record<string, number> = {};
	for (const { status } of all) statuses[status] = (statuses[status] ?? 0) + 1;
	const figures = {
		what: `${EXECUTIONS} executions of ${ITEMS} items on 2 workers (${CONCURRENCY} at a time each); one killed after a third`,
		again: 'npm run test:e2e -- workers',
		executions: statuses,
		objectsAdded: additions().size,
		addedTwice: [...additions().values()].filter((times) => times > 1).length,
		logins: simulator().logins,
		secondsInAll: (endedAt - startedAt) / 1000,
		secondsFromKillToLastEnd: (endedAt - killedAt) / 1000,
		serviceAnswersAfterMs: ANSWER_TIME,
		versions: { n8n: NEWEST.version, databases: fleet.versions },
		machine: `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${arch()}`,
	};
	await mkdir(RESULTS, { recursive: true });
	await writeFile(join(RESULTS, 'workers.json'), `${JSON.stringify(figures, null, '\t')}\n`);
});
