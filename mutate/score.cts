/** How many of the changes the tests noticed. */

/** What became of one change, as far as a score needs it. */
export interface Mutant {
	readonly fileName: string;
	readonly status: string;
	readonly mutatorName: string;
	readonly replacement?: string;
	readonly location: { readonly start: { readonly line: number } };
}

export interface Score {
	readonly group: string;
	/** Changes that a test noticed, by failing or by never ending. */
	readonly noticed: number;
	/** All changes but those that are left out on purpose. */
	readonly all: number;
	/** The changes that no test noticed. */
	readonly survivors: readonly Mutant[];
	readonly seconds: number;
}

/** The score of all changes that the whole package needs, and the least of one group, in per cent. */
export const GOAL = { total: 85, group: 80 } as const;

const NOTICED = new Set(['Killed', 'Timeout']);
const SURVIVED = new Set(['Survived', 'NoCoverage']);

/** Counts the changes of a group. */
export function scoreOf(group: string, mutants: readonly Mutant[], seconds: number): Score {
	const noticed = mutants.filter(({ status }) => NOTICED.has(status)).length;
	const survivors = mutants.filter(({ status }) => SURVIVED.has(status));
	return { group, noticed, all: noticed + survivors.length, survivors, seconds };
}

/** The scores of several groups as one. */
export function total(scores: readonly Score[]): Score {
	const sum = (of: (score: Score) => number) => scores.reduce((all, one) => all + of(one), 0);
	return {
		group: 'total',
		noticed: sum(({ noticed }) => noticed),
		all: sum(({ all }) => all),
		survivors: scores.flatMap(({ survivors }) => survivors),
		seconds: sum(({ seconds }) => seconds),
	};
}

/** A score in per cent; a group without changes has nothing to miss. */
export const percent = ({ noticed, all }: Score): number =>
	all === 0 ? 100 : (noticed / all) * 100;

/** Whether groups, and all of them together, reach the goal. */
export const isReached = (scores: readonly Score[]): boolean =>
	percent(total(scores)) >= GOAL.total && scores.every((score) => percent(score) >= GOAL.group);

/** A line of the table. */
export const inWords = (score: Score): string =>
	[
		score.group.padEnd(13),
		`${percent(score).toFixed(1).padStart(5)} %`,
		`${score.noticed} of ${score.all} noticed`.padStart(22),
		`${Math.round(score.seconds)} s`.padStart(7),
	].join('  ');
