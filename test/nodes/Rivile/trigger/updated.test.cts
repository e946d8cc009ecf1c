/** Created and changed operations and clients, with clocks that are wrong and changes that are late. */
import fc from 'fast-check';

import { changeOf } from '../../../../nodes/Rivile/trigger/changes';
import { cursorBehind, latestChange } from '../../../../nodes/Rivile/trigger/latest';
import { readSeen, storeSeen, type Change } from '../../../../nodes/Rivile/trigger/seen';
import { stateOf } from '../../../../nodes/Rivile/trigger/state';
import { cursorFrom, pollUpdated } from '../../../../nodes/Rivile/trigger/updated';
import {
	alphabet,
	byCode,
	CollatedGateway,
	FOLLOWED,
	never,
	numberKey,
	point,
	START,
	stored,
	WAYS,
} from './collatedGateway.cts';

const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;
const DAY = 24 * HOUR;

class Trigger {
	cursor = cursorFrom('2026-01-10T00:00:00');
	readonly got: string[] = [];

	constructor(readonly gateway: CollatedGateway) {}

	async activate(now: number): Promise<void> {
		this.cursor = stored(await cursorBehind(this.gateway.source, point(now)));
	}

	/** What comes, as key and time of change. */
	async poll(now: number, isTimeUp = never): Promise<string[]> {
		const { rows, cursor } = await pollUpdated(
			this.gateway.source,
			undefined,
			this.cursor,
			point(now),
			isTimeUp,
		);
		this.cursor = stored(cursor);
		const state = JSON.stringify(stateOf('operationUpdated', cursor));
		expect(Buffer.byteLength(state)).toBeLessThan(64_000);
		const { register, rowKey } = this.gateway.source;
		const came = rows.map((row) => `${rowKey.of(row)} ${changeOf(register, row) ?? ''}`);
		this.got.push(...came);
		return came;
	}
}

const [, way] = WAYS[2];
const change = (gateway: CollatedGateway, number: number, time: number, name = '') => {
	gateway.put(numberKey(number), { changed: point(time), name });
	return `${numberKey(number)} ${point(time)}`;
};

/** 3,000 operations entered within a quarter of an hour. */
function enterMany(gateway: CollatedGateway, until: number): string[] {
	const numbers = Array.from({ length: 3000 }, (_, index) => index + 1);
	return numbers.map((number) => change(gateway, number, until - (number % 900) * SECOND)).sort();
}

