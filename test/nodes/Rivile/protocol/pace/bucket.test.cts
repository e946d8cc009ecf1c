import fc from 'fast-check';

import {
	DOCUMENTED_LIMIT,
	RateLimit,
	type Limit,
} from '../../../../../dev/simulators/rivile/limit.cts';
import { Bucket } from '../../../../../nodes/Rivile/protocol/pace/bucket';
import { limitsIn } from '../../../../../nodes/Rivile/protocol/pace/limits';

const SECOND = 1000;

/** One client that never rests: sends as soon as it may, and hears what the gateway says. */
class Greedy {
	readonly bucket = new Bucket();
	/** When requests were sent, in milliseconds. */
	readonly sent: number[] = [];
	blocked = 0;

	/** @param gateway undefined for one that says nothing */
	constructor(
		private readonly gateway: RateLimit | undefined,
		private readonly time: { now: number },
	) {}

	/** Lets time pass to a point, sending meanwhile, at most as often as the machine can. */
	goOn(until: number, gap = 0): void {
		while (this.time.now < until) {
			const wait = Math.min(this.bucket.delay, until - this.time.now);
			if (wait > 0) this.pass(wait);
			else {
				this.send();
				this.pass(Math.min(gap, until - this.time.now));
			}
		}
	}

	pass(milliseconds: number): void {
		this.time.now += milliseconds;
		this.bucket.pass(milliseconds);
	}

	send(): void {
		const ticket = this.bucket.take();
		this.sent.push(this.time.now);
		const verdict = this.gateway?.take('key');
		const limits = limitsIn(verdict?.headers);
		if (verdict?.blockedAs !== undefined) {
			this.blocked++;
			this.bucket.blocked(ticket, limits);
		} else {
			this.bucket.follow(ticket, limits);
			this.bucket.passed(ticket);
		}
	}
}

/** The most requests in any window that begins with one of them, beyond so many a second. */
function mostBeyond(sent: readonly number[], perSecond: number): number {
	let most = 0;
	let lead = 0;
	let last = sent[0] ?? 0;
	for (const at of sent) {
		// What a bucket of that rate that holds nothing would be short of.
		lead = Math.max(lead - ((at - last) / SECOND) * perSecond, 0) + 1;
		last = at;
		most = Math.max(most, lead);
	}
	return most;
}

/** Stretches of sending with pauses between them. */
const stretches = fc.array(
	fc.record({
		rest: fc.integer({ min: 0, max: 5000 }),
		work: fc.integer({ min: 1, max: 4000 }),
		gap: fc.constantFrom(0, 1, 7, 50, 130),
	}),
	{ minLength: 1, maxLength: 12 },
);

function work(client: Greedy, time: { now: number }, plan: Array<Record<string, number>>): void {
	for (const { rest = 0, work: length = 0, gap = 0 } of plan) {
		client.pass(rest);
		client.goOn(time.now + length, gap);
	}
}

test('10 requests go at once, and 10 each second after them', () => {
	const time = { now: 0 };
	const client = new Greedy(undefined, time);
	client.goOn(60 * SECOND);
	expect(client.sent.slice(0, 10)).toEqual(Array(10).fill(0));
	expect(client.sent[10]).toBe(SECOND);
	expect(client.sent).toHaveLength(600);
});

test('never more than 30 + 10 t requests in any t seconds, however they come', () => {
	fc.assert(
		fc.property(stretches, (plan) => {
			const time = { now: 0 };
			const client = new Greedy(undefined, time);
			work(client, time, plan);
			expect(mostBeyond(client.sent, 10)).toBeLessThanOrEqual(30);
			for (const [index, at] of client.sent.entries()) {
				const tenth = client.sent[index + 10] ?? Infinity;
				expect(tenth - at).toBeGreaterThan(SECOND - 1e-6);
			}
		}),
	);
});

const kinds = fc.record({
	headers: fc.boolean(),
	wholeSeconds: fc.boolean(),
});

test('the only client of a key always leaves 19, whether tokens come evenly or once a second', () => {
	fc.assert(
		fc.property(stretches, kinds, fc.integer({ min: 0, max: 999 }), (plan, kind, start) => {
			const time = { now: start };
			const gateway = new RateLimit({ ...DOCUMENTED_LIMIT, ...kind }, () => time.now * (1 + 1e-9));
			const client = new Greedy(gateway, time);
			work(client, time, plan);
			expect(client.blocked).toBe(0);
			expect(gateway.fewest).toBeGreaterThanOrEqual(19);
		}),
	);
});

test('where others use the key too, the rest is left to them, and the pace comes back after', () => {
	const time = { now: 0 };
	const gateway = new RateLimit(DOCUMENTED_LIMIT, () => time.now);
	const client = new Greedy(gateway, time);
	client.goOn(5 * SECOND);
	// Another program takes six a second for ten seconds.
	for (let i = 0; i < 60; i++) {
		client.goOn(time.now + SECOND / 6);
		expect(gateway.take('key').blockedAs).toBeUndefined();
	}
	expect(client.blocked).toBe(0);
	const meanwhile = client.sent.filter((at) => at > 6 * SECOND && at <= 15 * SECOND).length;
	expect(meanwhile).toBeGreaterThan(30);
	expect(meanwhile).toBeLessThan(50);
	const before = client.sent.length;
	client.goOn(time.now + 10 * SECOND);
	expect(client.sent.length - before).toBeGreaterThanOrEqual(90);
	const settled = client.sent.length;
	client.goOn(time.now + 10 * SECOND);
	expect(client.sent.length - settled).toBe(100);
});

