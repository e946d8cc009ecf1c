import type { Register } from '../protocol/catalogue';
import { PAGE_SIZE, type Source } from '../protocol/paging/page';
import type { Row } from '../protocol/answer/rows';
import { and, timeBefore, timeFrom } from '../protocol/sql/conditions';
import { byChange, changedColumn, hasLines, pointOf, printOf, secondsOf, timeOf } from './changes';
import { readWhole } from './regions';
import { readSeen, storeSeen, type Change, type StoredChanges } from './seen';
import type { Polled } from './shared';

/** Which created and changed rows were emitted, by the time of their change. */
export interface UpdatedCursor {
	/** Everything changed from then on is looked at and emitted unless it was seen. */
	readonly from: string;
	/** In a backlog: everything changed before then was read. */
	readonly scan?: string;
	/**
	 * In and after a backlog: what was entered late while it was read may be dated from then on. The next
	 * poll that is not in a backlog begins there.
	 */
	readonly again?: string;
	/** The latest change that was emitted, for a look at the state. */
	readonly until?: string;
	/** Whether the fingerprints of what was seen include the lines of the rows. */
	readonly lines: boolean;
	/** The changes that were emitted and may be seen again. */
	readonly seen: readonly StoredChanges[];
}

/** A change that turns up late, or by a clock that is behind, is found for so many seconds. */
const OVERLAP = 6 * 60 * 60;

/** So many changes stay known however old they are, in case a clock was wrong. */
const LEAST_SEEN = 1000;

/**
 * The overlap is counted from the change that so many have come after: a few rows dated in the
 * future, by a clock that is ahead, do not hide others.
 */
const AHEAD = 10;

/** A backlog is read in parts of about so many changes. */
const PART = 2000;

/** The first part of a backlog, in seconds. */
const FIRST_PART = 60 * 60;

/**
 * Reads what was created or changed and was not seen yet. Only the times of changes move the cursor,
 * never n8n's clock. A backlog is read in parts, the earliest first, as many as there is time for; a
 * row that is changed meanwhile moves on to a later part, so none is lost.
 *
 * @param now n8n's clock in the zone of the workflow, as YYYY-MM-DDTHH:MM:SS; only tells which
 * changes are dated in the future
 * @param isTimeUp whether the rest has to wait for the next poll
 * @throws Fault (answer) when the time of a change cannot be read; what reading throws; the cursor
 * stays where it was then
 */
export async function pollUpdated(
	source: Source,
	filter: string | undefined,
	start: UpdatedCursor,
	now: string,
	isTimeUp: () => boolean,
): Promise<Polled<UpdatedCursor>> {
	const poll = new UpdatedPoll(source, filter, start, secondsOf(now));
	await poll.run(isTimeUp);
	return { rows: poll.rows, cursor: poll.cursor };
}

/** The condition for changes in a span of time, in seconds; the end is not in it. */
export function changedIn(register: Register, from: number, end?: number): string {
	const column = changedColumn(register);
	const later = timeFrom(column, pointOf(from));
	return end === undefined ? and(later) : and(later, timeBefore(column, pointOf(end)));
}

/**
 * The second with which the overlap begins.
 *
 * @returns Infinity when too few changes were seen to tell
 */
export function overlapStart(changes: Iterable<Change>, now: number): number {
	const times = [...changes].map(({ time }) => time).filter((time) => time <= now);
	const latest = times.sort((a, b) => b - a)[AHEAD - 1];
	return latest === undefined ? Infinity : latest - OVERLAP;
}

class UpdatedPoll {
	readonly rows: Row[] = [];
	private readonly seen: Map<string, Change>;
	private readonly from: number;
	private lines: boolean | undefined;
	private scan: number | undefined;
	private again: number | undefined;

	constructor(
		private readonly source: Source,
		private readonly filter: string | undefined,
		private readonly start: UpdatedCursor,
		private readonly now: number,
	) {
		this.seen = readSeen(start.seen) ?? new Map<string, Change>();
		this.from = secondsOf(start.from);
		this.scan = start.scan === undefined ? undefined : secondsOf(start.scan);
		this.again = start.again === undefined ? undefined : secondsOf(start.again);
	}

	get cursor(): UpdatedCursor {
		const { from, seen, now, lines = this.start.lines, scan, again } = this;
		return cursorOf(from, seen, now, lines, scan, again);
	}