describe.each(FOLLOWED)('%s: clocks', (_event, register) => {
	const gatewayOf = () => new CollatedGateway({ compare: byCode, ...way }, register);

	const JUMPS = [
		['ahead', 10 * DAY],
		['behind', -10 * DAY],
	] as const;

	test.each(JUMPS)("n8n's clock is ten days %s for one poll", async (_name, jump) => {
		for (const count of [0, 1, 5, 300]) {
			const gateway = gatewayOf();
			for (let number = 1; number <= count; number++)
				change(gateway, number, START - number * HOUR);
			const trigger = new Trigger(gateway);
			await trigger.activate(START);
			const first = change(gateway, 1001, START + HOUR);
			expect(await trigger.poll(START + HOUR + jump)).toEqual([first]);
			const second = change(gateway, 1002, START + 2 * HOUR);
			expect(await trigger.poll(START + 2 * HOUR)).toEqual([second]);
			expect(await trigger.poll(START + 2 * HOUR)).toEqual([]);
		}
	});

	test.each(JUMPS)("n8n's clock is ten days %s at activation", async (_name, jump) => {
		for (const count of [0, 1, 300]) {
			const gateway = gatewayOf();
			for (let number = 1; number <= count; number++)
				change(gateway, number, START - number * HOUR);
			const trigger = new Trigger(gateway);
			await trigger.activate(START + jump);
			const first = change(gateway, 1001, START + HOUR);
			expect(await trigger.poll(START + HOUR)).toEqual([first]);
			expect(await trigger.poll(START + HOUR + jump)).toEqual([]);
		}
	});

	test.each(JUMPS)(
		"operations dated in the future, and n8n's clock ten days %s",
		async (_name, jump) => {
			const gateway = gatewayOf();
			for (let number = 1; number <= 300; number++) change(gateway, number, START - number * HOUR);
			const trigger = new Trigger(gateway);
			await trigger.activate(START);
			const future = [5 * DAY, 365 * DAY].map((ahead, index) =>
				change(gateway, 900 + index, START + ahead),
			);
			expect(await trigger.poll(START + jump)).toEqual(future);
			const here = change(gateway, 1001, START + HOUR);
			expect(await trigger.poll(START + HOUR + jump)).toEqual([here]);
			const next = change(gateway, 1002, START + 2 * HOUR);
			expect(await trigger.poll(START + 2 * HOUR)).toEqual([next]);
		},
	);

	test.each(JUMPS)(
		"thousands of changes while n8n's clock is ten days %s, then one that is hours late",
		async (_name, jump) => {
			const trigger = new Trigger(gatewayOf());
			await trigger.activate(START);
			const many = enterMany(trigger.gateway, START + 8 * HOUR);
			expect((await trigger.poll(START + 8 * HOUR + jump)).sort()).toEqual(many);
			const late = change(trigger.gateway, 9000, START + 3 * HOUR);
			const later = change(trigger.gateway, 9001, START + 9 * HOUR);
			expect(await trigger.poll(START + 9 * HOUR)).toEqual([late, later]);
			expect(await trigger.poll(START + 9 * HOUR + jump)).toEqual([]);
		},
	);

	test.each(JUMPS)(
		"activation after thousands of changes while n8n's clock is ten days %s, then one that is hours late",
		async (_name, jump) => {
			const trigger = new Trigger(gatewayOf());
			enterMany(trigger.gateway, START);
			await trigger.activate(START + jump);
			const late = change(trigger.gateway, 9000, START - 5 * HOUR);
			expect(await trigger.poll(START + jump)).toEqual([late]);
			const later = change(trigger.gateway, 9001, START - 4 * HOUR);
			expect(await trigger.poll(START)).toEqual([later]);
		},
	);

	test('a backlog of weeks is read while the clock is wrong', async () => {
		const gateway = gatewayOf();
		const wanted: string[] = [];
		for (let number = 1; number <= 3000; number++) {
			wanted.push(change(gateway, number, START + number * 20 * 60 * SECOND));
		}
		const trigger = new Trigger(gateway);
		for (let polls = 0; polls < 60; polls++) {
			await trigger.poll(START + (polls % 3) * 10 * DAY, () => true);
			if (polls === 3) wanted.push(change(gateway, 5000, START + 60 * DAY));
		}
		expect(trigger.got.sort()).toEqual(wanted.sort());
	});
});

