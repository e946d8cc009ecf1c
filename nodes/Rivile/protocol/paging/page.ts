import { Fault } from '../../../shared/fault';
import { KEY } from '../columns';
import type { Row } from '../answer/rows';

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

/** A page with fewer rows is the last one. */
export const PAGE_SIZE = 100;

/**
 * The key of a row, which identifies it.
 *
 * @throws Fault (answer) when the row has no key
 */
export function keyOf(row: Row): string {
	const key = row[KEY];
	if (typeof key === 'string' && key !== '') return key;
	throw faultOfOrder(
		`Rivilė sent a row without ${KEY}`,
		"Ask for at most 100 rows, or read one page at a time with 'Page Number'. Without this column, the node cannot tell the rows of several pages apart.",
	);
}

/** A fault in what pages hold and how they follow each other. */
export function faultOfOrder(message: string, description: string): Fault {
	return new Fault('answer', message, description);
}
