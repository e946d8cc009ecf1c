import { Fault } from '../../shared/fault';
import type { MonitoringSession } from './cursor';

/** A session whose events could not be had, and why. */
export interface Failure {
	readonly session: MonitoringSession;
	readonly fault: Fault;
}

/** Refusals that concern the login, the role or the list, so that other sessions fare no better. */
const CONCERNS_ALL: ReadonlySet<string> = new Set([
	...['1001', '1002', '2000', '2002', '2003', '2004', '2005', '2006', '2007', '2008', '2009'],
	...['2018', '3000', '3001', '3002'],
]);

/** What stands in front of the service answers so when it is busy or down, whatever it is asked. */
const OF_A_PROXY: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

/**
 * Whether a fault that came instead of a session's events concerns this session only: the service
 * refused it or gave something unreadable. Without a response it concerns the connection.
 */
export function concernsOneSession(fault: unknown): fault is Fault {
	if (!(fault instanceof Fault)) return false;
	const { code, status = 0 } = fault.details;
	if (fault.kind === 'answer') return !OF_A_PROXY.has(status);
	return fault.kind === 'service' && status > 0 && !CONCERNS_ALL.has(code ?? '');
}

/** So many sessions are named in a message. */
const MAX_NAMED = 10;

/** For sessions whose events could not be had for a day. */
export function failingNotice(failures: readonly Failure[]): Fault | undefined {
	const [first] = failures;
	if (first === undefined) return undefined;
	const { session, fault } = first;
	const names = failures.slice(0, MAX_NAMED).map(({ session: { id, sent } }) => `${id} (${sent})`);
	const more = failures.length > MAX_NAMED ? ` and ${failures.length - MAX_NAMED} more` : '';
	const title =
		failures.length === 1
			? `The events of monitoring session ${session.id} of ${session.sent} could not be read for a day`
			: `The events of ${failures.length} monitoring sessions could not be read for a day`;
	return new Fault(
		fault.kind,
		title,
		`Look at the events in Klientu Portfelis, and ask Lursoft's support about monitoring session ${names.join(', ')}${more}. The trigger asks for them again at every poll for 30 days; other sessions are not affected. The last answer: ${fault.message}. ${fault.description}`,
		fault.details,
	);
}

/** For sessions that had too many events to remember. */
export function closedEarlyNotice(count: number): Fault | undefined {
	if (count === 0) return undefined;
	return new Fault(
		'answer',
		'The list has more monitoring events than the trigger can remember',
		`Divide the list into smaller ones to be safe. All events that are there now were given, but events that are added later to ${count === 1 ? 'one monitoring session' : `${count} monitoring sessions`} of the last 7 days are not found.`,
	);
}
