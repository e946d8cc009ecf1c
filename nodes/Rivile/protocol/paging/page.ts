import type { Register } from '../catalogue';
import type { Row } from '../answer/rows';
import type { RowKey } from './rowKey';

/** What a request for rows contains besides the level of detail. */
export interface PageRequest {
	/** A condition in parentheses. */
	readonly fil?: string;
	/** Counted from 1. */
	readonly pagenumber?: number;
	/**
	 * The key of a row that was seen before, best of one that does not meet the condition: the same
	 * request then confirms that there are no rows, where otherwise one or two more are needed. It is
	 * not sent, and changes nothing in the rows that are returned.
	 */
	readonly known?: string;
	/** Whether "no rows" is only a hint that a later request will confirm or refute. Not sent either. */
	readonly isHint?: true;
}

/** Reads one page. */
export type ReadPage = (request: PageRequest) => Promise<Row[]>;

/** A register's rows, page by page. */
export interface Source {
	readonly register: Register;
	readonly rowKey: RowKey;
	readonly readPage: ReadPage;
}

/** A page with fewer rows is the last one. */
export const PAGE_SIZE = 100;
