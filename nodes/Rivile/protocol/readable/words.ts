import type { Row, Value } from '../answer/rows';
import { columnIn, type Column, type Register } from '../catalogue';

/** Which names the columns of items have: English ones, or Rivilė's own. */
export type ColumnNames = 'english' | 'rivile';

/** A point of time at midnight, which is how Rivilė writes a date. */
const MIDNIGHT = /^(\d{4}-\d{2}-\d{2})[T ]00:00:00(?:\.0+)?$/;

/**
 * A row in words: English names of columns and lists of lines, words for coded values, and dates without
 * an empty time. A column that the catalogue does not know keeps its name and value, and so does one
 * whose English name the row already has, so that no value is lost.
 */
export function readableRow(register: Register, row: Row): Row {
	return renamed(row, (name, value) => {
		const list = register.lines.find((line) => line.table === name);
		if (list === undefined) return columnOf(register.table, name, value);
		const lines = Array.isArray(value) ? value.map((line) => readableLine(name, line)) : value;
		return [list.english, lines];
	});
}

/** A line in words, the same way as a row. */
export function readableLine(table: string, line: Value): Value {
	const isRecord = typeof line === 'object' && line !== null && !Array.isArray(line);
	if (!isRecord) return line;
	return renamed(line, (name, value) => columnOf(table, name, value));
}

function renamed(row: Row, rename: (name: string, value: Value) => readonly [string, Value]): Row {
	const readable: Row = {};
	for (const [name, value] of Object.entries(row)) {
		const [english, words] = rename(name, value);
		const isTaken =
			english !== name && (Object.hasOwn(row, english) || Object.hasOwn(readable, english));
		readable[isTaken ? name : english] = words;
	}
	return readable;
}

function columnOf(table: string, name: string, value: Value): readonly [string, Value] {
	const column = columnIn(table, name);
	return column === undefined ? [name, value] : [column.english, inWords(column, value)];
}

/** The word for a coded value, or a date without an empty time; every other value as it is. */
export function inWords({ type, values }: Column, value: Value): Value {
	if (typeof value !== 'string' && typeof value !== 'number') return value;
	if (type === 'T') return MIDNIGHT.exec(String(value))?.[1] ?? value;
	if (values === undefined) return value;
	const code = String(value).trim();
	return Object.hasOwn(values, code) ? (values[code]?.word ?? value) : value;
}

/**
 * One row for each line of a row: the columns of the row, then those of the line. A row without lines
 * stays one row.
 *
 * @param names english: readable rows; the columns of lines then begin with `line`, as in `lineAmount`,
 * because rows and lines have names in common
 */
export function rowsPerLine(register: Register, row: Row, names: ColumnNames): Row[] {
	const header: Row = { ...row };
	const lines: Row[] = [];
	for (const list of register.lines) {
		const key = names === 'english' ? list.english : list.table;
		const given = Object.hasOwn(row, key) ? row[key] : undefined;
		delete header[key];
		for (const line of Array.isArray(given) ? given : []) {
			const isRecord = typeof line === 'object' && line !== null && !Array.isArray(line);
			lines.push(isRecord ? line : { [key]: line });
		}
	}
	if (lines.length === 0) return [header];
	return lines.map((line) => ({
		...header,
		...(names === 'english' ? prefixed(header, line) : line),
	}));
}

function prefixed(header: Row, line: Row): Row {
	const named: Row = {};
	for (const [name, value] of Object.entries(line)) {
		const long = /^line[A-Z]/.test(name)
			? name
			: `line${name.charAt(0).toUpperCase()}${name.slice(1)}`;
		const isOwn = !/^[a-z]/.test(name);
		named[isOwn || Object.hasOwn(header, long) ? name : long] = value;
	}
	return named;
}
