import { DAY, event, HOUR, Service, session, time, Trigger, WISHES } from './service.cts';

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

describe('the time that a session was sent', () => {
	test('hides no other session when it is a year ahead, and is emitted once', async () => {
		const ahead = session('2027-01-01 00:00:00');
		service.sessions.push(ahead);
		await polls(2);
		const other = session('2026-01-01 00:02:00');
		service.sessions.push(other);
		await trigger.pollFor(20 * DAY, HOUR);
		service.sessions.push(session(time(trigger.now)));
		await polls(2);
		ahead.sent = time(trigger.now);
		await polls(2);
		expect(trigger.notes).toEqual(service.sessions.map(({ id }) => `${id}/0`));
	});

	test.each(['0000-00-00 00:00:00', '2026-13-01 00:00:00', '2026-02-30 00:00:00', 'soon', ''])(
		'%j counts as not sent yet',
		async (sent) => {
			const unsent = session(sent);
			service.sessions.push(unsent, session('2026-01-01 00:00:30'));
			await polls(2);
			expect(trigger.notes).toEqual([`${service.sessions[1]?.id}/0`]);
			unsent.sent = '2026-01-01 00:02:00';
			await polls(2);
			expect(trigger.notes).toEqual(service.sessions.map(({ id }) => `${id}/0`).reverse());
		},
	);

	test.each(['2026-01-01 23:59:58', '2026-01-02 00:00:01', '2025-12-31 22:00:00'])(
		'may be corrected (%s) without emitting twice',
		async (sent) => {
			trigger.now += DAY;
			const corrected = session('2026-01-01 23:59:59');
			service.sessions.push(corrected);
			await polls(2);
			corrected.sent = sent;
			await trigger.pollFor(10 * DAY, HOUR);
			expect(trigger.emitted).toHaveLength(1);
		},
	);

	test('may be corrected at the end of the week without emitting twice', async () => {
		const corrected = session('2026-01-01 23:59:59');
		service.sessions.push(corrected);
		await polls(1);
		trigger.now += 8 * DAY;
		service.sessions.push(session('2026-01-09 00:00:00'));
		await polls(2);
		corrected.sent = '2026-01-02 00:00:01';
		await polls(2);
		expect(trigger.emitted).toHaveLength(2);
	});

	test('a session listed twice is emitted once, and added events too', async () => {
		const twice = session('2026-01-01 00:00:10');
		service.sessions.push(twice, { ...twice }, { ...twice, sent: '2026-01-01 00:00:12' });
		await polls(2);
		expect(trigger.notes).toEqual([`${twice.id}/0`]);
		twice.events.push(event('late'));
		service.sessions.reverse();
		await trigger.pollFor(10 * DAY, HOUR);
		expect(trigger.notes).toEqual([`${twice.id}/0`, 'late']);
	});

	test('tells a session of a new monitoring from the old one with its ID', async () => {
		const old = session('2026-01-01 00:00:10');
		service.sessions.push(old);
		await polls(2);
		trigger.now += 5 * DAY;
		service.sessions = [{ ...old, sent: '2026-01-06 00:00:00' }];
		await polls(2);
		expect(trigger.emitted).toHaveLength(2);
	});
});

describe('sessions without number', () => {
	test('one that vanishes while it is waited for leaves no trace', async () => {
		const failing = session('2026-01-01 00:00:10', 1);
		service.sessions.push(failing, session('2026-01-01 00:00:20'));
		service.refused.set(failing.id, 1000);
		await polls(2);
		service.sessions.splice(0, 1);
		for (let day = 0; day < 10; day++) {
			trigger.now += DAY;
			service.sessions.push(session(time(trigger.now)));
			await polls(1);
		}
		expect(JSON.stringify(trigger.stored)).not.toContain(`"${failing.id}"`);
	});

	test('8,000 handled within a week are not emitted again, and the next is', async () => {
		const failing = session('2026-01-01 00:00:00', 1);
		service.refused.set(failing.id, 1000);
		service.sessions.push(failing);
		for (let index = 1; index <= 8000; index++)
			service.sessions.push(session(time(trigger.now + index * MINUTE)));
		trigger.now += 6 * DAY;
		await polls(2);
		expect(trigger.size).toBeLessThan(64_000);
		const next = session(time(trigger.now + MINUTE));
		service.sessions.splice(0, 1);
		service.sessions.push(next);
		await polls(5);
		expect(trigger.size).toBeLessThan(64_000);
		expect(trigger.notes.at(-1)).toBe(`${next.id}/0`);
		expect(trigger.emitted).toHaveLength(8001);
	}, 30_000);

	test('sent within one second are emitted once each', async () => {
		for (let index = 0; index < 3000; index++)
			service.sessions.push(session('2026-01-01 00:00:30'));
		trigger.pace = 300;
		for (let poll = 0; poll < 10; poll++) await trigger.poll();
		expect(new Set(trigger.notes).size).toBe(3000);
		expect(trigger.emitted).toHaveLength(3000);
		expect(trigger.size).toBeLessThan(64_000);
	}, 30_000);

	test('dated ahead are emitted only as far as they can be remembered', async () => {
		for (let index = 0; index < 3000; index++)
			service.sessions.push(session('2027-01-01 00:00:30'));
		service.sessions.push(session('2026-01-01 00:00:30'));
		await polls(5);
		expect(trigger.emitted).toHaveLength(101);
		trigger.now = Date.parse('2027-01-01T00:00:30Z');
		await polls(5);
		expect(new Set(trigger.notes).size).toBe(3001);
		expect(trigger.emitted).toHaveLength(3001);
		expect(trigger.size).toBeLessThan(64_000);
	}, 30_000);

	test('that were there at the start are left out, whatever their number and dates', async () => {
		for (let index = 0; index < 3000; index++) {
			service.sessions.push(session('2027-01-01 00:00:30'), session(time(trigger.now - index)));
		}
		trigger = new Trigger(service);
		await polls(5);
		expect(trigger.emitted).toEqual([]);
		expect(trigger.size).toBeLessThan(64_000);
	}, 30_000);

	test('a session with more events than can be remembered is emitted once, and named', async () => {
		const large = session('2026-01-01 00:00:10', 20_000);
		const small = session('2026-01-01 00:00:20', 1);
		service.sessions.push(large, small);
		await polls(2);
		small.events.push(event('late'));
		await polls(2);
		expect(trigger.emitted).toHaveLength(20_002);
		expect(trigger.size).toBeLessThan(64_000);
		expect(trigger.told).toEqual([
			'The list has more monitoring events than the trigger can remember',
		]);
	}, 30_000);

	test('an item for each check that found nothing comes once, and added events after it', async () => {
		trigger = new Trigger(service, { ...WISHES, onlyWithEvents: false });
		await polls(1);
		const empty = session('2026-01-01 00:02:00', 0);
		service.sessions.push(empty);
		await polls(3);
		expect(trigger.emitted).toHaveLength(1);
		empty.events.push(event('late'));
		await polls(3);
		expect(trigger.emitted).toHaveLength(2);
	});
});
