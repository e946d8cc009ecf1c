/** Figures as people read them. */
import { OURS, type Row } from './part.cts';

interface Measure {
	readonly label: string;
	readonly unit: string;
}

/** The measures there are, in the order of the columns. The first one that is there is compared. */
const MEASURES: ReadonlyMap<string, Measure> = new Map([
	['time', { label: 'Time', unit: 'ms' }],
	['size', { label: 'Packed', unit: 'kB' }],
	['cpu', { label: 'Own CPU', unit: 'ms' }],
	['memory', { label: 'Memory', unit: 'MB' }],
	['block', { label: 'Block', unit: 'ms' }],
	['requests', { label: 'Requests', unit: '' }],
	['beyond', { label: 'Beyond pages', unit: '' }],
	['pace', { label: 'To 10 a second', unit: '×' }],
	['blocked', { label: 'Blocked', unit: '%' }],
	['fewest', { label: 'Fewest tokens left', unit: '' }],
	['files', { label: 'Files', unit: '' }],
]);

export function written(value: number, unit = ''): string {
	const digits = value >= 100 || Number.isInteger(value) ? 0 : value >= 10 ? 1 : 2;
	const text = value.toLocaleString('en-US', {
		minimumFractionDigits: digits,
		maximumFractionDigits: digits,
	});
	return unit === '' ? text : `${text} ${unit}`;
}

/** What is compared of a row: time, or size where there is none. */
export const mainFigure = ({ figures }: Row): number => figures.time ?? figures.size ?? NaN;

/** By how much more than ours; empty where there is nothing to compare. */
export function ratio(row: Row, rows: readonly Row[]): string {
	const ours = rows.find(({ what, who }) => what === row.what && who === OURS);
	if (ours === undefined || ours === row) return '';
	const times = mainFigure(row) / mainFigure(ours);
	return `${times.toFixed(times < 10 ? 2 : 0)} ×`;
}

/** Head and body of the table of these rows. */
export function cells(rows: readonly Row[]): string[][] {
	const measures = [...MEASURES].filter(([name]) => rows.some(({ figures }) => name in figures));
	const compared = rows.some((row) => ratio(row, rows) !== '');
	const head = ['Case', 'By', ...measures.map(([, { label }]) => label)];
	const body = rows.map((row) => [
		row.what,
		row.who,
		...measures.map(([name, { unit }]) => {
			const value = row.figures[name];
			return value === undefined ? '' : written(value, unit);
		}),
		...(compared ? [ratio(row, rows)] : []),
	]);
	return [compared ? [...head, 'To ours'] : head, ...body];
}

/** For the screen: columns under each other, figures to the right. */
export function onScreen(rows: readonly Row[]): string {
	const table = cells(rows);
	const widths = (table[0] ?? []).map((_, column) =>
		Math.max(...table.map((line) => line[column]?.length ?? 0)),
	);
	const lines = table.map((line) =>
		line
			.map((cell, column) => {
				const width = widths[column] ?? 0;
				return column < 2 ? cell.padEnd(width) : cell.padStart(width);
			})
			.join('  '),
	);
	return lines.map((line) => `  ${line.trimEnd()}`).join('\n');
}

/** For a Markdown document. */
export function inMarkdown(rows: readonly Row[]): string {
	const [head = [], ...body] = cells(rows);
	const rule = head.map((_, column) => (column < 2 ? '---' : '--:'));
	return [head, rule, ...body].map((line) => `| ${line.join(' | ')} |`).join('\n');
}
