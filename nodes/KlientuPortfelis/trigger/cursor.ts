/**
 * How far a trigger has emitted the monitoring sessions of its list. One rule prevents events from being
 * emitted twice: a session is read only if it is remembered here or comes after `after`, and `after`
 * moves past every session that is forgotten.
 */
export interface Cursor {
	readonly version: 2;
	readonly listId: number;
	/** Sessions up to this position are not read, unless they are remembered. */
	readonly after: Position;
	/** When the latest session was sent, by the service's clock; '' if there was none. */
	readonly latest: string;
	/** The remembered sessions by their IDs. */
	readonly sessions: Readonly<Record<string, Remembered>>;
	/** When the user was last notified of sessions that cannot be read, by n8n's clock (ms). */
	readonly told?: number;
	/** Which event types were checked (eventTypes.ts); undefined for all types. */
	readonly types?: string | undefined;
}

/** Sessions are ordered by the time they were sent, then by ID. */
export interface Position {
	/** "YYYY-MM-DD hh:mm:ss" by the service's clock. For a start also a day, or '' for everything. */
	readonly sent: string;
	readonly id: number;
}

/** A monitoring session as the service lists it. */
export interface MonitoringSession extends Position {
	/** How many events the service says there are; null when it does not say. */
	readonly count: number | null;
}

/** A session of which nothing more is emitted. */
export interface Closed {
	readonly sent: string;
	readonly closed: true;
}

/** A session whose events are read again. Times are n8n's, in milliseconds. */
export interface Followed {
	readonly sent: string;
	readonly closed?: undefined;
	/** When it was first seen. */
	readonly since: number;
	/** When its events were last requested; 0 if never. */
	readonly read: number;
	/** The listed number of events when they were last read. */
	readonly count: number | null;
	/** Fingerprints of the emitted events (events.ts); undefined while none could be read yet. */
	readonly events?: string;
	/** Since when its events cannot be read. */
	readonly failing?: number;
}

export type Remembered = Closed | Followed;

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** How long after it was first seen a session's events are read again. */
const FOLLOWED_FOR = 7 * DAY;

/** A session that appears late is emitted if it was sent at most this many days before the latest one. */
export const OVERLAP_DAYS = 7;

/** After this many days, the trigger gives up a session that cannot be read. It notifies daily until then. */
const GIVEN_UP_DAYS = 30;

/** At most this many sessions are read again in one poll. */
const MAX_READ_AGAIN = 20;

/** This many of the newest sessions are read at every poll for an hour, whatever their counts. */
const NEWEST = 3;

/** Sessions dated ahead of n8n's clock cannot be forgotten, so at most this many are emitted. */
export const MAX_AHEAD = 100;

/** If a session's date is ahead of n8n's clock by less than this, the date is trusted. */
const MAX_CLOCK_BEHIND = 30 * DAY;

/** The trigger waits for at most this many sessions of which nothing could be read yet. */
const MAX_WAITING = 100;

export const isBefore = (one: Position, other: Position): boolean =>
	one.sent < other.sent || (one.sent === other.sent && one.id < other.id);

export const byPosition = (one: Position, other: Position): number =>
	isBefore(one, other) ? -1 : isBefore(other, one) ? 1 : 0;

/** The position behind all sessions sent at this time or before. */
export const behind = (sent: string): Position => ({ sent, id: Number.MAX_SAFE_INTEGER });

/** A cursor that begins with the first session after a position. */
export function cursorAfter(listId: number, after: Position): Cursor {
	return { version: 2, listId, after, latest: '', sessions: {} };
}

/**
 * The latest time at which a session can have been sent, with a day for clocks and time zones that
 * differ. A session dated a year ahead must not make the others look old.
 */
export function horizon(now: number): string {
	return new Date(now + DAY).toISOString().slice(0, 19).replace('T', ' ');
}

