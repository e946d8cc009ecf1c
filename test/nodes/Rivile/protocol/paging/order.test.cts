/** What pages show of the order of the keys, and what contradicts it. */
import fc from 'fast-check';

import { Order } from '../../../../../nodes/Rivile/protocol/paging/order';
import { RowKey } from '../../../../../nodes/Rivile/protocol/paging/rowKey';

const TEXT = new RowKey([{ name: 'X_A', type: 'C' }], true, 'X');
const NUMBER = new RowKey([{ name: 'X_A', type: 'N' }], true, 'X');
const PAIR = new RowKey(
	[
		{ name: 'X_A', type: 'C' },
		{ name: 'X_B', type: 'N' },
	],
	true,
	'X',
);
const pair = (...parts: Array<string | null>) => JSON.stringify(parts);

const NO_ORDER = "Rivilė's rows are not in the documented order";

/** The ways to sort, each with texts in an order that the ways before it do not have. */
const WAYS: ReadonlyArray<readonly [string, readonly string[]]> = [
	['by code', ['B', 'a', 'ą']],
	['by the Lithuanian alphabet', ['i', 'y', 'j']],
	['by the general alphabet', ['a', 'B', 'c']],
	['by words in Lithuanian', ['ab', 'a-c', 'ad', 'y', 'j']],
	['by words', ['ab', 'a-c', 'ad', 'i', 'j', 'y']],
];

describe('a page', () => {
	test.each(WAYS)('sorted %s, in either direction, gives its keys lowest first', (_way, keys) => {
		expect(new Order(TEXT).ascending(keys)).toEqual(keys);
		expect(new Order(TEXT).ascending([...keys].reverse())).toEqual(keys);
	});

	test('that is sorted in no way is refused', () => {
		const order = new Order(TEXT);
		expect(() => order.ascending(['a', 'c', 'b'])).toThrow(NO_ORDER);
		expect(() => order.likePages()).toThrow(NO_ORDER);
	});

	test('in another order than the pages before is refused', () => {
		const order = new Order(TEXT);
		order.ascending(['B', 'a']);
		expect(() => order.ascending(['a', 'B'])).not.toThrow();
		expect(() => order.ascending(['a', 'B', 'b'])).toThrow(NO_ORDER);
	});

	test('of numbers is sorted by their value, of several columns by the first that differs', () => {
		expect(new Order(NUMBER).ascending(['10', '9', '-1'])).toEqual(['-1', '9', '10']);
		const keys = [pair('a', null), pair('a', '9'), pair('a', '10'), pair('b', '1')];
		expect(new Order(PAIR).ascending(keys)).toEqual(keys);
		const order = new Order(PAIR);
		expect(order.compare(pair('a', '9'), pair('a', '10'))).toBeLessThan(0);
		expect(order.compare(pair('a', '9'), pair('a', '9'))).toBe(0);
	});

	test('may have a key twice, which others look into', () => {
		expect(new Order(NUMBER).ascending(['1', '1', '2'])).toEqual(['1', '1', '2']);
		expect(new Order(NUMBER).ascending(['2', '1', '1'])).toEqual(['1', '1', '2']);
		expect(new Order(NUMBER).ascending(['1'])).toEqual(['1']);
	});

	test('of any numbers comes out sorted', () => {
		const numbers = fc.uniqueArray(fc.integer(), { minLength: 2 });
		fc.assert(
			fc.property(numbers, fc.boolean(), (all, isDown) => {
				const sorted = all.sort((a, b) => a - b).map(String);
				const page = isDown ? sorted.toReversed() : sorted;
				expect(new Order(NUMBER).ascending(page)).toEqual(sorted);
			}),
		);
	});
});

describe('all rows', () => {
	test('are sorted like the first page', () => {
		const up = new Order(NUMBER);
		up.ascending(['1', '2']);
		up.ascending(['9', '8']);
		expect(['3', '1', '2'].sort(up.likePages())).toEqual(['1', '2', '3']);
		const down = new Order(NUMBER);
		down.ascending(['2', '1']);
		down.ascending(['8', '9']);
		expect(['3', '1', '2'].sort(down.likePages())).toEqual(['3', '2', '1']);
	});

	test('are sorted upwards when no page has shown anything', () => {
		expect(['2', '1'].sort(new Order(NUMBER).likePages())).toEqual(['1', '2']);
	});
});

describe('a region', () => {
	const order = () => new Order(NUMBER);

	test('holds its keys and its ends', () => {
		order().checkInside(['1', '5', '9'], { above: '1', below: '9' });
		order().checkInside(['1'], { above: '1' });
		order().checkInside(['1'], { below: '1' });
		order().checkInside(['1'], {});
		order().checkInside([], { above: '9', below: '1' });
	});

	test.each([
		[['5', '0'], { above: '1', below: '9' }],
		[['5', '10'], { above: '1', below: '9' }],
		[['0'], { above: '1' }],
		[['10'], { below: '9' }],
	])('does not hold %j: %j', (keys, region) => {
		expect(() => order().checkInside(keys, region)).toThrow(
			expect.objectContaining({
				kind: 'answer',
				message: 'Rivilė sent rows that were not requested',
				description: expect.stringContaining('The responses do not follow the filter'),
			}),
		);
	});

	test('tells the ways to sort apart', () => {
		const texts = new Order(TEXT);
		// Between a and c in an alphabet only: by code, capital letters come first.
		texts.checkInside(['B'], { above: 'a', below: 'c' });
		expect(texts.compare('B', 'a')).toBeGreaterThan(0);
	});
});

test('the message names the key', () => {
	expect(() => new Order(PAIR).ascending([pair('a', '1'), pair('c', '1'), pair('b', '1')])).toThrow(
		expect.objectContaining({ description: expect.stringContaining('sorted by X_A, X_B.') }),
	);
});
