import fc from 'fast-check';

import { ascending, FakeGateway, keyFor, numbered, ORDERS } from './fakeGateway.cts';

const gateway = new FakeGateway();
afterAll(() => gateway.register.close());

/** What is allowed; a register without any row is asked again and again before that is believed. */
const allowed = (rows: number) => (rows === 0 ? 6 : Math.ceil(rows / 100) + 3);

describe.each(ORDERS)('Return All, %s', (_, order, inside) => {
	test.each([
		[0, 6],
		[1, 1],
		[99, 1],
		[100, 3],
		[101, 3],
		[198, 3],
		[199, 5],
		[200, 4],
		[250, 4],
		[1000, 12],
	])('%i rows', async (count, requests) => {
		gateway.fill(numbered(count), { order, inside });
		const rows = await gateway.every();
		expect(rows).toEqual(inside(gateway.matching()));
		expect(gateway.requests).toHaveLength(requests);
		expect(gateway.requests.length).toBeLessThanOrEqual(allowed(count));
		expect(gateway.requests[0]).toEqual({});
	});

	test('with a filter that every request holds', async () => {
		gateway.fill(numbered(500), { order, inside });
		const filter = '(I04_SUMA < 5)';
		expect(await gateway.every(filter)).toEqual(inside(gateway.matching(filter)));
		expect(gateway.requests[0]).toEqual({ fil: filter });
		for (const { fil, pagenumber } of gateway.requests.slice(1)) {
			expect(fil).toMatch(/^\(\(I04_SUMA < 5\) AND I04_KODAS_CH [<>]=? '\d{12}'.*\)$/);
			expect(pagenumber).toBeUndefined();
		}
	});

	test.each([1, 30, 100, 150, 250])(
		'while %i rows are added at the end each time',
		async (more) => {
			let last = 1000;
			const between = (request: number) => {
				if (request > 9) return;
				const added = Array.from({ length: more }, (_row, index) => keyFor(last + index + 1));
				last += more;
				gateway.register.add(added.map((I04_KODAS_CH) => ({ I04_KODAS_CH })));
			};
			gateway.fill(numbered(1000), { order, inside, between });
			const rows = await gateway.every();
			const keys = ascending(rows);
			// Everything there was, and no gap in what came after it.
			expect(keys).toEqual(ascending(gateway.matching()).slice(0, keys.length));
			expect(keys.length).toBeGreaterThanOrEqual(1000);
			// Ends in a full page more often than without additions, which takes a request to confirm.
			expect(gateway.requests.length).toBeLessThanOrEqual(allowed(keys.length) + 1);
		},
	);
});

describe('Return All loses and doubles nothing', () => {
	const order = fc.constantFrom(...ORDERS);
	const size = fc.oneof(
		fc.integer({ min: 0, max: 1200 }),
		fc.integer({ min: 0, max: 12 }).map((hundreds) => hundreds * 100),
		fc.integer({ min: 95, max: 105 }),
	);
	const filter = fc.constantFrom(
		undefined,
		'(I04_SUMA < 3)',
		"(I04_PAV = 'x' OR 1 = 1)",
		'(I04_SUMA = 99)',
	);
	/** Places as parts of the register: 1 is its end, 0 its beginning. */
	const added = fc.array(
		fc.array(fc.oneof(fc.constant(1), fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })), {
			maxLength: 4,
		}),
		{ maxLength: 14 },
	);

	test('in either order, of any size, while rows are added anywhere', async () => {
		await fc.assert(
			fc.asyncProperty(
				order,
				size,
				filter,
				added,
				async ([, pages, inside], count, fil, places) => {
					let end = count + 1;
					const taken = new Set<string>();
					const between = (request: number) => {
						const rows = (places[request - 1] ?? []).map((place) => {
							const number = place === 1 ? end++ : Math.round(place * count * 900) / 1000 + 0.0005;
							return keyFor(place === 1 ? number : number + 0.0001);
						});
						const free = rows.filter((key) => !taken.has(key) && !gateway.matching().includes(key));
						for (const key of new Set(free)) {
							taken.add(key);
							gateway.register.add([{ I04_KODAS_CH: key, I04_SUMA: Number(key) % 7 }]);
						}
					};
					gateway.fill(numbered(count), { order: pages, inside, between });
					const before = gateway.matching(fil);
					const rows = await gateway.every(fil);
					const keys = rows;
					expect(new Set(keys).size).toBe(keys.length);
					const all = new Set(keys);
					expect(before.filter((key) => !all.has(key))).toEqual([]);
					const after = new Set(gateway.matching(fil));
					expect(keys.filter((key) => !after.has(key))).toEqual([]);
					if (count >= 100) expect(keys).toEqual(inside([...keys]));
					// The first row of all may come while it is being made sure that there is none.
					const most = before.length === 0 ? allowed(0) : allowed(keys.length);
					expect(gateway.requests.length).toBeLessThanOrEqual(most);
				},
			),
			{ numRuns: 120 },
		);
	});

	test('and while rows are deleted, none that stays', async () => {
		await fc.assert(
			fc.asyncProperty(
				order,
				fc.integer({ min: 100, max: 600 }),
				fc.gen(),
				async ([, pages, inside], count, g) => {
					const between = () => {
						const keys = gateway.matching();
						const gone = g(fc.array, fc.nat(Math.max(0, keys.length - 1)), { maxLength: 5 });
						gateway.register.remove(gone.map((index) => keys[index] ?? ''));
					};
					gateway.fill(numbered(count), { order: pages, inside, between });
					const keys = await gateway.every();
					const all = new Set(keys);
					expect(all.size).toBe(keys.length);
					expect(gateway.matching().filter((key) => !all.has(key))).toEqual([]);
				},
			),
			{ numRuns: 40 },
		);
	});
});
