/** The inside of a process of the bench. */
import type { Outcome } from './process.cts';

/** Does the task for each input that the bench sends, until the bench lets go. */
export function serve<Input, Output>(task: (input: Input) => Promise<Output>): void {
	process.on('message', ({ input }: { input: Input }) => {
		void outcomeOf(async () => await task(input)).then((outcome) => process.send?.(outcome));
	});
	process.on('disconnect', () => process.exit());
}

async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
	try {
		return { value: await work() };
	} catch (error) {
		return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
	}
}
