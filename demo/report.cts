/** What the demo prints. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type {
	Engine,
	NodeJson,
	PinnedData,
	RunResult,
	WorkflowJson,
} from '../dev/engine/harness.cts';

const WIDTH = 100;

export function heading(text: string): void {
	console.log(`\n${text}\n${'─'.repeat(Math.min(WIDTH, text.length))}`);
}

function shorten(text: string, width: number): string {
	return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

const count = (items: readonly unknown[]) =>
	items.length === 1 ? '1 item' : `${items.length} items`;

/** Prints what went into a node and what came out: counts, the first item, those refused. */
function reportNode(result: RunResult, node: NodeJson): void {
	const { name } = node;
	const { resource, operation } = (node.parameters ?? {}) as Record<string, unknown>;
	const items = result.json(name, 0);
	const refused = result.json(name, 1);
	const error = result.nodeError(name);
	const previous = result.runs(name)[0]?.source[0]?.previousNode;
	const given = previous === undefined ? '' : `${count(result.json(previous))} in, `;
	const what = resource === undefined ? '' : ` (${String(resource)}: ${String(operation)})`;
	const aside = refused.length === 0 ? '' : `, ${refused.length} refused`;
	console.log(`  ${name}${what}: ${given}${count(items)} out${aside}`);
	if (items[0] !== undefined)
		console.log(`    first:    ${shorten(JSON.stringify(items[0]), WIDTH)}`);
	for (const { error: reason } of refused.slice(0, 3))
		console.log(`    refused:  ${String(reason)}`);
	if (refused.length > 3) console.log(`    refused:  … and ${refused.length - 3} more`);
	if (error) console.log(`    stopped:  ${error.message} ${error.description ?? ''}`);
}

/** Writes a counter over and over on one line while something long runs; on a terminal only. */
export async function withProgress<T>(current: () => string, run: () => Promise<T>): Promise<T> {
	if (process.stdout.isTTY !== true) return await run();
	const timer = setInterval(() => process.stdout.write(`\r  … ${current()}`), 100);
	try {
		return await run();
	} finally {
		clearInterval(timer);
		process.stdout.write(`\r${' '.repeat(WIDTH)}\r`);
	}
}

export interface Step {
	/** The workflow's file in examples/, without its ending. */
	readonly file: string;
	/** More items for pinned nodes than the example has. */
	readonly pinData?: PinnedData;
	/** What is counted while the workflow runs. */
	readonly progress: () => string;
	/** How many items come out of a node, and how many leave it refused. */
	readonly outcome: Outcome;
}

export interface Outcome {
	readonly node: string;
	readonly out: number;
	readonly refused?: number;
}

function asExpected(result: RunResult, { node, out, refused = 0 }: Outcome): boolean {
	const right = result.json(node, 0).length === out && result.json(node, 1).length === refused;
	if (!right) console.log(`  Expected of ${node}: ${out} items out, ${refused} refused.`);
	return right;
}

/** Runs an example and reports it; true when it ran through to the end. */
export async function runStep(
	engine: Engine,
	{ file, pinData, progress, outcome }: Step,
	credentials: Record<string, Record<string, string | number>>,
): Promise<{ succeeded: boolean; result: RunResult }> {
	const path = join(__dirname, '..', 'examples', `${file}.json`);
	const workflow = JSON.parse(readFileSync(path, 'utf8')) as WorkflowJson;
	heading(`${workflow.name ?? file} (examples/${file}.json)`);
	const before = Date.now();
	const result = await withProgress(progress, () =>
		engine.run(workflow, { credentials, pinData, timezone: 'UTC' }),
	);
	for (const node of workflow.nodes) {
		if (!/stickyNote$|manualTrigger$/.test(node.type)) reportNode(result, node);
	}
	const succeeded = result.status === 'success' && asExpected(result, outcome);
	console.log(`  ${succeeded ? 'Done' : 'Stopped'} after ${Date.now() - before} ms.`);
	return { succeeded, result };
}
