/** Part 3: calls, one after the other. */
import { rowsOf, type Part, type Row, type Settings } from './lib/part.cts';
import { Worker } from './lib/process.cts';
import { interleaved, type Figures } from './lib/rounds.cts';
import { withSimulators } from './lib/simulators.cts';
import type { Contestant, Input } from './tasks/call.cts';

const CONTESTANTS: readonly Contestant[] = [
	'ours',
	'node-soap + node-forge',
	'bare fetch',
	'bare fetch, a connection each',
];

const CALLS = 1000;

/** Turns before the clock runs: n8n is a server, whose code has been compiled long since. */
const WARM_UPS = 3;

/** Signatures by node-forge would take half a minute a round. */
const FORGE_CALLS = 100;

export const call: Part = {
	title: 'Calls',
	note: 'get_available_services, one call after the other, against the simulator in a process of its own; cpu is the time that the calling process itself needed. n8n opens a connection for each request, node-soap and fetch keep theirs. node-soap with node-forge does 100 calls a round, and is shown for 1,000.',
	async run({ rounds, shrink, show }: Settings): Promise<readonly Row[]> {
		return await withSimulators(async (simulators) => {
			const service = await simulators.ask('klientuPortfelis');
			const listId = await simulators.ask('newList', 1);
			const worker = Worker.start('call');
			const measure = async (who: Contestant) => {
				const calls = (who.startsWith('node-soap') ? FORGE_CALLS : CALLS) / shrink;
				const input: Input = { who, service, listId, calls };
				return await worker.ask<Figures>(input);
			};
			try {
				for (let turn = 0; turn < WARM_UPS; turn++) {
					for (const who of CONTESTANTS) await measure(who);
				}
				const rows = rowsOf('1,000 calls', await interleaved(rounds, CONTESTANTS, measure));
				show(rows);
				return rows;
			} finally {
				await worker.stop();
			}
		});
	},
};
