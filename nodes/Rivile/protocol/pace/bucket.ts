import type { Limits } from './limits';

/** The documented limit: 10 requests a second, 30 at the peak. */
const DOCUMENTED = { burst: 30, perSecond: 10, cost: 1 };

const SECOND = 1000;

/** The wait after a first block without Retry-After; each further block in a row doubles it. */
const FIRST_PAUSE = SECOND;
const LONGEST_BACKOFF = 30 * SECOND;

/** The longest Retry-After that is obeyed without asking once in between. */
export const LONGEST_PAUSE = 3600 * SECOND;

/** How far a gateway that blocks without saying what remains slows the node down, at most. */
const SLOWEST = 1 / 8;

/** How long it takes from standing still to full pace. Each attempt at more costs others a block. */
const RECOVERY = 300 * SECOND;

/** Stands for one request that was sent. */
export interface Ticket {
	readonly number: number;
	/** The level that was expected after it. */
	readonly level: number;
	/** The sum of corrections up to then. */
	readonly corrected: number;
}

/**
 * The gateway's bucket of tokens for one API key, as far as it is known from here: each request takes
 * tokens, and time brings them back. Other programs may use the same key, so what the gateway says
 * remains can only lower the expected level.
 *
 * Two rules keep requests from being blocked. The level stays at burst - perSecond - 1 or above, as
 * Rivilė's documentation advises. And no second sees more requests than a second refills: a gateway
 * that refills once a second, as its framework does, would fall below that level otherwise.
 *
 * The bucket has no clock: time passes when `pass` is called.
 */
export class Bucket {
	private burst = DOCUMENTED.burst;
	private perSecond = DOCUMENTED.perSecond;
	private cost = DOCUMENTED.cost;
	private level = DOCUMENTED.burst;
	private corrected = 0;
	private readonly latest: number[] = [];
	private count = 0;
	private pace = 1;
	private pauseLeft = 0;
	private blocksInRow = 0;
	/** The last request that was sent before the latest block. */
	private lastBeforeBlock = 0;

	/** Milliseconds that have passed in all. */
	time = 0;

	/** Milliseconds until the gateway, which has blocked a request, wants to see the next one. */
	get pause(): number {
		return this.pauseLeft;
	}

	/** Milliseconds until the next request may be sent. */
	get delay(): number {
		const missing = this.reserve + this.cost - this.level;
		const refill = (missing / this.rate) * SECOND;
		const first = this.latest.at(-this.requestsPerSecond);
		const second = first === undefined ? 0 : first + SECOND - this.time;
		return Math.max(this.pauseLeft, refill, second, 0);
	}

	/** Lets time pass. */
	pass(milliseconds: number): void {
		if (!(milliseconds > 0)) return;
		const paused = Math.min(milliseconds, this.pauseLeft);
		// No peak is saved up during a pause: one request shows whether it is over.
		this.refill(paused, this.reserve + this.cost);
		this.refill(milliseconds - paused, this.burst);
		this.pauseLeft -= paused;
		this.pace = Math.min(this.pace + milliseconds / RECOVERY, 1);
		this.time += milliseconds;
	}

	/** Counts a request that is being sent. */
	take(): Ticket {
		this.level -= this.cost;
		this.count++;
		while ((this.latest[0] ?? Infinity) <= this.time - SECOND) this.latest.shift();
		this.latest.push(this.time);
		return { number: this.count, level: this.level, corrected: this.corrected };
	}

	/** Follows what the gateway said in the response to a request. */
	follow(ticket: Ticket, limits: Limits): void {
		const { burst = this.burst, perSecond = this.perSecond, cost = this.cost } = limits;
		// What was taken stays taken when the bucket turns out to be larger or smaller.
		const grown = burst - this.burst;
		this.burst = burst;
		this.perSecond = perSecond;
		this.cost = Math.min(cost, burst);
		if (grown !== 0) this.correct(grown);
		if (limits.remaining === undefined) return;
		// Corrections since the request was sent must not be made a second time.
		const expected = ticket.level + this.corrected - ticket.corrected;
		this.correct(Math.min(limits.remaining - expected, 0));
	}

	/** Notes that a request was not blocked. */
	passed(ticket: Ticket): void {
		if (ticket.number > this.lastBeforeBlock) this.blocksInRow = 0;
	}

	/**
	 * Notes that a request was blocked, which pauses all requests.
	 *
	 * @param retryAfter seconds that the gateway asks to wait
	 */
	blocked(ticket: Ticket, limits: Limits, retryAfter = 0): void {
		// The gateway's bucket was empty, whether it says so or not.
		this.follow(ticket, { ...limits, remaining: limits.remaining ?? 0 });
		const asked = Math.min(retryAfter * SECOND, LONGEST_PAUSE);
		this.pauseLeft = Math.max(this.pauseLeft, asked);
		// Requests that were under way together are blocked together, and count as one block.
		if (ticket.number <= this.lastBeforeBlock) return;
		this.lastBeforeBlock = this.count;
		const backoff = Math.min(FIRST_PAUSE * 2 ** this.blocksInRow, LONGEST_BACKOFF);
		this.blocksInRow++;
		this.pauseLeft = Math.max(this.pauseLeft, backoff);
		// Others use the key as well, and nothing tells how much they leave: halve, then recover slowly.
		if (limits.remaining === undefined) this.pace = Math.max(this.pace / 2, SLOWEST);
	}

	/** Tokens that are left for other programs. One request must always be possible. */
	private get reserve(): number {
		return Math.max(Math.min(this.burst - this.perSecond - 1, this.burst - this.cost), 0);
	}

	/** Tokens that come back each second, as far as they are used. */
	private get rate(): number {
		return this.perSecond * this.pace;
	}

	private get requestsPerSecond(): number {
		return Math.max(Math.floor(Math.min(this.rate, this.burst) / this.cost), 1);
	}

	private refill(milliseconds: number, upTo: number): void {
		const refilled = this.level + (milliseconds / SECOND) * this.rate;
		this.level = Math.max(this.level, Math.min(refilled, upTo));
	}

	/** The gateway's level is never below nothing, nor above the burst. */
	private correct(by: number): void {
		const level = Math.max(Math.min(this.level + by, this.burst), 0);
		this.corrected += level - this.level;
		this.level = level;
	}
}
