/** Runs a stored workflow, and notes what can be seen of it from outside. */
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import type { NodeJson, WorkflowJson } from '../../dev/engine/harness.cts';
import { ourNode, shortType } from './files.cts';
import { openGateway, openPortfolio, type Received, type World } from './world.cts';

/** What n8n does with a workflow, in this process or in another one. */
export interface Runner {
	run(
		workflow: WorkflowJson,
		options: { credentials: Record<string, ICredentialDataDecryptedObject> },
		node: string,
	): Promise<{
		readonly error?: { readonly message: string } | undefined;
		readonly outputs: ReadonlyArray<ReadonlyArray<{ readonly json: IDataObject }>>;
	}>;
	poll(
		type: string,
		options: {
			parameters: INodeParameters;
			credentials: Record<string, ICredentialDataDecryptedObject>;
			staticData: IDataObject;
			/** As after a restart of n8n, with a new version of the package. */
			activation: 'init';
		},
	): Promise<{
		readonly items: IDataObject[] | null;
		readonly staticData: IDataObject;
		readonly error?: { readonly message: string } | undefined;
	}>;
}

/** What a workflow did. */
export interface Observed {
	readonly received: readonly Received[];
	readonly output: Shape;
}

/** How many items came out of the node, and the types of their fields. */
interface Shape {
	readonly items: number;
	readonly fields: Readonly<Record<string, string>>;
}

/**
 * Runs a stored workflow on services of its own. A trigger is polled with the state that n8n has
 * stored, and once more with the state after that.
 *
 * @throws Error when the workflow fails, or a trigger emits something twice
 */
export async function observe(workflow: WorkflowJson, runner: Runner): Promise<Observed> {
	const node = ourNode(workflow);
	const isTrigger = shortType(node).endsWith('Trigger');
	const world = await (shortType(node).startsWith('rivile') ? openGateway() : openPortfolio());
	try {
		const items = isTrigger
			? await polled(workflow, node, runner, world)
			: await executed(workflow, node, runner, world);
		// As JSON, in which the expectation is kept.
		const observed: Observed = { received: world.received(), output: shapeOf(items) };
		return JSON.parse(JSON.stringify(observed)) as Observed;
	} finally {
		await world.stop();
	}
}

async function executed(
	workflow: WorkflowJson,
	{ name, credentials = {} }: NodeJson,
	runner: Runner,
	{ credential }: World,
): Promise<IDataObject[]> {
	const ids = Object.values(credentials).map(({ id }) => [String(id), credential]);
	const options = { credentials: Object.fromEntries(ids) };
	const { error, outputs } = await runner.run(workflow, options, name);
	if (error !== undefined) throw new Error(`The workflow failed: ${error.message}`);
	return (outputs[0] ?? []).map(({ json }) => json);
}

async function polled(
	workflow: WorkflowJson,
	node: NodeJson,
	runner: Runner,
	{ credential }: World,
): Promise<IDataObject[]> {
	const types = Object.keys(node.credentials ?? {});
	const poll = async (staticData: IDataObject) => {
		const polled = await runner.poll(shortType(node), {
			parameters: (node.parameters ?? {}) as INodeParameters,
			credentials: Object.fromEntries(types.map((type) => [type, credential])),
			staticData,
			activation: 'init',
		});
		if (polled.error !== undefined) throw new Error(`The poll failed: ${polled.error.message}`);
		return polled;
	};
	const stored = workflow.staticData?.[`node:${node.name}`] ?? {};
	const first = await poll(stored as IDataObject);
	const second = await poll(first.staticData);
	if (second.items !== null) throw new Error('The second poll emitted something again');
	return first.items ?? [];
}

function shapeOf(items: readonly IDataObject[]): Shape {
	const names = [...new Set(items.flatMap((item) => Object.keys(item)))];
	const typesOf = (name: string) =>
		[...new Set(items.map((item) => typeOf(item[name])))].sort().join(' or ');
	return {
		items: items.length,
		fields: Object.fromEntries(names.map((name) => [name, typesOf(name)])),
	};
}

function typeOf(value: unknown): string {
	if (value === undefined) return 'absent';
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'list';
	return typeof value === 'string' ? 'text' : typeof value;
}
