/** How far a trigger has handed on the monitoring sessions of its list. */
export interface Cursor {
	readonly version: 1;
	readonly listId: number;
	/** Sessions sent until then (a day or a time, "" for none) are not looked at. */
	readonly after: string;
	/** When the latest session that was handed on was sent, by the service's clock; '' if none was. */
	readonly latest: string;
	/** The sessions that were handed on and may be seen again. */
	readonly handled: readonly string[];
	/** Sessions that were not complete yet, and when they were first seen, by n8n's clock (ms). */
	readonly waiting: Readonly<Record<string, number>>;
}

/** A monitoring session as the service lists it, as far as the cursor looks at it. */
export interface SessionMark {
	readonly id: number;
	/** "YYYY-MM-DD hh:mm:ss", by the service's clock. */
	readonly sent: string;
}

/** Sessions that turn up late, sent up to so many days before the latest one, are still taken. */
export const OVERLAP_DAYS = 7;

/** No list is checked more often than every hour, so this is far beyond what the overlap holds. */
const MAX_HANDLED = 2000;

/** The name of a session. Its time belongs to it: a monitoring made anew may count from 1 again. */
export const nameOf = ({ id, sent }: SessionMark): string => `${id}@${sent}`;

/** A cursor that begins with the first session after a day or a time; before everything with "". */
export function cursorAfter(listId: number, after: string): Cursor {
	return { version: 1, listId, after, latest: '', handled: [], waiting: {} };
}

/** A cursor behind sessions that are there already. */
export function cursorBehind(listId: number, sessions: readonly SessionMark[]): Cursor {
	// Not step by step: a list may have had a session every hour for years.
	const latest = sessions.reduce((latest, { sent }) => (sent > latest ? sent : latest), '');
	const behind = { ...cursorAfter(listId, ''), latest };
	const oldest = firstDay(behind) ?? '';
	const handled = sessions.filter(({ sent }) => sent >= oldest).map(nameOf);
	return { ...behind, handled: handled.slice(-MAX_HANDLED) };
}

/**
 * Reads a stored cursor, of this version or an older one.
 *
 * @returns undefined when there is none for this list, so that the trigger starts from now
 */
export function readCursor(stored: unknown, listId: number): Cursor | undefined {
	if (typeof stored !== 'object' || stored === null) return undefined;
	const { listId: list, after, latest, handled, waiting } = stored as Record<string, unknown>;
	if (list !== listId || typeof latest !== 'string') return undefined;
	// Without the names of what was handed on, all up to the latest has to count as handed on.
	if (!Array.isArray(handled)) return cursorAfter(listId, latest);
	return {
		version: 1,
		listId,
		after: typeof after === 'string' ? after : '',
		latest,
		handled: handled.map(String),
		waiting: isTimes(waiting) ? waiting : {},
	};
}

function isTimes(value: unknown): value is Record<string, number> {
	return (
		typeof value === 'object' &&
		value !== null &&
		Object.values(value).every((time) => typeof time === 'number')
	);
}

/** The first day (YYYY-MM-DD) whose sessions have to be looked at again; undefined for all. */
export function firstDay({ after, latest, waiting }: Cursor): string | undefined {
	const first = after === '' ? undefined : after.slice(0, 10);
	if (latest === '') return first;
	const waitingSince = Object.keys(waiting).map((name) => dayOf(name.slice(name.indexOf('@') + 1)));
	const day = [dayBefore(latest, OVERLAP_DAYS), ...waitingSince].sort()[0];
	return first !== undefined && day !== undefined && first > day ? first : day;
}

const dayOf = (sent: string): string => sent.slice(0, 10);

function dayBefore(sent: string, days: number): string {
	const date = new Date(`${sent.slice(0, 10)}T00:00:00Z`);
	date.setUTCDate(date.getUTCDate() - days);
	return date.toISOString().slice(0, 10);
}

/** The sessions that were not handed on yet, the earliest first. */
export function newSessions<T extends SessionMark>(cursor: Cursor, sessions: readonly T[]): T[] {
	const handled = new Set(cursor.handled);
	const oldest = firstDay(cursor) ?? '';
	return sessions
		.filter(
			(session) =>
				session.sent >= oldest && session.sent > cursor.after && !handled.has(nameOf(session)),
		)
		.sort((a, b) => (a.sent < b.sent ? -1 : a.sent > b.sent ? 1 : a.id - b.id));
}

/** The cursor after a session was handed on. What lies before the overlap is forgotten. */
export function advance(cursor: Cursor, session: SessionMark): Cursor {
	const latest = session.sent > cursor.latest ? session.sent : cursor.latest;
	const name = nameOf(session);
	const waiting = Object.fromEntries(
		Object.entries(cursor.waiting).filter(([waitingName]) => waitingName !== name),
	);
	const moved = { ...cursor, latest, waiting };
	const oldest = firstDay(moved) ?? '';
	const handled = [...cursor.handled, name]
		.filter((handledName) => handledName.slice(handledName.indexOf('@') + 1) >= oldest)
		.slice(-MAX_HANDLED);
	return { ...moved, handled };
}

/** The cursor when a session is not complete yet. */
export function postpone(cursor: Cursor, session: SessionMark, now: number): Cursor {
	const name = nameOf(session);
	if (name in cursor.waiting) return cursor;
	return { ...cursor, waiting: { ...cursor.waiting, [name]: now } };
}
