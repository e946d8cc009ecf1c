import { Fault } from '../../shared/errors';
import { readEvery } from './keyset';
import { faultOfOrder, keyOf, PAGE_SIZE, type PageRequest, type ReadPage } from './page';
import type { Row } from './rows';

/** Which rows are wanted. */
export interface Wish {
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
 * @throws Fault (answer) when pages repeat or come in no order that can be followed; what readPage
 * throws
 */
export async function readWished(readPage: ReadPage, wish: Wish): Promise<Row[]> {
	const { filter, limit, pageNumber } = wish;
	const request: PageRequest = filter === undefined ? {} : { fil: filter };
	if (pageNumber !== undefined) return await readPage({ ...request, pagenumber: pageNumber });
	if (limit === Infinity) return await readEvery(readPage, filter);
	if (limit <= PAGE_SIZE) return (await readPage(request)).slice(0, limit);
	return await readUpTo(readPage, request, limit);
}

/**
 * Reads page after page, all by their numbers: what comes without a number need not be page 1. Rows
 * that are added meanwhile push others on to the next page, where they are met again; if the pages
 * end then before the limit, rows were pushed beyond what was read, and all are read by their keys.
 */
async function readUpTo(readPage: ReadPage, request: PageRequest, limit: number): Promise<Row[]> {
	const rows = new Map<string, Row>();
	let isMoved = false;
	for (let pagenumber = 1; rows.size < limit; pagenumber++) {
		const page = await readPage({ ...request, pagenumber });
		const known = rows.size;
		for (const row of page) rows.set(keyOf(row), row);
		isMoved ||= rows.size - known < page.length;
		if (page.length >= PAGE_SIZE) {
			if (rows.size === known) throw sameAgain();
			continue;
		}
		if (isMoved) return (await readEvery(readPage, request.fil)).slice(0, limit);
		break;
	}
	return [...rows.values()].slice(0, limit);
}

function sameAgain(): Fault {
	return faultOfOrder(
		'Rivilė sent the same page again',
		'The rows that follow cannot be had by their page. Switch on Return All, which asks for them by their keys.',
	);
}
