import { columnNamed, LINES, type Column } from './fields';
import { NumberToken, type Tree } from './tree';

/** A value of an item. */
export type Value = string | number | null | Value[] | { [name: string]: Value };

/** A receipt or payment, by the gateway's column names. */
export type Row = { [column: string]: Value };

/**
 * Decodes a row by the catalogue: N columns are numbers, C and T columns texts without the blanks
 * they are padded with, columns that the specification does not know stay texts, lines are a list.
 *
 * @param numbersAsText leaves the N columns as the gateway wrote them
 */
export function decodeRow(row: ReadonlyMap<string, Tree>, numbersAsText: boolean): Row {
	return record(row, (name, tree) =>
		name === LINES
			? linesOf(tree).map((line) => decodeRow(line, numbersAsText))
			: decode(tree, columnNamed(name), numbersAsText),
	);
}

/** One line is itself, several are a list, none is an empty text or object, or missing. */
function linesOf(tree: Tree): Array<ReadonlyMap<string, Tree>> {
	return listOf(tree).filter((line): line is ReadonlyMap<string, Tree> => isRecord(line));
}

/** Makes a list of what collapsed into one or none. */
export function listOf(tree: Tree | undefined): Tree[] {
	if (tree === undefined || isEmpty(tree)) return [];
	return isList(tree) ? tree.flatMap(listOf) : [tree];
}

/** Whether there is nothing in it: no text but blanks, no part, no element. */
export function isEmpty(tree: Tree): boolean {
	if (typeof tree === 'string') return tree.trim() === '';
	if (isList(tree)) return tree.length === 0;
	return isRecord(tree) && tree.size === 0;
}

export function isList(tree: Tree): tree is readonly Tree[] {
	return Array.isArray(tree);
}

export function isRecord(tree: Tree | undefined): tree is ReadonlyMap<string, Tree> {
	return tree instanceof Map;
}

/** An object that has each name as its own; `__proto__`, which code downstream could trip over, is left out. */
function record(
	parts: ReadonlyMap<string, Tree>,
	decodePart: (name: string, tree: Tree) => Value,
): { [name: string]: Value } {
	const entries = [...parts].filter(([name]) => name !== '__proto__');
	return Object.fromEntries(entries.map(([name, tree]) => [name, decodePart(name, tree)]));
}

function decode(tree: Tree, column: Column | undefined, numbersAsText: boolean): Value {
	if (isList(tree)) {
		const [only] = tree;
		if (only === undefined) return column?.type === 'N' ? null : '';
		if (column !== undefined && tree.length === 1) return decode(only, column, numbersAsText);
		return tree.map((element) => decode(element, column, numbersAsText));
	}
	if (isRecord(tree)) {
		// An empty element is an empty object in some JSON answers.
		if (tree.size === 0) return column?.type === 'N' ? null : '';
		return record(tree, (_, part) => decode(part, undefined, numbersAsText));
	}
	if (column?.type === 'N') return decodeNumber(tree, column, numbersAsText);
	return unpadded(textOf(tree));
}

/** The text of a value, as it was sent; XML parsers make every line end a line feed. */
export function textOf(tree: string | NumberToken): string {
	return tree instanceof NumberToken ? tree.text : tree.replace(/\r\n?/g, '\n');
}

/** Character columns come filled up with blanks; blanks at the beginning belong to the text. */
function unpadded(text: string): string {
	let end = text.length;
	while (end > 0 && text[end - 1] === ' ') end--;
	return text.slice(0, end);
}

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
	// What is no number stays the text it came as: nothing is lost.
	if (!DECIMAL.test(text) || !Number.isFinite(number)) return text;
	return number === 0 ? 0 : number;
}

/** A JSON number has lost the zeros at its end that the same value has in XML: `10.5` is `10.50`. */
function withDecimals(text: string, { decimals }: Column): string {
	const fixed = Number(text).toFixed(decimals);
	if (/[eE]/.test(text)) return Number(fixed) === Number(text) ? fixed : text;
	const [whole = '', fraction = ''] = text.split('.');
	return decimals === 0 ? text : `${whole}.${fraction.padEnd(decimals, '0')}`;
}
