import type { Region } from '../protocol/paging/order';
import { PAGE_SIZE, type Source } from '../protocol/paging/page';
import type { Row } from '../protocol/answer/rows';
import { and } from '../protocol/sql/conditions';
import { highestRow, readTail } from './highest';
import { Regions, type Part, type RegionPage } from './regions';
import type { Polled } from './shared';

/** Which new operations were emitted, by their keys. */
export interface CreatedCursor {
	/** Nothing up to this key is read again; undefined for a register that is read from its start. */
	readonly floor?: string;
	/** Every operation above the floor that was emitted or was there when the workflow was published, lowest first. */
	readonly known: readonly string[];
	/** What is left of a backlog. */
	readonly backlog?: Backlog;
}

/** Regions of the register that are still to be read. */
export interface Backlog {
	readonly regions: readonly Region[];
	/** Operations in them that were emitted already. */
	readonly known: readonly string[];
	/** A condition that these operations have to meet, from the start date. */
	readonly since?: string;
}

/** An operation that is entered late is found if it belongs among so many of the highest keys. */
export const OVERLAP = 50;

/** With more known keys the floor moves up, and so many stay known. */
const MOST_KNOWN = 120;
const KEPT = 60;

/** The characters that known keys may take; the specification gives a key 12, so they hardly do. */
const ROOM = 20_000;

/**
 * Reads the operations above the floor and emits those that are not known. Neither here nor in the
 * cursor are keys compared: only the server knows their order. The floor is a condition for the
 * server, and whatever the server puts above it is known once it was emitted.
 *
 * If more than a page is new, the rest becomes a backlog, which is read region by region, in later
 * polls if time runs out.
 *
 * @param isTimeUp whether the rest has to wait for the next poll
 * @throws what Regions.read throws; the cursor stays where it was then
 */
export async function pollCreated(
	source: Source,
	filter: string | undefined,
	cursor: CreatedCursor,
	isTimeUp: () => boolean,
): Promise<Polled<CreatedCursor>> {
	const poll = new CreatedPoll(source, filter, cursor);
	do {
		if (!(await poll.step())) break;
	} while (!isTimeUp());
	await poll.settle();
	return { rows: poll.rows, cursor: poll.cursor };
}

class CreatedPoll {
	readonly rows: Row[] = [];
	private readonly regions: Regions;
	private readonly emitted: Set<string>;
	private parts: readonly Part[];
	/** What was emitted before this poll and may lie in the backlog. */
	private before: readonly string[];
	private since: string | undefined;
	private top: Part;
	private known: readonly string[];
	private hasMoved = false;

	constructor(
		private readonly source: Source,
		private readonly filter: string | undefined,
		private readonly start: CreatedCursor,
	) {
		const { floor, known, backlog } = start;
		this.regions = new Regions(source);
		this.parts = (backlog?.regions ?? []).map((region) => ({ region }));
		this.before = backlog?.known ?? known;
		this.since = backlog?.since;
		this.known = known;
		this.emitted = new Set([...known, ...this.before]);
		this.top = { region: floor === undefined ? {} : { above: floor } };
	}

	get cursor(): CreatedCursor {
		const floor = this.top.region.above;
		const backlog = {
			regions: this.parts.map(({ region }) => region),
			known: this.before,
			...(this.since !== undefined && { since: this.since }),
		};
		return {
			...(floor !== undefined && { floor }),
			known: this.known,
			...(this.parts.length > 0 && { backlog }),
		};
	}

	/** Reads a page, of the backlog first; false when there is no more. */
	async step(): Promise<boolean> {
		const [part, ...others] = this.parts;
		if (part === undefined) return await this.stepAtTop();
		const page = await this.regions.read(and(this.filter, this.since), part);
		this.emit(page);
		this.parts = page.isFull ? [...others, ...this.regions.split(part, page)] : others;
		return true;
	}

	private async stepAtTop(): Promise<boolean> {
		this.before = this.start.known;
		this.since = undefined;
		const page = await this.regions.read(this.filter, this.top);
		this.emit(page);
		if (!page.isFull) {
			this.known = joined(this.known, page.keys);
			return false;
		}
		const parts = this.regions.split(this.top, page);
		this.parts = parts.slice(0, -1);
		this.top = parts[parts.length - 1] ?? this.top;
		// What is beneath the page may be new, so nothing beneath it counts as known.
		this.known = page.keys;
		this.hasMoved = true;
		return true;
	}

	private emit({ rows }: RegionPage): void {
		for (const row of rows) {
			if (!this.emitted.has(this.source.rowKey.of(row))) this.rows.push(row);
			this.emitted.add(this.source.rowKey.of(row));
		}
	}

