import type { Fault } from '../../shared/fault';
import type { Row } from '../protocol/answer/rows';

/** What a poll hands on, and the cursor behind it. */
export interface Polled<Cursor> {
	readonly rows: Row[];
	readonly cursor: Cursor;
	/** What the user should hear although the poll has succeeded. */
	readonly notice?: Fault;
}

/** Conditions that all have to be met, as one in parentheses; undefined when there is none. */
export function allOf(...conditions: Array<string | undefined>): string | undefined {
	const given = conditions.filter((condition) => condition !== undefined);
	return given.length === 0 ? undefined : `(${given.join(' AND ')})`;
}
