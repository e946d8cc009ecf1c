/** What follows a page that does not come: a smaller one, the same one, or the end. */
import fc from 'fast-check';

import { Fault } from '../../../../nodes/shared/fault';
import { once, retryRead, type Repeat } from '../../../../nodes/shared/retry';
import { sessions } from '../../../../nodes/KlientuPortfelis/protocol/memory';
import { PageSize } from '../../../../nodes/KlientuPortfelis/protocol/pageSize';
import { readObjects } from '../../../../nodes/KlientuPortfelis/protocol/paging';
import { writesTo } from './portfolio/writes.cts';
import {
	broken,
	connectionTo,
	idsOf,
	range,
	rowsOf,
	serviceOf,
	timedOut,
	type Asked,
} from './listService.cts';

// Tens of thousands of objects are decoded, on a machine that may be busy.
jest.setTimeout(30_000);

const withoutWaiting: Repeat = async (attempt) => await retryRead(attempt, async () => {});

const stop = new Fault('connection', 'Stopped', '', { cancelled: true, maybeSent: true });

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
			expect(await idsOf(service, { repeat: withoutWaiting })).toEqual(range(8000));
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
	expect(await idsOf(service, { repeat: withoutWaiting })).toEqual(range(3000));
	expect(rowsOf(service)).toEqual([1000, 2500, 2500, 2500, 2500]);
});

test.each<[string, Repeat, readonly number[]]>([
	['with retries', withoutWaiting, [1000, 2500, 2500, 2500, 2500]],
	['where retries are off', once, [1000, 2500]],
])('a service that stays busy ends it after the usual retries: %s', async (_name, repeat, rows) => {
	const service = serviceOf(3000, { refuse: ({ start }) => (start > 0 ? broken(503) : undefined) });
	await expect(idsOf(service, { repeat })).rejects.toMatchObject({ details: { status: 503 } });
	expect(rowsOf(service)).toEqual(rows);
});

test.each<[string, () => Fault | number, object, number]>([
	['refuses every size', () => 2021, { details: { code: '2021' } }, 8],
	['never answers', timedOut, { details: { timedOut: true, transient: true } }, 4],
	['is broken', () => broken(500), { details: { status: 500, transient: true } }, 4],
	['refuses the list', () => 1002, { details: { code: '1002' } }, 1],
])('a service that %s ends it after few requests', async (_name, fault, expected, most) => {
	const service = serviceOf(3000, { refuse: fault });
	await expect(idsOf(service, { repeat: withoutWaiting })).rejects.toMatchObject(expected);
	expect(service.asked.length).toBeLessThanOrEqual(most);
});

test('a first page that times out is not asked for again where retries are off', async () => {
	const service = serviceOf(3000, { refuse: timedOut });
	await expect(idsOf(service)).rejects.toMatchObject({ details: { timedOut: true } });
	expect(rowsOf(service)).toEqual([1000]);
});

test('a service that refuses every page but the first ends it after few requests', async () => {
	const service = serviceOf(3000, { refuse: ({ start }) => (start > 0 ? 2021 : undefined) });
	await expect(idsOf(service)).rejects.toMatchObject({ details: { code: '2021' } });
	expect(rowsOf(service)).toEqual([1000, 2500, 1000, 500, 250, 125, 62, 31, 15]);
});

test('a mistake of the program comes out as it is', async () => {
	const mistake = new TypeError('x is not a function');
	const { connection } = writesTo(() => {
		throw mistake;
	});
	const selection = { listId: 1, start: 0, limit: Infinity };
	await expect(readObjects(connection, selection, ({ id }) => id)).rejects.toBe(mistake);
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
	const service = serviceOf(9000, { refuse: ({ rows }) => (rows > 1000 ? stop : undefined) });
	await expect(idsOf(service, { repeat: withoutWaiting })).rejects.toBe(stop);
	expect(service.asked).toHaveLength(2);
});

test.each<[string, Fault | number, object]>([
	['a stop of the execution', stop, { details: { cancelled: true } }],
	['a refusal of the list', 1002, { details: { code: '1002' } }],
])('%s ends it, also when another list made pages smaller', async (_name, refusal, expected) => {
	const size = new PageSize();
	const service = serviceOf(3000, {
		refuse: ({ rows }) => {
			if (rows <= 1000) return undefined;
			// As if a page of a list that is read at the same time had not come in time.
			size.shrink(rows, timedOut());
			return refusal;
		},
	});
	const selection = { listId: 1, start: 0, limit: Infinity };
	const reading = readObjects(connectionTo(service), selection, ({ id }) => id, size);
	await expect(reading).rejects.toMatchObject(expected);
	expect(rowsOf(service)).toEqual([1000, 2500]);
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

	test('of a size that had come before: half of it', () => {
		const size = new PageSize();
		size.cameFull(1000, 0);
		expect(size.shrink(1000, service({ code: '2021' }))).toBe(true);
		expect(size.rows).toBe(500);
		expect(size.shrink(500, service({ code: '2021' }))).toBe(true);
		expect(size.rows).toBe(250);
	});

	test('pages grow again, but not beyond half of it', () => {
		const size = new PageSize();
		size.rows = 4000;
		size.shrink(4000, service({ timedOut: true }));
		for (let page = 0; page < 5; page++) size.cameFull(size.rows, 0);
		expect(size.rows).toBe(2000);
	});
});
