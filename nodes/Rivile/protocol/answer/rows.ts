import { columnIn, columnNamed, tableOf, type Column, type Register } from '../catalogue';
import { isList, isNode, listOf, NumberToken, part, textOf } from './tree';
import type { Tree, TreeRecord } from './tree';
import { unexpected } from './unexpected';

/** A value of an item. */
export type Value = string | number | null | Value[] | { [name: string]: Value };

/** A row of a register, by the gateway's column names. */
export type Row = { [column: string]: Value };

/** The point of time that stands for none. */
const NO_DATE = /^1900-01-01(?:[T ]00:00:00(?:\.0+)?Z?)?$/;

/** Whether a record has a column of the table that rows come from. */
export function isRow({ table }: Register, record: TreeRecord): boolean {
	return [...record.keys()].some((name) => tableOf(name) === table);
}

/** How values are decoded. */
interface Decoding {
	readonly register: Register;
	/** Leaves the N columns as the gateway wrote them. */
	readonly numbersAsText: boolean;
}

/**
 * Decodes a row by the catalogue: N columns become numbers, C and T columns texts without padding,
 * 1900-01-01 becomes null, columns that the catalogue does not list stay texts, lines become lists.
 * Names get the catalogue's upper and lower case.
 *
 * @param numbersAsText leaves the N columns as the gateway wrote them
 * @throws Fault (answer) when a column does not contain a single value, the lines are not lines, or
 * there is a row inside the row
 */
export function decodeRow(register: Register, row: TreeRecord, numbersAsText: boolean): Row {
	return decodeRecord({ register, numbersAsText }, register.table, row);
}

/** Decodes a row or a line of a table. */
function decodeRecord(decoding: Decoding, table: string, parts: TreeRecord): Row {
	return record(withSpelling(table, parts), (name, tree) => {
		const isLines = decoding.register.lines.some((line) => line.table === name);
		return isLines && name !== table
			? linesOf(name, tree).map((line) => decodeRecord(decoding, name, line))
			: decodeColumn(decoding, table, name, tree);
	});
}

/** A name in the catalogue's upper and lower case; as it is when it is no column's or table's. */
function spelled(table: string, name: string): string {
	const known = columnNamed(table, name)?.name;
	return known ?? (/^[A-Z]\d\d(?:_|$)/i.test(name) ? name.toUpperCase() : name);
}

function withSpelling(table: string, row: TreeRecord): TreeRecord {
	// Gateways write their names alike, and there are dozens in each row.
	if ([...row.keys()].every((name) => spelled(table, name) === name)) return row;
	const known = (name: string) => {
		const usual = spelled(table, name);
		return row.has(usual) ? name : usual;
	};
	return new Map([...row].map(([name, tree]) => [known(name), tree]));
}

/** One line is itself, several are a list, none is an empty text or object, or missing. */
function linesOf(table: string, tree: Tree): TreeRecord[] {
	return listOf(tree).flatMap((line) => {
		if (!isNode(line)) throw unexpected(`${table} contains a value instead of a line`, line);
		// Some converters name the list and its elements alike.
		const inner = line.size === 1 ? part(line, table) : undefined;
		if (inner !== undefined) return linesOf(table, inner);
		if ([...line.keys()].some((name) => tableOf(name) === table)) return [line];
		throw unexpected(`A line of ${table} has no column of ${table}`, line);
	});
}

/** An object with these names; `__proto__` is left out, as it could break code downstream. */
function record(
	parts: TreeRecord,
	decodePart: (name: string, tree: Tree) => Value,
): { [name: string]: Value } {
	const decoded: { [name: string]: Value } = {};
	for (const [name, tree] of parts) {
		if (name !== '__proto__') decoded[name] = decodePart(name, tree);
	}
	return decoded;
}

/** Anything but a column of the register's tables may have any structure, such as a nested table. */
function decodeColumn(
	{ register, numbersAsText }: Decoding,
	table: string,
	name: string,
	tree: Tree,
): Value {
	const tables = [register.table, ...register.lines.map((line) => line.table)];
	if (['RET_DOK', ...tables].includes(name.toUpperCase())) {
		throw unexpected(`There is ${name} instead of a column`, tree);
	}
	const column = columnNamed(table, name);
	const isOwn = columnIn(table, name) !== undefined || tables.includes(tableOf(name) ?? '');
	const isValue = !isList(tree) && !isNode(tree);
	return isOwn || (column !== undefined && isValue)
		? decodeValue(name, tree, column, numbersAsText)
		: decodeAny(tree);
}

function decodeValue(
	name: string,
	tree: Tree,
	column: Column | undefined,
	numbersAsText: boolean,
): Value {
	// An empty element is an empty object or list in some JSON responses, and a value a list of one.
	if (isList(tree) && tree.length > 1)
		throw unexpected(`The column ${name} appears more than once`, tree);
	if (isList(tree)) return decodeValue(name, tree[0] ?? '', column, numbersAsText);
	if (isNode(tree) && tree.size > 0)
		throw unexpected(`The column ${name} does not contain a single value`, tree);
	const value = isNode(tree) ? '' : tree;
	if (column?.type === 'N') return decodeNumber(value, column, numbersAsText);
	const text = unpadded(textOf(value));
	return column?.type === 'T' && NO_DATE.test(text) ? null : text;
}

function decodeAny(tree: Tree): Value {
	if (isList(tree)) return tree.length === 0 ? '' : tree.map(decodeAny);
	if (!isNode(tree)) return unpadded(textOf(tree));
	return tree.size === 0 ? '' : record(tree, (_, inner) => decodeAny(inner));
}

/** Character columns are padded with spaces at the end; those at the beginning belong to the text. */
function unpadded(text: string): string {
	let end = text.length;
	while (end > 0 && text[end - 1] === ' ') end--;
	return text.slice(0, end);
}

/** No number of JavaScript is written with more characters. */
const LONGEST_NUMBER = 1000;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function decodeNumber(
	tree: string | NumberToken,
	column: Column,
	numbersAsText: boolean,
): string | number | null {
	const text = textOf(tree).trim();
	if (text === '') return null;
	if (numbersAsText) return tree instanceof NumberToken ? withDecimals(text, column) : text;
	const number = Number(text);
	// Anything but a number stays text, so nothing is lost.
	if (text.length > LONGEST_NUMBER || !DECIMAL.test(text) || !Number.isFinite(number)) return text;
	return number === 0 ? 0 : number;
}

/**
 * A JSON number has lost the zeros at its end that the same value has in XML: `10.5` is `10.50`. With
 * an exponent it is written as XML would write it too, so it stays.
 */
function withDecimals(text: string, { decimals }: Column): string {
	if (decimals === 0 || /[eE]/.test(text)) return text;
	const [whole = '', fraction = ''] = text.split('.');
	return `${whole}.${fraction.padEnd(decimals, '0')}`;
}
