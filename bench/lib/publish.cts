/** A whole run's figures where people find them. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { chartOf } from './chart.cts';
import { judge } from './goals.cts';
import { ROOT } from './places.cts';
import { inWords, resultsFile, type Results } from './results.cts';
import { written } from './table.cts';

const README = join(ROOT, 'README.md');
const CHART = join(ROOT, 'docs/bench.svg');
const BETWEEN = /(<!-- bench:begin -->\n)[\s\S]*?(<!-- bench:end -->)/;

/** Writes bench/results.json, the picture, and the README's table. */
export async function publish(results: Results): Promise<void> {
	const options = { ...(await resolveConfig(resultsFile)), filepath: resultsFile };
	await writeFile(resultsFile, await format(JSON.stringify(results), options));
	await writeFile(CHART, chartOf(results));
	const readme = await readFile(README, 'utf8');
	if (!BETWEEN.test(readme)) throw new Error('The README has no place for the table');
	await writeFile(README, readme.replace(BETWEEN, `$1\n${tableOf(results)}\n\n$2`));
}

function tableOf(results: Results): string {
	const lines = judge(results).map(
		({ text, reached, unit, met }) =>
			`| ${text} | ${written(reached, unit)} | ${met ? 'yes' : 'no'} |`,
	);
	return [
		'![Bars of the figures](docs/bench.svg)',
		'',
		'| Goal | Reached | Met |',
		'| --- | --: | --- |',
		...lines,
		'',
		inWords(results),
	].join('\n');
}
