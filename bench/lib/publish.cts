/** A whole run's figures where people find them. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { chartOf } from './chart.cts';
import { judge } from './goals.cts';
import { BENCH, ROOT } from './places.cts';
import type { Part } from './part.cts';
import { inWords, PARTS, resultsFile, type PartName, type Results } from './results.cts';
import { inMarkdown } from './table.cts';

const README = join(ROOT, 'README.md');
const TABLES = join(BENCH, 'results.md');
const CHART = join(ROOT, 'docs/bench.svg');
type Parts = Readonly<Record<PartName, Part>>;

const BETWEEN = /(<!-- bench:begin -->\n)[\s\S]*?(<!-- bench:end -->)/;

/** Writes results.json and results.md, the picture, and the README's table. */
export async function publish(results: Results, parts: Parts): Promise<void> {
	const options = { ...(await resolveConfig(resultsFile)), filepath: resultsFile };
	await writeFile(resultsFile, await format(JSON.stringify(results), options));
	await writeFile(TABLES, tablesOf(results, parts));
	await writeFile(CHART, chartOf(results));
	const readme = await readFile(README, 'utf8');
	if (!BETWEEN.test(readme)) throw new Error('The README has no place for the table');
	await writeFile(README, readme.replace(BETWEEN, `$1\n${tableOf(results)}\n\n$2`));
}

/** Every figure, by parts. */
function tablesOf(results: Results, parts: Parts): string {
	const tables = PARTS.map((name) => {
		const { title, note } = parts[name];
		return `## ${title}\n\n${note}\n\n${inMarkdown(results.parts[name] ?? [])}\n`;
	});
	return `# Figures of the last run\n\n${inWords(results)}\n\n${tables.join('\n')}`;
}

function tableOf(results: Results): string {
	const lines = judge(results).map(
		({ text, goal, reached, met }) => `| ${text} | ${reached} | ${goal}${met ? '' : ', not met'} |`,
	);
	return [
		'![Bars of the figures](docs/bench.svg)',
		'',
		'| Measured | Reached | Goal |',
		'| --- | --: | --- |',
		...lines,
		'',
		`${inWords(results)} [All figures](bench/results.md)`,
	].join('\n');
}
