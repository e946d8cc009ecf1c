import fc from 'fast-check';

import { once } from '../../../../nodes/shared/retry';
import type { Connection } from '../../../../nodes/KlientuPortfelis/protocol/call';
import { sessions } from '../../../../nodes/KlientuPortfelis/protocol/memory';
import { PAGE_SIZE, readObjects } from '../../../../nodes/KlientuPortfelis/protocol/paging';

interface Service {
	/** The IDs in the list, in the service's order. */
	ids: number[];
	requests: number;
	/** What happens to the list before a request is answered. */
	before?: (service: Service) => void;
	/** The most rows that a page gets. */
	cap?: number;
	/** Answers without object_count. */
	silent?: boolean;
	/** How many more objects it counts than it gives. */
	overstated?: number;
	/** Ignores start. */
	stuck?: boolean;
}

/** A connection to a service that holds one list. */
function connectionTo(service: Service): Connection {
	sessions.set('test', { sid: 'sid', number: 1, usedAt: Date.now(), login: undefined });
	return {
		fingerprint: 'test',
		timezone: 'UTC',
		secrets: [],
		addresses: { wsdlUrl: '', endpoint: 'https://service.example/', allowUnencrypted: false },
		transport: {
			repeat: once,
			fetch: async () => await Promise.reject(new Error('not asked for')),
			send: async ({ function: name, parameters }) => {
				service.before?.(service);
				service.requests++;
				const start = service.stuck === true ? 0 : Number(parameters.start);
				const rows = Math.min(Number(parameters.rows), service.cap ?? Infinity);
				const items = service.ids
					.slice(start, start + rows)
					.map((id) => `<item><id>${id}</id></item>`)
					.join('');
				const count =
					service.silent === true
						? ''
						: `<object_count>${service.ids.length + (service.overstated ?? 0)}</object_count>`;
				const body = `<E:Envelope xmlns:E="e"><E:Body><${name}Response><return><list>${count}<objects>${items}</objects></list><success>true</success></return></${name}Response></E:Body></E:Envelope>`;
				return await Promise.resolve({ status: 200, body });
			},
		},
	};
}

const range = (count: number, first = 1) =>
	Array.from({ length: count }, (_, index) => first + index);
const idsOf = async (service: Service, start = 0, limit = Infinity) =>
	(await readObjects(connectionTo(service), { listId: 1, start, limit }, (object) => object)).map(
		({ id }) => id,
	);

const serviceOf = (count: number, more: Partial<Service> = {}): Service => ({
	ids: range(count),
	requests: 0,
	...more,
});

test('all objects of lists of any size, in few requests', async () => {
	for (const count of [0, 1, 2, PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE + 1, 2 * PAGE_SIZE, 3456]) {
		const service = serviceOf(count);
		expect(await idsOf(service)).toEqual(range(count));
		expect(service.requests).toBeLessThanOrEqual(Math.ceil(count / (PAGE_SIZE - 1)) + 1);
	}
});

test('a limit, and a start', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.nat(2500),
			fc.nat(2600),
			fc.integer({ min: 1, max: 2600 }),
			async (count, start, limit) => {
				const service = serviceOf(count);
				expect(await idsOf(service, start, limit)).toEqual(
					range(count).slice(start, start + limit),
				);
				expect(service.requests).toBeLessThanOrEqual(Math.ceil(limit / (PAGE_SIZE - 1)) + 1);
			},
		),
		{ numRuns: 15 },
	);
});

test('a small limit takes one request', async () => {
	const service = serviceOf(5000);
	expect(await idsOf(service, 0, 50)).toEqual(range(50));
	expect(service.requests).toBe(1);
});

test('a service that does not count, or gives shorter pages', async () => {
	for (const more of [{ silent: true }, { cap: 300 }, { cap: 300, silent: true }]) {
		expect(await idsOf(serviceOf(2345, more))).toEqual(range(2345));
	}
});

test('objects that stay are there once while others come and go, wherever', async () => {
	const change = fc.record({
		request: fc.nat(5),
		place: fc.double({ min: 0, max: 1, noNaN: true }),
		remove: fc.boolean(),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(change, { maxLength: 3 }), async (changes) => {
			const initial = range(2500);
			const removed = new Set<number>();
			let next = 10_000;
			const service = serviceOf(0, {
				ids: [...initial],
				before: ({ ids, requests }) => {
					for (const { request, place, remove } of changes) {
						if (request !== requests) continue;
						const index = Math.floor(place * (ids.length - 1));
						if (remove) removed.add(ids.splice(index, 1)[0] ?? 0);
						else ids.splice(index, 0, next++);
					}
				},
			});
			const read = await idsOf(service);
			expect(new Set(read).size).toBe(read.length);
			const stayed = initial.filter((id) => !removed.has(id));
			expect(stayed.filter((id) => !read.includes(id))).toEqual([]);
		}),
		{ numRuns: 30 },
	);
});

test('a list that grows at the front all the time is read as it was at first', async () => {
	let next = 10_000;
	const service = serviceOf(2500, { before: ({ ids }) => void ids.unshift(next++) });
	const read = await idsOf(service);
	expect(range(2500).filter((id) => !read.includes(id))).toEqual([]);
	expect(new Set(read).size).toBe(read.length);
	expect(service.requests).toBeLessThan(6);
});

test('a limit is not filled with objects that were deleted meanwhile', async () => {
	const service = serviceOf(3000, {
		before: ({ ids, requests }) => void (requests === 1 && ids.splice(4, 1)),
	});
	expect(await idsOf(service, 0, 1500)).toEqual(range(1501).filter((id) => id !== 5));
});

test('a service that counts more than it gives is believed when it does so twice', async () => {
	const service = serviceOf(10, { overstated: 1 });
	expect(await idsOf(service)).toEqual(range(10));
	expect(service.requests).toBeLessThan(7);
});

test.each([
	['never holds still', { before: ({ ids }: Service) => void ids.shift() }],
	['gives the same page again and again', { stuck: true }],
])('a list that %s ends with a message', async (_name, more) => {
	const service = serviceOf(3000, more);
	await expect(idsOf(service)).rejects.toMatchObject({
		name: 'Fault',
		message: 'The list changed while it was being read',
	});
	expect(service.requests).toBeLessThan(30);
});
