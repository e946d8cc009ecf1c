import type { Fault, FaultCause } from './fault';
import type { Failure } from './n8nVersions';

/** The causes that pass by themselves, for which a wait can be named. */
const TIMED: ReadonlySet<FaultCause> = new Set([
	'rate-limited',
	'quota-exhausted',
	'temporarily-unavailable',
]);

/**
 * The cause of a fault in n8n's terms. n8n polls a service less often that is busy or away, and much
 * less often where a person has to act first.
 *
 * @returns undefined where the cause is open
 */
export function failureOf(fault: Fault): Failure | undefined {
	const cause = fault.details.cause ?? causeOf(fault);
	if (cause === undefined) return undefined;
	const { retryAfter } = fault.details;
	if (!TIMED.has(cause) || retryAfter === undefined) return { cause };
	return { cause, retryAfterMs: Math.ceil(retryAfter * 1000) };
}

function causeOf({ kind, details }: Fault): FaultCause | undefined {
	if (details.cancelled === true) return undefined;
	if (details.status === 429) return 'rate-limited';
	if (details.status === 401 || details.status === 403) return 'credential-invalid';
	if (kind === 'input') return 'configuration-invalid';
	if (kind === 'credential') return 'credential-invalid';
	if (details.transient === true) return 'temporarily-unavailable';
	// What stops a connection (a name that is not found, an expired certificate) is cured elsewhere.
	if (kind === 'connection') return 'temporarily-unavailable';
	return undefined;
}
