import { columnNamed, LINES, spelled, type Column } from './fields';
import { isList, isRecord, listOf, NumberToken, part, textOf } from './tree';
import type { Tree, TreeRecord } from './tree';

/** A value of an item. */
export type Value = string | number | null | Value[] | { [name: string]: Value };

/** A receipt or payment, by the gateway's column names. */
export type Row = { [column: string]: Value };

/**
 * Decodes a row by the catalogue: N columns are numbers, C and T columns texts without the blanks
 * they are padded with, columns that the specification does not know stay texts, lines are a list.
 * Known names get the catalogue's upper and lower case.
 *
 * @param numbersAsText leaves the N columns as the gateway wrote them
 */
export function decodeRow(row: TreeRecord, numbersAsText: boolean): Row {
	return record(withSpelling(row), (name, tree) =>
		name === LINES
			? linesOf(tree).map((line) => decodeRow(line, numbersAsText))
			: decode(tree, columnNamed(name), numbersAsText),
	);
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
		if (!isRecord(line)) return [];
		// Some converters name the list and its elements alike.
		const inner = line.size === 1 ? part(line, LINES) : undefined;
		return inner === undefined ? [line] : linesOf(inner);
	});
}

/** An object that has each name as its own; `__proto__`, which code downstream could trip over, is left out. */
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
		return record(tree, (_, inner) => decode(inner, undefined, numbersAsText));
	}
	if (column?.type === 'N') return decodeNumber(tree, column, numbersAsText);
	return unpadded(textOf(tree));
}

/** Character columns come filled up with blanks; blanks at the beginning belong to the text. */
function unpadded(text: string): string {
	let end = text.length;
	while (end > 0 && text[end - 1] === ' ') end--;
	return text.slice(0, end);
}

/** No number that JavaScript holds is written with more characters. */
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
	// What is no number stays the text it came as: nothing is lost.
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
