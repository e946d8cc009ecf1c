/** A whole run's figures where people find them. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { measurementPages } from '../../build/docs/measurements.cts';
import { BENCH, ROOT } from './places.cts';
import type { Part } from './part.cts';
import { inWords, PARTS, resultsFile, type PartName, type Results } from './results.cts';
import { inMarkdown } from './table.cts';

const TABLES = join(BENCH, 'results.md');
const PAGES = ['docs/performance.md', 'docs/bench.svg'];
type Parts = Readonly<Record<PartName, Part>>;

/** Writes results.json and results.md, and what docs/performance.md shows of them. */
export async function publish(results: Results, parts: Parts): Promise<void> {
	const options = { ...(await resolveConfig(resultsFile)), filepath: resultsFile };
	await writeFile(resultsFile, await format(JSON.stringify(results), options));
	await writeFile(TABLES, tablesOf(results, parts));
	for (const { file, write } of measurementPages.filter(({ file }) => PAGES.includes(file))) {
		await writeFile(join(ROOT, file), write(await readFile(join(ROOT, file), 'utf8')));
	}
}

/** Every figure, by parts. */
function tablesOf(results: Results, parts: Parts): string {
	const tables = PARTS.map((name) => {
		const { title, note } = parts[name];
		return `## ${title}\n\n${note}\n\n${inMarkdown(results.parts[name] ?? [])}\n`;
	});
	return `# Figures of the last run\n\n${inWords(results)}\n\n${tables.join('\n')}`;
}
