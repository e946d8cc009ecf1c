/**
 * Works through things in their order, several at the same time. After a failure, no further one is
 * begun, and those under way are waited for.
 *
 * @param most how many at the same time
 * @returns the results, in the order of the things
 * @throws the first failure
 */
export async function inParallel<Thing, Result>(
	things: readonly Thing[],
	most: number,
	work: (thing: Thing) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const failures: unknown[] = [];
	const rest = things.entries();
	const takeTurns = async () => {
		for (const [index, thing] of rest) {
			try {
				results[index] = await work(thing);
			} catch (error) {
				failures.push(error);
			}
			if (failures.length > 0) return;
		}
	};
	await Promise.all(Array.from({ length: Math.min(most, things.length) }, takeTurns));
	if (failures.length > 0) throw failures[0];
	return results;
}
