/** The workflows in examples/, as a user imports them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { N8nApi, NodeJson, WorkflowJson } from './api.cts';
import { EXAMPLES } from './places.cts';

export function readExample(file: string): WorkflowJson {
	return JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as WorkflowJson;
}

/** The files of the examples that need no other credentials than these types. */
export const exampleFiles = (credentialTypes: readonly string[]): string[] =>
	readdirSync(EXAMPLES)
		.filter((file) => file.endsWith('.json'))
		.filter((file) =>
			readExample(file)
				.nodes.flatMap(({ credentials }) => Object.keys(credentials ?? {}))
				.every((type) => credentialTypes.includes(type)),
		)
		.sort();

export const triggerOf = ({ nodes }: WorkflowJson): string =>
	nodes.find(({ type }) => type.endsWith('.manualTrigger'))?.name ?? '';

/** The workflow with saved credentials chosen in its nodes, by credential type. */
export function withCredentials(
	workflow: WorkflowJson,
	ids: Readonly<Record<string, string>>,
): WorkflowJson {
	const chosen = (node: NodeJson): NodeJson => {
		if (node.credentials === undefined) return node;
		const credentials = Object.entries(node.credentials).map(([type, { name }]) => [
			type,
			{ id: ids[type] ?? null, name },
		]);
		return { ...node, credentials: Object.fromEntries(credentials) };
	};
	return { ...workflow, nodes: workflow.nodes.map(chosen) };
}

/** Imports every example; gives the IDs by file name. */
export async function importExamples(
	api: N8nApi,
	credentialIds: Readonly<Record<string, string>>,
): Promise<Map<string, string>> {
	const ids = new Map<string, string>();
	for (const file of exampleFiles(Object.keys(credentialIds))) {
		const workflow = readExample(file);
		ids.set(file, await api.saveWorkflow(withCredentials(workflow, credentialIds)));
	}
	return ids;
}
