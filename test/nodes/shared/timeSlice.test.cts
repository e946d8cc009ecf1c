/** Long work in slices, with other work of the process in between. */
import { TimeSlice } from '../../../nodes/shared/timeSlice';

afterEach(() => jest.restoreAllMocks());

/** Works through many items on a clock of its own; counts the turns of the event loop meanwhile. */
async function turnsDuring(items: number, millisecondsEach: number): Promise<number> {
	let now = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	let turns = 0;
	let isOver = false;
	const count = () => {
		if (isOver) return;
		turns++;
		setImmediate(count);
	};
	setImmediate(count);
	const given = Array.from({ length: items }, (_, at) => at);
	const doubled = await new TimeSlice().map(given, (item, at) => {
		now += millisecondsEach;
		return item + at;
	});
	isOver = true;
	expect(doubled).toEqual(given.map((item) => item * 2));
	return turns;
}

test('many items that take long let other work in between', async () => {
	expect(await turnsDuring(5000, 1)).toBeGreaterThan(0);
});

test('items that take no time are done in one go', async () => {
	expect(await turnsDuring(5000, 0)).toBe(0);
});
