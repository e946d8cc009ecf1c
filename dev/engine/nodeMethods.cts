/** What the editor and n8n's scheduler call on a node outside of a workflow execution. */
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	IWorkflowExecuteAdditionalData,
	WorkflowActivateMode,
} from 'n8n-workflow';
import { deepCopy, UnexpectedError, Workflow } from 'n8n-workflow';
import { LoadOptionsContext } from 'n8n-core';
import { createAdditionalData } from './additionalData.cts';
import { EngineCredentialsHelper } from './credentialsHelper.cts';
import type { TypeRegistry } from './registry.cts';
import { inIsolate, runPoll } from './versions.cts';

/** One node on its own. */
export interface NodeOptions {
	/** The node's parameters; the rest get their defaults. */
	parameters?: INodeParameters;
	/** Decrypted data by credential type. */
	credentials?: Readonly<Record<string, ICredentialDataDecryptedObject>>;
	/** The version of the node; the newest unless told. */
	typeVersion?: number;
}

export interface LookupOptions extends NodeOptions {
	/** Where the field is, such as `parameters.listId`; needed only by methods that read `&name`. */
	path?: string;
}

export interface ListSearchOptions extends LookupOptions {
	filter?: string;
	paginationToken?: string;
}

export interface PollOptions extends NodeOptions {
	/** The node's static data. A poll that succeeds in trigger mode leaves its new state in here. */
	staticData?: IDataObject;
	/** `trigger`: n8n's schedule; `manual`: a person presses "Fetch Test Event". */
	mode?: 'trigger' | 'manual';
	activation?: WorkflowActivateMode;
	/** What `getPollBudgetMs()` answers; n8n's own default of five minutes unless told. */
	budgetMs?: number;
	timezone?: string;
	/** Gets the errors that the node reports without failing; without it, the report is refused. */
	told?: Error[] | undefined;
}

interface LoneNode {
	node: INode;
	workflow: Workflow;
	additionalData: IWorkflowExecuteAdditionalData;
}

function prepare(
	types: TypeRegistry,
	nodeType: string,
	options: NodeOptions & { timezone?: string },
): LoneNode {
	const { credentials = {}, parameters = {} } = options;
	const type = types.fullName(nodeType);
	const node: INode = {
		id: 'node',
		name: 'Node',
		type,
		typeVersion: options.typeVersion ?? types.defaultVersion(type),
		position: [0, 0],
		parameters: deepCopy(parameters),
		credentials: Object.fromEntries(
			Object.keys(credentials).map((name) => [name, { id: name, name }]),
		),
	};
	const workflow = new Workflow({
		id: 'workflow',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: types,
		settings: options.timezone ? { timezone: options.timezone } : {},
	});
	const additionalData = createAdditionalData(new EngineCredentialsHelper(types, credentials), {
		workflowId: workflow.id,
	});
	return { node, workflow, additionalData };
}

function lookup(types: TypeRegistry, nodeType: string, options: LookupOptions) {
	const { node, workflow, additionalData } = prepare(types, nodeType, options);
	additionalData.currentNodeParameters = node.parameters;
	const context = new LoadOptionsContext(workflow, node, additionalData, options.path ?? '');
	const { methods } = types.getByNameAndVersion(node.type, node.typeVersion);
	return { methods, context, workflow };
}

function missing(nodeType: string, methodName: string): UnexpectedError {
	return new UnexpectedError('Node type does not have method defined', {
		tags: { nodeType },
		extra: { methodName },
	});
}

export async function listSearch(
	types: TypeRegistry,
	nodeType: string,
	methodName: string,
	options: ListSearchOptions,
): Promise<INodeListSearchResult> {
	const { methods, context, workflow } = lookup(types, nodeType, options);
	const method = methods?.listSearch?.[methodName];
	if (!method) throw missing(nodeType, methodName);
	return await inIsolate(
		workflow,
		async () => await method.call(context, options.filter, options.paginationToken),
	);
}

export async function loadOptions(
	types: TypeRegistry,
	nodeType: string,
	methodName: string,
	options: LookupOptions,
): Promise<INodePropertyOptions[]> {
	const { methods, context, workflow } = lookup(types, nodeType, options);
	const method = methods?.loadOptions?.[methodName];
	if (!method) throw missing(nodeType, methodName);
	return await inIsolate(workflow, async () => await method.call(context));
}

/**
 * One poll, the way n8n's scheduler runs it: the node works on a copy of its static data, which is
 * kept only if the poll succeeds, whether or not it found anything. A manual poll keeps nothing.
 */
export async function poll(
	types: TypeRegistry,
	nodeType: string,
	options: PollOptions,
): Promise<INodeExecutionData[][] | null> {
	const { mode = 'trigger', staticData = {}, budgetMs, told } = options;
	const { node, workflow, additionalData } = prepare(types, nodeType, options);
	return await runPoll({
		workflow,
		node,
		additionalData,
		mode,
		activation: options.activation ?? (mode === 'manual' ? 'manual' : 'update'),
		state: staticData,
		keep: (state) => {
			if (mode === 'manual') return;
			// n8n stores the state as JSON, so what JSON cannot hold must not survive here either.
			const kept = JSON.parse(JSON.stringify(state)) as IDataObject;
			for (const key of Object.keys(staticData)) delete staticData[key];
			Object.assign(staticData, kept);
		},
		tell: told === undefined ? undefined : (error) => void told.push(error),
		budgetMs,
	});
}
