import { toLocalTime } from '../../shared/dates';
import { Fault } from '../../shared/fault';
import { isRecord } from '../../shared/guards';
import {
	behind,
	closed,
	cursorAfter,
	dayBefore,
	horizon,
	isBefore,
	OVERLAP_DAYS,
	type Cursor,
	type Position,
	type Remembered,
} from './cursor';
import { fit } from './settle';

/** What static data held. */
export interface Stored {
	/** Undefined when there is none for this list: the trigger starts from now or from its start date. */
	readonly cursor: Cursor | undefined;
	/** Whether the trigger must start from now, even if a start date is set. */
	readonly isLost: boolean;
	/** What the user should know. */
	readonly notice?: Fault;
}

const NONE: Stored = { cursor: undefined, isLost: false };

/**
 * Reads a stored cursor of this version or an older one. If it is damaged or of a newer version, the
 * trigger continues after the last time in it: nothing is emitted twice, and nothing after that time is
 * lost.
 *
 * @param stored what static data contains, which may be anything
 * @param now n8n's clock, in milliseconds
 */
export function readStored(stored: unknown, listId: number, now: number): Stored {
	if (stored === undefined || stored === null) return NONE;
	if (isRecord(stored)) {
		// The user has chosen another list.
		if (typeof stored.listId === 'number' && stored.listId !== listId) return NONE;
		const cursor = cursorOf(stored, listId, now);
		if (cursor !== undefined) return { cursor: fit(cursor, now).cursor, isLost: false };
	}
	const point = isRecord(stored) ? lastPoint(stored, now) : undefined;
	if (point === undefined) return { cursor: undefined, isLost: true, notice: damaged() };
	const cursor = { ...cursorAfter(listId, behind(point)), latest: point };
	return { cursor, isLost: false, notice: damaged(point) };
}

function damaged(point?: string): Fault {
	const place = point === undefined ? 'from now on' : `with the sessions sent after ${point}`;
	return new Fault(
		'answer',
		"The trigger's stored position could not be read",
		`Compare the latest events in Klientu Portfelis with what the workflow has received. The trigger continues ${place}. This happens after a downgrade of the package, or when the stored data was changed.`,
	);
}

function cursorOf(stored: Record<string, unknown>, listId: number, now: number) {
	if (stored.listId !== listId) return undefined;
	if (stored.version === 2) return isCursor(stored) ? stored : undefined;
	return stored.version === 1 || stored.version === undefined
		? migrated(stored, listId, now)
		: undefined;
}

function isCursor(stored: Record<string, unknown>): stored is Record<string, unknown> & Cursor {
	const { after, latest, sessions, told, types } = stored;
	return (
		isRecord(after) &&
		typeof after.sent === 'string' &&
		(after.sent === '' || isTime(after.sent)) &&
		typeof after.id === 'number' &&
		(latest === '' || isTime(latest)) &&
		isRecord(sessions) &&
		Object.entries(sessions).every(
			([id, session]) => /^-?\d+$/.test(id) && isRemembered(session),
		) &&
		(told === undefined || typeof told === 'number') &&
		(types === undefined || typeof types === 'string')
	);
}

const isTime = (value: unknown): value is string => timeOf(value) !== undefined;

/** A time in the service's form, or a day; undefined when the calendar does not have it. */
export function timeOf(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const local = toLocalTime(value, 'UTC');
	if (local === undefined) return undefined;
	return local.time === undefined ? local.date : `${local.date} ${local.time}`;
}

function isRemembered(value: unknown): value is Remembered {
	if (!isRecord(value) || !isTime(value.sent)) return false;
	const { since, read, count, events, failing, closed: isClosed } = value;
	if (isClosed === true) return true;
	return (
		isClosed === undefined &&
		typeof since === 'number' &&
		typeof read === 'number' &&
		(count === null || typeof count === 'number') &&
		(events === undefined || typeof events === 'string') &&
		(failing === undefined || typeof failing === 'number')
	);
}

/**
 * Version 1 remembered sessions as "ID@time": those that were emitted, and those it waited for and since
 * when. It is not known which events it emitted, so its sessions are closed. Its first form had only the
 * time of the latest session.
 */
function migrated(
	stored: Record<string, unknown>,
	listId: number,
	now: number,
): Cursor | undefined {
	const { after = '', latest, handled, waiting = {} } = stored;
	if (!isTimeOrNone(latest) || !isTimeOrNone(after) || !isRecord(waiting)) return undefined;
	// After a session dated ahead, version 1 emitted nothing more and did not know the other sessions.
	if (latest > horizon(now)) return undefined;
	if (handled === undefined && latest !== '') {
		return { ...cursorAfter(listId, behind(latest)), latest };
	}
	const emitted = Array.isArray(handled) ? handled.map(positionOf) : [undefined];
	const waited = Object.entries(waiting).map(([name, since]) => ({
		position: positionOf(name),
		since: typeof since === 'number' ? since : undefined,
	}));
	const sessions: Record<string, Remembered> = {};
	for (const position of emitted) {
		if (position === undefined) return undefined;
		const other = sessions[position.id];
		if (other === undefined || other.sent < position.sent) sessions[position.id] = closed(position);
	}
	for (const { position, since } of waited) {
		if (position === undefined || since === undefined) return undefined;
		sessions[position.id] = { sent: position.sent, since, read: 0, count: null };
	}
	return { version: 2, listId, after: startOf(after, latest), latest, sessions };
}

const isTimeOrNone = (value: unknown): value is string => value === '' || isTime(value);

function positionOf(name: unknown): Position | undefined {
	const [, id, sent] = /^(-?\d+)@(.+)$/.exec(typeof name === 'string' ? name : '') ?? [];
	return id === undefined || !isTime(sent) ? undefined : { id: Number(id), sent };
}

/** Version 1 read the sessions from 7 days before the latest one on, but not before its start. */
function startOf(after: string, latest: string): Position {
	const start = after.length > 10 ? behind(after) : { sent: after, id: 0 };
	if (latest === '') return start;
	const week = { sent: dayBefore(latest, OVERLAP_DAYS), id: 0 };
	return isBefore(start, week) ? week : start;
}

/**
 * The latest time in a cursor that cannot be read: of its sessions, or where it started when it has
 * none.
 */
function lastPoint(stored: Record<string, unknown>, now: number): string | undefined {
	const { latest, after, sessions, handled } = stored;
	const remembered = [
		...(isRecord(sessions) ? Object.values(sessions) : []).map((one) =>
			isRecord(one) ? one.sent : undefined,
		),
		...(Array.isArray(handled) ? handled : []).map((name) => positionOf(name)?.sent),
	];
	const ahead = horizon(now);
	const times = [latest, ...remembered].filter(isTime);
	if (times.length > 0)
		return times
			.filter((time) => time <= ahead)
			.sort()
			.pop();
	return [isRecord(after) ? after.sent : after].filter(isTime)[0];
}
