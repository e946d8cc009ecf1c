import { sleep } from 'n8n-workflow';

import { asThrown } from './asThrown';
import { Fault } from './fault';

/** How long to wait before each retry, in milliseconds. */
export const WAITS: readonly number[] = [500, 2000, 5000];

/** The longest wait that is accepted from a service, in milliseconds. */
const LONGEST_WAIT = 30_000;

/** By how much a wait is lengthened at random: those who failed together do not return together. */
const JITTER = 0.5;

/** Waits this many milliseconds. */
export type Wait = (milliseconds: number) => Promise<void>;

/**
 * Reads something over the network, with a few retries and growing waits after faults that may pass:
 * a dropped connection, a busy or starting server. For reads only, because a write might be carried
 * out twice.
 *
 * @param wait replaced by tests
 * @param timeLeft how many milliseconds are left; a retry that could not start within them is skipped
 * @param random from 0 to 1, replaced by tests
 * @throws the last fault; without retries if it is permanent, such as a refusal
 */
export async function retryRead<Result>(
	read: () => Promise<Result>,
	wait: Wait = async (milliseconds) => await sleep(milliseconds),
	timeLeft: () => number = () => Infinity,
	random: () => number = () => Math.random(),
): Promise<Result> {
	for (const pause of WAITS) {
		try {
			return await read();
		} catch (error) {
			const milliseconds = waitAfter(error, pause, random());
			if (milliseconds === undefined || milliseconds >= timeLeft()) throw asThrown(error);
			await wait(milliseconds);
		}
	}
	return await read();
}

/** How many milliseconds to wait before the next attempt; undefined when retrying is useless. */
function waitAfter(error: unknown, pause: number, random: number): number | undefined {
	if (!(error instanceof Fault) || error.details.transient !== true) return undefined;
	const asked = (error.details.retryAfter ?? 0) * 1000;
	// Never shorter than what the service asks for.
	return Math.min(Math.max(pause, asked), LONGEST_WAIT) + Math.round(pause * JITTER * random);
}

/** Makes an attempt, and retries it if that makes sense. */
export type Repeat = <Result>(attempt: () => Promise<Result>) => Promise<Result>;

/** One attempt without retries, for a person who is waiting for the result. */
export const once: Repeat = async (attempt) => await attempt();

/** Retries as in retryRead, until the execution is stopped. */
export function repeatUnlessStopped(signal: AbortSignal | undefined): Repeat {
	const wait = waitUnlessStopped(signal);
	return async (attempt) => await retryRead(attempt, wait);
}

/** Retries as in retryRead, as long as there is time. */
export function repeatWithin(timeLeft: () => number): Repeat {
	return async (attempt) => await retryRead(attempt, undefined, timeLeft);
}

/** How soon a wait notices that the execution was stopped, in milliseconds. */
const STEP = 200;

/** Waits, but not after the execution is stopped; the next read then ends at once. */
export function waitUnlessStopped(signal: AbortSignal | undefined): Wait {
	return async (milliseconds) => {
		for (let left = milliseconds; left > 0 && signal?.aborted !== true; left -= STEP) {
			await sleep(Math.min(left, STEP));
		}
	};
}
