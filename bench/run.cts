/** Measures the package against what could be used instead; `npm run bench`. */
import { inWords as refusalInWords } from '../e2e/lib/refusal.cts';
import { wantedBy } from './lib/arguments.cts';
import { judge } from './lib/goals.cts';
import type { Part, Row } from './lib/part.cts';
import { publish } from './lib/publish.cts';
import {
	besideTheKept,
	inWords,
	PARTS,
	thisMachine,
	type PartName,
	type Results,
} from './lib/results.cts';
import { onScreen } from './lib/table.cts';
import { batching } from './batching.cts';
import { call } from './call.cts';
import { decode } from './decode.cts';
import { pace } from './pace.cts';
import { pack } from './pack.cts';
import { returnAll } from './returnAll.cts';
import { sign } from './sign.cts';
import { sync } from './sync.cts';

const ALL: Readonly<Record<PartName, Part>> = {
	decode,
	sign,
	call,
	batching,
	sync,
	returnAll,
	pace,
	pack,
};

const show = (rows: readonly Row[]) => console.log(`${onScreen(rows)}\n`);

async function main(): Promise<void> {
	const { parts, rounds, shrink, keep } = wantedBy(process.argv.slice(2));
	const started = Date.now();
	const measured: Partial<Record<PartName, readonly Row[]>> = {};
	for (const name of parts) {
		const { title, note, run } = ALL[name];
		console.log(`${title}\n${note}\n`);
		measured[name] = await run({ rounds, shrink, show });
	}
	const results: Results = { machine: thisMachine(), rounds, parts: measured };
	for (const { text, goal, reached, met } of judge(results)) {
		console.log(`${met ? 'met    ' : 'NOT MET'}  ${text}: ${reached} (goal: ${goal})`);
	}
	console.log(`\n${inWords(results)} ${Math.round((Date.now() - started) / 1000)} s.`);
	if (shrink > 1) console.log('The sizes were a tenth of what the tables say.');
	if (!keep) return;
	await publish(parts.length < PARTS.length ? besideTheKept(results) : results, ALL);
	console.log(
		'Written: bench/results.json and results.md, docs/bench.svg, the tables in docs/performance.md.',
	);
}

main().catch((error: unknown) => {
	console.error(refusalInWords(error));
	process.exitCode = 1;
});
