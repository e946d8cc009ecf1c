/** Part 5: List → Sync. */
import { OURS, rowsOf, type Part, type Row, type Settings } from './lib/part.cts';
import { Worker } from './lib/process.cts';
import { interleaved, type Figures } from './lib/rounds.cts';
import { withSimulators, type Simulators } from './lib/simulators.cts';
import type { Input } from './tasks/sync.cts';

/** Milliseconds that the service takes for a response. */
const ANSWER_TIME = 50;

const ADDITIONS = 1000;
const OBJECTS = 25_000;

const ADDERS = { [OURS]: {}, 'ours, one at a time': { batchSize: 1 } } as const;

const READERS = { [OURS]: {}, 'reading alone': { readingAlone: true } } as const;

/** Adds objects to a list of their own, and sees that each has arrived. */
async function add(
	simulators: Simulators,
	worker: Worker,
	who: keyof typeof ADDERS,
	objects: number,
): Promise<Figures> {
	const service = await simulators.ask('klientuPortfelis');
	const listId = await simulators.ask('newList', 0);
	const codes = Array.from({ length: objects }, (_, n) => String(42_000_000_000 + n));
	const input: Input = { ...ADDERS[who], service, listId, codes };
	const figures = await worker.ask<Figures>(input);
	const arrived = await simulators.ask('objectsIn', listId);
	if (arrived !== objects) throw new Error(`${who}: ${arrived} of ${objects} objects arrived`);
	return figures;
}

async function additions(settings: Settings, simulators: Simulators, worker: Worker) {
	await simulators.ask('verifyQuickly');
	await simulators.ask('delayAdding', ANSWER_TIME);
	const names = Object.keys(ADDERS) as Array<keyof typeof ADDERS>;
	for (const who of names) await add(simulators, worker, who, 20);
	return await interleaved(settings.rounds, names, async (who) => {
		return await add(simulators, worker, who, ADDITIONS / settings.shrink);
	});
}

async function unchanged(settings: Settings, simulators: Simulators, worker: Worker) {
	const service = await simulators.ask('klientuPortfelis');
	const listId = await simulators.ask('listOf', OBJECTS / settings.shrink);
	const codes = await simulators.ask('codesIn', listId);
	const names = Object.keys(READERS) as Array<keyof typeof READERS>;
	const measure = async (who: keyof typeof READERS) =>
		await worker.ask<Figures>({ ...READERS[who], service, listId, codes });
	for (const who of names) await measure(who);
	return await interleaved(settings.rounds, names, measure);
}

export const sync: Part = {
	title: 'Sync',
	note: 'Additions go to a service that responds after 50 ms, five at a time as usual and one at a time. The list of 25,000 objects is already as the 25,000 input items want it; reading alone is Get Many with Return All, and n8n’s Edit Fields giving the code of each item.',
	async run(settings: Settings): Promise<readonly Row[]> {
		return await withSimulators(async (simulators) => {
			const worker = Worker.start('sync');
			try {
				const rows = [
					...rowsOf('1,000 additions', await additions(settings, simulators, worker)),
					...rowsOf('25,000 objects', await unchanged(settings, simulators, worker)),
				];
				settings.show(rows);
				return rows;
			} finally {
				await worker.stop();
			}
		});
	},
};
