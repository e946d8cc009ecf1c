import fc from 'fast-check';

import { readSelection } from '../../../../../nodes/Rivile/protocol/paging/read';
import type { NewRow } from '../../../../../dev/simulators/rivile/database.cts';
import {
	ascending,
	FakeGateway,
	keyFor,
	newestFirst,
	numbered,
	oldestFirst,
	type Behaviour,
} from './fakeGateway.cts';

const gateway = new FakeGateway();
afterAll(() => gateway.register.close());

describe('keys that are no numbers', () => {
	const written = (count: number, key: (index: number) => string): NewRow[] =>
		Array.from({ length: count }, (_, index) => ({ I04_KODAS_CH: key(index) }));

	test("with quotes, letters of the alphabet and Rivilė's own", async () => {
		gateway.fill(
			written(350, (index) => `O'${String.fromCharCode(0x100 + index)}`),
			{ order: newestFirst },
		);
		expect(await gateway.every()).toHaveLength(350);
		expect(gateway.requests[1]?.fil).toContain("N'O''");
		gateway.fill(
			written(350, (index) => `010R${keyFor(index).slice(4)}`),
			{ order: oldestFirst },
		);
		expect(await gateway.every()).toHaveLength(350);
		expect(gateway.requests[1]?.fil).not.toContain("N'");
	});

	/** A database with another collation: its order and its comparisons are of one kind. */
	function collated(keys: string[], compare: (a: string, b: string) => number): Behaviour {
		const sorted = [...keys].sort(compare);
		const answer: Behaviour['answer'] = ({ fil = '' }) => {
			const bound = (sign: string) => {
				const [, equal = '', key = ''] = new RegExp(`CH ${sign}(=?) N?'([^']*)'`).exec(fil) ?? [];
				return key === '' ? undefined : { key, least: equal === '' ? 1 : 0 };
			};
			const [above, below] = [bound('>'), bound('<')];
			const without = new Set(
				[...(/NOT IN \((.*?)\)/.exec(fil)?.[1] ?? '').matchAll(/'([^']*)'/g)].map(([, key]) => key),
			);
			return sorted
				.filter(
					(key) =>
						(above === undefined || compare(key, above.key) >= above.least) &&
						(below === undefined || compare(below.key, key) >= below.least) &&
						!without.has(key),
				)
				.slice(0, 100);
		};
		return { order: oldestFirst, answer };
	}

	test.each([
		['lt', { sensitivity: 'accent' }],
		['en', {}],
		['lt', { ignorePunctuation: true }],
	] as const)('sorted by the alphabet %s %j', async (language, options) => {
		const letters = ['a', 'B', 'č', 'Ž', 'y', 'i', 'Į', 'z'];
		const keys = Array.from({ length: 260 }, (_, index) => {
			const letter = letters[index % letters.length] ?? '';
			return `${letter}${options && 'ignorePunctuation' in options ? '-' : ''}${index}x`;
		});
		const { compare } = new Intl.Collator(language, options);
		gateway.fill([], collated(keys, compare));
		const rows = await gateway.every();
		expect([...rows].sort()).toEqual([...keys].sort());
	});
});

