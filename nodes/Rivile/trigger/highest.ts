import { faultOfOrder } from '../protocol/paging/orderFault';
import { PAGE_SIZE, type Source } from '../protocol/paging/page';
import type { Row } from '../protocol/answer/rows';
import { and } from '../protocol/sql/conditions';

/** The operations with the highest keys: all there are above a key. */
export interface Tail {
	/** undefined when these are all the operations there are. */
	readonly above?: string;
	/** Fewer than 100, sorted like the gateway's pages. */
	readonly rows: readonly Row[];
	/** Whether the highest is the first of the rows; undefined when that is not known. */
	readonly isDescending?: boolean;
}

/**
 * The first guess at a page behind the last one: 12,700 rows. A register that is larger is guessed at
 * again, 16 times as large.
 */
const FIRST_GUESS = 128;
const GROWTH = 16;

/**
 * Finds the operations with the highest keys without reading all, in any order of keys and whichever
 * end is served first: the last page is found by bisecting page numbers, in as many requests as the
 * logarithm of the number of pages. What counts in the end is that the gateway itself says that fewer
 * than 100 rows are above a key. (A query inside the condition would see rows that the gateway
 * leaves out.)
 *
 * @param filter a condition in parentheses; undefined for all rows
 * @param least how many rows there should be in it, at most 50; fewer only if there are no more
 * @throws Fault (answer) when pages cannot be read by their number; what reading throws
 */
export async function readTail(
	source: Source,
	filter: string | undefined,
	least: number,
): Promise<Tail> {
	const search = new TailSearch(source, filter, least);
	const first = await search.page(1);
	if (first.length < PAGE_SIZE) return { rows: first };
	return (await search.inMiddleOf(first)) ?? (await search.behind(first));
}

/**
 * The row with the highest key.
 *
 * @param filter a condition in parentheses; undefined for all rows
 * @returns undefined when there is no row
 * @throws what readTail throws
 */
export async function highestRow(
	source: Source,
	filter: string | undefined,
): Promise<Row | undefined> {
	const tail = await readTail(source, filter, 1);
	let { rows } = tail;
	// One end of a page is the highest, and nothing is above it.
	for (let isFirst = tail.isDescending ?? false; ; isFirst = !isFirst) {
		const row = isFirst ? rows[0] : rows[rows.length - 1];
		if (row === undefined) return undefined;
		const fil = and(filter, source.rowKey.above(source.rowKey.of(row)));
		const higher = await source.readPage({ fil, known: source.rowKey.of(row) });
		if (higher.length === 0) return row;
		rows = higher;
	}
}

/** How often the last page is looked for when rows are added or deleted meanwhile. */
const ATTEMPTS = 5;

class TailSearch {
	private best: Tail | undefined;

	constructor(
		private readonly source: Source,
		private readonly filter: string | undefined,
		private readonly least: number,
	) {}

	async page(pagenumber: number): Promise<Row[]> {
		// An end that is found too early shows in what is above it.
		const number = pagenumber === 1 ? {} : ({ pagenumber, isHint: true } as const);
		return await this.source.readPage({
			...number,
			...(this.filter !== undefined && { fil: this.filter }),
		});
	}

	/**
	 * The tail that begins in the middle of a page, if there is one. Which way the page is sorted need
	 * not be known: there are as many rows on either side.
	 */
	async inMiddleOf(page: readonly Row[]): Promise<Tail | undefined> {
		const middle = PAGE_SIZE / 2;
		const tail = await this.above(page[middle - 1]);
		return this.turned(page, whole(tail === 'short' ? await this.above(page[middle]) : tail));
	}

	/** A page whose last row is in the tail that begins in its middle has the highest key at its end. */
	private turned(page: readonly Row[], tail: Tail | undefined): Tail | undefined {
		const last = page[page.length - 1];
		if (tail === undefined || last === undefined) return tail;
		return { ...tail, isDescending: !tail.rows.some((row) => this.isSame(row, last)) };
	}

	private isSame(one: Row, other: Row): boolean {
		return this.source.rowKey.of(one) === this.source.rowKey.of(other);
	}

	/** The tail that begins at one end of a page, if there is one. */
	private async atEndOf(page: readonly Row[]): Promise<Tail | undefined> {
		const tail = whole(await this.above(page[page.length - 1]));
		if (tail !== undefined) return { ...tail, isDescending: false };
		const other = whole(await this.above(page[0]));
		return other && { ...other, isDescending: true };
	}

	/** The tail, on the pages behind a full one that is the first. */
	async behind(first: readonly Row[]): Promise<Tail> {
		for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
			const { full, rest } = await this.lastPages(first);
			// Half a page and the rest of the last one, if that is no full page together.
			const isHalf = rest < PAGE_SIZE / 2;
			const tail = isHalf ? await this.inMiddleOf(full) : await this.atEndOf(full);
			if (tail !== undefined) return tail;
		}
		if (this.best !== undefined) return this.best;
		throw noEnd();
	}

	/** The last full page, and how many rows there are behind it. */
	private async lastPages(first: readonly Row[]): Promise<{ full: readonly Row[]; rest: number }> {
		let last = { number: 1, page: first };
		let end = Infinity;
		while (end - last.number > 1) {
			const number =
				end === Infinity
					? Math.max(FIRST_GUESS, last.number * GROWTH)
					: Math.floor((last.number + end) / 2);
			const page = await this.numbered(number, first);
			if (page.length >= PAGE_SIZE) last = { number, page };
			else if (page.length === 0) end = number;
			else {
				const full = last.number === number - 1 ? last.page : await this.page(number - 1);
				return { full, rest: page.length };
			}
		}
		return { full: last.page, rest: 0 };
	}

	private async numbered(number: number, first: readonly Row[]): Promise<Row[]> {
		const page = await this.page(number);
		const [row, same] = [page[0], first[0]];
		if (row !== undefined && same !== undefined && this.isSame(row, same)) throw noEnd();
		return page;
	}

	/** What is above a row, unless that is a full page or less than there should be. */
	private async above(row: Row | undefined): Promise<Tail | 'full' | 'short'> {
		if (row === undefined) return 'short';
		const above = this.source.rowKey.of(row);
		const rows = await this.source.readPage({
			fil: and(this.filter, this.source.rowKey.above(above)),
		});
		if (rows.length >= PAGE_SIZE) return 'full';
		const tail = { above, rows };
		if (this.best === undefined || rows.length > this.best.rows.length) this.best = tail;
		return rows.length >= this.least ? tail : 'short';
	}
}

function whole(tail: Tail | 'full' | 'short'): Tail | undefined {
	return typeof tail === 'string' ? undefined : tail;
}

function noEnd() {
	return faultOfOrder(
		'The trigger could not find the latest operation',
		'Publish the workflow again. If it fails again, narrow the filter to at most 100 rows. Rivilė sent the same page for different page numbers, or the register changes too fast.',
	);
}
