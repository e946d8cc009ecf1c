import { readEvery, readFirst } from './keyset';
import { PAGE_SIZE, type PageRequest, type ReadPage } from './page';
import type { Row } from '../answer/rows';

/** Which rows are wanted. */
export interface Selection {
	/** A condition in parentheses; undefined for all rows. */
	readonly filter: string | undefined;
	/** How many rows at most; Infinity for every one of them. */
	readonly limit: number;
	/** One page only, whole, instead of up to the limit. */
	readonly pageNumber: number | undefined;
}

/**
 * Reads the rows that are wanted, 100 a request and with no more requests than are needed.
 *
 * @throws Fault (answer) when rows come twice or are not sorted; what readPage throws
 */
export async function readSelection(readPage: ReadPage, selection: Selection): Promise<Row[]> {
	const { filter, limit, pageNumber } = selection;
	const request: PageRequest = filter === undefined ? {} : { fil: filter };
	if (pageNumber !== undefined) return await readPage({ ...request, pagenumber: pageNumber });
	if (limit === Infinity) return await readEvery(readPage, filter);
	if (limit <= PAGE_SIZE) return (await readPage(request)).slice(0, limit);
	return await readFirst(readPage, filter, limit);
}
