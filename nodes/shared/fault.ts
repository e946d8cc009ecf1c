import { changeQuotes, unmarked } from './quote';

export { excerpt } from './quote';

/**
 * Where a fault comes from, which decides how n8n shows it:
 * - `input`: a field of the node; nothing was sent
 * - `credential`: a field of the credential; nothing was sent
 * - `service`: the service understood the request and refused it
 * - `connection`: no response came
 * - `answer`: a response came that is not a valid one of the service
 */
export type FaultKind = 'input' | 'credential' | 'service' | 'connection' | 'answer';

export interface FaultDetails {
	/** The service's own code. */
	code?: string;
	/** HTTP status of the response. */
	status?: number;
	/** Whether the same request may succeed a moment later. */
	transient?: boolean;
	/** Seconds that the service asks to wait before the next request. */
	retryAfter?: number;
	/** Why it happened, if the kind and the status do not say (failure.ts). */
	cause?: FaultCause;
	/** Whether the service may have carried out a request that got no response. */
	maybeSent?: boolean;
	/** Whether n8n stopped the execution. */
	cancelled?: boolean;
	/** Whether this execution's timeout was exceeded; another execution may wait longer. */
	timedOut?: boolean;
	/** Whether it is unknown if a change was made. */
	uncertain?: boolean;
}

/** What a copy of a fault changes; a function receives the present text. */
export interface Changes {
	readonly kind?: FaultKind;
	readonly message?: string | ((words: string) => string);
	readonly description?: string | ((words: string) => string);
	/** Only those that change. */
	readonly details?: FaultDetails;
}

/** Who or what has to change before the same call can succeed. */
export type FaultCause =
	| 'rate-limited'
	| 'quota-exhausted'
	| 'temporarily-unavailable'
	| 'credential-invalid'
	| 'configuration-invalid';

/**
 * A fault for the person who built the workflow: `message` says what happened, `description` what to
 * do. It holds no secret and no other error, so it can be stored and shown. The texts may contain
 * quotes (quote.ts); `masked` removes secrets from them.
 */
export class Fault extends Error {
	override readonly name = 'Fault';
	readonly description: string;
	readonly details: FaultDetails;
	/** The words with the marks of their quotes; hidden from what prints or stores a fault. */
	readonly #message: string;
	readonly #description: string;

	constructor(
		readonly kind: FaultKind,
		message: string,
		description: string,
		details: FaultDetails = {},
	) {
		super(unmarked(message));
		this.description = unmarked(description);
		this.details =
			details.code === undefined ? details : { ...details, code: unmarked(details.code) };
		this.#message = message;
		this.#description = description;
	}

	/** A copy with changes; everything else stays. */
	with({ kind = this.kind, message, description, details }: Changes): Fault {
		return new Fault(
			kind,
			changed(this.#message, message),
			changed(this.#description, description),
			{ ...this.details, ...details },
		);
	}

	/**
	 * The same fault with its quotes and the service's code masked; itself when nothing changes.
	 *
	 * @param mask removes the secrets from a text
	 */
	masked(mask: (text: string) => string): Fault {
		const message = changeQuotes(this.#message, mask);
		const description = changeQuotes(this.#description, mask);
		const { code } = this.details;
		const details = code === undefined ? {} : { code: mask(code) };
		const isClean =
			message === this.#message &&
			description === this.#description &&
			(code === undefined || details.code === code);
		return isClean ? this : this.with({ message, description, details });
	}
}

function changed(words: string, change: Changes['message'] = words): string {
	return typeof change === 'function' ? change(words) : change;
}