/** The day (YYYY-MM-DD) so many days before; '' before the calendar begins. */
export function dayBefore(sent: string, days: number): string {
	const date = new Date(Date.parse(`${sent.slice(0, 10)}T00:00:00Z`) - days * DAY);
	return date.getUTCFullYear() > 0 ? date.toISOString().slice(0, 10) : '';
}

/** The first day (YYYY-MM-DD) whose sessions must be listed; undefined for all. */
export function firstDay({ after, latest, sessions }: Cursor, now: number): string | undefined {
	const ahead = horizon(now);
	const day = Object.values(sessions)
		.filter((session) => !isFinished(session, latest, now))
		// The corrected date of a session dated ahead is probably close to when it was first seen.
		.map((session) =>
			session.sent > ahead && !session.closed
				? dayBefore(new Date(Math.min(session.since, now)).toISOString(), OVERLAP_DAYS)
				: session.sent,
		)
		.reduce((first, sent) => (sent < first ? sent : first), after.sent)
		.slice(0, 10);
	return day < '1900' ? undefined : day;
}

/**
 * Whether the session is not read again. A clock that is wrong for a while must not finish a session:
 * one that was never read is given up only when the service's clock agrees.
 */
export function isFinished(session: Remembered, latest: string, now: number): boolean {
	if (session.closed) return true;
	const { sent, since, read, events, failing } = session;
	const isOld = latest !== '' && sent < dayBefore(latest, GIVEN_UP_DAYS);
	if (failing !== undefined) return isOld && now - failing >= GIVEN_UP_DAYS * DAY;
	if (events === undefined) return false;
	return (read <= now && read - since >= FOLLOWED_FOR) || (isOld && since > now);
}

/** Each session once, by its ID: the service cannot distinguish two of the same ID in a request. */
export function distinct(sessions: readonly MonitoringSession[], now: number): MonitoringSession[] {
	const ahead = horizon(now);
	const byId = new Map<number, MonitoringSession>();
	for (const session of sessions) {
		const other = byId.get(session.id);
		const isBetter =
			other === undefined ||
			(session.sent > ahead === other.sent > ahead
				? session.sent > other.sent
				: session.sent <= ahead);
		if (isBetter) byId.set(session.id, session);
	}
	return [...byId.values()];
}

/** What a poll has to read, and the cursor with the sessions' times as they are listed now. */
export interface Plan {
	readonly cursor: Cursor;
	/** Sessions from this day on are read again. Earlier ones are complete. */
	readonly open: string;
	/** Sessions that were not read yet, the earliest first. */
	readonly unseen: readonly MonitoringSession[];
	/** The IDs of unseen sessions that announce no events and are not requested now. */
	readonly unasked: ReadonlySet<number>;
	/** Those whose events are requested again, the longest unread first. */
	readonly again: readonly MonitoringSession[];
}

/**
 * Decides what a poll reads: new sessions, and those of the last 7 days that are due (isDue). One poll
 * makes at most 20 requests for sessions that were read before or that announce no events. With one new
 * session a day, it makes one request per poll for the first hour, then about a dozen within a week.
 *
 * @param sessions what the service lists, each once
 * @param now n8n's clock, in milliseconds
 */
