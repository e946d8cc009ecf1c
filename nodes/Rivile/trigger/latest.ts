import type { Register } from '../protocol/catalogue';
import { PAGE_SIZE, type Source } from '../protocol/paging/page';
import type { Row } from '../protocol/answer/rows';
import { and } from '../protocol/sql/conditions';
import { byChange, changeOf, hasLines, secondsOf } from './changes';
import { readWhole } from './regions';
import type { Change } from './seen';
import { changedIn, changeIn, cursorOf, overlapStart, type UpdatedCursor } from './updated';

/** The first and the last second that the database has. */
const FIRST = secondsOf('1753-01-01T00:00:00');
const LAST = secondsOf('9999-12-31T23:59:59');

const DAY = 24 * 60 * 60;

/** The latest changes: all there are from a second on. */
interface Latest {
	readonly from: number;
	/** Fewer than 100; none if the register has none, or if too many have the very latest time. */
	readonly rows: readonly Row[];
	/** A full page with the very latest time, if there are that many. */
	readonly crowd: readonly Row[];
}

/**
 * Finds the latest changes by bisecting time, from n8n's clock outwards, which may be wrong. The
 * requests grow with the logarithm of the time that the register spans.
 *
 * @param least how many there should be; fewer only if there are no more
 */
async function findLatest(
	source: Source,
	filter: string | undefined,
	now: number,
	least: number,
): Promise<Latest> {
	let full: number | undefined;
	let found: Latest | undefined;
	let crowd: readonly Row[] = [];
	let hint = -Infinity;
	for (let distance = DAY; ; distance *= 10) {
		const from = Math.max(hint, guess(full, found?.from, now, distance));
		const rows = await source.readPage({ fil: and(filter, changedIn(source.register, from)) });
		hint = -Infinity;
		if (rows.length < PAGE_SIZE) {
			found = { from, rows, crowd: [] };
			if (rows.length >= least || from === FIRST) return found;
		} else {
			[full, crowd] = [from, rows];
			// There are rows at the latest time of the page, so the end is no earlier.
			const latest = Math.max(...rows.map((row) => secondOf(source.register, row)));
			if (latest > from && latest < (found?.from ?? LAST)) hint = latest;
		}
		if (full === undefined) continue;
		if (found !== undefined && found.from - full <= 1) return { ...found, crowd };
		if (full === LAST) return { from: LAST, rows: [], crowd };
	}
}

/** The second to look at next, between one with a full page after it and one with too few rows. */
function guess(
	full: number | undefined,
	few: number | undefined,
	now: number,
	distance: number,
): number {
	if (full !== undefined && few !== undefined) return Math.floor((full + few) / 2);
	if (full !== undefined) return Math.min(LAST, Math.max(full, now) + distance);
	if (few !== undefined) return Math.max(FIRST, few - distance);
	return Math.min(LAST, Math.max(FIRST, now - distance));
}

function secondOf(register: Register, row: Row): number {
	const change = changeOf(register, row);
	return change === undefined ? -Infinity : secondsOf(change);
}

/**
 * The row that was changed last.
 *
 * @param now n8n's clock in the zone of the workflow, as YYYY-MM-DDTHH:MM:SS; only a first guess
 * @returns undefined when there is no row
 * @throws what reading throws
 */
export async function latestChange(
	source: Source,
	filter: string | undefined,
	now: string,
): Promise<Row | undefined> {
	const { rows, crowd } = await findLatest(source, filter, secondsOf(now), 1);
	const latest = byChange(source.register, rows.length > 0 ? rows : crowd).pop();
	// Rows may have no time of change at all.
	return latest ?? (await source.readPage(filter === undefined ? {} : { fil: filter })).pop();
}

/** On publishing, changes of the overlap are read in parts of so many seconds, up to so many. */
const PART = 60 * 60;
const MOST = 12_000;

/** A few rows dated in the future are no reason to forget what came before. */
const LEAST = 50;

/**
 * A cursor behind everything that was changed until now. n8n's clock may be wrong.
 *
 * @param now n8n's clock in the zone of the workflow, as YYYY-MM-DDTHH:MM:SS
 * @throws Fault (answer) when the time of a change cannot be read; what reading throws
 */
export async function cursorBehind(source: Source, now: string): Promise<UpdatedCursor> {
	const clock = secondsOf(now);
	const { from: first, rows } = await findLatest(source, undefined, clock, LEAST);
	const seen = new Map<string, Change>();
	const take = (some: readonly Row[]) => {
		for (const row of some) seen.set(source.rowKey.of(row), changeIn(source.register, row));
	};
	take(rows);
	let from = first;
	while (from > FIRST && from > beginOfOverlap(seen, clock)) {
		const begin = Math.max(FIRST, from - PART);
		const part = await readWhole(source, changedIn(source.register, begin, from), MOST - seen.size);
		if (part === undefined) break;
		take(part);
		from = begin;
	}
	return cursorOf(from, seen, clock, hasLines(source.register, rows));
}

/** Where n8n's clock is behind what was changed, the latest changes have to tell. */
function beginOfOverlap(seen: ReadonlyMap<string, Change>, clock: number): number {
	const begin = overlapStart(seen.values(), clock);
	return begin === Infinity ? overlapStart(seen.values(), Infinity) : begin;
}
