import { Stretches } from '../../shared/stretches';
import { KEY } from './fields';
import { noOrder, Order, type Region } from './order';
import { faultOfOrder, keyOf, PAGE_SIZE, type ReadPage } from './page';
import type { Row } from './rows';

/**
 * Reads every row that meets the filter, each exactly once, by the keys that were received, as the
 * documentation advises. It does not matter whether the gateway serves the lowest or the highest keys
 * first, nor whether rows are added meanwhile: every row that was there at the beginning is read, and
 * of those that are added, some.
 *
 * An answer of fewer than 100 rows is all there is in the region that was asked for: that, and not the
 * order of pages, is what ends a search. The order only tells where to look next, so each request
 * leaves out the rows of the page before instead of starting behind it. If most of an answer lies
 * among those, pages are not in the order of keys, and what they skipped could not be found.
 *
 * @param filter a condition in parentheses; undefined for all rows
 * @returns the rows by their keys, in the direction in which the gateway sorts a page
 * @throws Fault (answer) when a row comes twice, was not asked for or has no key, or when the order
 * makes no sense; what readPage throws
 */
export async function readEvery(readPage: ReadPage, filter: string | undefined): Promise<Row[]> {
	const first = await readPage(filter === undefined ? {} : { fil: filter });
	if (first.length < PAGE_SIZE) return withoutDoubles(first);
	const search = new Search(readPage, filter);
	const page = search.take(first, {});
	const highest = highestOf(page);
	await search.descend({ below: highest }, page);
	await search.ascend(highest);
	return await search.rows();
}

function withoutDoubles(rows: readonly Row[]): Row[] {
	return [...new Map(rows.map((row) => [row[KEY] ?? row, row])).values()];
}

/** Rows that are handed over in one go. */
const SLICE = 10_000;

/** The keys of a full page, lowest first. */
type Page = readonly string[];

const lowestOf = (page: Page): string => page[0] ?? '';
const highestOf = (page: Page): string => page[page.length - 1] ?? '';

const isMost = (part: Page, whole: Page): boolean => part.length * 2 > whole.length;

class Search {
	private readonly found = new Map<string, Row>();
	private readonly order = new Order();

	constructor(
		private readonly readPage: ReadPage,
		private readonly filter: string | undefined,
	) {}

	/** What was found, sorted like the gateway's pages. */
	async rows(): Promise<Row[]> {
		const stretches = new Stretches();
		const keys = [...this.found.keys()].sort(this.order.likePages());
		const rows: Row[] = [];
		for (const [index, key] of keys.entries()) {
			if (index % SLICE === 0) await stretches.breathe();
			const row = this.found.get(key);
			if (row !== undefined) rows.push(row);
		}
		return rows;
	}

	/**
	 * Reads what is left of a region, downwards from a page that is in it. A gateway that serves the
	 * lowest keys first answers the first request with what was added meanwhile, if anything.
	 */
	async descend(region: Region, page: Page): Promise<void> {
		let { below } = region;
		for (let known = page; ; ) {
			const next = await this.ask({ ...region, below }, known);
			if (next === undefined) return;
			below = lowestOf(known);
			known = this.mostOf(next, (key) => this.order.compare(key, lowestOf(known)) < 0);
		}
	}

	/** Reads everything above a key, with everything up to it already found. */
	async ascend(from: string): Promise<void> {
		let above = from;
		let known: Page = [];
		for (;;) {
			const next = await this.ask({ above }, known);
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
		throw noOrder();
	}

	/** Reads a page of a region without certain rows; undefined when that was all there is in it. */
	private async ask(region: Region, without: Page): Promise<Page | undefined> {
		const rows = await this.readPage({ fil: this.conditionOf(region, without) });
		const isFull = rows.length >= PAGE_SIZE;
		const page = this.take(rows, region, isFull);
		return isFull ? page : undefined;
	}

	/** Keeps the rows of an answer and gives their keys, lowest first if the page is full. */
	take(rows: readonly Row[], region: Region, isFull = true): Page {
		const keys = rows.map(keyOf);
		if (keys.length > 0 && keys.every((key) => this.found.has(key))) throw samePage();
		this.order.checkInside(keys, region);
		rows.forEach((row, index) => {
			const key = keys[index] ?? '';
			if (this.found.has(key)) throw twice(key);
			this.found.set(key, row);
		});
		return isFull ? this.order.ascending(keys) : keys;
	}

	private conditionOf({ above, below }: Region, without: Page): string {
		const conditions = [
			...(this.filter === undefined ? [] : [this.filter]),
			...(above === undefined ? [] : [`${KEY} > ${keyLiteral(above)}`]),
			...(below === undefined ? [] : [`${KEY} < ${keyLiteral(below)}`]),
			...(without.length === 0 ? [] : [`${KEY} NOT IN (${without.map(keyLiteral).join(', ')})`]),
		];
		return `(${conditions.join(' AND ')})`;
	}
}

/**
 * A key as the gateway sent it. Plain quotes where they do: a Unicode literal would make the database
 * convert the whole column, and compare it in another order than it sorts.
 */
export function keyLiteral(key: string): string {
	const quoted = `'${key.replace(/'/g, "''")}'`;
	return /^[ -~]*$/.test(key) ? quoted : `N${quoted}`;
}

const UNSURE =
	'Its answers do not follow the filter, so nobody can tell whether the list is whole. Run the workflow again; if it stays, read the rows by Page Number.';

function twice(key: string) {
	return faultOfOrder(`Rivilė sent the row ${key} twice`, UNSURE);
}

function samePage() {
	return faultOfOrder('Rivilė sent the same page again', UNSURE);
}
