import { readEvery, readFirst } from './keyset';
import { readNumbered } from './numbered';
import { PAGE_SIZE, type PageRequest, type Source } from './page';
import type { Row } from '../answer/rows';

/** Which rows are wanted. */
export interface Selection {
	/** A condition in parentheses; undefined for all rows. */
	readonly filter: string | undefined;
	/** How many rows at most; Infinity for every one of them. */
	readonly limit: number;
	/** One page only, whole, instead of up to the limit. */
	readonly pageNumber: number | undefined;
	/** What is kept of each row, page by page, so that no long list is held twice; all unless told. */
	readonly shape?: (row: Row) => Row;
}

/**
 * Reads the rows that are wanted, 100 a request and with no more requests than are needed.
 *
 * @throws Fault (answer) when rows come twice or are not sorted; what readPage throws
 */
export async function readSelection(source: Source, selection: Selection): Promise<Row[]> {
	const { readPage, rowKey } = source;
	const { filter, limit, pageNumber, shape = (row) => row } = selection;
	const request: PageRequest = filter === undefined ? {} : { fil: filter };
	if (pageNumber !== undefined) {
		return (await readPage({ ...request, pagenumber: pageNumber })).map(shape);
	}
	if (limit <= PAGE_SIZE) return (await readPage(request)).slice(0, limit).map(shape);
	if (!rowKey.isUnique) return await readNumbered(readPage, filter, limit, shape);
	if (limit === Infinity) return await readEvery(source, filter, shape);
	return await readFirst(source, filter, limit, shape);
}
