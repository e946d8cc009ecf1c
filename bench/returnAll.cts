/** Part 6: Return All. */
import { MAX_ROWS } from '../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { count, OURS, type Part, type Row, type Settings } from './lib/part.cts';
import { Worker } from './lib/process.cts';
import { interleaved, type Figures } from './lib/rounds.cts';
import { withSimulators, type Simulators } from './lib/simulators.cts';
import type { Input } from './tasks/returnAll.cts';

const FIXED = 'ours, pages of 1,000';

interface Case {
	readonly what: string;
	readonly who: string;
	readonly from: Input['from'];
	readonly records: number;
	/** The most objects that the service gives at a time. */
	readonly largest?: number;
}

const rows = (records: number): Case => ({
	what: `${count(records)} rows`,
	who: OURS,
	from: 'rivile',
	records,
});

const objects = (records: number, who: string = OURS): Case => ({
	what: `${count(records)} objects`,
	who,
	from: 'klientuPortfelis',
	records,
	largest: who === FIXED ? 1000 : MAX_ROWS,
});

const CASES: ReadonlyMap<string, Case> = new Map(
	[
		rows(10_000),
		rows(20_000),
		rows(100_000),
		objects(25_000),
		objects(25_000, FIXED),
		objects(100_000),
	].map((contestant) => [`${contestant.what}, ${contestant.who}`, contestant]),
);

/** How many rows a request to Rivilė can give. */
const ROWS = 100;

async function inputFor(
	simulators: Simulators,
	{ from, records, largest }: Case,
	shrink: number,
): Promise<Input> {
	const wanted = records / shrink;
	if (from === 'rivile') {
		return { from, records: wanted, credential: await simulators.ask('rivile', wanted) };
	}
	await simulators.ask('limitPages', largest ?? MAX_ROWS);
	const service = await simulators.ask('klientuPortfelis');
	return { from, records: wanted, service, listId: await simulators.ask('listOf', wanted) };
}

async function readAll(simulators: Simulators, input: Input): Promise<Figures> {
	const worker = Worker.start('returnAll', { flags: ['--expose-gc'] });
	try {
		await worker.ask({ ...input, limit: 1 });
		const before = await simulators.ask('requests');
		const figures = await worker.ask<Figures>(input);
		const after = await simulators.ask('requests');
		const requests = after[input.from] - before[input.from];
		if (input.from !== 'rivile') return { ...figures, requests };
		return { ...figures, requests, beyond: requests - Math.ceil(input.records / ROWS) };
	} finally {
		await worker.stop();
	}
}

export const returnAll: Part = {
	title: 'Return All',
	note: `Each measurement in a fresh process in which one record has been read before, so that the start of n8n’s engine is not counted; memory is by how much the process grew at its height, block is how long the event loop stood still, n8n’s own work with the items included. "${FIXED}": the service gives 1,000 objects at a time at most.`,
	async run({ rounds, shrink, show }: Settings): Promise<readonly Row[]> {
		return await withSimulators(async (simulators) => {
			const measured = await interleaved(rounds, [...CASES.keys()], async (name) => {
				const contestant = CASES.get(name);
				if (contestant === undefined) throw new Error(`No case ${name}`);
				return await readAll(simulators, await inputFor(simulators, contestant, shrink));
			});
			const figures = [...CASES].map(([name, { what, who }]): Row => {
				return { what, who, figures: measured[name] ?? {} };
			});
			show(figures);
			return figures;
		});
	},
};
