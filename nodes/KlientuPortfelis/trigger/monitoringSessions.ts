import type { IDataObject } from 'n8n-workflow';

import { Fault } from '../../shared/fault';
import { TimeSlice } from '../../shared/timeSlice';
import type { Connection } from '../protocol/call';
import {
	byPosition,
	closed,
	cursorAfter,
	distinct,
	firstDay,
	followed,
	hasRoomToWait,
	isTimeToTell,
	plan,
	type Cursor,
	type Plan,
	type Remembered,
	type MonitoringSession,
} from './cursor';
import { closedEarlyNotice, failingNotice, type Failure } from './notices';
import {
	afterFailing,
	afterReading,
	failsForADay,
	withoutReading,
	type Moment,
	type Reading,
} from './reading';
import { eventsOrFault, listNameOf, sessionsSince } from './requests';
import { cursorBehind, settle } from './settle';

export interface TriggerSettings {
	readonly listId: number;
	/** Only events of these types; all when empty. */
	readonly eventTypes: readonly string[];
	/** Whether sessions that found nothing give no item. */
	readonly onlyWithEvents: boolean;
	/** The first day (YYYY-MM-DD) when there is no cursor yet; undefined to start from now. */
	readonly startDate: string | undefined;
}

/** What is emitted, and the cursor behind it. */
export interface Polled {
	readonly items: IDataObject[];
	readonly cursor: Cursor;
	/** What the user should know although the poll succeeded. */
	readonly notices: readonly Fault[];
}

/** Events of a session to emit; none with a session that found nothing. */
interface Found {
	readonly session: MonitoringSession;
	readonly events: readonly IDataObject[];
}

/** A poll ends after this many sessions that cannot be read, because each may take several attempts. */
const MAX_FAILURES = 5;

/** When a trigger starts, it reads the events of this many of the latest sessions, to know them. */
const NOTED_AT_START = 20;

/** One poll in progress. */
interface Run {
	readonly connection: Connection;
	readonly settings: TriggerSettings;
	readonly now: () => number;
	readonly deadline: number;
	readonly plan: Plan;
	/** What the poll learnt about sessions, by their IDs. */
	readonly learnt: Map<number, Remembered>;
	readonly found: Found[];
	readonly failures: Failure[];
}

/**
 * Reads the sessions that came since the cursor, and those of the last days that are due again
 * (cursor.ts, plan), and returns the events that were not emitted before. What does not fit into the
 * poll's time is left to the next poll, and so is a session whose events the service does not return.
 *
 * @param cursor undefined at the first poll, which emits nothing unless a start date is set
 * @param now n8n's clock, in milliseconds
 * @throws Fault in words for the user when the service cannot be reached or refuses; the cursor stays
 */
export async function pollMonitoringSessions(
	connection: Connection,
	settings: TriggerSettings,
	cursor: Cursor | undefined,
	now: () => number,
	budget: number,
): Promise<Polled> {
	const { listId, startDate } = settings;
	const deadline = now() + budget;
	const start =
		cursor ??
		(startDate === undefined ? undefined : cursorAfter(listId, { sent: startDate, id: 0 }));
	const from = start === undefined ? undefined : firstDay(start, now());
	const listed = await sessionsSince(connection, listId, from, cursor !== undefined);
	if (listed === undefined && start !== undefined) return { items: [], cursor: start, notices: [] };
	const sessions = distinct(listed ?? [], now());
	const planned = plan(start ?? cursorBehind(listId, sessions, now()), sessions, now());
	const run: Run = {
		connection,
		settings,
		now,
		deadline,
		plan: planned,
		learnt: new Map(),
		found: [],
		failures: [],
	};
	if (start === undefined) await noteLatest(run, sessions);
	else await readAll(run);
	return await endOf(run, sessions);
}

/** Reads what happened before the start without emitting it, so that later additions are found. */
async function noteLatest(run: Run, sessions: readonly MonitoringSession[]): Promise<void> {
	const recent = sessions.filter(({ sent }) => sent >= run.plan.open);
	for (const session of recent.sort(byPosition).slice(-NOTED_AT_START)) {
		if (isOver(run)) break;
		await read(run, session, followed(session, run.now(), ''));
	}
	// A session that could not be read now stays behind the start.
	for (const { session } of run.failures) run.learnt.set(session.id, closed(session));
	run.found.length = 0;
	run.failures.length = 0;
}

