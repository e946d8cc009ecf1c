import { sleep } from 'n8n-workflow';

import { asThrown } from './asThrown';
import { Fault } from './fault';

/** How long to wait before each further try, in milliseconds. */
export const WAITS: readonly number[] = [500, 2000, 5000];

/** The longest wait that a service may ask for, in milliseconds. */
const LONGEST_WAIT = 30_000;

/** Waits so many milliseconds. */
export type Wait = (milliseconds: number) => Promise<void>;

/**
 * Reads something over the network, and reads it again a few times with growing waits when what came
 * between may well be over in a moment: a cut connection, a busy or starting server. For reads only,
 * as a write might be carried out twice.
 *
 * @param wait for tests, which do not wait
 * @param timeLeft how many milliseconds there are; a try that could not begin within them is not made
 * @throws the last fault; at once when it is not one that passes, such as a refusal
 */
export async function retryRead<Result>(
	read: () => Promise<Result>,
	wait: Wait = async (milliseconds) => await sleep(milliseconds),
	timeLeft: () => number = () => Infinity,
): Promise<Result> {
	for (const pause of WAITS) {
		try {
			return await read();
		} catch (error) {
			const milliseconds = waitAfter(error, pause);
			if (milliseconds === undefined || milliseconds >= timeLeft()) throw asThrown(error);
			await wait(milliseconds);
		}
	}
	return await read();
}

/** How many milliseconds to wait before the next attempt; undefined when retrying is useless. */
function waitAfter(error: unknown, pause: number): number | undefined {
	if (!(error instanceof Fault) || error.details.transient !== true) return undefined;
	const asked = (error.details.retryAfter ?? 0) * 1000;
	return Math.min(Math.max(pause, asked), LONGEST_WAIT);
}

/** Makes an attempt, and perhaps further ones. */
export type Repeat = <Result>(attempt: () => Promise<Result>) => Promise<Result>;

/** One attempt: for a person who waits for the outcome. */
export const once: Repeat = async (attempt) => await attempt();

/** Further attempts as retryRead makes them, until the execution is stopped. */
export function repeatUnlessStopped(signal: AbortSignal | undefined): Repeat {
	const wait = waitUnlessStopped(signal);
	return async (attempt) => await retryRead(attempt, wait);
}

/** Further attempts as retryRead makes them, as long as there is time for them. */
export function repeatWithin(timeLeft: () => number): Repeat {
	return async (attempt) => await retryRead(attempt, undefined, timeLeft);
}

/** How long a stop of the execution may go unheard while waiting, in milliseconds. */
const STEP = 200;

/** Waits, but no longer once an execution is stopped; what is read next then ends at once. */
export function waitUnlessStopped(signal: AbortSignal | undefined): Wait {
	return async (milliseconds) => {
		for (let left = milliseconds; left > 0 && signal?.aborted !== true; left -= STEP) {
			await sleep(Math.min(left, STEP));
		}
	};
}
