/** An AI Agent with nodes of ours as its tools, as the editor puts it together. */
import type { Json, N8nApi, NodeJson, WorkflowJson } from './api.cts';
import { ourPackage } from './places.cts';

/** A tool to connect to the agent. */
export interface ToolNode {
	/** The node's name in the package, such as rivile. */
	readonly node: string;
	readonly resource: string;
	readonly operation: string;
	readonly parameters: Json;
}

interface Property {
	readonly name: string;
	readonly displayOptions?: { readonly show?: Readonly<Record<string, readonly unknown[]>> };
	readonly options?: ReadonlyArray<{ readonly value: unknown; readonly action?: string }>;
}

export interface NodeType {
	readonly name: string;
	readonly displayName: string;
	readonly defaults: { readonly name: string };
	readonly properties: readonly Property[];
}

/** The variant of a node that agents use. */
export async function toolType(api: N8nApi, node: string): Promise<NodeType> {
	const name = `${ourPackage.name}.${node}Tool`;
	const found = (await api.nodeTypes()).find((type) => type.name === name);
	if (found === undefined) throw new Error(`n8n has no node ${name}`);
	return found as unknown as NodeType;
}

/** The name that the editor gives a node which is added by one of its actions. */
function nameOf({ properties, defaults }: NodeType, { resource, operation }: ToolNode): string {
	const action = properties
		.filter(({ name }) => name === 'operation')
		.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(resource))
		.flatMap(({ options = [] }) => options)
		.find(({ value }) => value === operation)?.action;
	if (action === undefined) throw new Error(`No action for ${resource} ${operation}`);
	return `${action} in ${defaults.name}`;
}

/** A value that the agent fills in, under the name that the editor makes of the field's label. */
export function fromAi(label: string, type: 'string' | 'number' | 'boolean' = 'string'): string {
	const key = label.replace(/[^a-zA-Z0-9_-]/g, '_');
	const mark = '/*n8n-auto-generated-fromAI-override*/';
	return `={{ ${mark} $fromAI('${key}', \`\`, '${type}') }}`;
}

export interface AgentOptions {
	readonly question: string;
	/** What the agent is told besides, such as the date. */
	readonly system: string;
	readonly tools: readonly ToolNode[];
	/** The IDs of the credentials, by type. */
	readonly credentialIds: Readonly<Record<string, string>>;
}

/** A workflow: manual trigger, agent, chat model and tools. */
export async function agentWorkflow(
	api: N8nApi,
	{ question, system, tools, credentialIds }: AgentOptions,
): Promise<WorkflowJson> {
	const credential = (type: string) => ({
		[type]: { id: credentialIds[type] ?? null, name: type },
	});
	const toolNodes = await Promise.all(
		tools.map(async (tool, index): Promise<NodeJson> => {
			const type = await toolType(api, tool.node);
			return {
				name: nameOf(type, tool),
				type: type.name,
				typeVersion: 1,
				position: [400 + 200 * index, 300],
				parameters: { resource: tool.resource, operation: tool.operation, ...tool.parameters },
				credentials: credential(`${tool.node}Api`),
			};
		}),
	);
	const own: NodeJson[] = [
		{
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			name: 'AI Agent',
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: 3.1,
			position: [220, 0],
			parameters: {
				promptType: 'define',
				text: question,
				options: { systemMessage: system, returnIntermediateSteps: true },
			},
		},
		{
			name: 'OpenAI Chat Model',
			type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
			typeVersion: 1.3,
			position: [200, 300],
			parameters: {
				model: { __rl: true, mode: 'id', value: 'scripted' },
				responsesApiEnabled: false,
				options: { maxRetries: 0 },
			},
			credentials: credential('openAiApi'),
		},
	];
	const to = (type: string, node = 'AI Agent') => ({ [type]: [[{ node, type, index: 0 }]] });
	return {
		name: question,
		nodes: [...own, ...toolNodes],
		connections: {
			Start: to('main'),
			'OpenAI Chat Model': to('ai_languageModel'),
			...Object.fromEntries(toolNodes.map(({ name }) => [name, to('ai_tool')])),
		},
		settings: { executionOrder: 'v1' },
	};
}
