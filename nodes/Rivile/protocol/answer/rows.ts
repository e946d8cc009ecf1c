import { columnNamed, LINES, spelled, type Column } from '../columns';
import { isList, isNode, listOf, NumberToken, part, textOf } from './tree';
import type { Tree, TreeRecord } from './tree';
import { unexpected } from './unexpected';

/** A value of an item. */
export type Value = string | number | null | Value[] | { [name: string]: Value };

/** A receipt or payment, by the gateway's column names. */
export type Row = { [column: string]: Value };

/** Names that only columns have; a row may also contain columns of other tables. */
const ROW_COLUMN = /^I04_/i;
const LINE_COLUMN = /^I05_/i;

/** Whether a record has a column of the table that rows come from. */
export function isRow(record: TreeRecord): boolean {
	return [...record.keys()].some((name) => ROW_COLUMN.test(name));
}

/**
 * Decodes a row by the catalogue: N columns become numbers, C and T columns texts without padding,
 * columns that the specification does not list stay texts, lines become a list.
 * Known names get the catalogue's upper and lower case.
 *
 * @param numbersAsText leaves the N columns as the gateway wrote them
 * @throws Fault (answer) when a column does not contain a single value, the lines are not lines, or
 * there is a row inside the row
 */
export function decodeRow(row: TreeRecord, numbersAsText: boolean): Row {
	return record(withSpelling(row), (name, tree) => {
		if (name === LINES) return linesOf(tree).map((line) => decodeLine(line, numbersAsText));
		return decodeColumn(name, tree, numbersAsText);
	});
}

function decodeLine(line: TreeRecord, numbersAsText: boolean): Row {
	return record(withSpelling(line), (name, tree) => decodeColumn(name, tree, numbersAsText));
}

function withSpelling(row: TreeRecord): TreeRecord {
	// Gateways write their names alike, and there are dozens in each row.
	if ([...row.keys()].every((name) => spelled(name) === name)) return row;
	const known = (name: string) => (row.has(spelled(name)) ? name : spelled(name));
	return new Map([...row].map(([name, tree]) => [known(name), tree]));
}

/** One line is itself, several are a list, none is an empty text or object, or missing. */
function linesOf(tree: Tree): TreeRecord[] {
	return listOf(tree).flatMap((line) => {
		if (!isNode(line)) throw unexpected(`${LINES} contains a value instead of a line`, line);
		// Some converters name the list and its elements alike.
		const inner = line.size === 1 ? part(line, LINES) : undefined;
		if (inner !== undefined) return linesOf(inner);
		if ([...line.keys()].some((name) => LINE_COLUMN.test(name))) return [line];
		throw unexpected(`A line of ${LINES} has no column of ${LINES}`, line);
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

/** What encloses rows and lines, and so is never a column. */
const AROUND = /^(?:RET_DOK|I04|I05)$/i;

/** Anything but a column of the two tables may have any structure, such as a nested table. */
function decodeColumn(name: string, tree: Tree, numbersAsText: boolean): Value {
	if (AROUND.test(name)) throw unexpected(`There is ${name} instead of a column`, tree);
	const column = columnNamed(name);
	const isColumn = column !== undefined || ROW_COLUMN.test(name) || LINE_COLUMN.test(name);
	return isColumn ? decodeValue(name, tree, column, numbersAsText) : decodeAny(tree);
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
	return unpadded(textOf(value));
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
