/** How long the pages are that are asked for, by how the service takes it. */
import fc from 'fast-check';

import { Fault } from '../../../../nodes/shared/fault';
import { once, retryRead, type Repeat } from '../../../../nodes/shared/retry';
import { sessions } from '../../../../nodes/KlientuPortfelis/protocol/memory';
import { PageSize } from '../../../../nodes/KlientuPortfelis/protocol/pageSize';
import { readObjects } from '../../../../nodes/KlientuPortfelis/protocol/paging';
import { readLists } from '../../../../nodes/KlientuPortfelis/protocol/readLists';
import {
	broken,
	connectionTo,
	range,
	serviceOf,
	sizeFor,
	timedOut,
	type Asked,
	type Service,
} from './listService.cts';

// Tens of thousands of objects are decoded, on a machine that may be busy.
jest.setTimeout(30_000);

const withoutWaiting: Repeat = async (attempt) => await retryRead(attempt, async () => {});

async function idsOf(service: Service, repeat: Repeat = once) {
	const selection = { listId: 1, start: 0, limit: Infinity };
	const connection = connectionTo(service, repeat);
	return await readObjects(connection, selection, ({ id }) => id, sizeFor(service));
}

const rowsOf = ({ asked }: Service) => asked.map(({ rows }) => rows);

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

test.each<[string, () => Fault | number, number]>([
	['times out', timedOut, 250],
	['breaks the service', () => broken(500), 1000],
	['is more than the service has memory for', () => 1000, 1000],
	['makes a proxy give up', () => broken(504), 250],
])('a page that %s is asked for again smaller', async (_name, fault, least) => {
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: least, max: 6000 }), async (most) => {
			const refuse = ({ rows }: Asked) => (rows > most ? fault() : undefined);
			const service = serviceOf(8000, { refuse });
			expect(await idsOf(service, withoutWaiting)).toEqual(range(8000));
			const failed = rowsOf(service).filter((rows) => rows > most);
			expect(failed.length).toBeLessThanOrEqual(5);
			// Each smaller than the one before.
			expect(failed).toEqual([...new Set(failed)].sort((a, b) => b - a));
		}),
		{ numRuns: 8 },
	);
});

test('a page that failed once by chance costs one request, and pages grow again', async () => {
	const service = serviceOf(25_000, {
		refuse: ({ rows }: Asked) =>
			rows === 6250 && rowsOf(service).filter((asked) => asked === rows).length === 1
				? timedOut()
				: undefined,
	});
	expect(await idsOf(service)).toEqual(range(25_000));
	expect(rowsOf(service).slice(0, 6)).toEqual([1000, 2500, 6250, 1562, 2500, 2500]);
});

test('a busy service is asked for the same page again, as it wants it', async () => {
	let refusals = 3;
	const service = serviceOf(3000, {
		refuse: ({ rows }) => (rows === 2500 && refusals-- > 0 ? broken(503) : undefined),
	});
	expect(await idsOf(service, withoutWaiting)).toEqual(range(3000));
	expect(rowsOf(service)).toEqual([1000, 2500, 2500, 2500, 2500]);
});

test.each<[string, () => Fault | number, object, number]>([
	['refuses every size', () => 2021, { details: { code: '2021' } }, 8],
	['never answers', timedOut, { details: { timedOut: true, transient: true } }, 4],
	['is broken', () => broken(500), { details: { status: 500, transient: true } }, 4],
	['refuses the list', () => 1002, { details: { code: '1002' } }, 1],
])('a service that %s ends it after few requests', async (_name, fault, expected, most) => {
	const service = serviceOf(3000, { refuse: fault });
	await expect(idsOf(service, withoutWaiting)).rejects.toMatchObject(expected);
	expect(service.asked.length).toBeLessThanOrEqual(most);
});

test('a login that times out is not treated as a page that is too large', async () => {
	const service = serviceOf(10);
	const connection = connectionTo(service, withoutWaiting);
	sessions.delete('test');
	let logins = 0;
	const send = async () => await Promise.reject(++logins && timedOut());
	const transport = { ...connection.transport, send };
	const selection = { listId: 1, start: 0, limit: Infinity };
	const reading = readObjects({ ...connection, transport }, selection, ({ id }) => id);
	await expect(reading).rejects.toMatchObject({ details: { timedOut: true, transient: true } });
	expect(logins).toBe(4);
});

test('a stop of the execution is not treated as a page that is too large', async () => {
	const stop = new Fault('connection', 'Stopped', '', { cancelled: true, maybeSent: true });
	const service = serviceOf(9000, { refuse: ({ rows }) => (rows > 1000 ? stop : undefined) });
	await expect(idsOf(service, withoutWaiting)).rejects.toBe(stop);
	expect(service.asked).toHaveLength(2);
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

describe('after a page that did not come', () => {
	const fault = (kind: Fault['kind'], details: Fault['details']) =>
		new Fault(kind, '', '', details);
	const service = (details: Fault['details']) => fault('service', details);
	const cut = fault('answer', { transient: true });
	const dropped = fault('connection', { transient: true, maybeSent: true });

	test.each<[string, unknown, number, number | undefined]>([
		['too many objects: half', service({ code: '2021' }), 1001, 500],
		['too many objects: at least 10', service({ code: '2021' }), 20, 10],
		['too many objects: no fewer', service({ code: '2021' }), 19, undefined],
		['no response in time: a quarter', service({ timedOut: true }), 4001, 1000],
		['no response in time: at least 250', service({ timedOut: true }), 251, 250],
		['no response in time: no fewer', service({ timedOut: true }), 250, undefined],
		['a proxy that gave up (504)', service({ status: 504 }), 4000, 1000],
		['a proxy that gave up (524)', service({ status: 524 }), 4000, 1000],
		['a busy service (503)', service({ status: 503, timedOut: true }), 4000, undefined],
		['a busy service (429)', service({ status: 429, timedOut: true }), 4000, undefined],
		['a wait that is asked for', service({ retryAfter: 0, timedOut: true }), 4000, undefined],
		['a breakdown of a long page', service({ code: '1000' }), 1001, 250],
		['a breakdown of a first page', service({ code: '1000' }), 1000, undefined],
		['a long response that was cut', cut, 4000, 1000],
		['a long response that was dropped', dropped, 4000, 1000],
		['a first response that was cut', cut, 1000, undefined],
		['a request that never arrived', fault('connection', { transient: true }), 4000, undefined],
		['another answer', fault('answer', {}), 4000, undefined],
		[
			'a dropped response that comes again',
			fault('connection', { maybeSent: true }),
			4000,
			undefined,
		],
		['a mistake of the program', new TypeError('no'), 4000, undefined],
	])('%s', (_name, reason, asked, rows) => {
		const size = new PageSize();
		const before = (size.rows = asked);
		expect(size.shrink(asked, reason)).toBe(rows !== undefined);
		expect(size.rows).toBe(rows ?? before);
	});

	test('pages grow again, but not beyond half of it', () => {
		const size = new PageSize();
		size.rows = 4000;
		size.shrink(4000, service({ timedOut: true }));
		for (let page = 0; page < 5; page++) size.cameFull(size.rows, 0);
		expect(size.rows).toBe(2000);
	});
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
