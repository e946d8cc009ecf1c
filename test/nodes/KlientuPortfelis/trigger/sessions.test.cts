import fc from 'fast-check';

import { once } from '../../../../nodes/shared/retry';
import type { Connection } from '../../../../nodes/KlientuPortfelis/protocol/call';
import { sessions as keptSessions } from '../../../../nodes/KlientuPortfelis/protocol/memory';
import { readCursor } from '../../../../nodes/KlientuPortfelis/trigger/cursor';
import {
	latestEvent,
	pollSessions,
	type Wishes,
} from '../../../../nodes/KlientuPortfelis/trigger/sessions';
import { escapeText } from '../../../../nodes/shared/xml';
import { turnsDuring } from '../../../turns.cts';

interface Event {
	event_type: string;
	notes: string;
}

interface Session {
	id: number;
	sent: string;
	/** How many events there will be. */
	count: number;
	events: Event[];
}

/** A service with one monitored list. */
class Service {
	sessions: Session[] = [];
	requests: string[] = [];
	monitored = true;
	/** Throws to let a request be lost. */
	fault: () => void = () => {};

	private answer(name: string, parameters: Record<string, unknown>): string {
		switch (name) {
			case 'get_monitoring_sessions': {
				if (!this.monitored) return refusal(2018);
				const from = String(parameters.from ?? '');
				const items = this.sessions
					.filter(({ sent }) => sent >= from)
					.map(
						({ id, sent, count }) =>
							`<item><id>${id}</id><sent>${sent}</sent><sent_events_count>${count}</sent_events_count></item>`,
					);
				return `<sessions>${items.join('')}</sessions>`;
			}
			case 'get_session_events': {
				const events = this.sessions.find(({ id }) => id === parameters.session_id)?.events ?? [];
				const items = events.map(
					({ event_type, notes }) =>
						`<item><event_type>${event_type}</event_type><notes>${escapeText(notes)}</notes></item>`,
				);
				return `<events>${items.join('')}</events>`;
			}
			default:
				return '<lists><item><id>7</id><name>Klienti</name></item></lists>';
		}
	}

	get connection(): Connection {
		keptSessions.set('trigger test', {
			sid: 'sid',
			number: 1,
			usedAt: Date.now(),
			login: undefined,
		});
		return {
			fingerprint: 'trigger test',
			timezone: 'UTC',
			secrets: [],
			addresses: { wsdlUrl: '', endpoint: 'https://service.example/', allowUnencrypted: false },
			port: {
				repeat: once,
				fetch: async () => await Promise.reject(new Error('not asked for')),
				send: async ({ function: name, parameters }) => {
					this.requests.push(name);
					this.fault();
					const fields = this.answer(name, parameters);
					const success = fields.includes('<success>') ? '' : '<success>true</success>';
					const body = `<E:Envelope xmlns:E="e"><E:Body><${name}Response><return>${fields}${success}</return></${name}Response></E:Body></E:Envelope>`;
					return await Promise.resolve({ status: 200, body });
				},
			},
		};
	}
}

const refusal = (code: number) =>
	`<success>false</success><code>${code}</code><message>Nav</message>`;

const WISHES: Wishes = { listId: 7, eventTypes: [], onlyWithEvents: true, startDate: undefined };
const HOUR = 60 * 60 * 1000;
const MINUTES_10 = 10 * 60 * 1000;

/** A trigger in an activated workflow: its clock, its stored state, what it handed on. */
class Trigger {
	stored: unknown;
	handedOn: Array<Record<string, unknown>> = [];
	now = Date.parse('2026-01-01T00:00:00Z');
	/** How long a request takes. */
	pace = 0;

	constructor(
		readonly service: Service,
		readonly wishes: Wishes = WISHES,
	) {}

	async poll(): Promise<void> {
		const cursor = readCursor(this.stored, this.wishes.listId);
		const tick = () => (this.now += this.pace);
		const polled = await pollSessions(
			this.service.connection,
			this.wishes,
			cursor,
			tick,
			MINUTES_10,
		);
		// As n8n stores it: as JSON, together with what was handed on.
		this.stored = JSON.parse(JSON.stringify(polled.cursor));
		this.handedOn.push(...polled.items);
	}

	get notes() {
		return this.handedOn.map(({ notes }) => notes);
	}
}

const time = (milliseconds: number) =>
	new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
