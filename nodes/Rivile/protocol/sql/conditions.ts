/**
 * The conditions that the node adds to the user's own: which keys a page may hold, and from when on
 * rows are read. Each can be joined to others with `and`.
 */
import type { ColumnType } from '../catalogue';
import { keyLiteral, pointLiteral } from './literals';
import { timeRangeOf } from './timeRange';

/** A column of a register's key. */
export interface KeyColumn {
	readonly name: string;
	readonly type: ColumnType;
}

/** The columns of a register's key, in the order in which the register is sorted by them. */
export type KeyColumns = readonly KeyColumn[];

/** A column of a key: a text, a number in plain digits, YYYY-MM-DDTHH:MM:SS, or null for no value. */
type Part = string | null;

/** The key of a row, column by column. */
export type Key = readonly Part[];

/** Keys between two others, neither of them included. */
interface Between {
	readonly above?: Key;
	readonly below?: Key;
}

/** A condition that no row meets. Joined to another one, it lets the database check that one only. */
export const NO_ROW = '1 = 0';

/**
 * Joins conditions, all of which a row must meet.
 *
 * @returns one condition in parentheses; undefined when none was given
 */
export function and(...conditions: [...Array<string | undefined>, string]): string;
export function and(...conditions: Array<string | undefined>): string | undefined;
export function and(...conditions: Array<string | undefined>): string | undefined {
	const given = conditions.filter((condition) => condition !== undefined);
	return given.length === 0 ? undefined : `(${given.join(' AND ')})`;
}

/**
 * Joins conditions, one of which a row must meet.
 *
 * @returns one condition in parentheses; undefined when none was given
 */
export function or(conditions: readonly string[]): string | undefined {
	return conditions.length === 0 ? undefined : `(${conditions.join(' OR ')})`;
}

/** The rows whose key comes after this one. */
export function keyAbove(columns: KeyColumns, key: Key): string {
	return bound('>', '>', columns, key);
}

/** The row with this key, and those whose key comes after it. */
export function keyFrom(columns: KeyColumns, key: Key): string {
	return bound('>', '>=', columns, key);
}

/** The rows whose key comes before this one. */
export function keyBelow(columns: KeyColumns, key: Key): string {
	return bound('<', '<', columns, key);
}

/** The row with this key, and those whose key comes before it. */
export function keyUpTo(columns: KeyColumns, key: Key): string {
	return bound('<', '<=', columns, key);
}

/** The rows whose key lies between two others; undefined when neither is given. */
export function keyBetween(columns: KeyColumns, { above, below }: Between): string | undefined {
	return and(
		above === undefined ? undefined : keyAbove(columns, above),
		below === undefined ? undefined : keyBelow(columns, below),
	);
}

/** The row with this key. */
export function keyIs(columns: KeyColumns, key: Key): string {
	return every(columns, key, '=', ' AND ');
}

/** All rows but the one with this key. */
export function keyIsNot(columns: KeyColumns, key: Key): string {
	return every(columns, key, '<>', ' OR ');
}

/** The rows with these keys. */
export function keyIn(columns: KeyColumns, keys: readonly Key[]): string {
	return keys.length === 0 ? NO_ROW : among(columns, keys, 'IN');
}

/** All rows but those with these keys; undefined when there are none. */
export function keyNotIn(columns: KeyColumns, keys: readonly Key[]): string | undefined {
	if (keys.length === 0) return undefined;
	const [column, ...others] = columns;
	const isText = others.length === 0 && column?.type === 'C';
	return isText ? among(columns, keys, 'NOT IN') : isMissed(keyIn(columns, keys));
}

/** Whether a row does not meet a condition. CASE, because one on an empty column is neither true nor false. */
const isMissed = (condition: string) => `CASE WHEN ${condition} THEN 0 ELSE 1 END = 1`;

/**
 * A condition that the same rows meet as another one, but for one row: that one meets it if and only
 * if it does not meet the other.
 *
 * @param filter the other condition, in parentheses
 */
export function besides(filter: string, columns: KeyColumns, key: Key): string {
	return `(${and(filter, keyIsNot(columns, key))} OR ${and(keyIs(columns, key), isMissed(filter))})`;
}

