/** What a whole run leaves behind, and the table of docs/compatibility.md that is made of it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { measurementPages } from '../../build/docs/measurements.cts';
import { ROOT, versionNamed } from './versions.cts';

export interface Result {
	readonly version: string;
	readonly passed: number;
	readonly failed: number;
	readonly success: boolean;
}

const RESULTS = join(ROOT, 'compat/results.json');
const PAGE = 'docs/compatibility.md';

/** Writes the results of a run in which every test passed, and their table. */
export async function writeResults(results: readonly Result[]): Promise<void> {
	const kept = results.map(({ version, passed }) => {
		return { version, node: versionNamed(version).node, passed };
	});
	const options = { ...(await resolveConfig(RESULTS)), filepath: RESULTS };
	await writeFile(RESULTS, await format(JSON.stringify(kept), options));
	const page = measurementPages.find(({ file }) => file === PAGE);
	if (page === undefined) throw new Error(`Nothing writes ${PAGE}`);
	const file = join(ROOT, PAGE);
	await writeFile(file, page.write(await readFile(file, 'utf8')));
}