async function readAll(run: Run): Promise<void> {
	const { unseen, unasked, again, cursor } = run.plan;
	const timeSlice = new TimeSlice();
	for (const session of unseen) {
		await timeSlice.yieldIfDue();
		if (isOver(run)) return;
		if (unasked.has(session.id)) learn(run, session, withoutReading(session, momentOf(run)));
		else await read(run, session);
	}
	for (const session of again) {
		if (isOver(run)) return;
		await read(run, session, cursor.sessions[session.id]);
	}
}

const isOver = ({ now, deadline, failures }: Run): boolean =>
	now() >= deadline || failures.length >= MAX_FAILURES;

function momentOf({ now, plan: { open, cursor }, learnt }: Run): Moment {
	const mayWait = () => hasRoomToWait([...Object.values(cursor.sessions), ...learnt.values()]);
	return { now: now(), open, mayWait };
}

/** @throws Fault when the events cannot be read, unless only this session is affected */
async function read(run: Run, session: MonitoringSession, remembered?: Remembered): Promise<void> {
	const { connection, settings, learnt, failures } = run;
	const before = remembered?.closed ? undefined : remembered;
	const events = await eventsOrFault(connection, settings.listId, session);
	if (events instanceof Fault) {
		failures.push({ session, fault: events });
		const failing = afterFailing(before, session, momentOf(run));
		if (failing !== undefined) learnt.set(session.id, failing);
	} else learn(run, session, afterReading(before, session, events, momentOf(run)));
}

function learn(
	{ learnt, found }: Run,
	session: MonitoringSession,
	{ remembered, events }: Reading,
): void {
	learnt.set(session.id, remembered);
	if (events !== undefined) found.push({ session, events });
}

async function endOf(run: Run, sessions: readonly MonitoringSession[]): Promise<Polled> {
	const { connection, settings, plan: planned, learnt, found, failures } = run;
	const now = run.now();
	const { cursor, closedEarly } = settle(planned, learnt, sessions, now);
	const overdue = failures.filter(({ session: { id } }) => failsForADay(learnt.get(id), now));
	const notices = [failingNotice(overdue), closedEarlyNotice(closedEarly)].filter(
		(notice) => notice !== undefined,
	);
	const isTold = notices.length > 0 && isTimeToTell(cursor, now);
	return {
		items: await itemsOfAll(connection, settings, found),
		cursor: isTold ? { ...cursor, told: now } : cursor,
		notices: isTold ? notices : [],
	};
}

/** The items of all events that were found, in the order of the sessions. */
async function itemsOfAll(
	connection: Connection,
	settings: TriggerSettings,
	found: readonly Found[],
): Promise<IDataObject[]> {
	const wanted = found.filter((one) => itemsOf(one, settings, '').length > 0);
	if (wanted.length === 0) return [];
	const listName = await listNameOf(connection, settings.listId);
	return wanted
		.sort((a, b) => byPosition(a.session, b.session))
		.flatMap((one) => itemsOf(one, settings, listName));
}

/**
 * The latest event, for a test run in the editor.
 *
 * @throws Fault in words for the user, also when there is no event
 */
export async function latestEvent(
	connection: Connection,
	settings: TriggerSettings,
): Promise<IDataObject> {
	const sessions = (await sessionsSince(connection, settings.listId)) ?? [];
	const latestFirst = [...sessions].sort(byPosition).reverse();
	const candidates = latestFirst.filter(({ count }) => count !== 0 || !settings.onlyWithEvents);
	let failure: Fault | undefined;
	for (const session of candidates.slice(0, 20)) {
		const events = await eventsOrFault(connection, settings.listId, session);
		if (events instanceof Fault) failure ??= events;
		else {
			const found = { session, events: events.slice().reverse() };
			const [latest] = await itemsOfAll(connection, settings, [found]);
			if (latest !== undefined) return latest;
		}
	}
	if (failure !== undefined) throw failure;
	throw new Fault(
		'input',
		'The list has no matching event yet',
		'For a test, choose a list whose monitoring has found something. You can also publish the workflow now: it starts with the next event.',
	);
}

function itemsOf(
	{ session: { id, sent }, events }: Found,
	{ listId, eventTypes, onlyWithEvents }: TriggerSettings,
	listName: unknown,
): IDataObject[] {
	const origin = { session_id: id, sent, list_id: listId, list_name: String(listName ?? '') };
	if (events.length === 0) return onlyWithEvents ? [] : [{ ...origin }];
	const wanted = events.filter(
		({ event_type: type }) => eventTypes.length === 0 || eventTypes.includes(String(type)),
	);
	return wanted.map((event) => ({ ...event, ...origin }));
}
