import { Fault } from '../../shared/fault';
import type { MonitoringSession } from './cursor';

/** A session whose events could not be read, and why. */
export interface Failure {
	readonly session: MonitoringSession;
	readonly fault: Fault;
}

/** Refusals that concern the login, the role or the list, so that other sessions are affected too. */
const CONCERNS_ALL: ReadonlySet<string> = new Set([
	...['1001', '1002', '2000', '2002', '2003', '2004', '2005', '2006', '2007', '2008', '2009'],
	...['2018', '3000', '3001', '3002'],
]);

/** Statuses that a proxy in front of the service sends for any request when it is busy or down. */
const OF_A_PROXY: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

/**
 * Whether a fault that came instead of a session's events concerns only this session: the service
 * refused or sent something unreadable. A fault without a response concerns the connection.
 */
export function concernsOneSession(fault: unknown): fault is Fault {
	if (!(fault instanceof Fault)) return false;
	const { code, status = 0 } = fault.details;
	if (fault.kind === 'answer') return !OF_A_PROXY.has(status);
	return fault.kind === 'service' && status > 0 && !CONCERNS_ALL.has(code ?? '');
}

/** How many sessions a message names. */
const MAX_NAMED = 10;

/** For sessions whose events could not be read for a day. */
export function failingNotice(failures: readonly Failure[]): Fault | undefined {
	const [first] = failures;
	if (first === undefined) return undefined;
	const { session, fault } = first;
	const names = failures.slice(0, MAX_NAMED).map(({ session: { id, sent } }) => `${id} (${sent})`);
	const more = failures.length > MAX_NAMED ? ` and ${failures.length - MAX_NAMED} more` : '';
	const title =
		failures.length === 1
			? `The events of monitoring session ${session.id} (${session.sent}) could not be read for a day`
			: `The events of ${failures.length} monitoring sessions could not be read for a day`;
	return new Fault(
		fault.kind,
		title,
		`Read the events in Klientu Portfelis, and ask Lursoft's support about monitoring session ${names.join(', ')}${more}. The trigger tries again at every poll for 30 days. Other sessions are not affected. The last response: ${fault.message}. ${fault.description}`,
		fault.details,
	);
}

/** For sessions that had too many events to remember. */
export function closedEarlyNotice(count: number): Fault | undefined {
	if (count === 0) return undefined;
	return new Fault(
		'answer',
		'The list has more monitoring events than the trigger can remember',
		`Split the list into smaller ones. All events so far were emitted, but events that are added later to ${count === 1 ? 'one monitoring session' : `${count} monitoring sessions`} of the last 7 days will not be found.`,
	);
}
