/** Tables of what was measured, from the files in which the runs leave their results. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { chartOf } from '../../bench/lib/chart.cts';
import { judge } from '../../bench/lib/goals.cts';
import { inWords, resultsFile, type Results } from '../../bench/lib/results.cts';
import { inMarkdown } from '../../bench/lib/table.cts';
import { table, withBlocks, type Page } from './page.cts';

const ROOT = join(__dirname, '../..');

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const bench = () => read(resultsFile) as Results;

function goals(): string {
	const results = bench();
	const rows = judge(results).map(({ text, goal, reached, met }) =>
		// A run from before a case existed has no figure for it.
		reached.startsWith('NaN')
			? [text, 'not measured in this run', goal]
			: [text, reached, `${goal}${met ? '' : ', not met'}`],
	);
	return [
		table(['Measured', 'Reached', 'Goal'], rows),
		`${inWords(results)} [All figures](../bench/results.md)`,
	].join('\n\n');
}

function pace(): string {
	const rows = bench().parts.pace ?? [];
	return rows.length === 0 ? 'Not measured in the last whole run.' : inMarkdown(rows);
}

/** What compat/run.cts leaves behind of one version of n8n. */
interface Compatibility {
	readonly version: string;
	readonly node: string;
	readonly passed: number;
}

function compatibility(): string {
	const results = read(join(ROOT, 'compat/results.json')) as readonly Compatibility[];
	return table(
		['n8n-core', 'Node.js', 'Result'],
		results.map(({ version, node, passed }) => [
			version,
			node,
			`${passed} of ${passed} tests pass`,
		]),
	);
}

export const measurementPages: readonly Page[] = [
	withBlocks('docs/performance.md', { goals, 'rate limit': pace }),
	withBlocks('docs/compatibility.md', { versions: compatibility }),
	{ file: 'docs/bench.svg', write: () => chartOf(bench()) },
];
