import { noOrder, type Region } from '../protocol/paging/order';
import { faultOfOrder } from '../protocol/paging/orderFault';
import { PAGE_SIZE, type Source } from '../protocol/paging/page';
import type { Row } from '../protocol/answer/rows';
import { and } from '../protocol/sql/conditions';

/** A page of a region. */
export interface RegionPage {
	readonly rows: readonly Row[];
	/** The lowest first, as soon as a full page has shown which way pages are sorted. */
	readonly keys: readonly string[];
	/** A page that is not full is all there is in the region. */
	readonly isFull: boolean;
}

/** A region to read. */
export interface Part {
	readonly region: Region;
	/** On which side of a page that was read it lies; undefined when that is not known. */
	readonly side?: Side;
}

type Side = 'beneath' | 'beyond';

/** How many pages have to have nothing on one side before that side is no longer asked for. */
const PROOFS = 2;

/**
 * Reads the register region by region in the server's own order of keys, whatever that is: keys are
 * never compared here. Pages are sorted by the key (the specification says so); which way, and which
 * end of a region is served first, is found out by asking.
 */
export class Regions {
	private isDescending: boolean | undefined;
	private readonly seen = new Set<string>();
	private readonly proofs = { beneath: 0, beyond: 0 };

	constructor(private readonly source: Source) {}

	/**
	 * Reads one page.
	 *
	 * @param filter a condition in parentheses; undefined for all rows
	 * @throws Fault (answer) when pages are not sorted by the key, or contain rows that were not requested; what
	 * readPage throws
	 */
	async read(filter: string | undefined, { region, side }: Part): Promise<RegionPage> {
		const fil = and(filter, this.source.rowKey.between(region));
		const rows = await this.source.readPage(fil === undefined ? {} : { fil });
		const keys = rows.map((row) => this.source.rowKey.of(row));
		const isFull = rows.length >= PAGE_SIZE;
		if (side !== undefined) this.proofs[side] += keys.length === 0 ? 1 : -Infinity;
		// A region ends beside the page it was split from, so no row of a full page comes again.
		if (keys.some((key) => this.seen.has(key))) throw notAsked();
		if (isFull) {
			for (const key of keys) this.seen.add(key);
			this.isDescending ??= await this.descends(keys);
		}
		return { rows, keys: this.isDescending === true ? keys.toReversed() : keys, isFull };
	}

	/**
	 * The regions that are left of one when a full page of it was read. A gateway serves either the
	 * lowest or the highest keys first, so one side of every page is empty; once that is certain, the
	 * side is left out.
	 */
	split({ region: { above, below } }: Part, { keys }: RegionPage): Part[] {
		const [lowest = '', highest = ''] = [keys[0], keys[keys.length - 1]];
		const isLast = below === undefined;
		const parts: Part[] = [];
		if (this.proofs.beneath < PROOFS) {
			const region = { ...(above !== undefined && { above }), below: lowest };
			parts.push({ region, side: 'beneath' });
		}
		// New rows turn up at the very end, so that is always read.
		if (isLast || this.proofs.beyond < PROOFS) {
			parts.push({ region: { above: highest, ...(!isLast && { below }) }, side: 'beyond' });
		}
		return parts;
	}

	private async descends(keys: readonly string[]): Promise<boolean> {
		const middle = Math.floor(keys.length / 2);
		const fil = and(this.source.rowKey.above(keys[middle] ?? ''), this.source.rowKey.among(keys));
		const above = (await this.source.readPage({ fil })).map((row) => this.source.rowKey.of(row));
		const [first, second] = [new Set(keys.slice(0, middle)), new Set(keys.slice(middle + 1))];
		if (above.length > 0 && above.every((key) => second.has(key))) return false;
		if (above.length > 0 && above.every((key) => first.has(key))) return true;
		throw noOrder(this.source.rowKey);
	}
}

/**
 * Reads every row that meets a condition, each once, in any order of keys.
 *
 * @param most gives up when there are more rows than that
 * @returns undefined when it gave up
 * @throws what Regions.read throws
 */
export async function readWhole(
	source: Source,
	filter: string | undefined,
	most = Infinity,
): Promise<Row[] | undefined> {
	const regions = new Regions(source);
	const rows = new Map<string, Row>();
	const open: Part[] = [{ region: {} }];
	for (let part = open.shift(); part !== undefined; part = open.shift()) {
		const page = await regions.read(filter, part);
		for (const row of page.rows) rows.set(source.rowKey.of(row), row);
		if (rows.size > most) return undefined;
		if (page.isFull) open.push(...regions.split(part, page));
	}
	return [...rows.values()];
}

function notAsked() {
	return faultOfOrder(
		'Rivilė sent rows that were not requested',
		"Check the filter. The responses do not follow it, so the trigger cannot tell which rows are new. If the filter is correct, ask Rivilė's support about the gateway.",
	);
}
