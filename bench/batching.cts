/** Part 4: objects added one at a time, several at a time, and by n8n's own nodes. */
import { rowsOf, type Part, type Row, type Settings } from './lib/part.cts';
import { Worker } from './lib/process.cts';
import { interleaved, type Figures } from './lib/rounds.cts';
import { withSimulators, type Simulators } from './lib/simulators.cts';
import type { Input } from './tasks/batching.cts';

/** Milliseconds that the service takes for an answer. */
const ANSWER_TIME = 50;

const OBJECTS = 1000;

/** One at a time takes a minute for all of them, and each as long as the other. */
const OBJECTS_ONE_AT_A_TIME = 100;

const CONTESTANTS = {
	ours: { by: 'node', batch: { batchSize: 250, batchInterval: 0 } },
	'ours, one at a time': { by: 'node', batch: { batchSize: 1, batchInterval: 0 } },
	'built-in nodes': { by: 'chain' },
	'built-in nodes, batched': { by: 'chain', batch: { batchSize: 50, batchInterval: 1 } },
} as const satisfies Record<string, Pick<Input, 'by' | 'batch'>>;

type Contestant = keyof typeof CONTESTANTS;

/** Adds objects to a list of their own, and sees that each has arrived. */
async function add(simulators: Simulators, worker: Worker, who: Contestant, objects: number) {
	const service = await simulators.ask('klientuPortfelis');
	const listId = await simulators.ask('newList', 0);
	const input: Input = { ...CONTESTANTS[who], service, listId, objects };
	const figures = await worker.ask<Figures>(input);
	const arrived = await simulators.ask('objectsIn', listId);
	if (arrived !== objects) throw new Error(`${who}: ${arrived} of ${objects} objects arrived`);
	return figures;
}

export const batching: Part = {
	title: 'Adding objects',
	note: 'The service answers after 50 ms; ours is with 250 items per batch. One at a time adds 100 objects a round, and is shown for 1,000. The built-in nodes are Edit Fields, Crypto, HTTP Request, XML, Filter (what was refused) and Edit Fields (id, code and name out of their wrappings); HTTP Request sends all at once unless it is told to batch (50, every millisecond).',
	async run({ rounds, shrink, show }: Settings): Promise<readonly Row[]> {
		return await withSimulators(async (simulators) => {
			// With a millisecond for each signature all would wait for the one service most of the time.
			await simulators.ask('verifyQuickly');
			await simulators.ask('delayAdding', ANSWER_TIME);
			const worker = Worker.start('batching');
			const names = Object.keys(CONTESTANTS) as Contestant[];
			try {
				for (const who of names) await add(simulators, worker, who, 20);
				const figures = await interleaved(rounds, names, async (who) => {
					const slow = who === 'ours, one at a time';
					const objects = (slow ? OBJECTS_ONE_AT_A_TIME : OBJECTS) / shrink;
					return await add(simulators, worker, who, objects);
				});
				const rows = rowsOf('1,000 objects', figures);
				show(rows);
				return rows;
			} finally {
				await worker.stop();
			}
		});
	},
};
