import { sleep } from 'n8n-workflow';

/** How long work may run before it yields to the event loop, in milliseconds. */
const SLICE = 25;

/** Small pieces of work between two looks at the clock. */
const STRETCH = 100;

/**
 * Splits long work into slices of equal time, so that n8n can do other things between them.
 */
export class TimeSlice {
	private begun = Date.now();

	/** Call this between small pieces of work; it yields only when the slice has been used up. */
	async yieldIfDue(): Promise<void> {
		if (Date.now() - this.begun < SLICE) return;
		await sleep(0);
		this.begun = Date.now();
	}

	/** Like map() of an array, for many items that each take little work. */
	async map<Item, Result>(
		items: readonly Item[],
		work: (item: Item, index: number) => Result,
	): Promise<Result[]> {
		const results: Result[] = [];
		for (const [index, item] of items.entries()) {
			if (index % STRETCH === 0) await this.yieldIfDue();
			results.push(work(item, index));
		}
		return results;
	}
}
