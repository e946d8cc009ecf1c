/** The package, and nodes of n8n's own, on n8n-core as n8n sets it up. */
import { join } from 'node:path';

import type { IDataObject, INodeType, IVersionedNodeType } from 'n8n-workflow';

import { createEngine, type Engine, type RunResult } from '../../dev/engine/harness.cts';
import { MODULES, ROOT } from './places.cts';

const BUILT_IN = join(MODULES, 'n8n-nodes-base/dist/nodes');

export const KLIENTU_PORTFELIS = 'n8n-nodes-klientu-portfelis-rivile.klientuPortfelis';
export const RIVILE = 'n8n-nodes-klientu-portfelis-rivile.rivile';

type NodeClass = new () => INodeType | IVersionedNodeType;

/**
 * An engine whose expressions run in an isolate, which is n8n's default.
 *
 * @param builtIn files of nodes of n8n-nodes-base, such as `Xml/Xml`
 */
export async function openEngine(builtIn: readonly string[] = []): Promise<Engine> {
	const nodeTypes: Record<string, INodeType | IVersionedNodeType> = {};
	for (const file of builtIn) {
		const classes: Record<string, NodeClass> = await import(join(BUILT_IN, `${file}.node.js`));
		const name = file.slice(file.indexOf('/') + 1);
		const NodeType = classes[name];
		if (NodeType === undefined) throw new Error(`No node in ${file}`);
		const node = new NodeType();
		nodeTypes[`n8n-nodes-base.${node.description.name}`] = node;
	}
	return await createEngine({ packageDir: ROOT, nodeTypes, expressions: 'vm' });
}

/** The result, where the run succeeded. */
export function succeeded(result: RunResult): RunResult {
	if (result.status === 'success') return result;
	throw new Error(`The workflow ended as ${result.status}: ${String(result.error?.message)}`);
}

/** So many items as a start node gives them. */
export function pinned(items: number, item: (index: number) => IDataObject = () => ({})) {
	return { Start: Array.from({ length: items }, (_, index) => ({ json: item(index) })) };
}
