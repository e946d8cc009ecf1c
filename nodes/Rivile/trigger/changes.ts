import { createHash } from 'node:crypto';

import { excerpt, Fault } from '../../shared/fault';
import { columnNamed, LINES } from '../protocol/columns';
import type { Row, Value } from '../protocol/answer/rows';

/** The column with the time of the last change, which for a new operation is that of its creation. */
export const CHANGED = 'I04_R_DATE';

/**
 * A date with a time, with dashes or dots, a space or a T between, fractions of a second, and a Z that
 * counts for nothing: the column has no zone.
 */
const POINT = /^(\d{4})([-.])(\d\d)\2(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?Z?)?$/;

/** The point of time in a text, as YYYY-MM-DDTHH:MM:SS; undefined when it cannot be read for certain. */
export function pointIn(text: string): string | undefined {
	const [match, year, , month, day, hour = '00', minute = '00', second = '00'] =
		POINT.exec(text.trim()) ?? [];
	if (match === undefined) return undefined;
	const point = `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour}:${minute}:${second}`;
	const date = new Date(`${point}Z`);
	return Number.isNaN(date.getTime()) || !date.toISOString().startsWith(point) ? undefined : point;
}

/** The time of a row's change, as YYYY-MM-DDTHH:MM:SS; undefined when it cannot be read. */
export function changeOf(row: Row): string | undefined {
	const value = row[CHANGED];
	return typeof value === 'string' ? pointIn(value) : undefined;
}

/** Seconds since 1970, for a point of time of no particular zone. */
export const secondsOf = (point: string): number => Date.parse(`${point}Z`) / 1000;

/** A point of time as YYYY-MM-DDTHH:MM:SS. */
export const pointOf = (seconds: number): string =>
	new Date(seconds * 1000).toISOString().slice(0, 19);

/**
 * The time of a row's change in seconds.
 *
 * @throws Fault (answer) when it cannot be read: changes are recognized by it
 */
export function timeOf(row: Row): number {
	const point = changeOf(row);
	if (point !== undefined) return secondsOf(point);
	throw new Fault(
		'answer',
		`The date in ${CHANGED} cannot be read: '${excerpt(String(row[CHANGED] ?? ''), 40)}'`,
		"Ask Rivilė's support why the gateway writes dates in another format. The trigger expects dates such as 2026-01-31T09:00:00. Nothing was emitted, and nothing is lost: the trigger continues as soon as it can read the date. Until then, you can use the event 'Operation Created', which does not need this column.",
	);
}

/** The rows sorted by the time of their change, the earliest first. */
export function byChange(rows: readonly Row[]): Row[] {
	return rows
		.map((row) => ({ row, change: changeOf(row) ?? '' }))
		.sort((a, b) => (a.change < b.change ? -1 : a.change > b.change ? 1 : 0))
		.map(({ row }) => row);
}

/** Whether rows come with their lines, which belong to their content then. */
export const hasLines = (rows: readonly Row[]): boolean => rows.some((row) => LINES in row);

/** The place of a row in its page, which is not part of its content. */
const PLACE = 'Row_number';

/**
 * A fingerprint of a row's content, as a number of 32 bits. Only columns of the specification count,
 * and neither their order nor the notation of dates: an update of the gateway is no change.
 */
export function printOf(row: Row): number {
	return createHash('sha256')
		.update(JSON.stringify(contentOf(row)))
		.digest()
		.readUInt32BE(0);
}

function contentOf(row: Readonly<Record<string, Value>>): unknown[] {
	return Object.entries(row)
		.filter(([name]) => name === LINES || (columnNamed(name) !== undefined && name !== PLACE))
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.flatMap(([name, value]) => {
			if (value === null || value === '') return [];
			if (Array.isArray(value)) return [name, value.map(linesContent)];
			const isDate = columnNamed(name)?.type === 'T' && typeof value === 'string';
			return [name, isDate ? (pointIn(value) ?? value) : value];
		});
}

function linesContent(line: Value): unknown {
	return typeof line === 'object' && line !== null && !Array.isArray(line) ? contentOf(line) : line;
}
