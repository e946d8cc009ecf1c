/** Rounds in which the contestants take turns, and what comes out of them. */

/** The middle value; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	const [low = NaN, high = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
	return (low + high) / 2;
}

/** What is measured in one go: by the measure's name, a number. */
export type Figures = Readonly<Record<string, number>>;

/** The median of each measure. */
export function medians(samples: readonly Figures[]): Figures {
	const names = Object.keys(samples[0] ?? {});
	return Object.fromEntries(
		names.map((name) => [name, median(samples.map((sample) => sample[name] ?? NaN))]),
	);
}

/**
 * Lets each contestant run once a round. Each round begins with another one, so that none always
 * follows the same.
 *
 * @param measure runs one contestant once
 * @returns the medians over the rounds, by contestant
 */
export async function interleaved<Name extends string>(
	rounds: number,
	contestants: readonly Name[],
	measure: (contestant: Name, round: number) => Promise<Figures>,
): Promise<Record<Name, Figures>> {
	const samples = new Map<Name, Figures[]>(contestants.map((name) => [name, []]));
	for (let round = 0; round < rounds; round++) {
		const first = round % contestants.length;
		for (const name of [...contestants.slice(first), ...contestants.slice(0, first)]) {
			samples.get(name)?.push(await measure(name, round));
		}
	}
	const entries = contestants.map((name) => [name, medians(samples.get(name) ?? [])]);
	return Object.fromEntries(entries) as Record<Name, Figures>;
}
