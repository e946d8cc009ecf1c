import type {
	ExecutionError,
	IConnections,
	IDataObject,
	INode,
	INodeCredentials,
	INodeExecutionData,
	INodeParameters,
	IPinData,
	IRun,
	ITaskData,
	IWorkflowBase,
	IWorkflowSettings,
	NodeExecutionHint,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData, deepCopy, Workflow } from 'n8n-workflow';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import { createAdditionalData } from './additionalData.cts';
import { type CredentialStore, EngineCredentialsHelper } from './credentialsHelper.cts';
import type { TypeRegistry } from './registry.cts';
import { start } from './versions.cts';

/** A node as the editor exports it. Loose where a literal or parsed JSON could not be typed. */
export interface NodeJson {
	name: string;
	type: string;
	typeVersion: number;
	id?: string;
	position?: readonly number[];
	parameters?: object;
	credentials?: INodeCredentials;
	onError?: string;
	[setting: string]: unknown;
}

/** Items by node; older exports have them without the `json` level. */
export type PinnedData = Readonly<Record<string, ReadonlyArray<INodeExecutionData | IDataObject>>>;

/** A workflow as the editor exports it. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: readonly NodeJson[];
	connections: Readonly<
		Record<
			string,
			Readonly<
				Record<
					string,
					ReadonlyArray<ReadonlyArray<{ node: string; type: string; index: number }> | null>
				>
			>
		>
	>;
	settings?: object;
	pinData?: PinnedData;
	staticData?: IDataObject | null;
	[field: string]: unknown;
}

export interface RunOptions {
	/** Decrypted data by the id or the name in the nodes' `credentials` entries. */
	credentials?: CredentialStore;
	/** In place of the workflow's own time zone. */
	timezone?: string;
	/** In place of the workflow's own pinned data. Like n8n, only a manual run looks at it. */
	pinData?: PinnedData;
	/** `manual` unless told: what "Execute workflow" in the editor does. */
	mode?: WorkflowExecuteMode;
	/** The node to begin with, if the workflow has several triggers. */
	startNode?: string;
	/** What the start node hands on outside of manual mode: a trigger's items. */
	input?: INodeExecutionData[];
	/** Cancels the run, like "Stop" in the editor. The result comes once the current node has ended. */
	signal?: AbortSignal;
}

/** How a run ended and what its nodes gave. */
export class RunResult {
	constructor(
		/** n8n's own record of the run. */
		readonly run: IRun,
		private readonly nodes: ReadonlySet<string>,
	) {}

	get status(): IRun['status'] {
		return this.run.status;
	}

	/** What stopped the workflow; n8n keeps it as plain data, so it is no instance of its class. */
	get error() {
		return this.run.data.resultData.error;
	}

	/** The items of one of the node's outputs, of all its runs; none if it never ran. */
	items(nodeName: string, output = 0): INodeExecutionData[] {
		return this.runs(nodeName).flatMap(({ data }) => data?.main?.[output] ?? []);
	}

	json(nodeName: string, output = 0): IDataObject[] {
		return this.items(nodeName, output).map(({ json }) => json);
	}

	/** The error that n8n marks the node with, also when the workflow went on after it. */
	nodeError(nodeName: string) {
		return this.runs(nodeName).findLast(({ error }) => error)?.error;
	}

	hints(nodeName: string): NodeExecutionHint[] {
		return this.runs(nodeName).flatMap(({ hints }) => hints ?? []);
	}

	/** n8n's records of the node, one for each time it ran. */
	runs(nodeName: string): ITaskData[] {
		if (!this.nodes.has(nodeName)) throw new Error(`The workflow has no node "${nodeName}"`);
		return this.run.data.resultData.runData[nodeName] ?? [];
	}
}

let executions = 0;

export async function runWorkflow(
	types: TypeRegistry,
	workflowJson: WorkflowJson,
	options: RunOptions,
): Promise<RunResult> {
	const { mode = 'manual', signal, timezone } = options;
	// n8n fills the nodes' defaults into what it is given.
	const json = deepCopy(workflowJson);
	const settings: IWorkflowSettings = { ...json.settings, ...(timezone ? { timezone } : {}) };
	const pinData = mode === 'manual' ? asItems(options.pinData ?? json.pinData) : undefined;
	const nodes = json.nodes.map(toNode);
	const base: IWorkflowBase = {
		id: json.id ?? 'workflow',
		name: json.name ?? 'Workflow',
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes,
		connections: json.connections as IConnections,
		settings,
		pinData,
		staticData: json.staticData ?? {},
	};
	const names = new Set(nodes.map(({ name }) => name));
	if (options.startNode !== undefined && !names.has(options.startNode)) {
		throw new Error(`The workflow has no node "${options.startNode}" to start from`);
	}
	executions += 1;
	const executionId = String(executions);
	const additionalData = createAdditionalData(
		new EngineCredentialsHelper(types, options.credentials ?? {}),
		{ executionId, workflowId: base.id, workflowSettings: settings },
	);
	additionalData.hooks = new ExecutionLifecycleHooks(mode, executionId, base);

	let execution: ReturnType<typeof start>;
	try {
		const workflow = new Workflow({ ...base, nodeTypes: types });
		execution = start(new WorkflowExecute(additionalData, mode), {
			workflow,
			pinData,
			startNode: options.startNode ? workflow.nodes[options.startNode] : undefined,
			triggerToStartFrom: options.input ? asTrigger(options.input) : undefined,
		});
	} catch (error) {
		return new RunResult(failedRun(error as ExecutionError, mode), names);
	}
	const cancel = () => execution.cancel();
	if (signal?.aborted) cancel();
	signal?.addEventListener('abort', cancel);
	try {
		return new RunResult(await execution, names);
	} finally {
		signal?.removeEventListener('abort', cancel);
	}
}

/**
 * A workflow that cannot even be started, because of an unknown node or a required field left empty:
 * n8n records it as a failed run without any node's data.
 */
function failedRun(error: ExecutionError, mode: WorkflowExecuteMode): IRun {
	return {
		data: createRunExecutionData({ resultData: { error } }),
		finished: false,
		mode,
		startedAt: new Date(),
		stoppedAt: new Date(),
		status: 'error',
		storedAt: 'db',
	};
}

function toNode(json: NodeJson, index: number): INode {
	return {
		...json,
		id: json.id ?? `node-${index}`,
		position: [json.position?.[0] ?? 0, json.position?.[1] ?? 0],
		parameters: (json.parameters ?? {}) as INodeParameters,
	} as INode;
}

function asItems(pinData: PinnedData | undefined): IPinData | undefined {
	if (!pinData) return undefined;
	const wrap = (item: INodeExecutionData | IDataObject): INodeExecutionData =>
		'json' in item ? (item as INodeExecutionData) : { json: item as IDataObject };
	return Object.fromEntries(
		Object.entries(pinData).map(([name, items]) => [name, items.map(wrap)]),
	);
}

function asTrigger(items: INodeExecutionData[]) {
	const data: ITaskData = {
		startTime: Date.now(),
		executionIndex: 0,
		executionTime: 0,
		source: [],
		data: { main: [deepCopy(items)] },
	};
	return { name: 'trigger', data };
}
