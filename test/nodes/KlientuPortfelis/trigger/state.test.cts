import type { Cursor } from '../../../../nodes/KlientuPortfelis/trigger/cursor';
import { fit } from '../../../../nodes/KlientuPortfelis/trigger/settle';
import { readStored } from '../../../../nodes/KlientuPortfelis/trigger/state';
import { DAY, event, HOUR, Service, session, time, Trigger, WISHES } from './service.cts';

const NOW = Date.parse('2026-01-03T00:00:00Z');
const UNREADABLE = "The trigger's stored position could not be read";

/** A trigger with a stored state, and a list whose sessions were sent on these days of January. */
function following(stored: unknown, ...days: number[]) {
	const service = new Service();
	for (const day of days)
		service.sessions.push(session(`2026-01-${String(day).padStart(2, '0')} 08:00:00`));
	const trigger = new Trigger(service, { ...WISHES, startDate: '2026-01-01' });
	trigger.now = NOW;
	trigger.stored = stored;
	return { service, trigger, notes: service.sessions.map(({ id }) => `${id}/0`) };
}

describe('a state of version 1', () => {
	const nameOf = ({ id, sent }: { id: number; sent: string }) => `${id}@${sent}`;

	test('goes on: what it emitted stays emitted, what it waited for comes', async () => {
		const { service, trigger, notes } = following(undefined, 1, 2, 3);
		const [emitted, waited] = service.sessions;
		if (emitted === undefined || waited === undefined) throw new Error('no sessions');
		trigger.stored = {
			version: 1,
			listId: 7,
			after: '',
			latest: emitted.sent,
			handled: [nameOf(emitted)],
			waiting: { [nameOf(waited)]: NOW - HOUR },
		};
		await trigger.poll();
		await trigger.pollFor(10 * DAY, 6 * HOUR);
		expect(trigger.notes).toEqual(notes.slice(1));
		expect(trigger.told).toEqual([]);
		expect(trigger.stored).toMatchObject({ version: 2 });
	});

	test('with a start date but nothing yet goes on from that date', async () => {
		const stored = {
			version: 1,
			listId: 7,
			after: '2026-01-02',
			latest: '',
			handled: [],
			waiting: {},
		};
		const { trigger, notes } = following(stored, 1, 2, 3);
		await trigger.poll();
		expect(trigger.notes).toEqual(notes.slice(1));
	});

	test('with 2,000 sessions keeps its size and emits none of them again', async () => {
		const service = new Service();
		for (let index = 0; index < 2000; index++)
			service.sessions.push(session(time(NOW - index * 60_000)));
		const trigger = new Trigger(service);
		trigger.now = NOW;
		trigger.stored = {
			version: 1,
			listId: 7,
			after: '',
			latest: time(NOW),
			handled: service.sessions.map(nameOf).reverse(),
			waiting: {},
		};
		await trigger.poll();
		await trigger.poll();
		expect(trigger.emitted).toEqual([]);
		expect(trigger.size).toBeLessThan(64_000);
	});

	test('in its first form, without names, goes on after its time', async () => {
		const { trigger, notes } = following({ listId: 7, latest: '2026-01-02 08:00:00' }, 1, 2, 3);
		await trigger.poll();
		await trigger.poll();
		expect(trigger.notes).toEqual(notes.slice(2));
		expect(trigger.told).toEqual([]);
	});

	test('that stands behind a session dated a year ahead goes on from now, and says so', async () => {
		const stored = {
			version: 1,
			listId: 7,
			after: '2026-01-01',
			latest: '2027-01-01 08:00:00',
			handled: ['1@2027-01-01 08:00:00'],
			waiting: {},
		};
		const { service, trigger } = following(stored, 1, 2);
		await trigger.poll();
		expect(trigger.emitted).toEqual([]);
		expect(trigger.told).toEqual([UNREADABLE]);
		service.sessions.push(session('2026-01-03 08:00:00'));
		await trigger.poll();
		expect(trigger.emitted).toHaveLength(1);
		expect(trigger.told).toHaveLength(1);
	});
});

describe('a state that cannot be read', () => {
	const good = async () => {
		const { service, trigger, notes } = following(undefined, 1, 2);
		await trigger.poll();
		service.sessions.push(session('2026-01-03 08:00:00'));
		return { service, trigger, notes };
	};

	test.each<[string, (stored: Cursor) => unknown]>([
		['of a newer version', (stored) => ({ ...stored, version: 3, sessions: [] })],
		['half written', (stored) => ({ ...stored, sessions: undefined })],
		['with a session half written', (stored) => ({ ...stored, sessions: { 1: { sent: 'x' } } })],
		['without a position', (stored) => ({ ...stored, after: null })],
		['without the latest time', (stored) => ({ ...stored, version: 4, latest: undefined })],
	])('%s says so and goes on after its latest session', async (_name, damage) => {
		const { service, trigger } = await good();
		const before = trigger.emitted.length;
		trigger.stored = damage(trigger.stored as Cursor);
		await trigger.poll();
		await trigger.poll();
		expect(trigger.notes.slice(before)).toEqual([`${service.sessions.at(-1)?.id}/0`]);
		expect(trigger.told).toEqual([UNREADABLE]);
	});

	test.each([
		'x',
		7,
		[],
		{},
		{ listId: 7 },
		{ listId: 7, version: 2 },
		{ version: 'x', latest: {} },
	])('%j says so and goes on from now, whatever the start date', async (stored) => {
		const { service, trigger } = following(stored, 1, 2);
		await trigger.poll();
		expect(trigger.emitted).toEqual([]);
		expect(trigger.told).toEqual([UNREADABLE]);
		service.sessions.push(session('2026-01-03 08:00:00'));
		service.sessions[1]?.events.push(event('late'));
		await trigger.poll();
		expect(trigger.emitted).toHaveLength(2);
		expect(trigger.told).toHaveLength(1);
	});

	test.each([undefined, null, { version: 1, listId: 8, latest: '2026-01-01 00:00:00' }])(
		'%j is none for this list: the trigger starts',
		(stored) => {
			expect(readStored(stored, 7, NOW)).toEqual({ cursor: undefined, isLost: false });
		},
	);
});

test('a state as this version writes it is read as it is', async () => {
	const { service, trigger } = following(undefined, 1, 2);
	service.refused.set(service.sessions[1]?.id ?? 0, 1000);
	await trigger.poll();
	const { cursor, notice } = readStored(trigger.stored, 7, trigger.now);
	expect(cursor).toEqual(trigger.stored);
	expect(notice).toBeUndefined();
	expect(fit(cursor as Cursor, trigger.now)).toEqual({ cursor, closedEarly: 0 });
});
