/** Tables of what the nodes do, from their descriptions. */
import {
	makeNodeName,
	nodeNameToToolName,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { KlientuPortfelis } from '../../nodes/KlientuPortfelis/KlientuPortfelis.node.ts';
import { KlientuPortfelisTrigger } from '../../nodes/KlientuPortfelis/KlientuPortfelisTrigger.node.ts';
import { Rivile } from '../../nodes/Rivile/Rivile.node.ts';
import { RivileTrigger } from '../../nodes/Rivile/RivileTrigger.node.ts';
import { table, whole, withBlocks, type Page } from './page.cts';

const NODES = [new KlientuPortfelis(), new Rivile()].map(({ description }) => description);
const TRIGGERS = [new KlientuPortfelisTrigger(), new RivileTrigger()].map(
	({ description }) => description,
);

/** An operation as the screen and an AI agent have it. */
export interface Operation {
	readonly node: string;
	readonly resource: string;
	readonly name: string;
	readonly description: string;
	/** The name of the tool that the editor makes of it; undefined when agents are not offered it. */
	readonly tool: string | undefined;
}

function choicesOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options.filter((option): option is INodePropertyOptions => 'value' in option);
}

/** The field Operation of a resource, as agents get it or as people do. */
function operationField(
	{ properties }: INodeTypeDescription,
	resource: unknown,
	isTool: boolean,
): INodeProperties | undefined {
	return properties.find(({ name, displayOptions }) => {
		const { resource: of = [], '@tool': tool = [isTool] } = displayOptions?.show ?? {};
		return name === 'operation' && of.some((value) => value === resource) && tool[0] === isTool;
	});
}

/** The name that an agent's language model gets when the editor adds the operation as a tool. */
function toolName(node: INodeTypeDescription, resource: unknown, operation: unknown): string {
	const asTool = { ...node, outputs: ['ai_tool' as const] };
	return nodeNameToToolName(
		makeNodeName({ resource: String(resource), operation: String(operation) }, asTool),
	);
}

function operationsIn(node: INodeTypeDescription): Operation[] {
	const resources = node.properties.find(({ name }) => name === 'resource');
	return (resources === undefined ? [] : choicesOf(resources)).flatMap((resource) => {
		const field = operationField(node, resource.value, false);
		const forTools = operationField(node, resource.value, true);
		const offered = new Set(forTools && choicesOf(forTools).map(({ value }) => value));
		return (field === undefined ? [] : choicesOf(field)).map(
			({ name, value, description = '' }) => ({
				node: node.displayName,
				resource: resource.name,
				name,
				description,
				tool: offered.has(value) ? toolName(node, resource.value, value) : undefined,
			}),
		);
	});
}

/** Every operation of both nodes. */
export const OPERATIONS: readonly Operation[] = NODES.flatMap(operationsIn);

function operationsTable({ displayName }: INodeTypeDescription): string {
	return table(
		['Resource', 'Operation', 'What it does', 'Name as an AI tool'],
		OPERATIONS.filter(({ node }) => node === displayName).map((operation) => [
			operation.resource,
			operation.name,
			operation.description,
			operation.tool === undefined ? 'not offered' : `\`${operation.tool}\``,
		]),
	);
}

const operationsPage = `# Operations

Every operation of both nodes, as the editor shows them. [Using the nodes](usage.md) says more about those that need it.

The last column is the name that a language model gets when you connect the operation to n8n's AI Agent and keep the name that the editor gives the node. Session → Login is not offered to agents: its result is a session key.

${NODES.map((node) => `## ${node.displayName}\n\n${operationsTable(node)}`).join('\n\n')}
`;

const eventsTable = () =>
	table(
		['Trigger', 'Event', 'When'],
		TRIGGERS.flatMap(({ displayName, properties }) =>
			properties
				.filter(({ name }) => name === 'event')
				.flatMap(choicesOf)
				.map(({ name, description = '' }) => [displayName, name, description]),
		),
	);

const optionsTable = () =>
	table(
		['Trigger', 'Option', 'What it does'],
		TRIGGERS.flatMap(({ displayName, properties }) =>
			properties
				.filter(({ name }) => name === 'options')
				.flatMap(({ options = [] }) => options)
				.map((option) => [
					displayName,
					'displayName' in option ? option.displayName : '',
					'description' in option ? (option.description ?? '') : '',
				]),
		),
	);

export const operationPages: readonly Page[] = [
	whole('docs/operations.md', operationsPage),
	withBlocks('docs/triggers.md', { events: eventsTable, options: optionsTable }),
];

/** The names on the screen: of nodes, resources, operations, actions, fields, options and choices. */
export function screenNames(): ReadonlySet<string> {
	const names = new Set<string>();
	const collect = (value: unknown): void => {
		if (Array.isArray(value)) value.forEach(collect);
		if (typeof value !== 'object' || value === null) return;
		// What has a name for the screen has another one, which workflows store.
		const shown = 'displayName' in value ? ['displayName'] : ['name', 'action'];
		for (const [key, part] of Object.entries(value)) {
			if (shown.includes(key) && typeof part === 'string') names.add(part);
			collect(part);
		}
	};
	collect([...NODES, ...TRIGGERS]);
	return names;
}
