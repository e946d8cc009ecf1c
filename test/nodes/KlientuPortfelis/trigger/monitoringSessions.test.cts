import fc from 'fast-check';

import {
	latestEvent,
	pollMonitoringSessions,
} from '../../../../nodes/KlientuPortfelis/trigger/monitoringSessions';
import { turnsDuring } from '../../../turns.cts';
import {
	HOUR,
	Service,
	session,
	time,
	Trigger,
	WISHES,
	type Event,
	type Session,
} from './service.cts';

describe('the trigger', () => {
	test('starts from now, then gives each event once with where it came from', async () => {
		const service = new Service();
		service.sessions.push(session('2026-01-01 08:00:00', 2));
		const trigger = new Trigger(service);
		await trigger.poll();
		expect(trigger.emitted).toEqual([]);
		const later = session('2026-01-02 08:00:00', 2);
		service.sessions.unshift(later);
		await trigger.poll();
		await trigger.poll();
		expect(trigger.emitted).toEqual([
			{
				event_type: 'EV_A',
				notes: `${later.id}/0`,
				session_id: later.id,
				sent: '2026-01-02 08:00:00',
				list_id: 7,
				list_name: 'Klienti',
			},
			expect.objectContaining({ event_type: 'EV_B', notes: `${later.id}/1` }),
		]);
	});

	test('goes through many years of checks every hour without holding up other work', async () => {
		const service = new Service();
		const start = Date.parse('2019-01-01T00:00:00Z');
		for (let hour = 0; hour < 60_000; hour++)
			service.sessions.push(session(time(start + hour * HOUR), 0));
		service.sessions.push(session('2026-01-01 08:00:00', 1));
		const wishes = { ...WISHES, startDate: '2019-01-01' };
		const turns = new Set<number>();
		await turnsDuring(async (turnsSoFar) => {
			// The clock is looked at for each session.
			const clock = Date.parse('2026-01-01T09:00:00Z');
			const now = () => {
				turns.add(turnsSoFar());
				return clock;
			};
			const { items } = await pollMonitoringSessions(
				service.connection,
				wishes,
				undefined,
				now,
				HOUR,
			);
			expect(items.map(({ notes }) => notes)).toEqual([`${service.sessions.at(-1)?.id}/0`]);
		});
		expect(turns.size).toBeGreaterThan(1);
	});

	test('starts from a date, also when nothing has happened since', async () => {
		const service = new Service();
		service.sessions.push(session('2026-01-01 23:59:59'), session('2026-01-02 00:00:00'));
		const trigger = new Trigger(service, { ...WISHES, startDate: '2026-01-02' });
		await trigger.poll();
		expect(trigger.notes).toEqual([`${service.sessions.at(-1)?.id}/0`]);

		const future = new Trigger(service, { ...WISHES, startDate: '2026-02-01' });
		await future.poll();
		await future.poll();
		expect(future.notes).toEqual([]);
		service.sessions.push(session('2026-02-01 00:00:01'));
		await future.poll();
		expect(future.notes).toEqual([`${service.sessions.at(-1)?.id}/0`]);
	});

	test('takes several sessions at once, with equal times, in their order', async () => {
		const service = new Service();
		const trigger = new Trigger(service);
		await trigger.poll();
		const same = [1, 2, 3].map(() => session('2026-01-02 08:00:00'));
		service.sessions.push(...[...same].reverse());
		await trigger.poll();
		expect(trigger.notes).toEqual(same.map(({ id }) => `${id}/0`));
		service.sessions.push(session('2026-01-02 08:00:00'));
		await trigger.poll();
		expect(trigger.notes).toHaveLength(4);
	});

	test('takes a session that turns up late with an older time', async () => {
		const service = new Service();
		service.sessions.push(session('2026-01-10 08:00:00'));
		const trigger = new Trigger(service);
		await trigger.poll();
		service.sessions.push(session('2026-01-08 08:00:00'));
		await trigger.poll();
		await trigger.poll();
		expect(trigger.notes).toEqual([`${service.sessions.at(-1)?.id}/0`]);
	});

	test('stays where it was when a poll fails in the middle', async () => {
		const service = new Service();
		const trigger = new Trigger(service);
		await trigger.poll();
		service.sessions.push(session('2026-01-02 08:00:00'), session('2026-01-03 08:00:00'));
		let left = 2;
		service.fault = () => {
			if (left-- === 0) throw new Error('lost');
		};
		await expect(trigger.poll()).rejects.toThrow('lost');
		expect(trigger.emitted).toEqual([]);
		service.fault = () => {};
		await trigger.poll();
		expect(trigger.notes).toHaveLength(2);
	});

	test('drains a large backlog in parts', async () => {
		const service = new Service();
		for (let day = 1; day <= 28; day++) {
			service.sessions.push(session(`2026-01-${String(day).padStart(2, '0')} 08:00:00`));
		}
		const trigger = new Trigger(service, { ...WISHES, startDate: '2026-01-01' });
		trigger.pace = 60_000;
		await trigger.poll();
		expect(trigger.emitted.length).toBeGreaterThan(0);
		expect(trigger.emitted.length).toBeLessThan(10);
		for (let polls = 0; polls < 10; polls++) await trigger.poll();
		expect(trigger.notes).toEqual(service.sessions.map(({ id }) => `${id}/0`));
	});

	test('waits for a monitoring that was removed, and follows the new one', async () => {
		const service = new Service();
		service.sessions.push(session('2026-01-02 08:00:00'));
		const trigger = new Trigger(service);
		await trigger.poll();
		service.monitored = false;
		await trigger.poll();
		service.monitored = true;
		const [old] = service.sessions;
		service.sessions = [{ ...session('2026-01-05 08:00:00'), id: old?.id ?? 0 }];
		await trigger.poll();
		expect(trigger.emitted).toHaveLength(1);
	});

	test('says so when there is no monitoring at first', async () => {
		const service = new Service();
		service.monitored = false;
		await expect(new Trigger(service).poll()).rejects.toThrow('The list has no monitoring');
	});

	test('gives an item for a session that found nothing, if asked to', async () => {
		const service = new Service();
		const all = new Trigger(service, { ...WISHES, onlyWithEvents: false });
		const some = new Trigger(service, { ...WISHES, eventTypes: ['EV_B'] });
		await Promise.all([all.poll(), some.poll()]);
		service.sessions.push(session('2026-01-02 08:00:00', 0), session('2026-01-03 08:00:00', 3));
		await Promise.all([all.poll(), some.poll()]);
		expect(all.emitted).toHaveLength(4);
		expect(all.emitted[0]).toEqual({
			session_id: service.sessions[0]?.id,
			sent: '2026-01-02 08:00:00',
			list_id: 7,
			list_name: 'Klienti',
		});
		expect(some.emitted.map((item) => item.event_type)).toEqual(['EV_B']);
	});
});

