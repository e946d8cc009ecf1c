/** How often a list is read that changes meanwhile, and when what was read counts as complete. */
import { idsOf, range, serviceOf, type Service } from './listService.cts';

/** Pages keep their first length: the next one would not be comfortable. */
const takes = () => 5000;

const startsOf = ({ asked }: Service) => asked.map(({ start }) => start);

/** So many passes of the same requests. */
const times = (passes: number, starts: readonly number[]) => range(passes).flatMap(() => starts);

describe('one pass is enough', () => {
	test('when nothing changes, wherever it starts', async () => {
		const service = serviceOf(1500, { takes });
		expect(await idsOf(service, { start: 300 })).toEqual(range(1200, 301));
		expect(startsOf(service)).toEqual([300, 1299]);
	});

	test('when the list grows at the front all the time: it is read as it was at first', async () => {
		let next = 10_000;
		const service = serviceOf(2500, { takes, before: ({ ids }) => void ids.unshift(next++) });
		expect(await idsOf(service)).toEqual([10_000, ...range(2500)]);
		expect(startsOf(service)).toEqual([0, 999, 1998]);
	});

	test('when up to two whole pages are added in front of the next one', async () => {
		const service = serviceOf(1500, {
			takes,
			before: ({ ids, asked }) =>
				void ([1, 2].includes(asked.length) && ids.unshift(...range(999, 10_000 * asked.length))),
		});
		expect(await idsOf(service)).toEqual(range(1500));
		expect(startsOf(service)).toEqual([0, 999, 1998, 2997]);
	});
});

describe('the list is read again', () => {
	test('when three whole pages are added in front of the next one', async () => {
		const service = serviceOf(1500, {
			takes,
			before: ({ ids, asked }) =>
				void (
					[1, 2, 3].includes(asked.length) && ids.unshift(...range(999, 10_000 * asked.length))
				),
		});
		expect(await idsOf(service)).toEqual(service.ids);
		expect(startsOf(service)).toEqual([0, 999, 1998, 2997, ...[0, 999, 1998, 2997, 3996]]);
	});

	test('when the last object of a page was deleted', async () => {
		const service = serviceOf(1500, {
			takes,
			before: ({ ids, asked }) => void (asked.length === 1 && ids.splice(999, 1)),
		});
		expect(await idsOf(service)).toEqual(range(1500).filter((id) => id !== 1000));
		expect(startsOf(service)).toEqual(times(2, [0, 999]));
	});

	test('when an object moves to a page that was already read', async () => {
		const service = serviceOf(1500, {
			takes,
			before: ({ ids, asked }) => void (asked.length === 1 && ids.unshift(...ids.splice(1200, 1))),
		});
		expect(await idsOf(service)).toEqual([1201, ...range(1200), ...range(299, 1202)]);
		expect(startsOf(service)).toEqual(times(2, [0, 999]));
	});

	test('when the service gives no objects of a list that has some', async () => {
		const service = serviceOf(0, {
			before: (all) => {
				all.ids = all.asked.length === 0 ? [] : range(10);
				all.overstated = 10 - all.ids.length;
			},
		});
		expect(await idsOf(service)).toEqual(range(10));
		expect(startsOf(service)).toEqual([0, 0]);
	});
});

describe('a service that counts more objects than it gives', () => {
	/** Each pass lacks one object, and a second request of it shows that no more objects come. */
	const lacking = (missing: readonly number[]) =>
		serviceOf(0, {
			overstated: 1,
			before: (service) => {
				const pass = Math.floor(service.asked.length / 2);
				service.ids = range(10).filter((id) => id !== missing[pass]);
				service.overstated = 10 - service.ids.length;
			},
		});
	const without = (missing: number) => range(10).filter((id) => id !== missing);

	test('is believed when two passes have the same objects', async () => {
		const service = lacking([3, 3, 3]);
		expect(await idsOf(service)).toEqual(without(3));
		expect(startsOf(service)).toEqual(times(2, [0, 8]));
	});

	test('is not believed when two passes have as many, but others', async () => {
		const service = lacking([3, 7]);
		expect(await idsOf(service)).toEqual(range(10));
		expect(startsOf(service)).toEqual([...times(2, [0, 8]), 0]);
	});

	test('is believed in the last pass', async () => {
		const service = lacking([3, 7, 3, 7, 7]);
		expect(await idsOf(service)).toEqual(without(7));
		expect(startsOf(service)).toEqual(times(5, [0, 8]));
	});
});

test.each<[string, Partial<Service>, readonly number[]]>([
	['never holds still', { before: ({ ids }) => void ids.shift() }, [0, 999]],
	['gives the same page again and again', { stuck: true }, [0, 999, 1998, 2997]],
])('a list that %s ends after five passes with a message', async (_name, more, pass) => {
	const service = serviceOf(3000, { takes, ...more });
	await expect(idsOf(service)).rejects.toMatchObject({
		name: 'Fault',
		kind: 'answer',
		message: 'The list changed while it was being read',
	});
	expect(startsOf(service)).toEqual(times(5, pass));
});