export function plan(cursor: Cursor, sessions: readonly MonitoringSession[], now: number): Plan {
	const ahead = horizon(now);
	const latest = sessions.reduce(
		(latest, { sent }) => (sent > latest && sent <= ahead ? sent : latest),
		cursor.latest,
	);
	const remembered = { ...cursor.sessions };
	const unseen: MonitoringSession[] = [];
	const seen: MonitoringSession[] = [];
	for (const session of [...sessions].sort(byPosition)) {
		const before = remembered[session.id];
		if (before !== undefined && !isAnother(before, session, ahead)) {
			remembered[session.id] = withTime(before, session.sent, now);
			seen.push(session);
		} else if (isBefore(cursor.after, session)) {
			delete remembered[session.id];
			unseen.push(session);
		}
	}
	const newest = new Set(seen.slice(-NEWEST).map(({ id }) => id));
	const due = seen.filter((session) => {
		const before = remembered[session.id];
		return before !== undefined && isDue(before, session, newest.has(session.id), latest, now);
	});
	const readAt = ({ id }: MonitoringSession) => (remembered[id] as Followed).read;
	const room = MAX_AHEAD - Object.values(remembered).filter(({ sent }) => sent > ahead).length;
	const dated = unseen.filter(({ sent }) => sent <= ahead);
	const datedAhead = unseen.filter(({ sent }) => sent > ahead).slice(0, Math.max(room, 0));
	const open = latest === '' ? '' : dayBefore(latest, OVERLAP_DAYS);
	const again = due
		.sort((a, b) => readAt(a) - readAt(b) || byPosition(b, a))
		.slice(0, MAX_READ_AGAIN);
	const unannounced = unseen.filter(({ count }) => count === 0);
	const asked = unannounced
		.filter(({ sent }) => sent >= open)
		.slice(Math.min(again.length - MAX_READ_AGAIN, -1));
	return {
		cursor: { ...cursor, latest, sessions: remembered },
		open,
		unseen: [...dated, ...datedAhead],
		unasked: new Set(unannounced.filter((session) => !asked.includes(session)).map(({ id }) => id)),
		again,
	};
}

/**
 * Whether an ID now belongs to another session. A monitoring that was created again may count from 1
 * again, and its sessions are later. A time that moves by less than a day, back, or to or from the
 * future is a correction.
 */
function isAnother({ sent }: Remembered, session: MonitoringSession, ahead: string): boolean {
	return session.sent <= ahead && millisecondsOf(session.sent) - millisecondsOf(sent) > DAY;
}

/** A time of the service in milliseconds, treated as UTC. */
export const millisecondsOf = (sent: string): number => Date.parse(`${sent.replace(' ', 'T')}Z`);

function withTime(session: Remembered, sent: string, now: number): Remembered {
	if (session.sent === sent) return session;
	const isMoved = Math.abs(millisecondsOf(sent) - millisecondsOf(session.sent)) > DAY;
	if (session.closed || !isMoved) return { ...session, sent };
	return { ...session, sent, since: Math.max(session.since, now), read: 0 };
}

/**
 * Whether a session's events are requested again. At once when the listed count has changed or when they
 * could not be read. Otherwise with growing pauses, because counts may be wrong: each pause is half the
 * time since the session was first seen. The last request is made after 7 days.
 */
function isDue(
	before: Remembered,
	session: MonitoringSession,
	isNewest: boolean,
	latest: string,
	now: number,
): boolean {
	if (before.closed || isFinished(before, latest, now)) return false;
	const { since, read, count, events, failing } = before;
	if (events === undefined || failing !== undefined || count !== session.count) return true;
	const age = now - since;
	// The clock was ahead and is right again.
	if (age < 0 || read > now) return true;
	return age >= FOLLOWED_FOR || (isNewest && age < HOUR) || now - read >= age / 2;
}

/** A session whose events are read again later. */
export function followed(
	{ sent, count }: MonitoringSession,
	now: number,
	events?: string,
): Followed {
	const time = millisecondsOf(sent);
	// A session is not seen before it is sent, so n8n's clock is behind. A date further ahead is wrong.
	const since = time > now && time - now < MAX_CLOCK_BEHIND ? time : now;
	return { sent, since, read: 0, count, ...(events !== undefined && { events }) };
}

export const closed = ({ sent }: { readonly sent: string }): Closed => ({ sent, closed: true });

/** Whether one more session of which nothing could be read yet can be remembered. */
export function hasRoomToWait(sessions: Iterable<Remembered>): boolean {
	let waiting = 0;
	for (const session of sessions) if (!session.closed && session.events === undefined) waiting++;
	return waiting < MAX_WAITING;
}

/** Whether to notify the user of sessions that could not be read for a day; once a day. */
export function isTimeToTell({ told }: Cursor, now: number): boolean {
	return told === undefined || now - told >= DAY || told > now;
}