describe.each(FOLLOWED)('%s: late and repeated changes', (_event, register) => {
	const gatewayOf = () => new CollatedGateway({ compare: byCode, ...way }, register);

	test('a change two hours late among 6,000 an hour', async () => {
		const gateway = gatewayOf();
		const trigger = new Trigger(gateway);
		await trigger.activate(START);
		const wanted: string[] = [];
		let number = 0;
		for (let minutes = 0; minutes < 180; minutes += 30) {
			for (let count = 0; count < 3000; count++) {
				// Every third one changes an operation of a register of a million.
				const key = ++number % 3 === 0 ? (number * 7919) % 1_000_000 : 2_000_000 + number;
				wanted.push(change(gateway, key, START + minutes * 60_000 + count * 600));
			}
			await trigger.poll(START + (minutes + 30) * 60_000);
		}
		const now = START + 180 * 60_000;
		const late = change(gateway, 5_000_000, now - 2 * HOUR);
		expect(await trigger.poll(now)).toEqual([late]);
		expect(await trigger.poll(now)).toEqual([]);
		expect([...new Set(trigger.got)].sort()).toEqual([...wanted, late].sort());
		expect(trigger.got).toHaveLength(wanted.length + 1);
	}, 60_000);

	test('changes entered late while a backlog is read come, however late the next poll is', async () => {
		const trigger = new Trigger(gatewayOf());
		const { gateway } = trigger;
		await trigger.activate(START);
		const wanted = enterMany(gateway, START + 2 * HOUR);
		await trigger.poll(START + 2 * HOUR, () => true);
		expect(trigger.cursor.scan).toBeDefined();
		// Two hours late, and the next poll is not before many others were entered nine hours later.
		wanted.push(change(gateway, 9000, START));
		for (let number = 9001; number <= 9200; number++)
			wanted.push(change(gateway, number, START + 11 * HOUR));
		for (let polls = 0; polls < 5; polls++) await trigger.poll(START + 11 * HOUR, () => true);
		while (trigger.cursor.scan !== undefined || trigger.cursor.again !== undefined)
			await trigger.poll(START + 11 * HOUR);
		expect(trigger.got.sort()).toEqual(wanted.sort());
	});

	test('changes up to five hours late come once, however long polls take and wait', async () => {
		const step = fc.record({
			pause: fc.nat(20),
			added: fc.oneof(fc.nat(5), fc.integer({ min: 100, max: 250 })),
			late: fc.nat(5),
			isTimeUp: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 15 }), async (steps) => {
				const gateway = gatewayOf();
				const wanted: string[] = [];
				const trigger = new Trigger(gateway);
				await trigger.activate(START);
				let [time, number] = [START, 0];
				for (const { pause, added, late, isTimeUp } of steps) {
					time += pause * HOUR;
					for (let count = 0; count < added; count++)
						wanted.push(change(gateway, ++number, time - (count % 50) * SECOND));
					for (let count = 0; count < 3; count++)
						wanted.push(change(gateway, ++number, time - late * HOUR));
					await trigger.poll(time, () => isTimeUp);
				}
				do await trigger.poll(time);
				while (trigger.cursor.scan !== undefined || trigger.cursor.again !== undefined);
				expect(trigger.got.sort()).toEqual(wanted.sort());
			}),
			{ numRuns: 60 },
		);
	}, 60_000);

	test('a row changed twice within a second', async () => {
		const gateway = gatewayOf();
		const trigger = new Trigger(gateway);
		await trigger.activate(START);
		const row = change(gateway, 1, START, 'first');
		expect(await trigger.poll(START)).toEqual([row]);
		change(gateway, 1, START, 'second');
		expect(await trigger.poll(START)).toEqual([row]);
		expect(await trigger.poll(START)).toEqual([]);
	});

	test('rows with lines from now on are no changes', async () => {
		const gateway = gatewayOf();
		const trigger = new Trigger(gateway);
		await trigger.activate(START);
		change(gateway, 1, START);
		expect(await trigger.poll(START)).toHaveLength(1);
		const readPage = gateway.readPage;
		Object.assign(gateway, {
			readPage: async (request: object) =>
				(await readPage(request)).map((row) => ({
					...row,
					[register.lines[0]?.table ?? '']: [],
					[`${register.table}_NEW`]: 'x',
					Row_number: 7,
				})),
		});
		expect(await trigger.poll(START)).toEqual([]);
		expect(await trigger.poll(START)).toEqual([]);
	});

	test('20,000 changes of one second come once', async () => {
		const gateway = gatewayOf();
		const trigger = new Trigger(gateway);
		await trigger.activate(START);
		for (let number = 1; number <= 20_000; number++) change(gateway, number * 77, START);
		expect(await trigger.poll(START)).toHaveLength(20_000);
		expect(await trigger.poll(START)).toEqual([]);
		const next = change(gateway, 5, START + SECOND);
		expect(await trigger.poll(START)).toEqual([next]);
	}, 60_000);
});

