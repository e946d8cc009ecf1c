/** What the figures have to reach, as ratios of one run. */
import { OURS, type Row } from './part.cts';
import type { PartName, Results } from './results.cts';
import { written } from './table.cts';

interface Goal {
	readonly part: PartName;
	readonly text: string;
	readonly limit: number;
	/** Whether more is better. */
	readonly atLeast: boolean;
	readonly unit: string;
	/** The figure that is held against the limit. */
	reached(rows: readonly Row[]): number;
}

/** A goal in words, and what became of it. */
export interface Judged {
	readonly text: string;
	readonly goal: string;
	readonly reached: string;
	readonly met: boolean;
}

/** Reads one figure; NaN, which meets no goal, where it is not there. */
function figure(rows: readonly Row[], what: string, who: string, measure = 'time'): number {
	const row = rows.find((candidate) => candidate.what === what && candidate.who === who);
	return row?.figures[measure] ?? NaN;
}

/** The highest of ours. */
const highest = (measure: string) => (rows: readonly Row[]) =>
	Math.max(...rows.filter(({ who }) => who === OURS).map(({ figures }) => figures[measure] ?? 0));

/** How many times as long as ours another contestant takes. */
const times = (what: string, who: string) => (rows: readonly Row[]) =>
	figure(rows, what, who) / figure(rows, what, OURS);

/** How many times as long as another contestant ours takes. */
const timesOf = (what: string, who: string) => (rows: readonly Row[]) => 1 / times(what, who)(rows);

const LARGE = '25,000 objects';
const ADDED = '1,000 objects';

/** The cases of the part `pace`. */
export const ONE_PROCESS = 'one process';
export const TWO_PROCESSES = 'two processes, one key';

type Reached = Goal['reached'];

function least(part: PartName, text: string, limit: number, reached: Reached): Goal {
	return { part, text, limit, atLeast: true, unit: '×', reached };
}

function most(part: PartName, text: string, limit: number, unit: string, reached: Reached): Goal {
	return { part, text, limit, atLeast: false, unit, reached };
}

const DECODING = 'Decoding 25,000 objects';
const PACE = 'Rivilė, 12,000 rows in each of 5 executions at once';
const ADDING = 'Adding 1,000 objects at 50 ms';

const GOALS: readonly Goal[] = [
	least('decode', `${DECODING}: xml2js to ours`, 2.5, times(LARGE, 'xml2js')),
	least('decode', `${DECODING}: node-soap to ours`, 2.5, times(LARGE, 'node-soap')),
	most('decode', `${DECODING}: ours to tokens only`, 2, '×', timesOf(LARGE, 'saxes, tokens only')),
	most('decode', `${DECODING}: memory, ours to xml2js`, 0.5, '×', (rows) => {
		return figure(rows, LARGE, OURS, 'memory') / figure(rows, LARGE, 'xml2js', 'memory');
	}),
	most('decode', 'Decoding: longest stop of the event loop', 100, 'ms', highest('block')),
	most('returnAll', 'Return All: longest stop of the event loop', 100, 'ms', highest('block')),
	most('sign', 'Signing: ours to bare crypto', 1.1, '×', timesOf('1 signature', 'crypto.sign')),
	least('sign', 'Signing: node-forge to ours', 50, times('1 signature', 'node-forge')),
	most('call', 'Calls: ours to bare fetch', 1.5, '×', timesOf('1,000 calls', 'bare fetch')),
	least('batching', `${ADDING}: one at a time to ours`, 8, times(ADDED, 'ours, one at a time')),
	least('batching', `${ADDING}: built-in nodes to ours`, 2, (rows) => {
		const chains = ['built-in nodes', 'built-in nodes, batched'];
		return Math.min(...chains.map((who) => times(ADDED, who)(rows)));
	}),
	least('sync', 'Sync of 1,000 additions at 50 ms: one at a time to ours', 4.5, (rows) => {
		return times('1,000 additions', 'ours, one at a time')(rows);
	}),
	most('sync', 'Sync of 25,000 objects as they are: beyond reading them', 500, 'ms', (rows) => {
		return figure(rows, LARGE, OURS, 'cpu') - figure(rows, LARGE, 'reading alone', 'cpu');
	}),
	most('returnAll', 'Return All: 20,000 rows to 10,000', 2.2, '×', (rows) => {
		return figure(rows, '20,000 rows', OURS) / figure(rows, '10,000 rows', OURS);
	}),
	most('returnAll', 'Return All: requests beyond one a page of rows', 2, '', highest('beyond')),
	most('returnAll', `Return All: requests for ${LARGE}`, 6, '', (rows) => {
		return figure(rows, LARGE, OURS, 'requests');
	}),
	most('returnAll', `Return All: longest stop of the event loop, ${LARGE}`, 60, 'ms', (rows) => {
		return figure(rows, LARGE, OURS, 'block');
	}),
	most('returnAll', `Return All: memory, ${LARGE}, to pages of 1,000`, 1.2, '×', (rows) => {
		const fixed = figure(rows, LARGE, 'ours, pages of 1,000', 'memory');
		return figure(rows, LARGE, OURS, 'memory') / fixed;
	}),
	most('pace', `${PACE}: time, to 10 requests a second`, 1.1, '×', (rows) => {
		return figure(rows, ONE_PROCESS, OURS, 'pace');
	}),
	most('pace', `${PACE}: blocked requests`, 0, '%', (rows) => {
		return figure(rows, ONE_PROCESS, OURS, 'blocked');
	}),
	most('pace', `${PACE}, in each of two processes: blocked requests`, 1, '%', (rows) => {
		return figure(rows, TWO_PROCESSES, OURS, 'blocked');
	}),
	most('pack', 'Packed size', 180, 'kB', (rows) => figure(rows, 'packed', OURS, 'size')),
	most('pack', 'Longest require of a node', 60, 'ms', highest('time')),
];

/** Each goal of the parts that were run, with what was reached. */
export function judge({ parts }: Pick<Results, 'parts'>): Judged[] {
	return GOALS.flatMap(({ part, text, unit, limit, atLeast, reached }) => {
		const rows = parts[part];
		if (rows === undefined) return [];
		const value = reached(rows);
		const goal = `${atLeast ? 'at least' : 'at most'} ${limit} ${unit}`.trimEnd();
		const met = atLeast ? value >= limit : value <= limit;
		return [{ text, goal, reached: written(value, unit), met }];
	});
}
