import { Fault } from '../../../shared/fault';
import { asRecord } from '../../../shared/guards';
import { shown } from '../../../shared/values';
import { collection, type FieldSource } from '../../operation';
import { columnsOf, type Column, type Register } from '../../protocol/catalogue';
import type { Row, Value } from '../../protocol/answer/rows';
import { unknownChoice } from './options';

/** How the rows that were read are sorted. */
export interface Sort {
	readonly column: Column;
	readonly direction: 'ascending' | 'descending';
}

/**
 * The option Sort; undefined when it is not set.
 *
 * @param isAll whether every row is read
 * @throws Fault (input) that names the field
 */
export function sortOf(source: FieldSource, register: Register, isAll: boolean): Sort | undefined {
	const { sort } = collection(source, 'options');
	const { column: name, direction = 'ascending' } = asRecord(sort);
	if (name === undefined && Object.keys(asRecord(sort)).length === 0) return undefined;
	const column = columnsOf(register.table).find(
		(candidate) => candidate.name === name || candidate.english === name,
	);
	if (column === undefined) {
		throw new Fault(
			'input',
			name === undefined || name === ''
				? "'Column' of 'Sort' is empty"
				: `'Column' of 'Sort' is not a column of the register: ${shown(name)}`,
			"Choose a column from the list, or remove 'Sort'.",
		);
	}
	const way = DIRECTIONS.get(String(direction).toLowerCase());
	if (way === undefined) {
		throw unknownChoice(
			'Direction',
			direction,
			'Ascending or Descending',
			'ascending or descending',
		);
	}
	if (isAll) return { column, direction: way };
	throw new Fault(
		'input',
		"'Sort' needs 'Return All'",
		"Turn on 'Return All', or remove 'Sort'. Rivilė chooses which rows a Limit or a page returns, so they are not the first ones in this order. To keep only the first rows, add a Limit node after this one.",
	);
}

const DIRECTIONS = new Map<string, Sort['direction']>([
	['ascending', 'ascending'],
	['asc', 'ascending'],
	['descending', 'descending'],
	['desc', 'descending'],
]);

const ALPHABET = new Intl.Collator('lt');

/**
 * The rows in order of a column: numbers by size, dates by time, texts by alphabet. Rows that have no
 * value in it come last, and rows with the same value stay in the order they came in.
 *
 * @param valueOf gives the value of a row in the column
 */
export function sorted(
	rows: readonly Row[],
	{ column, direction }: Sort,
	valueOf: (row: Row) => Value | undefined,
): Row[] {
	const sign = direction === 'ascending' ? 1 : -1;
	return [...rows].sort((a, b) => {
		const [one, other] = [valueOf(a), valueOf(b)];
		if (isEmpty(one) || isEmpty(other)) return Number(isEmpty(one)) - Number(isEmpty(other));
		return sign * compare(column, one, other);
	});
}

const isEmpty = (value: Value | undefined) => value === undefined || value === null || value === '';

function compare({ type }: Column, one: Value | undefined, other: Value | undefined): number {
	if (type !== 'N') return ALPHABET.compare(String(one), String(other));
	const [a, b] = [Number(one), Number(other)];
	if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
	return a - b;
}
