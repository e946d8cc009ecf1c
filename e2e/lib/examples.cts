/** The workflows in examples/, as a user imports them. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { N8nApi, NodeJson, WorkflowJson } from './api.cts';
import { EXAMPLES } from './places.cts';

export function readExample(file: string): WorkflowJson {
	return JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as WorkflowJson;
}

const filesIn = (folder: string) =>
	readdirSync(join(EXAMPLES, folder))
		.filter((file) => file.endsWith('.json'))
		.map((file) => join(folder, file))
		.sort();

/** The files of the ten examples that solve something whole. */
export const wholeExamples = (): string[] => filesIn('.');

/** The files of all examples, the building blocks first. */
export const everyExample = (): string[] => [...filesIn('basics'), ...wholeExamples()];

/** The files of the building blocks that are started by hand. */
export const buildingBlocks = (): string[] =>
	filesIn('basics').filter((file) => triggerOf(readExample(file)).startsWith('When clicking'));

/** The name of the node that starts a workflow. */
export const triggerOf = ({ nodes }: WorkflowJson): string =>
	nodes.find(({ type }) => /\.\w*trigger$/i.test(type))?.name ?? '';

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

/** Imports every example; gives the IDs by the name of the file. */
export async function importExamples(
	api: N8nApi,
	credentialIds: Readonly<Record<string, string>>,
): Promise<Map<string, string>> {
	const ids = new Map<string, string>();
	for (const file of everyExample()) {
		const workflow = withCredentials(readExample(file), credentialIds);
		ids.set(basename(file), await api.saveWorkflow(workflow));
	}
	return ids;
}
