import type { Fault } from '../../shared/fault';
import type { Row } from '../protocol/answer/rows';

/** The rows that a poll emits, and the cursor after them. */
export interface Polled<Cursor> {
	readonly rows: Row[];
	readonly cursor: Cursor;
	/** What the user should know although the poll succeeded. */
	readonly notice?: Fault;
}
