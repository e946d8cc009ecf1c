/** How long other work of the process had to wait. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Does the work, and gives the longest time in milliseconds in which the event loop stood still.
 * Node.js itself notes by how much a timer of one millisecond is late.
 */
export async function longestBlock(work: () => Promise<unknown>): Promise<number> {
	const delays = monitorEventLoopDelay({ resolution: 1 });
	delays.enable();
	await sleep(20);
	delays.reset();
	// The timer has to have run before the first stretch and after the last: what it measures is the
	// time from one run to the next.
	await sleep(20);
	await work();
	await sleep(20);
	delays.disable();
	return delays.max / 1e6;
}
