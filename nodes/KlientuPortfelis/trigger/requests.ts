import type { IDataObject } from 'n8n-workflow';

import { asThrown } from '../../shared/asThrown';
import { Fault } from '../../shared/fault';
import { call, type Connection } from '../protocol/call';
import { listsOfExecution } from '../protocol/portfolio/lists';
import { many } from '../resources/results';
import type { MonitoringSession } from './cursor';
import { concernsOneSession } from './notices';
import { timeOf } from './state';

/**
 * The monitoring sessions of a list.
 *
 * @param from the first day (YYYY-MM-DD); undefined for all
 * @param monitoringMayBeGone whether it is all right that the list has no monitoring any more
 * @returns undefined when it has none and that is all right
 * @throws Fault in words for the user
 */
export async function sessionsSince(
	connection: Connection,
	listId: number,
	from?: string,
	monitoringMayBeGone = false,
): Promise<MonitoringSession[] | undefined> {
	try {
		const answer = await call(connection, 'get_monitoring_sessions', { list_id: listId, from });
		return many(answer, 'sessions').flatMap(toSession);
	} catch (error) {
		// A monitoring that was removed may be created again; the trigger waits for it.
		const isGone = error instanceof Fault && error.details.code === '2018';
		if (isGone && monitoringMayBeGone) return undefined;
		throw asThrown(error);
	}
}

/** A session without a valid time counts as not sent yet. */
function toSession({ id, sent, sent_events_count: count }: IDataObject): MonitoringSession[] {
	const time = timeOf(sent);
	if (typeof id !== 'number' || time === undefined) return [];
	const isTimed = time.length > 10;
	return [
		{
			id,
			sent: isTimed ? time : `${time} 00:00:00`,
			count: typeof count === 'number' ? count : null,
		},
	];
}

/**
 * The events of a session, or a fault when only this session cannot be read.
 *
 * @throws Fault when other sessions are affected too
 */
export async function eventsOrFault(
	connection: Connection,
	listId: number,
	{ id }: MonitoringSession,
): Promise<IDataObject[] | Fault> {
	try {
		const parameters = { list_id: listId, session_id: id };
		return many(await call(connection, 'get_session_events', parameters), 'events');
	} catch (error) {
		if (concernsOneSession(error)) return error;
		throw asThrown(error);
	}
}

/** The name of a list, null when it is not among the lists of the role. */
export async function listNameOf(connection: Connection, listId: number): Promise<string | null> {
	const lists = await listsOfExecution(connection);
	return lists.find(({ id }) => id === listId)?.name ?? null;
}
