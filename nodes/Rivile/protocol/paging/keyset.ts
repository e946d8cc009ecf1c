import { TimeSlice } from '../../../shared/timeSlice';
import { and, keyAbove, keyBelow, keyFrom, keyNotIn, keyUpTo } from '../sql/conditions';
import { noOrder, Order, UNSURE, type Region } from './order';
import { faultOfOrder } from './orderFault';
import { PAGE_SIZE, type Source } from './page';
import type { RowKey } from './rowKey';
import type { Row } from '../answer/rows';

/**
 * Reads every row that meets the filter, each exactly once, by the keys that were received, as the
 * documentation advises. It does not matter whether the gateway serves the lowest or the highest keys
 * first, nor whether rows are added meanwhile: every row that was there at the beginning is read, and
 * of those that are added, some.
 *
 * A response with fewer than 100 rows is all there is in the requested region: that, and not the order
 * of pages, is what ends a search. The order only tells where to look next, so each request
 * leaves out the rows of the page before instead of starting behind it. If most of a response lies
 * among those, pages are not in the order of keys, and what they skipped could not be found.
 *
 * @param filter a condition in parentheses; undefined for all rows
 * @param shape what is kept of each row
 * @returns the rows by their keys, in the direction in which the gateway sorts a page
 * @throws Fault (answer) when a row comes twice, was not requested or has no key, or when the rows
 * are not sorted; what readPage throws
 */
export async function readEvery(
	source: Source,
	filter: string | undefined,
	shape: Shape,
): Promise<Row[]> {
	const first = await source.readPage(filter === undefined ? {} : { fil: filter });
	if (first.length < PAGE_SIZE) return withoutDoubles(source, first).map(shape);
	const search = new Search(source, filter, shape);
	const page = search.take(first, {});
	const highest = highestOf(page);
	await search.descend({ below: highest }, page, lowestOf(page));
	await search.ascend(highest, [], highest);
	return await search.rows();
}

/**
 * Reads as many rows as are wanted, those first that the gateway serves first, each exactly once. By
 * keys like readEvery: by page numbers, a row that is deleted meanwhile would pull one that is not yet
 * read onto a page that has been read.
 *
 * @param filter a condition in parentheses; undefined for all rows
 * @param limit above 100
 * @param shape what is kept of each row
 * @returns the rows as they came
 * @throws Fault (answer) as readEvery does; what readPage throws
 */
export async function readFirst(
	source: Source,
	filter: string | undefined,
	limit: number,
	shape: Shape,
): Promise<Row[]> {
	const first = await source.readPage(filter === undefined ? {} : { fil: filter });
	if (first.length < PAGE_SIZE) return withoutDoubles(source, first).map(shape);
	const search = new Search(source, filter, shape, limit);
	await search.followFrom(search.take(first, {}));
	return search.asTheyCame().slice(0, limit);
}

function withoutDoubles({ rowKey }: Source, rows: readonly Row[]): Row[] {
	return [...new Map(rows.map((row) => [rowKey.in(row) ?? row, row])).values()];
}

/** What is kept of a row. */
type Shape = (row: Row) => Row;

/** How many rows are copied before other work gets a turn. */
const SLICE = 10_000;

/** The keys of a full page, lowest first. */
type Page = readonly string[];

const lowestOf = (page: Page): string => page[0] ?? '';
const highestOf = (page: Page): string => page[page.length - 1] ?? '';

const isMost = (part: Page, whole: Page): boolean => part.length * 2 > whole.length;

class Search {
	private readonly found = new Map<string, Row>();
	private readonly order: Order;
	private readonly rowKey: RowKey;

	constructor(
		private readonly source: Source,
		private readonly filter: string | undefined,
		private readonly shape: Shape,
		private readonly limit = Infinity,
	) {
		this.rowKey = source.rowKey;
		this.order = new Order(source.rowKey);
	}

	/** What was found, page by page. */
	asTheyCame(): Row[] {
		return [...this.found.values()];
	}

	/** What was found, sorted like the gateway's pages. */
	async rows(): Promise<Row[]> {
		const timeSlice = new TimeSlice();
		const keys = [...this.found.keys()].sort(this.order.likePages());
		const rows: Row[] = [];
		for (const [index, key] of keys.entries()) {
			if (index % SLICE === 0) await timeSlice.yieldIfDue();
			const row = this.found.get(key);
			if (row !== undefined) rows.push(row);
		}
		return rows;
	}

