/**
 * The conditions that the node adds to the user's own: which keys a page may hold, and from when on
 * rows are read. Each can be joined to others with `and`.
 */
import { keyLiteral, pointLiteral } from './literals';

/** The columns of a register's key, in the order in which the register is sorted by them. */
export type KeyColumns = readonly string[];

/** The key of a row: a text for each column; the text alone if there is one column. */
export type Key = string | readonly string[];

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

/** The rows whose key comes after this one. */
export function keyAbove(columns: KeyColumns, key: Key): string {
	return bound('>', '>', columns, partsOf(key));
}

/** The row with this key, and those whose key comes after it. */
export function keyFrom(columns: KeyColumns, key: Key): string {
	return bound('>', '>=', columns, partsOf(key));
}

/** The rows whose key comes before this one. */
export function keyBelow(columns: KeyColumns, key: Key): string {
	return bound('<', '<', columns, partsOf(key));
}

/** The row with this key, and those whose key comes before it. */
export function keyUpTo(columns: KeyColumns, key: Key): string {
	return bound('<', '<=', columns, partsOf(key));
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
	return every(columns, partsOf(key), '=', ' AND ');
}

/** All rows but the one with this key. */
export function keyIsNot(columns: KeyColumns, key: Key): string {
	return every(columns, partsOf(key), '<>', ' OR ');
}

/** The rows with these keys. */
export function keyIn(columns: KeyColumns, keys: readonly Key[]): string {
	return keys.length === 0 ? NO_ROW : among(columns, keys, 'IN');
}

/** All rows but those with these keys; undefined when there are none. */
export function keyNotIn(columns: KeyColumns, keys: readonly Key[]): string | undefined {
	if (keys.length === 0) return undefined;
	return columns.length === 1 ? among(columns, keys, 'NOT IN') : `NOT ${keyIn(columns, keys)}`;
}

/**
 * A condition that the same rows meet as another one, but for one row: that one meets it if and only
 * if it does not meet the other. CASE, because a condition on an empty column is neither true nor
 * false.
 *
 * @param filter the other condition, in parentheses
 */
export function besides(filter: string, columns: KeyColumns, key: Key): string {
	const isMissed = `CASE WHEN ${filter} THEN 0 ELSE 1 END = 1`;
	return `(${and(filter, keyIsNot(columns, key))} OR ${and(keyIs(columns, key), isMissed)})`;
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

const partsOf = (key: Key): readonly string[] => (typeof key === 'string' ? [key] : key);

/**
 * Keys of several columns are in the order of the first column; a later one counts where all those
 * before it are equal. Comparing the columns one by one (`a > 1 AND b > 2`) would lose rows.
 *
 * @param last the sign for the last column
 */
function bound(
	sign: '>' | '<',
	last: '>' | '>=' | '<' | '<=',
	[column = '', ...columns]: KeyColumns,
	[part = '', ...parts]: readonly string[],
): string {
	const literal = keyLiteral(part);
	if (columns.length === 0) return `${column} ${last} ${literal}`;
	const rest = bound(sign, last, columns, parts);
	return `(${column} ${sign} ${literal} OR (${column} = ${literal} AND ${rest}))`;
}

function every(
	columns: KeyColumns,
	parts: readonly string[],
	sign: '=' | '<>',
	word: ' AND ' | ' OR ',
): string {
	const all = columns.map((column, index) => `${column} ${sign} ${keyLiteral(parts[index] ?? '')}`);
	return all.length === 1 ? all.join('') : `(${all.join(word)})`;
}

function among(columns: KeyColumns, keys: readonly Key[], word: 'IN' | 'NOT IN'): string {
	const [column, ...others] = columns;
	// T-SQL's IN does not support tuples.
	if (others.length > 0) return `(${keys.map((key) => keyIs(columns, key)).join(' OR ')})`;
	const literals = keys.map((key) => keyLiteral(partsOf(key)[0] ?? ''));
	return `${column ?? ''} ${word} (${literals.join(', ')})`;
}
