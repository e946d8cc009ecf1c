import { asThrown } from './asThrown';
import { Fault } from './fault';

/**
 * Waits on behalf of one execution.
 *
 * @throws Fault (connection) when it takes longer than this execution may wait, or it is stopped
 */
export type Patience = <Result>(work: Promise<Result>) => Promise<Result>;

/** Waits as long as it takes. */
export const patiently: Patience = async (work) => await work;

/**
 * Does something once for all executions that ask at the same time. It makes a single attempt; each
 * execution waits and retries by its own rules. If an attempt ends only because its own execution was
 * stopped or timed out, one of the others makes a new attempt.
 *
 * @param done the result, if there already is one
 * @param underWay the current attempt, if any
 * @param begin starts an attempt, which is the current one from then on
 * @param wait how long this execution waits
 * @throws what an attempt or `wait` throws
 */
export async function share<Result>(
	done: () => Result | undefined,
	underWay: () => Promise<Result> | undefined,
	begin: () => Promise<Result>,
	wait: Patience,
): Promise<Result> {
	for (;;) {
		const attempt = underWay();
		if (attempt === undefined) return done() ?? (await wait(begin()));
		const shared = await wait(outcomeOf(attempt));
		if (shared !== undefined) return shared.result;
	}
}

/** The result of another execution's attempt; undefined if only that execution had to give up. */
async function outcomeOf<Result>(
	attempt: Promise<Result>,
): Promise<{ result: Result } | undefined> {
	try {
		return { result: await attempt };
	} catch (error) {
		if (endedByItself(error)) return undefined;
		throw asThrown(error);
	}
}

function endedByItself(reason: unknown): boolean {
	if (!(reason instanceof Fault)) return false;
	return reason.details.cancelled === true || reason.details.timedOut === true;
}