let lastId = 0;
const session = (sent: string, count = 1): Session => {
	const id = ++lastId;
	const events = Array.from({ length: count }, (_, index) => ({
		event_type: index % 2 === 0 ? 'EV_A' : 'EV_B',
		notes: `${id}/${index}`,
	}));
	return { id, sent, count, events };
};

describe('the trigger', () => {
	test('starts from now, then gives each event once with where it came from', async () => {
		const service = new Service();
		service.sessions.push(session('2026-01-01 08:00:00', 2));
		const trigger = new Trigger(service);
		await trigger.poll();
		expect(trigger.handedOn).toEqual([]);
		const later = session('2026-01-02 08:00:00', 2);
		service.sessions.unshift(later);
		await trigger.poll();
		await trigger.poll();
		expect(trigger.handedOn).toEqual([
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
			const now = () => {
				turns.add(turnsSoFar());
				return start;
			};
			const { items } = await pollSessions(service.connection, wishes, undefined, now, MINUTES_10);
			expect(items.map(({ notes }) => notes)).toEqual([`${lastId}/0`]);
		});
		expect(turns.size).toBeGreaterThan(5);
	});

	test('starts from a date, also when nothing has happened since', async () => {
		const service = new Service();
		service.sessions.push(session('2026-01-01 23:59:59'), session('2026-01-02 00:00:00'));
		const trigger = new Trigger(service, { ...WISHES, startDate: '2026-01-02' });
		await trigger.poll();
		expect(trigger.notes).toEqual([`${lastId}/0`]);

		const future = new Trigger(service, { ...WISHES, startDate: '2026-02-01' });
		await future.poll();
		await future.poll();
		expect(future.notes).toEqual([]);
		service.sessions.push(session('2026-02-01 00:00:01'));
		await future.poll();
		expect(future.notes).toEqual([`${lastId}/0`]);
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
		expect(trigger.notes).toEqual([`${lastId}/0`]);
	});

	test('waits for a session that is still being written, but not for ever', async () => {
		const service = new Service();
		const trigger = new Trigger(service);
		await trigger.poll();
		const written = session('2026-01-02 08:00:00', 3);
		const events = written.events.splice(1);
		const other = session('2026-01-20 08:00:00');
		service.sessions.push(written, other);
		await trigger.poll();
		expect(trigger.notes).toEqual([`${other.id}/0`]);
		written.events.push(...events);
		await trigger.poll();
		expect(trigger.notes).toHaveLength(4);

		const never = session('2026-01-21 08:00:00', 2);
		never.events.pop();
		service.sessions.push(never);
		await trigger.poll();
		expect(trigger.notes).toHaveLength(4);
		trigger.now += 25 * HOUR;
		await trigger.poll();
		await trigger.poll();
		expect(trigger.notes).toHaveLength(5);
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
		expect(trigger.handedOn).toEqual([]);
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
		expect(trigger.handedOn.length).toBeGreaterThan(0);
		expect(trigger.handedOn.length).toBeLessThan(10);
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
		expect(trigger.handedOn).toHaveLength(1);
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
		expect(all.handedOn).toHaveLength(4);
		expect(all.handedOn[0]).toEqual({
			session_id: lastId - 1,
			sent: '2026-01-02 08:00:00',
			list_id: 7,
			list_name: 'Klienti',
		});
		expect(some.handedOn.map((item) => item.event_type)).toEqual(['EV_B']);
	});
});

describe('the stored cursor', () => {
	test('of an older version, without names, goes on after its time', async () => {
		const service = new Service();
		service.sessions.push(session('2026-01-02 08:00:00'), session('2026-01-02 09:00:00'));
		const trigger = new Trigger(service);
		trigger.stored = { listId: 7, latest: '2026-01-02 08:00:00' };
		await trigger.poll();
		await trigger.poll();
		expect(trigger.notes).toEqual([`${lastId}/0`]);
	});

	test.each([
		undefined,
		null,
		'x',
		{},
		{ listId: 8, latest: '2026-01-01 00:00:00' },
		{ listId: 7 },
	])('%j means to start from now', (stored) => {
		expect(readCursor(stored, 7)).toBeUndefined();
	});

	test('keeps its size', async () => {
		const service = new Service();
		const trigger = new Trigger(service);
		await trigger.poll();
		for (let hour = 0; hour < 24 * 30; hour++) {
			service.sessions.push(session(time(trigger.now + hour * HOUR), 0));
		}
		await trigger.poll();
		expect(JSON.stringify(trigger.stored).length).toBeLessThan(10_000);
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
			'The list has no event yet that fits',
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
