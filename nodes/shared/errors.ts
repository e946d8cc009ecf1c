/**
 * Where a fault lies, which decides how n8n shows it:
 * - `input`: a field of the node; nothing was sent
 * - `credential`: a field of the credential; nothing was sent
 * - `service`: the service understood the call and refused it
 * - `connection`: no answer came
 * - `answer`: an answer came that is not one of the service's
 */
export type FaultKind = 'input' | 'credential' | 'service' | 'connection' | 'answer';

export interface FaultDetails {
	/** The service's own code. */
	code?: string;
	/** HTTP status of the answer. */
	status?: number;
	/** Whether the same request may well succeed a moment later. */
	transient?: boolean;
	/** Seconds that the service asks to wait before the next request. */
	retryAfter?: number;
	/** Why it happened, where the kind and the status do not tell (failure.ts). */
	cause?: FaultCause;
}

/** Who or what has to change before the same call can succeed. */
export type FaultCause =
	| 'rate-limited'
	| 'quota-exhausted'
	| 'temporarily-unavailable'
	| 'credential-invalid'
	| 'configuration-invalid';

/**
 * A fault in words for the person who built the workflow: `message` says what happened,
 * `description` what to do. Holds no secret and no other error, so it can be stored and shown.
 */
export class Fault extends Error {
	override readonly name = 'Fault';

	constructor(
		readonly kind: FaultKind,
		message: string,
		readonly description: string,
		readonly details: FaultDetails = {},
	) {
		super(message);
	}
}

/** The longest text that is worth showing of something unexpected. */
const EXCERPT = 200;

/** The start of a text on one line, for messages; an ellipsis says that there was more. */
export function excerpt(text: string, length = EXCERPT): string {
	const whole = text.trim();
	const start = whole.slice(0, length * 4);
	const line = start.replace(/\s+/g, ' ').trim();
	const isWhole = line.length <= length && start.length === whole.length;
	return isWhole ? line : `${line.slice(0, length)}…`;
}
