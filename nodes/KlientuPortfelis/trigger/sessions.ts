import type { IDataObject } from 'n8n-workflow';

import { Fault } from '../../shared/errors';
import { Stretches } from '../../shared/stretches';
import { call, type Connection } from '../protocol/call';
import { many } from '../resources/results';
import {
	advance,
	cursorAfter,
	cursorBehind,
	firstDay,
	nameOf,
	newSessions,
	postpone,
	type Cursor,
	type SessionMark,
} from './cursor';

export interface Wishes {
	readonly listId: number;
	/** Only events of these types; all when empty. */
	readonly eventTypes: readonly string[];
	/** Whether a session that found nothing gives no item. */
	readonly onlyWithEvents: boolean;
	/** The first day (YYYY-MM-DD) to begin with when there is no cursor yet; undefined for now. */
	readonly startDate: string | undefined;
}

/** What is handed on, and the cursor behind it. */
export interface Polled {
	readonly items: IDataObject[];
	readonly cursor: Cursor;
}

interface Session extends SessionMark {
	/** How many events the service says there are. */
	readonly count: number;
}

/** A session whose events stay fewer than announced is handed on as it is after a day. */
const PATIENCE = 24 * 60 * 60 * 1000;

/**
 * Reads the sessions that came since the cursor, with their events. Sessions that were sent before
 * the poll's time is up are handed on; the rest is left to the next poll.
 *
 * @param cursor undefined at the first poll, which hands nothing on unless a start date is set
 * @param now n8n's clock, in milliseconds
 * @throws Fault in words for the user; the cursor stays where it was then
 */
export async function pollSessions(
	connection: Connection,
	wishes: Wishes,
	cursor: Cursor | undefined,
	now: () => number,
	budget: number,
): Promise<Polled> {
	const { listId, startDate } = wishes;
	if (cursor === undefined && startDate === undefined) {
		return { items: [], cursor: cursorBehind(listId, await sessionsSince(connection, listId)) };
	}
	const start = cursor ?? cursorAfter(listId, startDate ?? '');
	const sessions = await sessionsSince(connection, listId, firstDay(start), cursor !== undefined);
	return await handOn(connection, wishes, start, sessions, now, now() + budget);
}

async function handOn(
	connection: Connection,
	wishes: Wishes,
	start: Cursor,
	sessions: Session[],
	now: () => number,
	deadline: number,
): Promise<Polled> {
	const items: IDataObject[] = [];
	let cursor = start;
	let listName: unknown;
	const stretches = new Stretches();
	for (const session of newSessions(cursor, sessions)) {
		await stretches.breathe();
		if (now() >= deadline) break;
		const events = await eventsOf(connection, wishes.listId, session);
		const since = cursor.waiting[nameOf(session)] ?? now();
		if (events.length < session.count && now() - since < PATIENCE) {
			cursor = postpone(cursor, session, since);
			continue;
		}
		listName ??= await listNameOf(connection, wishes.listId);
		for (const item of itemsOf(session, events, wishes, listName)) items.push(item);
		cursor = advance(cursor, session);
	}
	return { items, cursor };
}

/**
 * The latest event there is, for a test run in the editor.
 *
 * @throws Fault in words for the user, also when there is none
 */
export async function latestEvent(connection: Connection, wishes: Wishes): Promise<IDataObject> {
	const sessions = await sessionsSince(connection, wishes.listId);
	const latestFirst = newSessions(cursorAfter(wishes.listId, ''), sessions).reverse();
	const withEvents = latestFirst.filter(({ count }) => count > 0 || !wishes.onlyWithEvents);
	for (const session of withEvents.slice(0, 20)) {
		const events = await eventsOf(connection, wishes.listId, session);
		const listName = await listNameOf(connection, wishes.listId);
		const latest = itemsOf(session, events, wishes, listName).pop();
		if (latest !== undefined) return latest;
	}
	throw new Fault(
		'input',
		'The list has no event yet that fits',
		'The trigger itself is all right: activate the workflow, and it starts with the next event. For a test, choose a list whose monitoring has found something.',
	);
}

async function sessionsSince(
	connection: Connection,
	listId: number,
	from?: string,
	monitoringMayBeGone = false,
): Promise<Session[]> {
	const [outcome] = await Promise.allSettled([
		call(connection, 'get_monitoring_sessions', { list_id: listId, from }),
	]);
	if (outcome.status === 'fulfilled') return many(outcome.value, 'sessions').flatMap(toSession);
	const { reason } = outcome;
	// A monitoring that was removed may be made again; the trigger waits for it.
	const gone = reason instanceof Fault && reason.details.code === '2018';
	if (gone && monitoringMayBeGone) return [];
	throw reason;
}

/** A session that has not been sent yet has no time, and is looked at when it has. */
function toSession({ id, sent, sent_events_count: count }: IDataObject): Session[] {
	if (typeof id !== 'number' || typeof sent !== 'string' || !/^\d{4}-\d\d-\d\d /.test(sent)) {
		return [];
	}
	return [{ id, sent, count: typeof count === 'number' ? count : 0 }];
}

async function eventsOf(connection: Connection, listId: number, { id, count }: Session) {
	if (count === 0) return [];
	const answer = await call(connection, 'get_session_events', { list_id: listId, session_id: id });
	return many(answer, 'events');
}

async function listNameOf(connection: Connection, listId: number): Promise<unknown> {
	const lists = many(await call(connection, 'get_lists'), 'lists');
	return lists.find(({ id }) => id === listId)?.name ?? null;
}

function itemsOf(
	{ id, sent }: Session,
	events: IDataObject[],
	{ listId, eventTypes, onlyWithEvents }: Wishes,
	listName: unknown,
): IDataObject[] {
	const origin = { session_id: id, sent, list_id: listId, list_name: String(listName ?? '') };
	if (events.length === 0) return onlyWithEvents ? [] : [{ ...origin }];
	const wanted = events.filter(
		({ event_type: type }) => eventTypes.length === 0 || eventTypes.includes(String(type)),
	);
	return wanted.map((event) => ({ ...event, ...origin }));
}