describe('gateways that make no sense', () => {
	const random = (keys: string[]) =>
		keys
			.map((key, index) => [(index * 7919) % keys.length, key] as const)
			.sort(([a], [b]) => a - b)
			.map(([, key]) => key);

	async function messageOf(action: Promise<unknown>): Promise<string> {
		const [outcome] = await Promise.allSettled([action]);
		if (outcome.status === 'fulfilled') return 'no fault';
		expect(outcome.reason).toMatchObject({ name: 'Fault', kind: 'answer' });
		return String(outcome.reason.message);
	}

	test('a page that repeats, with a limit', async () => {
		gateway.fill(numbered(500), {
			order: newestFirst,
			answer: () => numbered(100).map((row) => row.I04_KODAS_CH),
		});
		expect(await messageOf(gateway.upTo(300))).toBe('Rivilė sent the same page again');
		expect(gateway.requests).toHaveLength(2);
	});

	test('a filter that is ignored', async () => {
		const answer = () => oldestFirst(gateway.matching()).slice(0, 100);
		gateway.fill(numbered(500), { order: oldestFirst, answer });
		expect(await messageOf(gateway.every())).toBe('Rivilė sent the same page again');
		gateway.fill(numbered(500), {
			order: newestFirst,
			answer: () => newestFirst(gateway.matching()).slice(0, 100),
		});
		expect(await messageOf(gateway.every('(1 = 1)'))).toBe('Rivilė sent the same page again');
		expect(gateway.requests).toHaveLength(2);
	});

	test('rows from outside of what was asked for', async () => {
		const pages = (_: unknown, number: number) =>
			newestFirst(gateway.matching()).slice(number === 1 ? 100 : 0, number === 1 ? 200 : 50);
		gateway.fill(numbered(500), { order: newestFirst, answer: pages });
		expect(await messageOf(gateway.every())).toBe('Rivilė sent rows that were not requested');
	});

	test('a page with a row of the page before', async () => {
		const answer = (_: unknown, number: number) =>
			newestFirst(gateway.matching()).slice((number - 1) * 99, (number - 1) * 99 + 100);
		gateway.fill(numbered(500), { order: newestFirst, answer });
		expect(await messageOf(gateway.every())).toBe(`Rivilė sent the row ${keyFor(302)} twice`);
	});

	test('a row that comes twice', async () => {
		const twice = [...oldestFirst(numbered(99).map((row) => row.I04_KODAS_CH)), keyFor(99)];
		gateway.fill([], { order: oldestFirst, answer: () => twice });
		expect(await messageOf(gateway.every())).toBe(`Rivilė sent the row ${keyFor(99)} twice`);
	});

	test('no order inside of a page', async () => {
		gateway.fill(numbered(500), { order: random, inside: (keys) => keys });
		expect(await messageOf(gateway.every())).toBe("Rivilė's rows are not in the documented order");
	});

	test('pages of any rows, though each is sorted, end with a message or with every row', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 90, max: 900 }),
				fc.infiniteStream(fc.nat()),
				async (count, stream) => {
					const shuffled = (keys: string[]) =>
						keys
							.map((key) => [stream.next().value, key] as const)
							.sort(([a], [b]) => a - b)
							.map(([, key]) => key);
					gateway.fill(numbered(count), { order: shuffled });
					const [outcome] = await Promise.allSettled([gateway.every()]);
					if (outcome.status === 'fulfilled') {
						expect(ascending(outcome.value)).toEqual(ascending(gateway.matching()));
					} else {
						expect(outcome.reason.message).toBe("Rivilė's rows are not in the documented order");
					}
				},
			),
			{ numRuns: 60 },
		);
	});

	test('pages by the date of change instead of the key end with a message or with every row', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 90, max: 900 }),
				fc.array(fc.nat(899), { maxLength: 12 }),
				async (count, changed) => {
					const lately = new Set(changed.map((index) => keyFor((index % count) + 1)));
					const byChange = (keys: string[]) =>
						keys
							.sort()
							.reverse()
							.sort((a, b) => Number(lately.has(b)) - Number(lately.has(a)));
					gateway.fill(numbered(count), { order: byChange });
					const [outcome] = await Promise.allSettled([gateway.every()]);
					if (outcome.status === 'fulfilled') {
						expect(ascending(outcome.value)).toEqual(ascending(gateway.matching()));
					} else {
						expect(outcome.reason.message).toBe("Rivilė's rows are not in the documented order");
					}
				},
			),
			{ numRuns: 100 },
		);
	});

	test('a row without its key', async () => {
		const nameless = async () => Array.from({ length: 100 }, () => ({ I04_PAV: 'x' }));
		const wish = { filter: undefined, limit: Infinity, pageNumber: undefined };
		expect(await messageOf(readSelection({ ...gateway.source, readPage: nameless }, wish))).toBe(
			'Rivilė sent a row without I04_KODAS_CH',
		);
		expect(
			await messageOf(
				readSelection({ ...gateway.source, readPage: nameless }, { ...wish, limit: 200 }),
			),
		).toBe('Rivilė sent a row without I04_KODAS_CH');
		expect(
			await readSelection({ ...gateway.source, readPage: nameless }, { ...wish, limit: 60 }),
		).toHaveLength(60);
	});

	test('a request that ends in a fault ends it all', async () => {
		const answer = (_: unknown, number: number) => {
			if (number === 3) throw new Error('cut');
			return undefined;
		};
		gateway.fill(numbered(500), { order: newestFirst, answer });
		await expect(gateway.every()).rejects.toThrow('cut');
		gateway.fill(numbered(500), { order: newestFirst, answer });
		await expect(gateway.upTo(400)).rejects.toThrow('cut');
	});
});
