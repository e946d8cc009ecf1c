import { readEvery } from '../protocol/keyset';
import { pointLiteral } from '../protocol/literals';
import { keyOf, type ReadPage } from '../protocol/page';
import type { Row } from '../protocol/rows';
import { allOf, type Polled } from './shared';

/** The column with the time of the last change, which for a new operation is that of its creation. */
export const CHANGED = 'I04_R_DATE';

/** How far created and changed operations were handed on, by the time of their change. */
export interface UpdatedCursor {
	readonly version: 1;
	readonly event: 'operationUpdated';
	/** Everything changed until then was handed on, by the gateway's clock (YYYY-MM-DDTHH:MM:SS). */
	readonly until: string;
	/** Nothing before it is looked at; set where more changes fell together than are kept in mind. */
	readonly from?: string;
	/** The changes that were handed on and may be seen again: the time of change by key. */
	readonly seen: Readonly<Record<string, string>>;
}

/** A change that turns up late, or by a clock that is behind, is found for so long. */
const OVERLAP = 6 * 60 * 60 * 1000;

/** A backlog is read in parts of this length. */
const DAY = 24 * 60 * 60 * 1000;

/** Changes that are kept in mind; beyond, the overlap is shorter. */
const MAX_SEEN = 5000;

const timeOf = (point: string): number => Date.parse(`${point}Z`);
const pointOf = (time: number): string => new Date(time).toISOString().slice(0, 19);

/** The time of a row's change, as YYYY-MM-DDTHH:MM:SS; empty when it has none. */
export function changeOf(row: Row): string {
	const text = String(row[CHANGED] ?? '')
		.slice(0, 19)
		.replace(' ', 'T');
	return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) ? text : '';
}

/**
 * Reads what was created or changed since the cursor. A long time is read in parts of a day, the
 * earliest first, as many as there is time for; a row that is changed meanwhile moves on to a later
 * part, so none is lost.
 *
 * @param now n8n's clock in the zone of the workflow, as YYYY-MM-DDTHH:MM:SS
 * @param isTimeUp whether the rest has to wait for the next poll
 * @throws what readPage throws; the cursor stays where it was then
 */
export async function pollUpdated(
	readPage: ReadPage,
	filter: string | undefined,
	start: UpdatedCursor,
	now: string,
	isTimeUp: () => boolean,
): Promise<Polled<UpdatedCursor>> {
	const rows: Row[] = [];
	let cursor = start;
	for (;;) {
		const from = startOf(cursor);
		// Clocks may differ by a day: what is that recent is read without an end.
		const end = from + DAY < timeOf(now) - DAY ? pointOf(from + DAY) : undefined;
		const condition = allOf(
			filter,
			`${CHANGED} >= ${pointLiteral(pointOf(from))}`,
			end === undefined ? undefined : `${CHANGED} < ${pointLiteral(end)}`,
		);
		const found = await readEvery(readPage, condition);
		const fresh = found.filter((row) => cursor.seen[keyOf(row)] !== changeOf(row));
		for (const row of byChange(fresh)) rows.push(row);
		cursor = advance(cursor, found, end ?? latestOf(found, now));
		if (end === undefined || isTimeUp()) return { rows, cursor };
	}
}

/** The rows sorted by the time of their change, the earliest first. */
function byChange(rows: readonly Row[]): Row[] {
	return rows
		.map((row) => ({ row, change: changeOf(row) }))
		.sort((a, b) => (a.change < b.change ? -1 : a.change > b.change ? 1 : 0))
		.map(({ row }) => row);
}

/** The latest change, but no later than n8n's clock: one clock that is ahead must not hide others. */
function latestOf(rows: readonly Row[], now: string): string {
	const latest = rows.map(changeOf).sort().pop() ?? '';
	return latest > now ? now : latest;
}

function startOf({ until, from }: UpdatedCursor): number {
	const overlap = timeOf(until) - OVERLAP;
	return from === undefined ? overlap : Math.max(overlap, timeOf(from));
}

function advance(cursor: UpdatedCursor, found: readonly Row[], reached: string): UpdatedCursor {
	const until = reached > cursor.until ? reached : cursor.until;
	const seen = new Map(Object.entries(cursor.seen));
	for (const row of found) seen.set(keyOf(row), changeOf(row));
	const changes = [...seen.values()].sort();
	// The times of what is not kept in mind must not be looked at again.
	const cut = changes[changes.length - 1 - MAX_SEEN];
	const from = cut === undefined ? cursor.from : pointOf(timeOf(cut) + 1000);
	const moved = { ...cursor, until, ...(from !== undefined && { from }) };
	const oldest = pointOf(startOf(moved));
	return { ...moved, seen: Object.fromEntries([...seen].filter(([, change]) => change >= oldest)) };
}

/**
 * A cursor behind everything that was changed until now.
 *
 * @param now n8n's clock in the zone of the workflow, as YYYY-MM-DDTHH:MM:SS
 * @throws what readPage throws
 */
export async function cursorBehind(readPage: ReadPage, now: string): Promise<UpdatedCursor> {
	const yesterday = pointOf(timeOf(now) - DAY);
	const found = await readEvery(readPage, `(${CHANGED} >= ${pointLiteral(yesterday)})`);
	const start = cursorFrom(yesterday);
	return advance(start, found, latestOf(found, now));
}

/** A cursor that begins with what was changed at a time (YYYY-MM-DDTHH:MM:SS). */
export function cursorFrom(point: string): UpdatedCursor {
	const until = pointOf(timeOf(point) + OVERLAP);
	return { version: 1, event: 'operationUpdated', until, seen: {} };
}

/**
 * The row that was changed last. Looks at the last day, week and month, and then at what the gateway
 * shows first.
 *
 * @param now n8n's clock in the zone of the workflow, as YYYY-MM-DDTHH:MM:SS
 * @returns undefined when there is no row
 * @throws what readPage throws
 */
export async function latestChange(
	readPage: ReadPage,
	filter: string | undefined,
	now: string,
): Promise<Row | undefined> {
	for (const days of [1, 7, 30]) {
		const since = `${CHANGED} >= ${pointLiteral(pointOf(timeOf(now) - days * DAY))}`;
		const found = await readEvery(readPage, allOf(filter, since));
		if (found.length > 0) return byChange(found).pop();
	}
	return byChange(await readPage(filter === undefined ? {} : { fil: filter })).pop();
}
