import { connectionFault } from './connectionFault';
import type { Patience } from './sharing';

/**
 * How long one execution waits from now on. The timeout of n8n's HTTP client only limits the time
 * without data, so a response that trickles in could take forever; and not every helper stops with the
 * execution.
 *
 * @param timeout seconds
 */
export function patience(service: string, timeout: number, signal?: AbortSignal): Patience {
	const deadline = AbortSignal.timeout(Math.ceil(timeout * 1000));
	return async (work) => {
		try {
			return await inTime(work, deadline, signal);
		} catch (error) {
			throw connectionFault(error, service, timeout);
		}
	};
}

/**
 * The result of some work, unless the deadline or a stop comes first. The work then goes on, but its
 * result is ignored.
 *
 * @throws an error with the code ECONNABORTED at the deadline, or ERR_CANCELED at a stop
 */
export async function inTime<Result>(
	work: Promise<Result>,
	deadline: AbortSignal,
	stop?: AbortSignal,
): Promise<Result> {
	const wait: Wait = {};
	const late = ending(wait, 'late', 'ECONNABORTED');
	const stopped = ending(wait, 'stopped', 'ERR_CANCELED');
	try {
		return await new Promise((resolve, reject) => {
			wait.giveUp = reject;
			work.then(resolve, reject);
			if (stop?.aborted === true) stopped();
			if (deadline.aborted) late();
			deadline.addEventListener('abort', late);
			stop?.addEventListener('abort', stopped);
		});
	} finally {
		delete wait.giveUp;
		deadline.removeEventListener('abort', late);
		stop?.removeEventListener('abort', stopped);
	}
}

/** Someone waits for a result, until `giveUp` is gone. */
interface Wait {
	giveUp?: (reason: Error) => void;
}

/**
 * Ends a wait. It is apart from the wait itself, and refers to no result: until the next major garbage
 * collection Node.js keeps the signal of a deadline, with the listeners that it once had.
 */
function ending(wait: Wait, words: string, code: string): () => void {
	return () => wait.giveUp?.(Object.assign(new Error(words), { code }));
}
