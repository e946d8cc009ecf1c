/** The stored workflows, each with what it is expected to do. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { NodeJson, WorkflowJson } from '../../dev/engine/harness.cts';
import type { Observed } from './observe.cts';

const FOLDER = join(__dirname, 'workflows');
const EXPECTED = '.expected.json';

const PACKAGE = 'n8n-nodes-klientu-portfelis-rivile';

/** The names of the files, without their ending. */
export const storedNames: readonly string[] = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json') && !file.endsWith(EXPECTED))
	.map((file) => file.slice(0, -'.json'.length))
	.sort();

const read = (file: string): unknown => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

export function storedWorkflow(name: string): WorkflowJson {
	return read(`${name}.json`) as WorkflowJson;
}

/** The node of this package in a stored workflow. */
export function ourNode({ nodes }: WorkflowJson): NodeJson {
	const [node, ...others] = nodes.filter(({ type }) => type.startsWith(`${PACKAGE}.`));
	if (node === undefined || others.length > 0) {
		throw new Error('A stored workflow has exactly one node of this package');
	}
	return node;
}

/** The type of a node, without the package's name. */
export const shortType = ({ type }: NodeJson): string => type.slice(PACKAGE.length + 1);

/**
 * What a stored workflow is expected to do.
 *
 * @param observed what it does; with UPDATE_STORED=1 this becomes the expectation if there is none yet
 */
export function expectationOf(name: string, observed: Observed): unknown {
	const file = join(FOLDER, `${name}${EXPECTED}`);
	if (process.env.UPDATE_STORED === '1' && !existsSync(file)) {
		writeFileSync(file, `${JSON.stringify(observed, undefined, '\t')}\n`);
	}
	if (existsSync(file)) return read(`${name}${EXPECTED}`);
	throw new Error(`There is no ${name}${EXPECTED}: see the README of this folder`);
}