describe('a test run in the editor', () => {
	test('shows the latest event', async () => {
		const service = new Service();
		service.sessions.push(
			session('2026-01-03 08:00:00', 0),
			session('2026-01-02 08:00:00', 2),
			session('2026-01-01 08:00:00', 2),
		);
		expect(await latestEvent(service.connection, WISHES)).toMatchObject({
			sent: '2026-01-02 08:00:00',
			event_type: 'EV_B',
		});
	});

	test('says that there is none', async () => {
		await expect(latestEvent(new Service().connection, WISHES)).rejects.toThrow(
			'The list has no matching event yet',
		);
	});
});

test('a year of polls with faults: what was handed on is what happened', async () => {
	const happening = fc.record({
		hours: fc.integer({ min: 1, max: 72 }),
		/** How much earlier than now it says it was sent. */
		late: fc.integer({ min: 0, max: 5 * 24 }),
		count: fc.integer({ min: 0, max: 3 }),
		/** How many events are written only later. */
		unwritten: fc.integer({ min: 0, max: 2 }),
		polls: fc.integer({ min: 0, max: 3 }),
		faultAt: fc.option(fc.nat(4), { freq: 2 }),
	});
	await fc.assert(
		fc.asyncProperty(
			fc.array(happening, { minLength: 50, maxLength: 250 }),
			fc.integer({ min: -48, max: 48 }),
			async (happenings, clockDifference) => {
				const service = new Service();
				const trigger = new Trigger(service);
				const start = trigger.now + 10 * 24 * HOUR;
				let now = start;
				await trigger.poll();
				const unwritten: Array<{ session: Session; events: Event[] }> = [];
				for (const { hours, late, count, unwritten: missing, polls, faultAt } of happenings) {
					now += hours * HOUR;
					trigger.now = now + clockDifference * HOUR;
					for (const { session: earlier, events } of unwritten.splice(0))
						earlier.events.push(...events);
					const next = session(time(Math.max(start, now - late * HOUR)), count);
					unwritten.push({
						session: next,
						events: next.events.splice(count - Math.min(missing, count)),
					});
					service.sessions.push(next);
					for (let poll = 0; poll < polls; poll++) {
						let left = poll === 0 ? (faultAt ?? Infinity) : Infinity;
						service.fault = () => {
							if (left-- === 0) throw new Error('lost');
						};
						await trigger.poll().catch(() => undefined);
					}
				}
				service.fault = () => {};
				for (const { session: earlier, events } of unwritten) earlier.events.push(...events);
				await trigger.poll();
				const happened = service.sessions.flatMap(({ events }) => events.map(({ notes }) => notes));
				expect([...trigger.notes].sort()).toEqual([...happened].sort());
			},
		),
		{ numRuns: 15 },
	);
}, 60_000);
