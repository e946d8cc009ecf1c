import type { NodeJson, WorkflowJson } from './run.cts';

/** A workflow of one line: a manual trigger named "Start" and then the given nodes in turn. */
export function chain(
	...nodes: Array<Partial<NodeJson> & { name: string; type: string }>
): WorkflowJson {
	const all = [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' }, ...nodes].map(
		(node, index): NodeJson => ({
			typeVersion: 1,
			position: [index * 200, 0],
			parameters: {},
			...node,
		}),
	);
	const links = all
		.slice(1)
		.map(({ name }, index) => [
			all[index]?.name ?? '',
			{ main: [[{ node: name, type: 'main', index: 0 }]] },
		]);
	return {
		nodes: all,
		connections: Object.fromEntries(links),
		settings: { executionOrder: 'v1' },
	};
}
