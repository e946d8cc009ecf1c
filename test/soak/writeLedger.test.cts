/** The accounts of a node's writes and readings find what does not agree with the service's log. */
import { judgeReading, judgeWrites, type Network, type Told } from './writeLedger.cts';

const asked = (name: string, told: Told) => ({ name, told });
const done = (name: string) => ({ name, isDone: true });
const refused = (name: string) => ({ name, isDone: false });

/** All requests but these got a clear response. */
const lost = (...names: string[]): Network => ({
	seen: (name) => (names.includes(name) ? 'lost' : 'answered'),
	unread: 0,
});

describe('writes', () => {
	test('that are done once and confirmed, refused, or in doubt either way are right', () => {
		const all = [
			asked('a', 'confirmed'),
			asked('b', 'refused'),
			asked('c', 'refused'),
			asked('d', 'inDoubt'),
			asked('e', 'inDoubt'),
			asked('f', 'nothing'),
		];
		expect(
			judgeWrites(all, [done('a'), refused('b'), done('d'), done('f')], lost('d', 'e')),
		).toEqual([]);
	});

	test('that are confirmed and were not done are found', () => {
		expect(judgeWrites([asked('a', 'confirmed')], [], lost())).toHaveLength(1);
		expect(judgeWrites([asked('a', 'confirmed')], [refused('a')], lost())).toHaveLength(1);
	});

	test.each(['confirmed', 'inDoubt', 'nothing', 'refused'] as const)(
		'that are sent twice are found, whatever was said: %s',
		(told) => {
			const findings = judgeWrites([asked('a', told)], [done('a'), refused('a')], lost('a'));
			expect(findings).toContain('a reached the service 2 times');
		},
	);

	test('that are done and reported as not done are found', () => {
		expect(judgeWrites([asked('a', 'refused')], [done('a')], lost())).toHaveLength(1);
	});

	test('that nobody asked for are found', () => {
		expect(judgeWrites([], [done('a')], lost())).toEqual([
			'a reached the service, and nobody asked for it',
		]);
	});

	test('that are in doubt without a reason of their own are found', () => {
		const both = [asked('a', 'inDoubt'), asked('b', 'inDoubt')];
		expect(judgeWrites(both, [], lost('b', 'c'))).toEqual([
			'a is in doubt, and its request got a clear response',
		]);
		expect(judgeWrites(both, [], lost('a', 'b'))).toEqual([]);
	});

	test('that are in doubt and were never sent are found', () => {
		const all = ['a', 'b', 'c'].map((name) => asked(name, 'inDoubt'));
		const network = (unread: number): Network => ({
			seen: (name) => (name === 'a' ? 'lost' : 'never'),
			unread,
		});
		expect(judgeWrites(all, [], network(1))).toEqual([
			'in doubt, and at most 1 of them were sent: b, c',
		]);
		expect(judgeWrites(all, [], network(2))).toEqual([]);
	});
});

describe('readings', () => {
	const stayed = new Set(['a', 'b']);
	const isKnown = (name: string) => 'abc'.includes(name);

	test('that give what stayed once, and perhaps what came or went, are right', () => {
		expect(judgeReading(['b', 'a'], stayed, isKnown)).toEqual([]);
		expect(judgeReading(['c', 'a', 'b'], stayed, isKnown)).toEqual([]);
	});

	test('that lose, double or invent a row are found', () => {
		expect(judgeReading(['a'], stayed, isKnown)).toEqual(['1 are missing, such as b']);
		expect(judgeReading(['a', 'b', 'a'], stayed, isKnown)).toEqual(['1 came twice']);
		expect(judgeReading(['a', 'b', 'x'], stayed, isKnown)).toEqual(['1 were never there: x']);
	});
});
