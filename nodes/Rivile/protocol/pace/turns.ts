import { sleep } from 'n8n-workflow';

import { inTime } from '../../../shared/patience';
import { Bucket, type Ticket } from './bucket';
import type { Limits } from './limits';

/** Where the time comes from; tests bring their own. */
export interface Clock {
	/** Milliseconds since some point of time. */
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

/** The clock of the process does not jump when the machine's time is set. */
const CLOCK: Clock = {
	now: () => performance.now(),
	sleep: async (milliseconds) => await sleep(milliseconds),
};

/** The longest sleep in one go: what happens meanwhile is seen after it. */
const STEP = 250;

/** How long one caller waits for its turn. */
export interface Patience {
	/** Milliseconds. */
	readonly longest: number;
	/** Tells when the caller's execution is stopped. */
	readonly stop?: AbortSignal;
}

/**
 * The turn would come later than the caller waits, because the gateway has asked for a pause. Told by its
 * code: the node and the trigger, which are bundled apart, have classes of their own.
 */
const paused = () => Object.assign(new Error('paused'), { code: 'ERR_PAUSED' });

interface Waiting {
	readonly grant: (ticket: Ticket) => void;
	readonly refuse: (reason: Error) => void;
	/** The bucket's time at which the caller gives up. */
	readonly due: number;
}

/** The requests of one API key, sent in turn at the pace that the gateway allows. */
export class Turns {
	private readonly bucket = new Bucket();
	private readonly queue = new Set<Waiting>();
	private isServing = false;
	private seen: number;

	constructor(private readonly clock: Clock = CLOCK) {
		this.seen = clock.now();
	}

	/** Milliseconds for which the gateway wants no request. */
	get pause(): number {
		this.passTime();
		return this.bucket.pause;
	}

	/** Milliseconds since the last request, while nobody waits. */
	get idle(): number {
		return this.queue.size > 0 ? 0 : this.clock.now() - this.seen;
	}

	/**
	 * Waits until the caller may send one request. Callers are served in the order in which they came.
	 *
	 * @throws an error with the code ERR_PAUSED, at once, when a pause is longer than the caller waits,
	 * ECONNABORTED when the turn did not come in time, ERR_CANCELED when the execution was stopped
	 */
	async next({ longest, stop }: Patience): Promise<Ticket> {
		this.passTime();
		if (this.bucket.pause > longest) throw paused();
		if (this.queue.size === 0 && this.bucket.delay === 0) return this.bucket.take();
		const due = this.bucket.time + longest;
		const leaving: Array<() => void> = [];
		const turn = new Promise<Ticket>((grant, refuse) => {
			const waiting = { grant, refuse, due };
			this.queue.add(waiting);
			leaving.push(() => this.queue.delete(waiting));
		});
		void this.serve();
		try {
			return await inTime(turn, AbortSignal.timeout(Math.ceil(longest)), stop);
		} finally {
			for (const leave of leaving) leave();
		}
	}

	/** Notes the response to a request. */
	passed(ticket: Ticket, limits: Limits): void {
		this.passTime();
		this.bucket.follow(ticket, limits);
		this.bucket.passed(ticket);
	}

	/**
	 * Notes that a request was blocked.
	 *
	 * @param retryAfter seconds that the gateway asks to wait
	 */
	blocked(ticket: Ticket, limits: Limits, retryAfter: number | undefined): void {
		this.passTime();
		this.bucket.blocked(ticket, limits, retryAfter);
		const end = this.bucket.time + this.bucket.pause;
		for (const waiting of this.queue) {
			if (waiting.due >= end) continue;
			this.queue.delete(waiting);
			waiting.refuse(paused());
		}
	}

	private async serve(): Promise<void> {
		if (this.isServing) return;
		this.isServing = true;
		try {
			for (const waiting of this.queue) await this.serveOne(waiting);
		} finally {
			this.isServing = false;
		}
	}

	private async serveOne(waiting: Waiting): Promise<void> {
		while (this.queue.has(waiting)) {
			this.passTime();
			const { delay } = this.bucket;
			if (delay === 0) {
				this.queue.delete(waiting);
				waiting.grant(this.bucket.take());
			} else {
				await this.sleep(Math.ceil(Math.min(delay, STEP)));
			}
		}
	}

	private async sleep(milliseconds: number): Promise<void> {
		const start = this.bucket.time;
		await this.clock.sleep(milliseconds);
		this.passTime();
		const passed = this.bucket.time - start;
		// A clock that was set back, or stands still, has not seen the time pass.
		if (passed < milliseconds / 2) this.bucket.pass(milliseconds - passed);
	}

	private passTime(): void {
		const now = this.clock.now();
		this.bucket.pass(now - this.seen);
		this.seen = now;
	}
}