describe.each(FOLLOWED)('%s: notations of the date', (_event, register) => {
	const gatewayOf = () => new CollatedGateway({ compare: byCode, ...way }, register);
	const changed = `${register.table}_R_DATE`;

	test.each([
		['2026.01.10 09:00:00', '2026-01-10T09:00:00'],
		['2026-01-10 09:00:00.123', '2026-01-10T09:00:00'],
		['2026-01-10T09:00:00.1234567', '2026-01-10T09:00:00'],
		['2026-01-10T09:00:00Z', '2026-01-10T09:00:00'],
		['2026-01-10', '2026-01-10T00:00:00'],
		['2026-01-10 09:00', '2026-01-10T09:00:00'],
		['10.01.2026 09:00:00', undefined],
		['01/10/2026', undefined],
		['2026-13-10T09:00:00', undefined],
		['2026-01-10 9:00 AM', undefined],
		['', undefined],
	])('%s', (text, expected) => {
		expect(changeOf(register, { [changed]: text })).toBe(expected);
	});

	test('a notation that can be read: every change comes once, also when it changes', async () => {
		const gateway = gatewayOf();
		gateway.notation = (text) => `${text.replaceAll('-', '.').replace('T', ' ')}.250`;
		for (let number = 1; number <= 150; number++) change(gateway, number, START - number * HOUR);
		const trigger = new Trigger(gateway);
		await trigger.activate(START);
		expect(await trigger.poll(START)).toEqual([]);
		const row = change(gateway, 500, START + HOUR);
		expect(await trigger.poll(START + HOUR)).toEqual([row]);
		gateway.notation = (text) => text;
		expect(await trigger.poll(START + HOUR)).toEqual([]);
	});

	test('one that cannot be read: a message with column and value, nothing is emitted or lost', async () => {
		const gateway = gatewayOf();
		const trigger = new Trigger(gateway);
		await trigger.activate(START);
		const row = change(gateway, 1, START);
		gateway.notation = () => '10.01.2026 8.00';
		const before = trigger.cursor;
		await expect(trigger.poll(START)).rejects.toMatchObject({
			name: 'Fault',
			message: `The date in ${changed} cannot be read: '10.01.2026 8.00'`,
		});
		expect(trigger.cursor).toBe(before);
		await expect(trigger.activate(START)).rejects.toThrow(changed);
		gateway.notation = (text) => text;
		expect(await trigger.poll(START)).toEqual([row]);
	});
});

/** Every way for operations; for clients two that differ in all, as the rest is the same. */
const SERVED = FOLLOWED.flatMap(([event, register]) =>
	WAYS.filter((_way, index) => event === 'operationUpdated' || index % 3 === 0).map(
		([name, served]) => ({ event, register, name, served }),
	),
);

describe.each(SERVED)('$event: a gateway that serves the $name', ({ register, served }) => {
	test('a test run finds the latest change in few requests', async () => {
		const gateway = new CollatedGateway({ compare: byCode, ...served }, register);
		expect(await latestChange(gateway.source, undefined, point(START))).toBeUndefined();
		for (let number = 1; number <= 12_000; number++) {
			// From February to June; the latest is an old operation that was changed.
			change(gateway, number, Date.parse('2026-02-01T00:00:00Z') + number * 17 * 60_000);
		}
		change(gateway, 700, Date.parse('2026-06-30T12:00:00Z'));
		for (const now of ['2026-06-30T13:00:00', '2027-05-01T00:00:00', '2020-01-01T00:00:00']) {
			gateway.requests = [];
			const row = await latestChange(gateway.source, undefined, now);
			expect(row && gateway.source.rowKey.of(row)).toBe(numberKey(700));
			expect(gateway.requests.length).toBeLessThan(30);
		}
		gateway.clear();
		for (let number = 1; number <= 250; number++) change(gateway, number, START);
		const row = await latestChange(gateway.source, undefined, point(START));
		expect(row && changeOf(register, row)).toBe(point(START));
	}, 60_000);

	test('any clocks, late and repeated changes, faults and orders of keys: each comes once', async () => {
		const step = fc.record({
			minutes: fc.oneof(fc.nat(3), fc.nat(5000)),
			added: fc.oneof(fc.nat(5), fc.nat(150)),
			changed: fc.nat(10),
			late: fc.nat(5),
			again: fc.boolean(),
			jump: fc.option(fc.integer({ min: -20, max: 20 }), { freq: 3 }),
			isTimeUp: fc.boolean(),
			faultAt: fc.option(fc.nat(5), { freq: 3 }),
			future: fc.option(fc.integer({ min: 1, max: 900 }), { freq: 6 }),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(byCode, new Intl.Collator('lt').compare, alphabet('5918K37ž26')),
				fc.nat(200),
				fc.array(step, { minLength: 5, maxLength: 25 }),
				async (compare, initial, steps) => {
					const gateway = new CollatedGateway({ compare, ...served }, register);
					const wanted: string[] = [];
					let [time, next, content, futures] = [START, initial, 0, 0];
					const put = (number: number, at: number) => {
						const key = `K${numberKey(number)}ž`;
						gateway.put(key, { changed: point(at), name: `content ${content++}` });
						return `${key} ${point(at)}`;
					};
					for (let number = 1; number <= initial; number++) put(number, START - number * 600_000);
					const trigger = new Trigger(gateway);
					await trigger.activate(time);
					for (const {
						minutes,
						added,
						changed,
						late,
						again,
						jump,
						isTimeUp,
						faultAt,
						future,
					} of steps) {
						time += minutes * 60_000 + 1000;
						const now = time + (jump ?? 0) * DAY;
						const changes = new Map<number, string>();
						for (let count = 0; count < added; count++) {
							next++;
							changes.set(next, put(next, time - (count % 7) * 100));
						}
						for (let count = 0; count < changed && next > 0; count++) {
							const number = 1 + ((count * 7919 + minutes) % next);
							changes.set(number, put(number, time - late * HOUR));
						}
						if (future !== null && futures++ < 5)
							changes.set(++next, put(next, time + future * DAY));
						let left = faultAt ?? Infinity;
						gateway.fault = () => {
							if (left-- === 0) throw new Error('lost');
						};
						wanted.push(...changes.values());
						await trigger.poll(now, () => isTimeUp).catch(() => undefined);
						gateway.fault = () => {};
						do await trigger.poll(now);
						while (trigger.cursor.scan !== undefined);
						// With n8n's clock wrong, what is hidden now must come once it is right.
						await trigger.poll(time);
						if (again && next > 0 && changes.has(next)) {
							wanted.push(put(next, Date.parse(`${String(changes.get(next)).slice(-19)}Z`)));
							await trigger.poll(time);
						}
					}
					expect(trigger.got.sort()).toEqual(wanted.sort());
					gateway.requests = [];
					expect(await trigger.poll(time)).toEqual([]);
				},
			),
			{ numRuns: 12 },
		);
	}, 120_000);
});

