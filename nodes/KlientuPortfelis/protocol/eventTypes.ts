import { asThrown } from '../../shared/asThrown';
import { Fault } from '../../shared/fault';
import { isRecord } from '../../shared/guards';
import { inParallel } from '../../shared/inParallel';
import { call, type Connection } from './call';

/** A type of monitoring events. */
export interface EventType {
	readonly code: string;
	/** What the service calls it; an empty text when it has no name. */
	readonly title: string;
}

/** So many of the latest sessions with events are looked at. */
const SESSIONS = 30;

/** Sessions whose events are read at the same time. */
const SESSIONS_AT_ONCE = 5;

/** The service's code for a list without monitoring. */
const NO_MONITORING = '2018';

/**
 * The types of the events that the latest monitoring sessions of a list found, in the order of their
 * titles. The service has no list of them.
 *
 * @returns none when the list has no monitoring, or its sessions have found nothing yet
 * @throws Fault in words for the user
 */
export async function eventTypesOf(connection: Connection, listId: unknown): Promise<EventType[]> {
	const sessions = await latestSessions(connection, listId);
	const events = await inParallel(sessions, SESSIONS_AT_ONCE, async (sessionId) => {
		const parameters = { list_id: listId, session_id: sessionId };
		try {
			return (await call(connection, 'get_session_events', parameters)).events;
		} catch (error) {
			// A session that cannot be read is left out; the others tell enough.
			if (error instanceof Fault && error.kind !== 'connection') return [];
			throw asThrown(error);
		}
	});
	const titles = new Map<string, string>();
	for (const event of events.flat()) {
		if (!isRecord(event) || typeof event.event_type !== 'string') continue;
		const { event_type: code, title } = event;
		const known = titles.get(code) ?? '';
		// Sessions come with the latest first, whose words are the present ones.
		if (code !== '' && known === '') titles.set(code, typeof title === 'string' ? title : '');
	}
	return [...titles]
		.map(([code, title]) => ({ code, title }))
		.sort((a, b) => a.title.localeCompare(b.title, 'lv') || (a.code < b.code ? -1 : 1));
}

/** The IDs of the latest sessions that found something, the latest first. */
async function latestSessions(connection: Connection, listId: unknown): Promise<number[]> {
	try {
		const { sessions } = await call(connection, 'get_monitoring_sessions', { list_id: listId });
		const records: unknown[] = Array.isArray(sessions) ? sessions : [];
		return records
			.filter(isRecord)
			.filter(({ sent_events_count: count }) => count !== 0)
			.sort((a, b) => (String(a.sent) < String(b.sent) ? 1 : -1))
			.flatMap(({ id }) => (typeof id === 'number' ? [id] : []))
			.slice(0, SESSIONS);
	} catch (error) {
		if (error instanceof Fault && error.details.code === NO_MONITORING) return [];
		throw asThrown(error);
	}
}
