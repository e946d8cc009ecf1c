/**
 * What belongs to one run of one cell: many run at once, each with a clock of its own, as no test
 * waits in real time.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

import type { FaultServer } from './faultServer.cts';

/** The time of one run, which passes only when it is told to. */
export class Clock {
	private now = 0;
	private readonly deadlines: Array<{ readonly due: number; readonly end: AbortController }> = [];

	/** Instead of performance.now. */
	get time(): number {
		return this.now;
	}

	/** Instead of AbortSignal.timeout. */
	deadline(milliseconds: number): AbortSignal {
		const end = new AbortController();
		this.deadlines.push({ due: this.now + milliseconds, end });
		return end.signal;
	}

	pass(milliseconds: number): void {
		this.now += milliseconds;
		for (const { due, end } of this.deadlines) {
			if (due <= this.now) end.abort(new DOMException('The time is up', 'TimeoutError'));
		}
	}
}

export interface RunContext {
	readonly server: FaultServer;
	readonly clock: Clock;
	/** How long each wait would have been, in milliseconds. */
	readonly waits: number[];
}

export const runContexts = new AsyncLocalStorage<RunContext>();

/** In the place of n8n's sleep. */
export async function pretendToSleep(milliseconds: number): Promise<void> {
	const context = runContexts.getStore();
	context?.waits.push(milliseconds);
	context?.clock.pass(milliseconds);
	await context?.server.clientWaits();
}