test('any changes are stored and read as they are, as far as there is room', () => {
	const key = fc.oneof(
		fc.nat(10_000_000).map(numberKey),
		fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
		fc.string({ minLength: 1, maxLength: 30 }),
		fc.stringMatching(/^[A-C]{0,3}\d{1,20}$/),
	);
	const entry = fc.record({
		time: fc.integer({ min: -6_000_000_000, max: 200_000_000_000 }),
		print: fc.option(fc.nat(0xffffffff), { nil: undefined }),
	});
	fc.assert(
		fc.property(fc.array(fc.tuple(key, entry), { maxLength: 200 }), (entries) => {
			const changes = new Map<string, Change>(
				entries.map(([name, { time, print }]) => [
					name,
					{ time, ...(print !== undefined && { print }) },
				]),
			);
			const { stored: text, from } = storeSeen(changes);
			expect(from).toBeUndefined();
			expect(readSeen(stored(text))).toEqual(changes);
		}),
	);
	const crowd = new Map(
		Array.from({ length: 5000 }, (_, index) => [
			`ž${String(index * 7919)}x`.repeat(9),
			{ time: index },
		]),
	);
	const { stored: text, from = 0 } = storeSeen(crowd);
	expect(JSON.stringify(text).length).toBeLessThan(63_000);
	expect([...(readSeen(text) ?? [])].every(([, { time }]) => time >= from)).toBe(true);
	expect(readSeen(text)?.size).toBe(5000 - from);
	expect(readSeen([1])).toBeUndefined();
});

test('two hours of 6,000 changes an hour fit, whichever of a million operations change', () => {
	const changes = new Map(
		Array.from({ length: 36_000 }, (_, index) => [
			numberKey((index * 7919) % 1_000_000),
			{ time: Math.floor(index * 0.6), print: index },
		]),
	);
	const { stored: text, from = 0 } = storeSeen(changes);
	expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThan(63_000);
	expect(36_000 * 0.6 - from).toBeGreaterThan(2.2 * 60 * 60);
	// Of the latest the fingerprint is kept.
	expect(readSeen(text)?.get(numberKey((35_999 * 7919) % 1_000_000))?.print).toBe(35_999);
});
