/**
 * Simulated time. The services' clock moves as the soak says; n8n's clock, which is what `Date` gives
 * in this process, may be off. Waits take no time of the machine. Has to be imported before n8n.
 */
import * as workflow from 'n8n-workflow';

const RealDate = Date;
const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Milliseconds since 1970 by the machine's own clock. */
export const machineTime = (): number => RealDate.now();

class Clock {
	/** The services' time: milliseconds since 1970. */
	now = RealDate.UTC(2026, 0, 5, 8);
	/** By how much n8n's clock is ahead. */
	skew = 0;
	/** Deadlines that were set and have not passed: those of requests, and those of whole polls. */
	private deadlines: Array<{ readonly at: number; readonly controller: AbortController }> = [];

	get n8n(): number {
		return Math.floor(this.now + this.skew);
	}

	/** "YYYY-MM-DD hh:mm:ss" in UTC, by the services' clock. */
	stamp(offset = 0): string {
		return new RealDate(this.now + offset).toISOString().slice(0, 19).replace('T', ' ');
	}

	advance(milliseconds: number): void {
		this.now += milliseconds;
	}

	/**
	 * Nothing happens until the next deadline has passed.
	 *
	 * @param latest a deadline after this time is left alone
	 */
	passDeadline(latest: number): void {
		const next = Math.min(...this.deadlines.map(({ at }) => at));
		if (next > latest) return;
		this.now = Math.max(this.now, next);
		const passed = this.deadlines.filter(({ at }) => at <= this.now);
		this.deadlines = this.deadlines.filter(({ at }) => at > this.now);
		for (const { controller } of passed) controller.abort();
	}

	/** To be called when nothing waits any more. */
	forgetDeadlines(): void {
		this.deadlines = [];
	}

	deadline(milliseconds: number): AbortSignal {
		const controller = new AbortController();
		this.deadlines.push({ at: this.now + milliseconds, controller });
		return controller.signal;
	}
}

export const clock = new Clock();

/** `Date` as n8n's process has it: dates made of given values are as ever. */
const SimulatedDate = new Proxy(RealDate, {
	construct: (target, values: unknown[], newTarget) =>
		Reflect.construct(target, values.length === 0 ? [clock.n8n] : values, newTarget) as Date,
	apply: () => new RealDate(clock.n8n).toString(),
	get: (target, name, receiver) =>
		name === 'now' ? () => clock.n8n : (Reflect.get(target, name, receiver) as unknown),
});

async function pretendToSleep(milliseconds: number): Promise<void> {
	clock.advance(milliseconds);
	await new Promise((resolve) => setImmediate(resolve));
}

/** From now on, this process lives in simulated time. */
export function enterSimulatedTime(): void {
	Object.assign(globalThis, { Date: SimulatedDate });
	Object.assign(AbortSignal, { timeout: (time: number) => clock.deadline(time) });
	const loaded = require.cache[require.resolve('n8n-workflow')];
	if (loaded === undefined) throw new Error('n8n-workflow is loaded in another way');
	// Its exports cannot be set one by one.
	loaded.exports = { ...workflow, sleep: pretendToSleep };
}
