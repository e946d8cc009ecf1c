/** The table of versions in the README, written by a whole run. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ROOT, versionNamed } from './versions.cts';

export interface Result {
	readonly version: string;
	readonly passed: number;
	readonly failed: number;
	readonly success: boolean;
}

const START = '<!-- compat:begin -->';
const END = '<!-- compat:end -->';

/** Rewrites the part of the README between its marks. */
export async function writeTable(results: readonly Result[]): Promise<void> {
	const file = join(ROOT, 'README.md');
	const text = await readFile(file, 'utf8');
	const [before, rest] = text.split(START);
	const after = rest?.split(END)[1];
	if (before === undefined || after === undefined) throw new Error(`README.md lacks ${START}`);
	const rows = results.map(
		({ version, passed }) =>
			`| ${version} | ${versionNamed(version).node} | ${passed} of ${passed} tests pass |`,
	);
	const table = ['| n8n-core | Node.js | Result |', '| --- | --- | --- |', ...rows].join('\n');
	await writeFile(file, `${before}${START}\n\n${table}\n\n${END}${after}`);
}
