import { Fault } from '../../shared/fault';
import { INTERNAL_FAULT } from './answer/codes';

/** Objects in the first request: other implementations allow no more, and few are slow with so many. */
export const FIRST_PAGE = 1000;

/** The most objects in a request: a third of what the service allows, and about 4.5 MB. */
export const LARGEST_PAGE = 8000;

/** How many times as long as the last page the next one may be. */
export const GROWTH = 2.5;

/** A page is not made smaller than this because of a timeout, nor because of a refusal. */
const LEAST = { timeout: 250, refusal: 10 } as const;

/** Milliseconds that a page may take: proxies often give up after 30 seconds. */
const COMFORTABLE = 10_000;

/** The code for asking for too many objects. */
const TOO_MANY = '2021';

/** The service, or a proxy, asks for patience. */
const BUSY: ReadonlySet<number> = new Set([429, 503]);

/** A proxy gave up waiting for the service. */
const GATEWAY_TIMEOUT: ReadonlySet<number> = new Set([504, 524]);

interface Settings {
	/** How many readings share it: their pages together are no more than the largest of one. */
	readonly readings?: number;
	/** How long one request may take, in milliseconds. */
	readonly timeout?: number;
	/** The time in milliseconds. */
	readonly now?: () => number;
}

/**
 * How many objects to ask for. Pages grow as long as they come in full and so quickly that the next
 * one keeps well within the timeout. A page that does not come is asked for again smaller, and pages
 * stay below its size from then on, so that this ends.
 */
export class PageSize {
	/** The time in milliseconds. */
	readonly now: () => number;
	/** How many objects to ask for next. */
	rows = FIRST_PAGE;
	/** What rows may grow to. */
	private most: number;
	/** The largest page that came in full. */
	private proven = 0;
	private readonly timeout: number;

	constructor({ readings = 1, timeout = Infinity, now = Date.now }: Settings = {}) {
		this.most = Math.floor(LARGEST_PAGE / readings);
		this.timeout = timeout;
		this.now = now;
	}

	/**
	 * Notes that a page came with all the objects that were asked for.
	 *
	 * @param milliseconds how long it took
	 */
	cameFull(asked: number, milliseconds: number): void {
		this.proven = Math.max(this.proven, asked);
		if (milliseconds > this.timeout / 2) {
			this.rows = Math.min(this.rows, Math.max(Math.floor(asked / 2), LEAST.timeout));
		} else if (asked >= this.rows && GROWTH * milliseconds <= this.comfortable()) {
			this.rows = Math.min(Math.floor(GROWTH * asked), this.most);
		}
	}

	/** Notes that a page has fewer objects than asked for, and is not the last: the service has a limit. */
	cameShort(): void {
		this.limit(Math.max(this.proven, FIRST_PAGE));
	}

	/**
	 * Makes pages smaller than one that failed, if that may help.
	 *
	 * @param reason what the request for it ended with
	 * @returns whether a smaller page is worth a request
	 */
	shrink(asked: number, reason: unknown): boolean {
		const before = this.proven > 0 && this.proven < asked ? this.proven : Math.floor(asked / 2);
		const rows = smallerAfter(asked, reason, before);
		if (rows === undefined) return false;
		this.limit(Math.max(before, rows));
		this.rows = Math.min(this.rows, rows);
		return true;
	}

	/** Even if the time grows with the square of the objects, that is half the timeout at most. */
	private comfortable(): number {
		return Math.min(COMFORTABLE, this.timeout / (2 * GROWTH));
	}

	private limit(most: number): void {
		this.most = Math.min(this.most, most);
		this.rows = Math.min(this.rows, this.most);
	}
}

/**
 * The size to try instead, if a smaller one may help.
 *
 * @param before the size that came in full before, or else half of what was asked for
 */
function smallerAfter(asked: number, reason: unknown, before: number): number | undefined {
	if (!(reason instanceof Fault)) return undefined;
	const { code, status = 0, retryAfter, timedOut } = reason.details;
	if (code === TOO_MANY) return before >= LEAST.refusal ? before : undefined;
	if (BUSY.has(status) || retryAfter !== undefined) return undefined;
	// Each timeout costs minutes: it takes few of them to get to a size that certainly comes.
	const quarter = Math.max(Math.floor(asked / 4), LEAST.timeout);
	const isSlow = timedOut === true || GATEWAY_TIMEOUT.has(status);
	if (isSlow) return asked > LEAST.timeout ? quarter : undefined;
	return asked > FIRST_PAGE && isBroken(reason) ? quarter : undefined;
}

/** The service may have run out of memory, or a proxy may have cut a long response. */
function isBroken({ kind, details: { code, transient, maybeSent } }: Fault): boolean {
	if (code === INTERNAL_FAULT) return true;
	return transient === true && (kind === 'answer' || maybeSent === true);
}