	/**
	 * Reads on from the first page until the limit is reached, in the direction in which the second page
	 * lies. At the end of that direction the other one is looked at as well: more than half of the
	 * second page may have been added meanwhile, at the other end.
	 */
	async followFrom(page: Page): Promise<void> {
		const [lowest, highest] = [lowestOf(page), highestOf(page)];
		const next = await this.ask({}, page);
		if (next === undefined) return;
		const beneath = next.filter((key) => this.order.compare(key, lowest) < 0);
		const beyond = next.filter((key) => this.order.compare(key, highest) > 0);
		if (!isMost([...beneath, ...beyond], next)) throw noOrder(this.rowKey);
		if (beneath.length >= beyond.length) {
			await this.descend({ below: lowest }, beneath);
			if (!this.isEnough) await this.ascend(highest, beyond, highest);
		} else {
			await this.ascend(highest, beyond);
			if (!this.isEnough) await this.descend({ below: lowest }, beneath, lowest);
		}
	}

	private get isEnough(): boolean {
		return this.found.size >= this.limit;
	}

	/**
	 * Reads what is left of a region, downwards from a page that is in it. A gateway that serves the
	 * lowest keys first responds to the first request with what was added meanwhile, if anything.
	 *
	 * @param page what was found in the region
	 * @param beside the key of a row that the first request asks for as well
	 */
	async descend(region: Region, page: Page, beside?: string): Promise<void> {
		let { below } = region;
		for (let known = page, again = beside; ; ) {
			const next = await this.ask({ ...region, below }, known, again);
			again = undefined;
			if (next === undefined) return;
			if (known.length === 0) {
				known = next;
				continue;
			}
			const lowest = lowestOf(known);
			below = lowest;
			known = this.mostOf(next, (key) => this.order.compare(key, lowest) < 0);
		}
	}

	/**
	 * Reads everything above a key, with everything up to it already found.
	 *
	 * @param page what was found above it
	 * @param beside the key of a row that the first request asks for as well
	 */
	async ascend(from: string, page: Page, beside?: string): Promise<void> {
		let above = from;
		for (let known = page, again = beside; ; ) {
			const next = await this.ask({ above }, known, again);
			again = undefined;
			if (next === undefined) return;
			if (known.length === 0) {
				known = next;
				continue;
			}
			const [lowest, highest] = [lowestOf(known), highestOf(known)];
			const isBeyond = (key: string) => this.order.compare(key, highest) > 0;
			const beneath = next.filter((key) => this.order.compare(key, lowest) < 0);
			if (isMost(beneath, next)) {
				// The highest keys come first: these rows were all added since the beginning.
				await this.descend({ above, below: lowest }, beneath);
				known = next.filter(isBeyond);
				again = highest;
			} else {
				known = this.mostOf(next, isBeyond);
			}
			above = highest;
		}
	}

	/** The keys of a page that lie beyond the page before; most of them do, or there is no order. */
	private mostOf(page: Page, isBeyond: (key: string) => boolean): Page {
		const beyond = page.filter(isBeyond);
		if (isMost(beyond, page)) return beyond;
		throw noOrder(this.rowKey);
	}

	/**
	 * Reads a page of a region without certain rows; undefined when that was all there is in it, or is
	 * needed.
	 *
	 * @param beside the key of a row that was found and is asked for as well, where nothing else is
	 * expected: that it comes alone confirms that there is nothing else
	 */
	private async ask(region: Region, without: Page, beside?: string): Promise<Page | undefined> {
		const fil = this.conditionOf(region, without, beside);
		const rows = await this.source.readPage(fil === undefined ? {} : { fil });
		const isFull = rows.length >= PAGE_SIZE;
		const others =
			beside === undefined ? rows : rows.filter((row) => this.rowKey.of(row) !== beside);
		const page = this.take(others, region, isFull);
		return isFull && !this.isEnough ? page : undefined;
	}

	/** Keeps the rows of a response and returns their keys, lowest first if the page is full. */
	take(rows: readonly Row[], region: Region, isFull = true): Page {
		const keys = rows.map((row) => this.rowKey.of(row));
		if (keys.length > 0 && keys.every((key) => this.found.has(key))) throw samePage();
		this.order.checkInside(keys, region);
		rows.forEach((row, index) => {
			const key = keys[index] ?? '';
			if (this.found.has(key)) throw twice(this.rowKey.parts(key).join(', '));
			this.found.set(key, this.shape(row));
		});
		return isFull ? this.order.ascending(keys) : keys;
	}

	private conditionOf({ above, below }: Region, without: Page, beside?: string) {
		const { columns } = this.rowKey;
		const lower = above === beside ? keyFrom : keyAbove;
		const upper = below === beside ? keyUpTo : keyBelow;
		const others = without.filter((key) => key !== beside);
		return and(
			this.filter,
			above === undefined ? undefined : lower(columns, this.rowKey.parts(above)),
			below === undefined ? undefined : upper(columns, this.rowKey.parts(below)),
			keyNotIn(
				columns,
				others.map((key) => this.rowKey.parts(key)),
			),
		);
	}
}

function twice(key: string) {
	return faultOfOrder(`Rivilė sent the row ${key} twice`, UNSURE);
}

function samePage() {
	return faultOfOrder('Rivilė sent the same page again', UNSURE);
}
