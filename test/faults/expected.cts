/** What each cell of the matrix has to come to, by rule. */
import type { Finding, Mode } from './cell.cts';
import type { FaultCase } from './faults.cts';
import type { Scenario } from './scenario.cts';

/** How often a call is made at most, while the fault stays. */
const TRIES = 4;

/** The waits between two tries, in milliseconds. */
const WAITS = [500, 2000, 5000];

/** Begins the description of a write that nobody can tell the outcome of. */
export const DOUBT =
	'The change may have been made anyway: look it up in Klientu Portfelis before you run this again. ';

/** What a cell comes to, apart from the words. */
export interface Outcome {
	readonly isRight: boolean;
	readonly sent: number;
	/** Undefined where the limiter, which has tests of its own, decides. */
	readonly waited: number | undefined;
	readonly made: number;
	readonly isInDoubt: boolean;
}

export function expectedOutcome(fault: FaultCase, scenario: Scenario, mode: Mode): Outcome {
	const { retryAfter = 0, spoil } = fault;
	const verdict = verdictOf(fault, scenario);
	const waits = WAITS.map((wait) => Math.max(wait, retryAfter * 1000));
	const isRepeated = verdict === 'again' && scenario.place !== 'editor';
	const isRight = verdict === 'right' || (isRepeated && mode === 'passes');
	const sent = !isRepeated ? 1 : mode === 'passes' ? 2 : TRIES;
	const isCarriedOut = spoil.at === 'answer' && spoil.reaches;
	return {
		isRight,
		sent,
		waited: isPaced(fault, scenario)
			? undefined
			: waits.slice(0, sent - 1).reduce((sum, wait) => sum + wait, 0),
		made: madeBy(scenario, isRight || (scenario.name === 'write' && isCarriedOut)),
		isInDoubt: verdict === 'doubt',
	};
}

function verdictOf({ read, write }: FaultCase, { name }: Scenario): FaultCase['write'] | 'stops' {
	return name === 'write' ? write : read;
}

/** A log-in is the first call of a write, which follows when it succeeded. */
function madeBy({ name }: Scenario, isDone: boolean): number {
	return isDone && (name === 'write' || name === 'login') ? 1 : 0;
}

/** Rivilė's API key rests after a block, whatever is sent with it. */
const isPaced = ({ isBlock = false }: FaultCase, { service }: Scenario) =>
	isBlock && service === 'Rivilė';

export function outcomeOf(
	fault: FaultCase,
	scenario: Scenario,
	{ words, sent, waited, made }: Finding,
): Outcome {
	return {
		isRight: words === undefined,
		sent,
		waited: isPaced(fault, scenario) ? undefined : waited,
		made,
		isInDoubt: words?.description.startsWith(DOUBT) === true,
	};
}
