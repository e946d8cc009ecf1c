/** The figures as a picture: bars and ratios, no more. */
import { count, OURS, type Row } from './part.cts';
import type { Results } from './results.cts';
import { mainFigure, ratio, written } from './table.cts';

interface Group {
	readonly title: string;
	readonly rows: readonly Row[];
}

const WIDTH = 800;
const LABELS = 250;
const BARS = 380;
const LINE = 22;
const HEAD = 30;

/** What the picture shows: one case of each part that has something to compare. */
function groupsOf({ parts }: Results): Group[] {
	const pick = (
		title: string,
		rows: readonly Row[] | undefined,
		what: string,
		measure = 'time',
	) => ({
		title,
		rows: (rows ?? []).filter((row) => row.what === what && measure in row.figures),
	});
	const memory = pick('', parts.decode, `${count(25_000)} objects`).rows.map((row) => ({
		...row,
		figures: { size: row.figures.memory ?? NaN },
	}));
	return [
		pick('Decoding 25,000 objects, time', parts.decode, '25,000 objects'),
		{ title: 'Decoding 25,000 objects, memory', rows: memory },
		pick('A signature', parts.sign, '1 signature'),
		pick('1,000 calls', parts.call, '1,000 calls'),
		pick('Adding 1,000 objects, service answers after 50 ms', parts.batching, '1,000 objects'),
		pick('Packed size', parts.pack, 'packed', 'size'),
	].filter(({ rows }) => rows.length > 0);
}

const escape = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const text = (x: number, y: number, kind: string, words: string) =>
	`<text x="${x}" y="${y}" class="${kind}">${escape(words)}</text>`;

function unitOf({ title }: Group): string {
	if (title.includes('memory')) return 'MB';
	return title === 'Packed size' ? 'kB' : 'ms';
}

function drawn(group: Group, top: number): string {
	const longest = Math.max(...group.rows.map(mainFigure));
	const bars = group.rows.map((row, index) => {
		const y = top + HEAD + index * LINE;
		const width = Math.max(1, (mainFigure(row) / longest) * BARS);
		const compared = ratio(row, group.rows);
		const figure = written(mainFigure(row), unitOf(group));
		return [
			text(LABELS - 10, y + 14, 'label', row.who),
			`<rect x="${LABELS}" y="${y + 2}" width="${width.toFixed(1)}" height="${LINE - 6}" rx="2" class="${row.who === OURS ? 'ours' : 'other'}"/>`,
			text(LABELS + width + 8, y + 14, 'figure', compared ? `${figure} (${compared})` : figure),
		].join('');
	});
	return [text(0, top + 18, 'title', group.title), ...bars].join('\n');
}

const STYLE = `
text { font: 13px sans-serif; fill: #1f2328; }
.title { font-weight: bold; }
.label { text-anchor: end; }
.figure { fill: #59636e; }
.ours { fill: #0a7d5a; }
.other { fill: #9aa4af; }
@media (prefers-color-scheme: dark) {
	text { fill: #f0f6fc; }
	.figure { fill: #9198a1; }
	.ours { fill: #3fb68b; }
	.other { fill: #5c6670; }
}`;

/** An SVG of the results, readable on light and dark pages. */
export function chartOf(results: Results): string {
	let top = 0;
	const drawings: string[] = [];
	for (const group of groupsOf(results)) {
		drawings.push(drawn(group, top));
		top += HEAD + group.rows.length * LINE + 16;
	}
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" role="img" aria-label="Time and memory of this package and of what could be used instead">`,
		`<style>${STYLE}\n</style>`,
		...drawings,
		'</svg>\n',
	].join('\n');
}
