/** n8n's own REST API, as its editor uses it. */
import { parse } from 'flatted';

import { ourPackage } from './places.cts';
import { until } from './waiting.cts';

export const OWNER = {
	email: 'owner@example.com',
	password: 'Portfelis-2026',
	firstName: 'Anna',
	lastName: 'Paraudziņa',
} as const;

export type Json = Record<string, unknown>;

export interface NodeJson extends Json {
	readonly name: string;
	readonly type: string;
	readonly credentials?: Record<string, { id: string | null; name: string }>;
}

export interface WorkflowJson extends Json {
	readonly id?: string;
	readonly name: string;
	readonly nodes: NodeJson[];
}

export interface CredentialTest {
	readonly status: 'OK' | 'Error';
	readonly message: string;
}

interface NodeRun {
	readonly data?: { main: Array<Array<{ json: Json }> | null> };
	readonly error?: { message: string; description?: string };
}

/** An execution that has ended. */
export class Execution {
	constructor(
		readonly id: string,
		readonly status: string,
		private readonly runs: Record<string, NodeRun[]>,
		readonly error: { message: string; description?: string } | undefined,
	) {}

	get ranNodes(): string[] {
		return Object.keys(this.runs);
	}

	/** What came out of a node, by output. */
	items(node: string, output = 0): Json[] {
		const runs = this.runs[node] ?? [];
		return runs.flatMap(({ data }) => data?.main[output] ?? []).map(({ json }) => json);
	}
}

export class N8nApi {
	private cookie = '';

	constructor(private readonly url: string) {}

	async request<T = Json>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.url}/rest${path}`, {
			method,
			headers: { 'content-type': 'application/json', 'browser-id': 'e2e', cookie: this.cookie },
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const [cookie] = response.headers.getSetCookie();
		if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? '';
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		return (JSON.parse(text) as { data: T }).data;
	}

	/** Makes the owner of a fresh n8n, and is signed in as it from then on. */
	async setUpOwner(): Promise<void> {
		await this.request('POST', '/owner/setup', OWNER);
	}

	/**
	 * Settings → Community nodes → Install. With the version: n8n 2.0 asks the registry itself for the
	 * latest one, and only npm for a version that it knows.
	 */
	async installOurPackage(): Promise<{ installedVersion: string; installedNodes: Json[] }> {
		const { name, version } = ourPackage;
		return await this.request('POST', '/community-packages', { name, version });
	}

	/** Every node type that the editor offers. */
	async nodeTypes(): Promise<Json[]> {
		const response = await fetch(`${this.url}/types/nodes.json`, {
			headers: { cookie: this.cookie, 'browser-id': 'e2e' },
		});
		return (await response.json()) as Json[];
	}

	async saveCredential(type: string, name: string, data: Json): Promise<string> {
		const { id } = await this.request<{ id: string }>('POST', '/credentials', { type, name, data });
		return id;
	}

	async editCredential(id: string, type: string, name: string, data: Json): Promise<void> {
		await this.request('PATCH', `/credentials/${id}`, { id, type, name, data });
	}

	/** The Test of the credential's window. */
	async testCredential(
		id: string,
		type: string,
		name: string,
		data: Json,
	): Promise<CredentialTest> {
		return await this.request('POST', '/credentials/test', {
			credentials: { id, type, name, data },
		});
	}

	async saveWorkflow(workflow: WorkflowJson): Promise<string> {
		// n8n 2.0 does not take "not active" for granted.
		const body = { active: false, ...workflow };
		const { id } = await this.request<{ id: string }>('POST', '/workflows', body);
		return id;
	}

	/** Execute workflow, as in the editor, and wait for its end. */
	async execute(id: string, trigger: string): Promise<Execution> {
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`/workflows/${id}/run`,
			{ triggerToStartFrom: { name: trigger } },
		);
		return await this.ended(executionId);
	}

	async ended(executionId: string, patience = 120_000): Promise<Execution> {
		const ask = async () => {
			const found = await this.request<{ status: string; data: string }>(
				'GET',
				`/executions/${executionId}`,
			);
			return ['new', 'running', 'waiting'].includes(found.status) ? undefined : found;
		};
		const late = () => `Execution ${executionId} has not ended in time`;
		const { status, data } = await until(ask, late, patience);
		const { resultData } = parse(data) as {
			resultData: { runData: Record<string, NodeRun[]>; error?: Execution['error'] };
		};
		return new Execution(executionId, status, resultData.runData, resultData.error);
	}
}