	async run(isTimeUp: () => boolean): Promise<void> {
		let at = this.scan ?? this.begin();
		let length = FIRST_PART;
		let read = 0;
		for (;;) {
			const rest = await this.source.readPage({ fil: this.conditionFor(at) });
			if (rest.length < PAGE_SIZE) {
				this.take(rest);
				this.scan = undefined;
				return;
			}
			const part = await this.part(at, length);
			this.take(part.rows);
			at += part.length;
			this.scan = at;
			length = part.rows.length < PART / 4 ? part.length * 4 : part.length;
			read += part.rows.length;
			// Parts grow where there are few changes, so even a short poll gets through a page of them.
			if (read >= PAGE_SIZE && isTimeUp()) {
				// What is entered late from now on may be dated before the place where the next poll begins.
				const overlap = beginOf(this.from, this.seen, this.now);
				this.again = Math.min(this.again ?? Infinity, overlap);
				return;
			}
		}
	}

	/** Where to begin without a backlog; what was held for that is no longer needed then. */
	private begin(): number {
		const { again = Infinity } = this;
		this.again = undefined;
		const overlap = beginOf(this.from, this.seen, this.now);
		return Math.max(this.from, Math.min(again, overlap));
	}

	/** Reads so many seconds, or fewer if there are too many changes in them. */
	private async part(at: number, length: number): Promise<{ rows: Row[]; length: number }> {
		for (let seconds = length; ; seconds = Math.max(1, Math.floor(seconds / 4))) {
			const most = seconds === 1 ? Infinity : PART;
			const rows = await readWhole(this.source, this.conditionFor(at, at + seconds), most);
			if (rows !== undefined) return { rows, length: seconds };
		}
	}

	private conditionFor(from: number, end?: number): string {
		return and(this.filter, changedIn(this.source.register, from, end));
	}

	private take(rows: readonly Row[]): void {
		if (rows.length > 0) this.lines = hasLines(this.source.register, rows);
		const arePrintsAlike = this.lines === this.start.lines;
		for (const row of byChange(this.source.register, rows)) {
			const change = changeIn(this.source.register, row);
			// Of what lies before, it is not known whether it was emitted.
			if (change.time < this.from) continue;
			const known = this.seen.get(this.source.rowKey.of(row));
			const isSame =
				known?.time === change.time &&
				(known.print === undefined || !arePrintsAlike || known.print === change.print);
			if (!isSame) this.rows.push(row);
			this.seen.set(this.source.rowKey.of(row), change);
		}
	}
}

/** What is remembered of a row. */
export function changeIn(register: Register, row: Row): Change {
	return { time: timeOf(register, row), print: printOf(register, row) };
}

function beginOf(from: number, seen: ReadonlyMap<string, Change>, now: number): number {
	const overlap = overlapStart(seen.values(), now);
	return overlap === Infinity ? from : Math.max(from, overlap);
}

/**
 * A cursor with which everything changed from a second on is known, if it was seen.
 *
 * @param now n8n's clock, in seconds
 * @param scan in a backlog: everything changed before then was read
 * @param again what was changed from then on has to be looked at again
 */
export function cursorOf(
	from: number,
	seen: ReadonlyMap<string, Change>,
	now: number,
	lines: boolean,
	scan?: number,
	again?: number,
): UpdatedCursor {
	const needed = Math.min(beginOf(from, seen, now), scan ?? Infinity, again ?? Infinity);
	const times = [...seen.values()].map(({ time }) => time).sort((a, b) => b - a);
	const oldest = Math.min(needed, times[LEAST_SEEN - 1] ?? -Infinity);
	const kept = new Map([...seen].filter(([, { time }]) => time >= oldest));
	const { stored, from: fits = -Infinity } = storeSeen(kept);
	const [latest] = times;
	return {
		from: pointOf(Math.max(from, fits, oldest)),
		...(scan !== undefined && { scan: pointOf(Math.max(scan, fits)) }),
		...(again !== undefined && { again: pointOf(again) }),
		...(latest !== undefined && { until: pointOf(latest) }),
		lines,
		seen: stored,
	};
}

/** A cursor that begins with what was changed at a time (YYYY-MM-DDTHH:MM:SS). */
export function cursorFrom(point: string): UpdatedCursor {
	return { from: point, lines: false, seen: [] };
}