	/**
	 * Moves the floor to where about 60 operations are above it. The server tells which of the known
	 * ones these are, whether they meet the filter now or not; the order of the known keys serves only
	 * to guess at a good place.
	 */
	async settle(): Promise<void> {
		const { known } = this;
		const longest = known.reduce((length, key) => Math.max(length, key.length), 1);
		const kept = Math.max(1, Math.min(KEPT, Math.floor(ROOM / longest)));
		const isLong = known.length > MOST_KNOWN || known.length * longest > 2 * ROOM;
		if (!this.hasMoved && !isLong) return;
		const all = [...new Set([...this.start.known, ...known])];
		let best: { floor: string; above: readonly string[] } | undefined;
		for (const index of [known.length - 1 - kept, kept, known.length >> 1, 0]) {
			const floor = known[index];
			if (floor === undefined) continue;
			const above = await this.above(floor, all);
			const isWider = above.length > (best?.above.length ?? -1);
			if (above.length >= PAGE_SIZE || above.length * longest > 2 * ROOM || !isWider) continue;
			best = { floor, above };
			if (above.length >= Math.min(OVERLAP, kept)) break;
		}
		if (best === undefined) return;
		this.known = joined(known, best.above);
		const isAbove = new Set(best.above);
		this.known = this.known.filter((key) => isAbove.has(key));
		this.top = { region: { above: best.floor } };
	}

	private async above(floor: string, keys: readonly string[]): Promise<string[]> {
		const fil = and(this.source.rowKey.above(floor), this.source.rowKey.among(keys));
		return (await this.source.readPage({ fil })).map((row) => this.source.rowKey.of(row));
	}
}

/** Known keys and those of a page, which are turned to the order in which they are known. */
function joined(known: readonly string[], page: readonly string[]): string[] {
	const place = new Map(known.map((key, index) => [key, index]));
	const places = page.flatMap((key) => place.get(key) ?? []);
	const [first = 0, last = 0] = [places[0], places[places.length - 1]];
	const inPage = new Set(page);
	return [...known.filter((key) => !inPage.has(key)), ...(first > last ? page.toReversed() : page)];
}

/**
 * A cursor behind all operations that there are.
 *
 * @throws what readTail throws
 */
export async function cursorBehind(source: Source): Promise<CreatedCursor> {
	const { above, rows, isDescending = false } = await readTail(source, undefined, OVERLAP);
	const keys = rows.map((row) => source.rowKey.of(row));
	const poll = new CreatedPoll(source, undefined, {
		...(above !== undefined && { floor: above }),
		known: isDescending ? keys.toReversed() : keys,
	});
	await poll.settle();
	return poll.cursor;
}

/**
 * A cursor behind certain operations, for a state that names only them.
 *
 * @returns undefined when none of them is there any more
 * @throws what readTail throws
 */
export async function cursorAbove(
	source: Source,
	keys: readonly string[],
): Promise<CreatedCursor | undefined> {
	const row =
		keys.length === 0 ? undefined : await highestRow(source, and(source.rowKey.among(keys)));
	if (row === undefined) return undefined;
	const floor = source.rowKey.of(row);
	return { floor, known: [floor] };
}

/**
 * Begins with operations that were there before: those that meet a condition are emitted, all others
 * never are. What is entered from now on is emitted, whatever its date.
 *
 * @param since the condition, in parentheses
 * @param former a cursor that was getting through these operations
 * @throws what readTail throws
 */
export async function startSince(
	source: Source,
	filter: string | undefined,
	since: string,
	former?: CreatedCursor,
): Promise<Polled<CreatedCursor>> {
	const behind = await cursorBehind(source);
	const { floor, known } = behind;
	const latest = [...known, ...(floor === undefined ? [] : [floor])];
	if (latest.length === 0) return { rows: [], cursor: behind };
	const above = former?.floor === undefined ? {} : { above: former.floor };
	const emitted = new Set(former?.known);
	const fil = and(filter, since, source.rowKey.between(above), source.rowKey.among(latest));
	const rows = (await source.readPage({ fil })).filter(
		(row) => !emitted.has(source.rowKey.of(row)),
	);
	const regions = [
		...(former?.backlog?.regions ?? []),
		...(floor === undefined ? [] : [{ ...above, below: floor }]),
	];
	if (regions.length === 0) return { rows, cursor: behind };
	const before = [
		...new Set([
			...emitted,
			...(former?.backlog?.known ?? []),
			...rows.map((row) => source.rowKey.of(row)),
		]),
	];
	return { rows, cursor: { ...behind, backlog: { regions, known: before, since } } };
}
