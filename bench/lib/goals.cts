/** What the figures have to reach, as ratios of one run. */
import { OURS, type Row } from './part.cts';
import type { PartName, Results } from './results.cts';

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

export interface Judged {
	readonly text: string;
	readonly reached: number;
	readonly unit: string;
	readonly met: boolean;
}

/** Reads one figure; NaN, which meets no goal, where it is not there. */
function figure(rows: readonly Row[], what: string, who: string, measure = 'time'): number {
	const row = rows.find((candidate) => candidate.what === what && candidate.who === who);
	return row?.figures[measure] ?? NaN;
}

const highest = (rows: readonly Row[], measure: string): number =>
	Math.max(...rows.filter(({ who }) => who === OURS).map(({ figures }) => figures[measure] ?? 0));

/** How many times as long as ours another contestant takes. */
const times = (what: string, who: string) => (rows: readonly Row[]) =>
	figure(rows, what, who) / figure(rows, what, OURS);

/** How many times as long as another contestant ours takes. */
const timesOf = (what: string, who: string) => (rows: readonly Row[]) => 1 / times(what, who)(rows);

const LARGE = '25,000 objects';
const ADDED = '1,000 objects';

const least = (part: PartName, text: string, limit: number, reached: Goal['reached']): Goal => ({
	part,
	text: `${text}, at least ${limit} times`,
	limit,
	atLeast: true,
	unit: '×',
	reached,
});

const most = (
	part: PartName,
	text: string,
	limit: number,
	unit: string,
	reached: Goal['reached'],
): Goal => ({
	part,
	text: `${text}, at most ${limit} ${unit === '×' ? 'times' : unit}`.trimEnd(),
	limit,
	atLeast: false,
	unit,
	reached,
});

const GOALS: readonly Goal[] = [
	least('decode', 'Decoding 25,000 objects: as fast as xml2js', 2.5, times(LARGE, 'xml2js')),
	least('decode', 'Decoding 25,000 objects: as fast as node-soap', 2.5, times(LARGE, 'node-soap')),
	most(
		'decode',
		'Decoding 25,000 objects: the time of saxes tokenizing only',
		2,
		'×',
		timesOf(LARGE, 'saxes, tokens only'),
	),
	most(
		'decode',
		'Decoding 25,000 objects: the memory of xml2js',
		0.5,
		'×',
		(rows) => figure(rows, LARGE, OURS, 'memory') / figure(rows, LARGE, 'xml2js', 'memory'),
	),
	most('decode', 'Event loop blocked while decoding', 100, 'ms', (rows) => highest(rows, 'block')),
	most('returnAll', 'Event loop blocked during Return All', 100, 'ms', (rows) =>
		highest(rows, 'block'),
	),
	most('sign', 'Signing: the time of bare crypto', 1.1, '×', timesOf('1 signature', 'crypto.sign')),
	least('sign', 'Signing: as fast as node-forge', 50, times('1 signature', 'node-forge')),
	most('call', 'A call: the time of the bare one', 1.5, '×', timesOf('1,000 calls', 'bare fetch')),
	least(
		'batching',
		'1,000 adds at 50 ms: as fast as one at a time',
		8,
		times(ADDED, 'ours, one at a time'),
	),
	least('batching', '1,000 adds at 50 ms: as fast as built-in nodes', 2, (rows) =>
		Math.min(times(ADDED, 'built-in nodes')(rows), times(ADDED, 'built-in nodes, batched')(rows)),
	),
	most(
		'returnAll',
		'Return All: the time of 20,000 rows to that of 10,000',
		2.2,
		'×',
		(rows) => figure(rows, '20,000 rows', OURS) / figure(rows, '10,000 rows', OURS),
	),
	most('returnAll', 'Return All: requests beyond one a page', 2, '', (rows) =>
		highest(rows, 'beyond'),
	),
	most('pack', 'Packed size', 150, 'kB', (rows) => figure(rows, 'packed', OURS, 'size')),
	most('pack', 'Requiring a node', 60, 'ms', (rows) => highest(rows, 'time')),
];

/** Each goal of the parts that were run, with what was reached. */
export function judge({ parts }: Pick<Results, 'parts'>): Judged[] {
	return GOALS.flatMap(({ part, text, unit, limit, atLeast, reached }) => {
		const rows = parts[part];
		if (rows === undefined) return [];
		const value = reached(rows);
		return [{ text, unit, reached: value, met: atLeast ? value >= limit : value <= limit }];
	});
}
