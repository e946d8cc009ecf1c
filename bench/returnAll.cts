/** Part 6: Return All. */
import { OURS, type Part, type Row, type Settings } from './lib/part.cts';
import { Worker } from './lib/process.cts';
import { interleaved, type Figures } from './lib/rounds.cts';
import { withSimulators, type Simulators } from './lib/simulators.cts';
import type { Input } from './tasks/returnAll.cts';

const CASES = {
	'10,000 rows': { from: 'rivile', records: 10_000 },
	'20,000 rows': { from: 'rivile', records: 20_000 },
	'100,000 rows': { from: 'rivile', records: 100_000 },
	'100,000 objects': { from: 'klientuPortfelis', records: 100_000 },
} as const;

type Case = keyof typeof CASES;

/** How many records a request can give. */
const PAGE = { rivile: 100, klientuPortfelis: 1000 } as const;

async function inputFor(simulators: Simulators, name: Case, shrink: number): Promise<Input> {
	const { from } = CASES[name];
	const records = CASES[name].records / shrink;
	if (from === 'rivile') {
		return { from, records, credential: await simulators.ask('rivile', records) };
	}
	const service = await simulators.ask('klientuPortfelis');
	return { from, records, service, listId: await simulators.ask('listOf', records) };
}

async function readAll(simulators: Simulators, input: Input): Promise<Figures> {
	const worker = Worker.start('returnAll', { flags: ['--expose-gc'] });
	try {
		await worker.ask({ ...input, limit: 1 });
		const before = await simulators.ask('requests');
		const figures = await worker.ask<Figures>(input);
		const after = await simulators.ask('requests');
		const requests = after[input.from] - before[input.from];
		const pages = Math.ceil(input.records / PAGE[input.from]);
		return { ...figures, requests, beyond: requests - pages };
	} finally {
		await worker.stop();
	}
}

export const returnAll: Part = {
	title: 'Return All',
	note: 'Each measurement in a fresh process in which one record has been read before, so that the start of n8n’s engine is not counted; memory is by how much the process grew at its height, block is how long the event loop stood still, n8n’s own work with the items included.',
	async run({ rounds, shrink, show }: Settings): Promise<readonly Row[]> {
		return await withSimulators(async (simulators) => {
			const names = Object.keys(CASES) as Case[];
			const measured = await interleaved(rounds, names, async (name) => {
				return await readAll(simulators, await inputFor(simulators, name, shrink));
			});
			const rows = names.map((what): Row => ({ what, who: OURS, figures: measured[what] }));
			show(rows);
			return rows;
		});
	},
};
