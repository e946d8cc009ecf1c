import fc from 'fast-check';

import { Turns } from '../../../../../nodes/Rivile/protocol/pace/turns';
import { VirtualTime } from './virtualTime.cts';

const SECOND = 1000;

let time: VirtualTime;

beforeEach(() => {
	time = new VirtualTime();
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((longest) => time.deadline(longest));
});

afterEach(() => jest.restoreAllMocks());

/** What became of one caller, and when. */
interface Outcome {
	readonly number: number;
	readonly end: 'sent' | 'late' | 'stopped' | 'paused';
	readonly at: number;
}

const ENDS = { ECONNABORTED: 'late', ERR_CANCELED: 'stopped', ERR_PAUSED: 'paused' } as const;

const endOf = ({ code = 'ECONNABORTED' }: Error & { code?: keyof typeof ENDS }) => ENDS[code];

/** Callers whose outcomes are noted in the order in which they come. */
function callersOf(turns: Turns) {
	const outcomes: Outcome[] = [];
	let callers = 0;
	const call = async (longest = 1e6, stop?: AbortSignal): Promise<void> => {
		const number = callers++;
		const note = (end: Outcome['end']) => void outcomes.push({ number, end, at: time.real });
		await turns.next({ longest, stop }).then(
			() => note('sent'),
			(error: Error) => note(endOf(error)),
		);
	};
	return { outcomes, call };
}

test('callers are served in the order in which they came', async () => {
	const { outcomes, call } = callersOf(new Turns(time));
	for (let i = 0; i < 35; i++) void call();
	await time.run();
	expect(outcomes.map(({ number }) => number)).toEqual(Array.from({ length: 35 }, (_, i) => i));
	expect(outcomes.map(({ at }) => Math.floor(at / SECOND))).toEqual(
		Array.from({ length: 35 }, (_, i) => Math.floor(i / 10)),
	);
});

test('whoever comes while others wait does not overtake them', async () => {
	const { outcomes, call } = callersOf(new Turns(time));
	for (let i = 0; i < 11; i++) void call();
	// At the moment in which the eleventh is served, a slot would be free.
	time.at(SECOND, () => void call());
	await time.run();
	expect(outcomes.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, i) => i));
});

test('a caller waits no longer than it may, and holds nobody back', async () => {
	const { outcomes, call } = callersOf(new Turns(time));
	for (let i = 0; i < 10; i++) void call();
	void call(300);
	void call();
	await time.run();
	expect(outcomes.slice(10)).toEqual([
		{ number: 10, end: 'late', at: 300 },
		{ number: 11, end: 'sent', at: SECOND },
	]);
});

test('a caller whose execution is stopped leaves at once, and holds nobody back', async () => {
	const { outcomes, call } = callersOf(new Turns(time));
	const stop = new AbortController();
	for (let i = 0; i < 10; i++) void call();
	void call(1e6, stop.signal);
	void call();
	time.at(123, () => stop.abort());
	await time.run();
	expect(outcomes.slice(10)).toEqual([
		{ number: 10, end: 'stopped', at: 123 },
		{ number: 11, end: 'sent', at: SECOND },
	]);
});

test('once nobody waits any more, nothing sleeps on', async () => {
	const turns = new Turns(time);
	const { call } = callersOf(turns);
	turns.blocked(await turns.next({ longest: 1 }), {}, 3600);
	const stop = new AbortController();
	const nap = jest.spyOn(time, 'sleep');
	void call(1e8, stop.signal);
	time.at(10, () => stop.abort());
	await time.run();
	expect(nap).toHaveBeenCalledTimes(1);
	expect(turns.idle).toBeGreaterThan(0);
});

describe('a pause that the gateway asks for', () => {
	test('holds back everyone who uses the key, and ends at its time', async () => {
		const turns = new Turns(time);
		const { outcomes, call } = callersOf(turns);
		turns.blocked(await turns.next({ longest: 1 }), { remaining: 0 }, 7);
		expect(turns.pause).toBe(7 * SECOND);
		for (let i = 0; i < 3; i++) void call();
		await time.run();
		const ends = outcomes.map(({ at }) => at);
		expect(ends[0]).toBe(7 * SECOND);
		expect(ends[2]).toBeGreaterThanOrEqual(7.2 * SECOND);
		expect(turns.pause).toBe(0);
	});

	test('ends the wait at once of those who would not live to see its end', async () => {
		const turns = new Turns(time);
		const { outcomes, call } = callersOf(turns);
		const ticket = await turns.next({ longest: 1 });
		for (let i = 0; i < 9; i++) void call();
		void call(20 * SECOND);
		void call(120 * SECOND);
		time.at(500, () => turns.blocked(ticket, { remaining: 0 }, 60));
		time.at(600, () => void call(59 * SECOND));
		await time.run();
		expect(outcomes.slice(9)).toEqual([
			{ number: 9, end: 'paused', at: 500 },
			{ number: 11, end: 'paused', at: 600 },
			{ number: 10, end: 'sent', at: 60_500 },
		]);
	});
});

const caller = fc.record({
	at: fc.integer({ min: 0, max: 8000 }),
	longest: fc.oneof(fc.constant(60_000), fc.integer({ min: 1, max: 3000 })),
	stopAfter: fc.option(fc.integer({ min: 0, max: 2000 }), { freq: 5, nil: undefined }),
});
const jump = fc.record({
	at: fc.integer({ min: 0, max: 8000 }),
	by: fc.oneof(fc.integer({ min: -1e10, max: 1e10 }), fc.integer({ min: -2000, max: 2000 })),
});

