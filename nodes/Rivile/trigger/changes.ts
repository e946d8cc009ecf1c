import { createHash } from 'node:crypto';

import { excerpt, Fault } from '../../shared/fault';
import { columnIn, I04, type Register } from '../protocol/catalogue';
import type { Row, Value } from '../protocol/answer/rows';

/** The column with the time of the last change, which for a new row is that of its creation. */
export const changedColumn = ({ table }: Register): string => `${table}_R_DATE`;

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
export function changeOf(register: Register, row: Row): string | undefined {
	const value = row[changedColumn(register)];
	// Rivilė's way to say that there is none.
	if (value === null) return '1900-01-01T00:00:00';
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
export function timeOf(register: Register, row: Row): number {
	const point = changeOf(register, row);
	if (point !== undefined) return secondsOf(point);
	const changed = changedColumn(register);
	const instead =
		register === I04
			? " Until then, you can use the event 'Operation Created', which does not need this column."
			: '';
	throw new Fault(
		'answer',
		`The date in ${changed} cannot be read: '${excerpt(String(row[changed] ?? ''), 40)}'`,
		`Ask Rivilė's support why the gateway writes dates in another format. The trigger expects dates such as 2026-01-31T09:00:00. Nothing was emitted, and nothing is lost: the trigger continues as soon as it can read the date.${instead}`,
	);
}

/** The rows sorted by the time of their change, the earliest first. */
export function byChange(register: Register, rows: readonly Row[]): Row[] {
	return rows
		.map((row) => ({ row, change: changeOf(register, row) ?? '' }))
		.sort((a, b) => (a.change < b.change ? -1 : a.change > b.change ? 1 : 0))
		.map(({ row }) => row);
}

/** Whether rows come with their lines, which belong to their content then. */
export const hasLines = ({ lines }: Register, rows: readonly Row[]): boolean =>
	rows.some((row) => lines.some(({ table }) => table in row));

/** The place of a row in its page, which is not part of its content. */
const PLACE = 'Row_number';

/**
 * A fingerprint of a row's content, as a number of 32 bits. Only columns of the specification count,
 * and neither their order nor the notation of dates: an update of the gateway is no change.
 */
export function printOf(register: Register, row: Row): number {
	return createHash('sha256')
		.update(JSON.stringify(contentOf(register, register.table, row)))
		.digest()
		.readUInt32BE(0);
}

function contentOf(
	register: Register,
	table: string,
	row: Readonly<Record<string, Value>>,
): unknown[] {
	const isLines = (name: string) => register.lines.some((line) => line.table === name);
	return Object.entries(row)
		.filter(([name]) => isLines(name) || (columnIn(table, name) !== undefined && name !== PLACE))
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.flatMap(([name, value]) => {
			if (value === null || value === '') return [];
			if (Array.isArray(value)) {
				return [name, value.map((line) => linesContent(register, name, line))];
			}
			const isDate = columnIn(table, name)?.type === 'T' && typeof value === 'string';
			return [name, isDate ? (pointIn(value) ?? value) : value];
		});
}

function linesContent(register: Register, table: string, line: Value): unknown {
	const isRecord = typeof line === 'object' && line !== null && !Array.isArray(line);
	return isRecord ? contentOf(register, table, line) : line;
}