const limits = fc
	.record({
		burst: fc.integer({ min: 1, max: 200 }),
		perSecond: fc.integer({ min: 1, max: 200 }),
		cost: fc.integer({ min: 1, max: 60 }),
	})
	.filter(({ burst, cost }) => cost <= burst);

test('a gateway with any other limit is followed: no standstill, and no block once it is known', () => {
	fc.assert(
		fc.property(limits, kinds, ({ burst, perSecond, cost }, { wholeSeconds }) => {
			const time = { now: 0 };
			const limit: Limit = { ...DOCUMENTED_LIMIT, burst, perSecond, cost, wholeSeconds };
			const client = new Greedy(new RateLimit(limit, () => time.now * (1 + 1e-9)), time);
			// A gateway may give more a second than its bucket holds.
			const rate = Math.min(perSecond, burst) / cost;
			const length = (100 / rate) * SECOND + 5 * SECOND;
			client.goOn(length, 5);
			// Where a request takes the whole bucket, nobody can know in which second it is full again.
			const isTight = wholeSeconds && burst - cost < perSecond;
			expect(client.blocked).toBeLessThanOrEqual(isTight ? client.sent.length / 2 : 0);
			const allowed = Math.min(rate, SECOND / 5) * (length / SECOND);
			expect(client.sent.length).toBeGreaterThan(allowed * 0.4);
		}),
	);
});

describe('a blocked request', () => {
	const blocked = (retryAfter?: number, said = {}) => {
		const bucket = new Bucket();
		bucket.blocked(bucket.take(), said, retryAfter);
		return bucket;
	};

	test('without Retry-After pauses until the documented reserve is back', () => {
		const bucket = blocked();
		expect(bucket.pause).toBe(SECOND);
		// Slower than before, as others use the key and nothing tells how much they leave.
		expect(bucket.delay).toBe((20 / 5) * SECOND);
		expect(blocked(undefined, { remaining: 0 }).delay).toBe((20 / 10) * SECOND);
	});

	test('with Retry-After pauses that long, but no longer than an hour', () => {
		expect(blocked(7).delay).toBe(7 * SECOND);
		expect(blocked(10 ** 9).delay).toBe(3600 * SECOND);
	});

	test('is followed by one request, not by a peak that was saved up meanwhile', () => {
		const bucket = blocked(60, { remaining: 0 });
		bucket.pass(60 * SECOND);
		expect(bucket.delay).toBe(0);
		bucket.take();
		expect(bucket.delay).toBeCloseTo(SECOND / 10);
	});

	test('doubles the pause each time in a row, up to 30 seconds, until one gets through', () => {
		const bucket = new Bucket();
		const pauses = Array.from({ length: 7 }, () => {
			bucket.pass(bucket.delay);
			bucket.blocked(bucket.take(), { remaining: 0 });
			return bucket.pause / SECOND;
		});
		expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30]);
		bucket.pass(bucket.delay);
		bucket.passed(bucket.take());
		bucket.blocked(bucket.take(), { remaining: 0 });
		expect(bucket.pause).toBe(SECOND);
	});

	test('counts once with those that were under way together with it', () => {
		const bucket = new Bucket();
		const tickets = Array.from({ length: 5 }, () => bucket.take());
		for (const ticket of tickets) bucket.blocked(ticket, { remaining: 0 });
		expect(bucket.pause).toBe(SECOND);
		// One that had got through before says nothing about what comes after.
		bucket.pass(bucket.delay);
		const next = bucket.take();
		for (const ticket of tickets) bucket.passed(ticket);
		bucket.blocked(next, { remaining: 0 });
		expect(bucket.pause).toBe(2 * SECOND);
	});
});

test('what several responses say about the same tokens is counted once', () => {
	const bucket = new Bucket();
	const tickets = Array.from({ length: 5 }, () => bucket.take());
	// Another program took three tokens before the first of them.
	for (const [index, ticket] of tickets.entries()) bucket.follow(ticket, { remaining: 26 - index });
	expect(bucket.delay).toBe(0);
	bucket.pass(1);
	bucket.take();
	bucket.take();
	expect(bucket.delay).toBe(0);
	bucket.take();
	// 30 - 5 - 3 - 3 is 19, and one more needs a tenth of a second.
	expect(bucket.delay).toBeCloseTo(SECOND / 10 - 1);
});

test('a response that comes late holds nothing back', () => {
	const bucket = new Bucket();
	const slow = bucket.take();
	for (let i = 0; i < 100; i++) {
		bucket.pass(bucket.delay);
		bucket.follow(bucket.take(), {});
	}
	const { delay } = bucket;
	bucket.follow(slow, { remaining: 29 });
	expect(bucket.delay).toBe(delay);
});

test.each([0, -5000, Number.NaN])('a clock that moves by %d lets no time pass', (milliseconds) => {
	const bucket = new Bucket();
	bucket.blocked(bucket.take(), {}, 10);
	bucket.pass(milliseconds);
	expect(bucket.time).toBe(0);
	expect(bucket.pause).toBe(10_000);
});
