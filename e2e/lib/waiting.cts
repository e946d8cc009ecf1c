import { setTimeout as sleep } from 'node:timers/promises';

/** Asks over and over until there is an answer; throws what `late` says when there is none in time. */
export async function until<T>(
	ask: () => Promise<T | undefined>,
	late: () => string,
	patience = 60_000,
	pause = 100,
): Promise<T> {
	const end = Date.now() + patience;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > end) throw new Error(late());
		await sleep(pause);
	}
}