const callersAndJumps = [
	fc.array(caller, { minLength: 1, maxLength: 80 }),
	fc.array(jump, { maxLength: 4 }),
] as const;

test('N callers, time-outs, stops, clocks that are set: nobody is lost, nobody overtakes', async () => {
	await fc.assert(
		fc.asyncProperty(...callersAndJumps, async (callers, jumps) => {
			time = new VirtualTime();
			const { outcomes, call } = callersOf(new Turns(time));
			for (const { at, by } of jumps) time.at(at, () => time.jump(by));
			const sorted = [...callers].sort((a, b) => a.at - b.at);
			for (const { at, longest, stopAfter } of sorted) {
				const stop = new AbortController();
				time.at(at, () => void call(longest, stop.signal));
				if (stopAfter !== undefined) time.at(at + stopAfter, () => stop.abort());
			}
			await time.run();
			expect(outcomes).toHaveLength(callers.length);
			const sent = outcomes.filter(({ end }) => end === 'sent');
			const numbers = sent.map(({ number }) => number);
			expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
			for (const { number, end, at } of outcomes) {
				const { at: came = 0, longest = 0, stopAfter = Infinity } = sorted[number] ?? {};
				if (end === 'late') expect(at).toBe(came + longest);
				if (end === 'stopped') expect(at).toBe(came + stopAfter);
				expect(at).toBeLessThanOrEqual(came + Math.min(longest, stopAfter));
			}
			// A clock that jumps ahead gives a second's requests at once; otherwise 30 + 10 t hold.
			const ahead = jumps.filter(({ by }) => by > 0).length;
			for (const [index, { at }] of sent.entries()) {
				const first = sent[index - 30 - ahead * 30];
				if (first !== undefined) expect(at).toBeGreaterThan(first.at);
			}
			if (ahead > 0) return;
			for (const [index, { at }] of sent.entries()) {
				const tenthBefore = sent[index - 10]?.at ?? -Infinity;
				expect(at - tenthBefore).toBeGreaterThanOrEqual(SECOND);
			}
		}),
		{ numRuns: 150 },
	);
});

test.each([
	['back by a day', -86_400_000],
	['back by a second', -SECOND],
	['ahead by a year', 3.2e10],
])('a clock that is set %s while callers wait freezes nothing', async (_name, by) => {
	const { outcomes, call } = callersOf(new Turns(time));
	for (let i = 0; i < 40; i++) void call();
	time.at(1100, () => time.jump(by));
	await time.run();
	expect(outcomes.map(({ end }) => end)).toEqual(Array(40).fill('sent'));
	expect(outcomes.at(-1)?.at).toBeLessThan(3500);
});

test('a clock that stands still freezes nothing', async () => {
	const stopped = { now: () => 5, sleep: async (longest: number) => await time.sleep(longest) };
	const { outcomes, call } = callersOf(new Turns(stopped));
	for (let i = 0; i < 25; i++) void call();
	await time.run();
	expect(outcomes).toHaveLength(25);
	expect(outcomes.at(-1)?.at).toBe(2 * SECOND);
});

describe('time that passes while nobody calls', () => {
	/** Lets time pass until then. */
	const until = async (real: number) => {
		time.at(real, () => {});
		await time.run();
	};

	test('ends a pause', async () => {
		const turns = new Turns(time);
		turns.blocked(await turns.next({ longest: 1 }), {}, 5);
		await until(2 * SECOND);
		expect(turns.pause).toBe(3 * SECOND);
		await until(6 * SECOND);
		await expect(turns.next({ longest: 1 })).resolves.toMatchObject({ number: 2 });
	});

	test('is known before a response is followed', async () => {
		const turns = new Turns(time);
		const { outcomes, call } = callersOf(turns);
		const ticket = await turns.next({ longest: 1 });
		await until(SECOND);
		// One token has come back here, and the others are gone: 19 more are needed, at 10 a second.
		turns.passed(ticket, { remaining: 0 });
		void call();
		await time.run();
		expect(outcomes[0]?.at).toBe(2.9 * SECOND);
	});

	test('counts as idle, but not while somebody waits', async () => {
		const turns = new Turns(time);
		const ticket = await turns.next({ longest: 1 });
		await until(4 * SECOND);
		expect(turns.idle).toBe(4 * SECOND);
		turns.blocked(ticket, {}, 60);
		void turns.next({ longest: 1e6 }).catch(() => 0);
		time.real += 100;
		expect(turns.idle).toBe(0);
		await time.run();
	});
});

test('a pause that ends just when the caller gives up is waited for', async () => {
	const turns = new Turns(time);
	const { outcomes, call } = callersOf(turns);
	const ticket = await turns.next({ longest: 1 });
	turns.blocked(ticket, {}, 5);
	void call(5 * SECOND);
	void call(5 * SECOND - 1);
	await time.run();
	expect(outcomes[0]).toEqual({ number: 1, end: 'paused', at: 0 });
	expect(outcomes[1]).toMatchObject({ number: 0, at: 5 * SECOND });
});

test('a request that gets through ends the row of blocks', async () => {
	const turns = new Turns(time);
	turns.blocked(await turns.next({ longest: 1 }), {}, undefined);
	const first = turns.pause;
	time.real += 60 * SECOND;
	turns.passed(await turns.next({ longest: 1 }), {});
	turns.blocked(await turns.next({ longest: SECOND }), {}, undefined);
	expect(turns.pause).toBe(first);
});
