/**
 * How often other work of the process had its turn meanwhile.
 *
 * @param work may ask how often that was so far
 */
export async function turnsDuring(
	work: (turnsSoFar: () => number) => Promise<unknown>,
): Promise<number> {
	let turns = 0;
	let isOver = false;
	const turn = () => {
		turns++;
		if (!isOver) setImmediate(turn);
	};
	setImmediate(turn);
	await work(() => turns);
	isOver = true;
	return turns;
}
