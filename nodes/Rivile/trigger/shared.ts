import type { Fault } from '../../shared/fault';
import type { Row } from '../protocol/answer/rows';

/** What a poll hands on, and the cursor behind it. */
export interface Polled<Cursor> {
	readonly rows: Row[];
	readonly cursor: Cursor;
	/** What the user should hear although the poll has succeeded. */
	readonly notice?: Fault;
}
