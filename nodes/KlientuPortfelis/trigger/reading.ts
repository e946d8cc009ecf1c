import type { IDataObject } from 'n8n-workflow';

import {
	closed,
	followed,
	millisecondsOf,
	type Followed,
	type Remembered,
	type MonitoringSession,
} from './cursor';
import { unknownEvents } from './events';

const DAY = 24 * 60 * 60 * 1000;

/** A session that announces events but has none is treated as empty after a day. */
const PATIENCE = DAY;

/** When a session's events are read. */
export interface Moment {
	/** n8n's clock, in milliseconds. */
	readonly now: number;
	/** Sessions sent before this day are not read again. */
	readonly open: string;
	/** Whether one more session of which nothing could be read yet can be remembered. */
	readonly mayWait: () => boolean;
}

/** The events to emit (undefined for nothing, not even an empty session) and what to remember. */
export interface Reading {
	readonly remembered: Remembered;
	readonly events: readonly IDataObject[] | undefined;
}

/**
 * What is new in a session's events. A session that was read before gives what was added, if anything.
 * A new one gives its events, or an empty list, which is news too.
 *
 * @param before what is remembered of the session; undefined for a new one
 */
export function afterReading(
	before: Followed | undefined,
	session: MonitoringSession,
	events: readonly IDataObject[],
	{ now, open, mayWait }: Moment,
): Reading {
	const { sent, count } = session;
	const since = sinceOf((before ?? followed(session, now)).since, sent, now);
	const read: Followed = { sent, since, read: now, count };
	const announced = count ?? 0;
	const isFirst = before?.events === undefined;
	const isUnwritten = isFirst && events.length === 0 && announced > 0;
	if (isUnwritten && now - since < PATIENCE && mayWait()) {
		return { remembered: read, events: undefined };
	}
	const { events: unknown, known } = unknownEvents(before?.events ?? '', events);
	const isComplete = before === undefined && sent < open && events.length >= announced;
	return {
		remembered: isComplete ? closed(session) : { ...read, events: known },
		events: isFirst || unknown.length > 0 ? unknown : undefined,
	};
}

/** A new session that announces no events and is not requested now: it found nothing so far. */
export function withoutReading(session: MonitoringSession, { now, open }: Moment): Reading {
	const remembered = session.sent < open ? closed(session) : followed(session, now, '');
	return { remembered, events: [] };
}

/**
 * What to remember of a session whose events could not be read.
 *
 * @returns undefined for a new one when there is no room to wait for it; it stays new
 */
export function afterFailing(
	before: Followed | undefined,
	session: MonitoringSession,
	{ now, mayWait }: Moment,
): Remembered | undefined {
	if (before === undefined && !mayWait()) return undefined;
	const { failing = now } = before ?? {};
	return { ...(before ?? followed(session, now)), sent: session.sent, read: now, failing };
}

/**
 * When a session was first seen. A time in the future means that n8n's clock was ahead then or is behind
 * now. In that case the session's own time counts, as it is followed for days from then.
 */
function sinceOf(since: number, sent: string, now: number): number {
	return Math.min(since, Math.max(now, millisecondsOf(sent) + DAY));
}

/** Whether a session's events could not be read for a day. */
export function failsForADay(session: Remembered | undefined, now: number): boolean {
	const failing = session?.closed ? undefined : session?.failing;
	return failing !== undefined && now - failing >= DAY;
}