/**
 * The rows whose column holds this point of time (YYYY-MM-DDTHH:MM:SS) or a later one.
 */
export function timeFrom(column: string, point: string): string {
	return `${column} >= ${pointLiteral(point)}`;
}

/** The rows whose column holds a point of time before this one (YYYY-MM-DDTHH:MM:SS). */
export function timeBefore(column: string, point: string): string {
	return `${column} < ${pointLiteral(point)}`;
}

type Sign = '>' | '>=' | '<' | '<=' | '=' | '<>';

/**
 * Keys of several columns are in the order of the first column; a later one counts where all those
 * before it are equal. Comparing the columns one by one (`a > 1 AND b > 2`) would lose rows.
 *
 * @param last the sign for the last column
 */
function bound(
	sign: '>' | '<',
	last: '>' | '>=' | '<' | '<=',
	columns: KeyColumns,
	key: Key,
	isSingle = columns.length === 1,
): string {
	const [column, ...others] = columns;
	const [part = null, ...parts] = key;
	if (column === undefined) return NO_ROW;
	if (others.length === 0) return compare(column, last, part, isSingle);
	const rest = bound(sign, last, others, parts, isSingle);
	const beyond = compare(column, sign, part, isSingle);
	return `(${beyond} OR (${compare(column, '=', part, isSingle)} AND ${rest}))`;
}

function every(columns: KeyColumns, key: Key, sign: '=' | '<>', word: ' AND ' | ' OR '): string {
	const isSingle = columns.length === 1;
	const all = columns.map((column, index) => compare(column, sign, key[index] ?? null, isSingle));
	return isSingle ? all.join('') : `(${all.join(word)})`;
}

/**
 * Compares one column. A key of one column always has a value. Where there are several, one of them may
 * have none (NULL), which is the lowest; an empty text counts as none, as both look alike in a response.
 */
function compare({ name, type }: KeyColumn, sign: Sign, part: Part, isSingle: boolean): string {
	if (isSingle && type === 'C') return `${name} ${sign} ${keyLiteral(part ?? '')}`;
	const isNone =
		type === 'C' || type === 'M' ? `(${name} IS NULL OR ${name} = '')` : `${name} IS NULL`;
	const isAny = type === 'C' || type === 'M' ? `${name} <> ''` : `${name} IS NOT NULL`;
	if (part === null || part === '') {
		switch (sign) {
			case '<':
				return NO_ROW;
			case '>=':
				return '1 = 1';
			case '>':
			case '<>':
				return isAny;
			default:
				return isNone;
		}
	}
	const written = compareValue(name, type, sign, part);
	const meetsNone = !isSingle && (sign === '<' || sign === '<=' || sign === '<>');
	return meetsNone ? `(${written} OR ${name} IS NULL)` : written;
}

function compareValue(name: string, type: ColumnType, sign: Sign, part: string): string {
	if (type === 'N') return `${name} ${sign} ${part}`;
	if (type !== 'T' || part.includes('.')) return `${name} ${sign} ${keyLiteral(part)}`;
	// The gateway shows whole seconds, whatever the database holds.
	const [date = '', time] = part.split('T');
	const second = timeRangeOf({ date, time }, false);
	const [from, end] = [pointLiteral(second.from), pointLiteral(second.to)];
	switch (sign) {
		case '>':
			return `${name} >= ${end}`;
		case '>=':
			return `${name} >= ${from}`;
		case '<':
			return `${name} < ${from}`;
		case '<=':
			return `${name} < ${end}`;
		case '=':
			return `(${name} >= ${from} AND ${name} < ${end})`;
		default:
			return `(${name} < ${from} OR ${name} >= ${end})`;
	}
}

function among(columns: KeyColumns, keys: readonly Key[], word: 'IN' | 'NOT IN'): string {
	const [column, ...others] = columns;
	if (column === undefined) return NO_ROW;
	if (others.length === 0 && column.type === 'C') {
		return `${column.name} ${word} (${keys.map(([part]) => keyLiteral(part ?? '')).join(', ')})`;
	}
	// T-SQL's IN does not support tuples.
	return `(${keys.map((key) => keyIs(columns, key)).join(' OR ')})`;
}
