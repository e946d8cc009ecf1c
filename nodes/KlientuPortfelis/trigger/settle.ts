import {
	byPosition,
	closed,
	cursorAfter,
	dayBefore,
	followed,
	horizon,
	isBefore,
	isFinished,
	MAX_AHEAD,
	plan,
	type Cursor,
	type Followed,
	type Plan,
	type Position,
	type Remembered,
	type MonitoringSession,
} from './cursor';

/** The longest cursor as JSON, in characters (all ASCII); n8n stores it with the workflow. */
const MAX_STORED = 60_000;

/** A cursor behind the sessions that exist already: none of them is emitted. */
export function cursorBehind(
	listId: number,
	sessions: readonly MonitoringSession[],
	now: number,
): Cursor {
	const ahead = horizon(now);
	const { cursor, open } = plan(cursorAfter(listId, { sent: '', id: 0 }), sessions, now);
	const inTime = sessions.filter(({ sent }) => sent >= open && sent <= ahead);
	const datedAhead = sessions.filter(({ sent }) => sent > ahead).slice(0, MAX_AHEAD);
	const there = [...inTime, ...datedAhead].map(
		(session) =>
			[session.id, session.count === 0 ? followed(session, now, '') : closed(session)] as const,
	);
	return settle({ cursor, open }, new Map(there), [...inTime, ...datedAhead], now).cursor;
}

/**
 * The cursor after a poll: with what it learnt about the sessions, without those that are no longer
 * followed or read.
 *
 * @param listed all sessions that the service listed, each once
 * @returns also how many sessions had to be closed early for the cursor to keep its size
 */
export function settle(
	{ cursor, open }: Pick<Plan, 'cursor' | 'open'>,
	learnt: ReadonlyMap<number, Remembered>,
	listed: readonly MonitoringSession[],
	now: number,
): { cursor: Cursor; closedEarly: number } {
	const sessions = { ...cursor.sessions, ...Object.fromEntries(learnt) };
	const left = listed
		.filter((session) => isBefore(cursor.after, session) && sessions[session.id] === undefined)
		.reduce<Position>((first, one) => (isBefore(one, first) ? one : first), { sent: open, id: 0 });
	const end = { sent: left.sent, id: left.id - 1 };
	const after = isBefore(cursor.after, end) ? end : cursor.after;
	// A day longer than needed, so that a corrected time does not make a session new.
	const oldest = after.sent.length < 10 ? '' : dayBefore(after.sent, 1);
	const ids = new Set(listed.map(({ id }) => String(id)));
	const kept = Object.entries(sessions).filter(
		([id, session]) =>
			session.sent >= oldest || (ids.has(id) && !isFinished(session, cursor.latest, now)),
	);
	return fit({ ...cursor, after, sessions: Object.fromEntries(kept) }, now);
}

/**
 * Keeps the cursor within its size. Sessions with many events are closed first. If there are still too
 * many sessions, the earliest are forgotten, and `after` moves past them.
 */
export function fit(cursor: Cursor, now: number): { cursor: Cursor; closedEarly: number } {
	const ahead = horizon(now);
	const sessions = { ...cursor.sessions };
	const sizeOf = (id: string) => `"${id}":${JSON.stringify(sessions[id])},`.length;
	let size = JSON.stringify(cursor).length;
	let closedEarly = 0;
	const eventsOf = (id: string) => (sessions[id]?.closed ? 0 : (sessions[id]?.events?.length ?? 0));
	const byEvents = Object.keys(sessions)
		.filter((id) => !sessions[id]?.closed && (sessions[id] as Followed).events !== undefined)
		.sort((a, b) => eventsOf(b) - eventsOf(a) || byPosition(at(a), at(b)));
	for (const id of byEvents) {
		if (size <= MAX_STORED) break;
		size -= sizeOf(id);
		sessions[id] = closed(at(id));
		size += sizeOf(id);
		closedEarly++;
	}
	let { after } = cursor;
	const earliest = Object.keys(sessions)
		.filter((id) => at(id).sent <= ahead)
		.sort((a, b) => byPosition(at(a), at(b)));
	for (const id of earliest) {
		if (size <= MAX_STORED) break;
		if (!sessions[id]?.closed) continue;
		if (isBefore(after, at(id))) after = at(id);
		size -= sizeOf(id);
		delete sessions[id];
	}
	return { cursor: { ...cursor, after, sessions }, closedEarly };

	function at(id: string): Position {
		return { sent: sessions[id]?.sent ?? '', id: Number(id) };
	}
}
