import { asThrown } from './asThrown';
import { Fault } from './fault';

/**
 * Waits on behalf of one execution.
 *
 * @throws Fault (connection) when it takes longer than this execution may wait, or it is stopped
 */
export type Patience = <Result>(work: Promise<Result>) => Promise<Result>;

/** Waits for as long as it takes. */
export const patiently: Patience = async (work) => await work;

/**
 * Does something once for all who ask at the same time, one attempt only: everyone waits as long as
 * it may and repeats by its own rules. When an attempt ends because its own execution was stopped or
 * has a shorter time-out, that is no reason for the others, and one of them makes a new one.
 *
 * @param done what is there already, if anything
 * @param underWay the attempt that is being made, if any
 * @param begin makes an attempt, which is under way from then on
 * @throws what an attempt throws, and what the patience does
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

/** The result of another execution's attempt; undefined when only that execution had to give up. */
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
