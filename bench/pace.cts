/** Part 6: the rate limit of Rivilė's gateway. */
import { ONE_PROCESS, TWO_PROCESSES } from './lib/goals.cts';
import { OURS, type Part, type Row, type Settings } from './lib/part.cts';
import { Worker } from './lib/process.cts';
import type { Figures } from './lib/rounds.cts';
import { withSimulators, type Simulators } from './lib/simulators.cts';
import type { Input } from './tasks/pace.cts';

const ROWS = 12_000;
const EXECUTIONS = 5;

/** How many rows a request gives, and how many requests a second the gateway allows. */
const [PAGE, PER_SECOND] = [100, 10];

async function readAtOnce(
	simulators: Simulators,
	processes: number,
	rows: number,
): Promise<Figures> {
	const credential = await simulators.ask('limited', rows);
	const input: Input = { credential, rows, executions: EXECUTIONS };
	const workers = Array.from({ length: processes }, () => Worker.start('pace'));
	try {
		const times = await Promise.all(
			workers.map(async (worker) => (await worker.ask<{ time: number }>(input)).time),
		);
		const { requests, blocked, fewest } = await simulators.ask('limitSoFar');
		const time = Math.max(...times);
		const allowed = ((processes * EXECUTIONS * rows) / PAGE / PER_SECOND) * 1000;
		return { time, requests, pace: time / allowed, blocked: (blocked / requests) * 100, fewest };
	} finally {
		await Promise.all(workers.map(async (worker) => await worker.stop()));
	}
}

export const pace: Part = {
	title: 'The rate limit of Rivilė',
	note: 'Five executions at once in each process, each of which reads 12,000 rows by Return All; the simulated gateway has the documented bucket of 30 tokens, and adds 10 a second, all at once. The time is compared with that of 10 requests a second for the pages alone. One round: the clock decides.',
	async run({ shrink, show }: Settings): Promise<readonly Row[]> {
		return await withSimulators(async (simulators) => {
			const rows: Row[] = [];
			for (const [what, processes] of [
				[ONE_PROCESS, 1],
				[TWO_PROCESSES, 2],
			] as const) {
				const figures = await readAtOnce(simulators, processes, ROWS / shrink);
				rows.push({ what, who: OURS, figures });
			}
			show(rows);
			return rows;
		});
	},
};
