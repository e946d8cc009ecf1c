import fc from 'fast-check';

import { inParallel } from '../../../nodes/shared/inParallel';

/** Ends the work on each thing in an order of fast-check's choice. */
async function run(scheduler: fc.Scheduler, count: number, most: number, failing?: number) {
	const things = Array.from({ length: count }, (_, index) => index);
	const begun: number[] = [];
	let underWay = 0;
	let highest = 0;
	let begunAtFailure = 0;
	const work = async (thing: number) => {
		begun.push(thing);
		highest = Math.max(highest, ++underWay);
		await scheduler.schedule(Promise.resolve());
		underWay--;
		if (thing === failing) {
			begunAtFailure = begun.length;
			throw new Error(`No ${thing}`);
		}
		return thing * 2;
	};
	const [outcome] = await scheduler.waitFor(Promise.allSettled([inParallel(things, most, work)]));
	return { outcome, begun, highest, underWay, begunAtFailure };
}

test('gives all results in the order of the things, at most so many at the same time', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.scheduler(),
			fc.nat(20),
			fc.integer({ min: 1, max: 7 }),
			async (scheduler, count, most) => {
				const { outcome, begun, highest } = await run(scheduler, count, most);
				const things = Array.from({ length: count }, (_, index) => index);
				expect(outcome).toEqual({
					status: 'fulfilled',
					value: things.map((thing) => thing * 2),
				});
				expect(begun).toEqual(things);
				expect(highest).toBe(Math.min(count, most));
			},
		),
	);
});

test('begins nothing more after a failure, and ends when nothing is under way', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.scheduler(),
			fc.integer({ min: 1, max: 20 }),
			fc.integer({ min: 1, max: 7 }),
			fc.nat(19),
			async (scheduler, count, most, chosen) => {
				const failing = chosen % count;
				const { outcome, begun, underWay, begunAtFailure } = await run(
					scheduler,
					count,
					most,
					failing,
				);
				expect(outcome).toEqual({ status: 'rejected', reason: new Error(`No ${failing}`) });
				expect(underWay).toBe(0);
				expect(begun).toHaveLength(begunAtFailure);
			},
		),
	);
});
