import { DAY, event, HOUR, Service, session, time, Trigger } from './service.cts';

let service: Service;
let trigger: Trigger;

beforeEach(async () => {
	service = new Service();
	trigger = new Trigger(service);
	await trigger.poll();
});

const MINUTE = 60_000;

/** Polls so many times a minute apart. */
const polls = async (times: number) => await trigger.pollFor(times * MINUTE, MINUTE);

describe('events that appear later in a session', () => {
	test.each<[string, number | null, number | null]>([
		['0 and then 3', 0, 3],
		['2 and then 5', 2, 5],
		['nil and then nil', null, null],
		['0 and still 0', 0, 0],
		['5 from the start', 5, 5],
		['5 and then 2', 5, 2],
	])('are emitted once when the count is %s', async (_name, before, after) => {
		const late = { ...session('2026-01-01 00:00:30', 2), count: before };
		if (before === 0) late.events = [];
		service.sessions.push(late);
		await polls(3);
		expect(trigger.emitted).toHaveLength(late.events.length);
		late.events.unshift(event('late 1'), event('late 2'), event('late 3'));
		late.count = after;
		await polls(3);
		expect(trigger.notes.slice(-3)).toEqual(['late 1', 'late 2', 'late 3']);
		await trigger.pollFor(10 * DAY, HOUR);
		expect(trigger.emitted).toHaveLength(late.events.length);
	});

	test.each([1, 24, 100, 167])('are found %d hours after, with no word in the count', async (h) => {
		const late = session('2026-01-01 00:00:30', 1);
		service.sessions.push(late);
		await trigger.pollFor(h * HOUR, HOUR);
		late.events.push(event('late'));
		await trigger.pollFor(9 * DAY, HOUR);
		expect(trigger.notes).toEqual([`${late.id}/0`, 'late']);
	});

	test('are found after n8n was off for weeks', async () => {
		const late = session('2026-01-01 00:00:30', 1);
		service.sessions.push(late);
		await polls(1);
		late.events.push(event('late'));
		trigger.now += 30 * DAY;
		service.sessions.push(session('2026-01-30 00:00:00', 1));
		await polls(2);
		expect(trigger.notes).toContain('late');
		expect(trigger.emitted).toHaveLength(3);
	});

	test('are found in sessions that were there when the trigger started, and only those', async () => {
		service.sessions.push(session('2026-01-01 00:00:10', 2), session('2026-01-01 00:00:20', 0));
		trigger = new Trigger(service);
		await polls(1);
		for (const there of service.sessions) there.events.push(event(`late ${there.events.length}`));
		await polls(3);
		expect(trigger.notes).toEqual(['late 2', 'late 0']);
	});

	test('are emitted twice when there are two of the same, also one by one', async () => {
		const late = { ...session('2026-01-01 00:00:30', 0), events: [event('same'), event('same')] };
		service.sessions.push(late);
		await polls(2);
		expect(trigger.notes).toEqual(['same', 'same']);
		late.events.push(event('same'));
		await polls(2);
		expect(trigger.notes).toEqual(['same', 'same', 'same']);
	});

	test('are found by few requests: a list checked every hour, polled every 5 minutes', async () => {
		for (let hour = 0; hour < 9 * 24; hour++) {
			service.sessions.push(session(time(trigger.now + MINUTE), 0));
			const before = service.requests.length;
			await trigger.pollFor(HOUR, 5 * MINUTE);
			// Each poll asks for the sessions, and for the events of four on average.
			expect(service.requests.length - before).toBeLessThan(12 * 5);
		}
		const [most] = [...perPoll(service.requests)].sort((a, b) => b - a);
		expect(most).toBeLessThanOrEqual(22);
		expect(trigger.size).toBeLessThan(30_000);
	}, 60_000);
});

/** The numbers of requests between two requests for the sessions. */
const perPoll = (requests: string[]) =>
	requests
		.join(' ')
		.split('get_monitoring_sessions')
		.map((others) => others.trim().split(' ').length);

describe('a session whose events cannot be had', () => {
	test.each([1000, 2020, 9999])('waits, and holds up no other (code %d)', async (code) => {
		const failing = session('2026-01-01 00:00:10', 1);
		const others = [session('2026-01-01 00:00:05'), session('2026-01-01 00:00:20')];
		service.sessions.push(failing, ...others);
		service.refused.set(failing.id, code);
		await polls(1);
		expect(trigger.notes).toEqual(others.map(({ id }) => `${id}/0`));
		const asked = service.requests.length;
		await polls(5);
		const events = service.requests.slice(asked).filter((name) => name === 'get_session_events');
		expect(events.length).toBeGreaterThanOrEqual(5);
		service.refused.clear();
		await polls(1);
		expect(trigger.notes.slice(2)).toEqual([`${failing.id}/0`]);
		await trigger.pollFor(10 * DAY, HOUR);
		expect(trigger.emitted).toHaveLength(3);
		expect(trigger.told).toEqual([]);
	});

	test('is named to the user after a day, once a day, and given up after 30', async () => {
		const failing = session('2026-01-01 00:00:10', 1);
		service.sessions.push(failing);
		service.refused.set(failing.id, 1000);
		await trigger.pollFor(20 * HOUR, HOUR);
		expect(trigger.told).toEqual([]);
		await trigger.pollFor(10 * HOUR, HOUR);
		expect(trigger.told).toEqual([
			`The events of monitoring session ${failing.id} (2026-01-01 00:00:10) could not be read for a day`,
		]);
		service.sessions.push(session('2026-01-02 00:00:00', 1));
		await polls(1);
		expect(trigger.emitted).toHaveLength(1);
		for (let day = 0; day < 40; day++) {
			service.sessions.push(session(time(trigger.now), 0));
			await trigger.pollFor(DAY, 3 * HOUR);
		}
		expect(trigger.told.length).toBeGreaterThan(25);
		expect(trigger.told.length).toBeLessThanOrEqual(31);
		expect(JSON.stringify(trigger.stored)).not.toContain(`"${failing.id}"`);
	});

	test('waits however late it is, while others go on for weeks', async () => {
		const failing = session('2026-01-01 00:00:10', 1);
		service.sessions.push(failing);
		service.refused.set(failing.id, 1000);
		for (let day = 0; day < 20; day++) {
			service.sessions.push(session(time(trigger.now), 1));
			await trigger.pollFor(DAY, 6 * HOUR);
		}
		expect(trigger.emitted).toHaveLength(20);
		service.refused.clear();
		await polls(1);
		expect(trigger.notes.at(-1)).toBe(`${failing.id}/0`);
	});

	test('does not hold up others when there are many of its kind', async () => {
		const failing = Array.from({ length: 40 }, (_, index) =>
			session(`2026-01-01 00:00:${index + 10}`),
		);
		const others = Array.from({ length: 5 }, (_, index) =>
			session(`2026-01-01 00:01:${index + 10}`),
		);
		service.sessions.push(...failing, ...others);
		for (const { id } of failing) service.refused.set(id, 1000);
		await polls(12);
		expect(trigger.notes).toEqual(others.map(({ id }) => `${id}/0`));
		service.refused.clear();
		await polls(5);
		expect(trigger.emitted).toHaveLength(45);
	});

	test.each([2003, 2008, 3002])('is no matter of the session for code %d', async (code) => {
		const failing = session('2026-01-01 00:00:10', 1);
		service.sessions.push(failing);
		service.refused.set(failing.id, code);
		await expect(polls(1)).rejects.toMatchObject({ details: { code: String(code) } });
	});
});
