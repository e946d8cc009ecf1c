/** How long the pages are that are asked for, by how the service takes it. */
import fc from 'fast-check';

import { PageSize } from '../../../../nodes/KlientuPortfelis/protocol/pageSize';
import { pageSizeFor, readObjects } from '../../../../nodes/KlientuPortfelis/protocol/paging';
import { readLists } from '../../../../nodes/KlientuPortfelis/protocol/readLists';
import { connectionTo, idsOf, range, rowsOf, serviceOf, type Asked } from './listService.cts';

// Tens of thousands of objects are decoded, on a machine that may be busy.
jest.setTimeout(30_000);

test('pages grow up to a third of what the service allows', async () => {
	const service = serviceOf(60_000);
	expect(await idsOf(service)).toEqual(range(60_000));
	expect(rowsOf(service)).toEqual([1000, 2500, 6250, ...Array<number>(7).fill(8000)]);
});

test('pages stay as they are when the next one might not be comfortable', async () => {
	const service = serviceOf(10_000, { takes: ({ rows }) => rows * 3 });
	expect(await idsOf(service)).toEqual(range(10_000));
	expect(new Set(rowsOf(service))).toEqual(new Set([1000, 2500]));
});

test('no page runs into the timeout of a slow service', () => {
	// Numbers of the type double would be close to 0 most of the time.
	const share = fc.nat(100).map((percent) => percent / 100);
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 60 }), share, share, (timeout, first, growth) => {
			// The first page takes a share of the timeout; others by up to the square of their length.
			const takes = (rows: number) => timeout * 1000 * first * (rows / 1000) ** (2 * growth);
			const size = new PageSize({ timeout: timeout * 1000 });
			for (let page = 0; page < 8; page++) {
				expect(takes(size.rows)).toBeLessThanOrEqual(1000 * timeout * Math.max(first, 0.5));
				size.cameFull(size.rows, takes(size.rows));
			}
		}),
	);
});

test('a page that is close to the timeout is followed by shorter ones', async () => {
	const service = serviceOf(3000, { timeout: 10, takes: () => 6000 });
	expect(await idsOf(service)).toEqual(range(3000));
	expect(rowsOf(service).slice(0, 4)).toEqual([1000, 500, 250, 250]);
});

test('a service that gives so many at most, or refuses more, is read to its end', async () => {
	const limits = fc.record({
		cap: fc.option(fc.integer({ min: 100, max: 5000 }), { nil: undefined }),
		most: fc.option(fc.integer({ min: 100, max: 5000 }), { nil: undefined }),
		silent: fc.boolean(),
	});
	await fc.assert(
		fc.asyncProperty(fc.nat(4000), limits, async (count, { cap, most = 25_000, silent }) => {
			const refuse = ({ rows }: Asked) => (rows > most ? 2021 : undefined);
			const service = serviceOf(count, { cap, refuse, silent });
			expect(await idsOf(service)).toEqual(range(count));
			// Refusals halve the size, at worst to half of what is allowed.
			const least = Math.min(cap ?? Infinity, most < 1000 ? most / 2 : 1000);
			const allowed = Math.ceil(count / (least - 1)) + 12;
			expect(service.asked.length).toBeLessThanOrEqual(allowed);
		}),
		{ numRuns: 25 },
	);
});

test('where 1,000 is the largest page, one request is refused and pages have 1,000', async () => {
	const service = serviceOf(5000, { refuse: ({ rows }) => (rows > 1000 ? 2021 : undefined) });
	expect(await idsOf(service)).toEqual(range(5000));
	expect(rowsOf(service)).toEqual([1000, 2500, 1000, 1000, 1000, 1000, 1000]);
});

test('a service that takes too large a page for none at all gets what it gave in full', async () => {
	// As many interfaces do: a limit that they do not allow counts as their default.
	const service = serviceOf(5000, {});
	const connection = connectionTo(service);
	const { send } = connection.transport;
	const transport: typeof connection.transport = {
		...connection.transport,
		send: async ({ function: name, parameters }, destination) => {
			const rows = Number(parameters.rows) > 1000 ? 20 : Number(parameters.rows);
			return await send({ function: name, parameters: { ...parameters, rows } }, destination);
		},
	};
	const selection = { listId: 1, start: 0, limit: Infinity };
	const read = await readObjects({ ...connection, transport }, selection, ({ id }) => id);
	expect(read).toEqual(range(5000));
	expect(service.asked.length).toBeLessThanOrEqual(8);
});

test('lists that are read together share what they learn, and one page in flight', async () => {
	const lists = new Map(range(20).map((listId) => [listId, range(listId === 7 ? 6000 : 1250)]));
	const service = serviceOf(0, { lists });
	const read = await readLists(connectionTo(service), [...lists.keys()], ({ id }) => id);
	expect(read).toEqual([...lists.values()]);
	expect(Math.max(...rowsOf(service))).toBe(1600);
	// Two for each of the first five, then one each, and three more for the long one.
	expect(service.asked.length).toBeLessThanOrEqual(29);
});

test('a page grows only as long as the next one takes a comfortable time', () => {
	const rowsAfter = (milliseconds: number, timeout = Infinity) => {
		const size = new PageSize({ timeout });
		size.cameFull(1000, milliseconds);
		return size.rows;
	};
	// 10 seconds, or a fifth of the timeout: the next page may take 2.5 times as long.
	expect([4000, 4001].map((taken) => rowsAfter(taken))).toEqual([2500, 1000]);
	expect([640, 641, 4000, 4001].map((taken) => rowsAfter(taken, 8000))).toEqual([
		2500, 1000, 1000, 500,
	]);
});

test('a full page that is shorter than the next one leaves that as it is', () => {
	const size = new PageSize();
	size.cameFull(1000, 0);
	size.cameFull(2500, 0);
	size.cameFull(1000, 0);
	expect(size.rows).toBe(6250);
});

test('the timeout of a connection is in seconds', () => {
	const rowsAfter = (milliseconds: number, timeout?: number) => {
		const size = pageSizeFor(connectionTo(serviceOf(0, { timeout })));
		size.cameFull(1000, milliseconds);
		return size.rows;
	};
	expect([640, 641, 4001].map((taken) => rowsAfter(taken, 8))).toEqual([2500, 1000, 500]);
	expect(rowsAfter(4000)).toBe(2500);
});

test('a service with a limit of its own is asked for no more than a page that came in full', () => {
	const size = new PageSize();
	size.cameFull(1000, 0);
	size.cameFull(2000, 0);
	size.cameShort();
	expect(size.rows).toBe(2000);
	const first = new PageSize();
	first.cameShort();
	expect(first.rows).toBe(1000);
});
