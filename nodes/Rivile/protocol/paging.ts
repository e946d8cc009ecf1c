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
	return await readUpTo(readPage, request, limit);
}

/** Rows that are added meanwhile push others on to the next page, where they are met again. */
async function readUpTo(readPage: ReadPage, request: PageRequest, limit: number): Promise<Row[]> {
	const first = await readPage(request);
	if (first.length < PAGE_SIZE || limit <= PAGE_SIZE) return first.slice(0, limit);
	const rows = new Map(first.map((row) => [keyOf(row), row]));
	for (let pagenumber = 2; rows.size < limit; pagenumber++) {
		const page = await readPage({ ...request, pagenumber });
		const known = rows.size;
		for (const row of page) rows.set(keyOf(row), row);
		if (page.length < PAGE_SIZE) break;
		if (rows.size === known) throw sameAgain();
	}
	return [...rows.values()].slice(0, limit);
}

function sameAgain(): Fault {
	return faultOfOrder(
		'Rivilė sent the same page again',
		'The rows that follow cannot be had by their page. Switch on Return All, which asks for them by their keys.',
	);
}
