/** The files of the examples. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { WorkflowJson } from '../../dev/engine/harness.cts';

export const ROOT = join(__dirname, '../..');
export const EXAMPLES = join(ROOT, 'examples');

/** The files of a folder in examples/, by name. */
export const filesIn = (folder: string): string[] =>
	readdirSync(join(EXAMPLES, folder))
		.filter((file) => file.endsWith('.json'))
		.sort();

/** The ten examples that solve something whole. */
export const TEN = filesIn('.');

export function readExample(file: string): WorkflowJson {
	return JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as WorkflowJson;
}
