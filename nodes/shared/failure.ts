import type { Fault, FaultCause } from './fault';
import type { Failure } from './n8nVersions';

/** The causes that pass by themselves, so n8n can be told how long to wait. */
const TIMED: ReadonlySet<FaultCause> = new Set([
	'rate-limited',
	'quota-exhausted',
	'temporarily-unavailable',
]);

/**
 * The cause of a fault in n8n's terms. n8n polls less often while a service is busy or down, and much
 * less often when a person has to act first.
 *
 * @returns undefined when the cause is unknown
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
	// Whatever prevents a connection, even an expired certificate, can be fixed without the workflow.
	if (kind === 'connection') return 'temporarily-unavailable';
	return undefined;
}
