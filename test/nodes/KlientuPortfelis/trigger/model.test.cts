import fc from 'fast-check';

import { DAY, event, HOUR, Service, time, Trigger, type Session } from './service.cts';

/** What happens at the service, or to n8n, before a poll. */
const happening = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('session' as const),
			events: fc.nat(3),
			late: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 72 })),
			count: fc.constantFrom('right', 'nil', 'zero', 'five'),
			ahead: fc.boolean().map((is) => is && 365),
		}),
	},
	{
		weight: 6,
		arbitrary: fc.record({
			kind: fc.constant('event' as const),
			which: fc.nat(),
			first: fc.boolean(),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('correction' as const),
			which: fc.nat(),
			seconds: fc.integer({ min: -100, max: 100 }),
		}),
	},
	...(['refused', 'given', 'vanished', 'twice', 'once'] as const).map((kind) => ({
		weight: 1,
		arbitrary: fc.record({ kind: fc.constant(kind), which: fc.nat() }),
	})),
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('fault' as const), at: fc.nat(4) }) },
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('clock' as const),
			days: fc.constantFrom(-20, -10, -1, 1, 10, 200),
		}),
	},
	{ weight: 4, arbitrary: fc.constant({ kind: 'nothing' as const }) },
);

type Happening = typeof happening extends fc.Arbitrary<infer Kind> ? Kind : never;

type CountMode = 'right' | 'nil' | 'zero' | 'five';

interface Made extends Session {
	readonly made: number;
	readonly mode: CountMode;
	gone: boolean;
}

const COUNTS: Record<CountMode, (session: Session) => number | null> = {
	right: ({ events }) => events.length,
	nil: () => null,
	zero: () => 0,
	five: () => 5,
};

/** A month of a list: what happens, and what has to come out. */
class Month {
	readonly service = new Service();
	readonly trigger = new Trigger(this.service);
	readonly made: Made[] = [];
	readonly twice = new Set<number>();
	now = this.trigger.now;
	private events = 0;

	private add(session: Session, first: boolean) {
		session.events[first ? 'unshift' : 'push'](event(`${session.id}/${this.events++}`));
	}

	private pick(which: number) {
		return this.made[which % this.made.length];
	}

	happen(what: Happening): void {
		const { service } = this;
		if (what.kind === 'session') {
			const { events, late, count, ahead } = what;
			const sent = this.now - late * HOUR;
			const session: Made = {
				id: this.made.length + 1,
				sent: time(sent + (ahead || 0) * DAY),
				made: sent,
				mode: count as CountMode,
				count: 0,
				events: [],
				gone: false,
			};
			for (let index = 0; index < events; index++) this.add(session, false);
			this.made.push(session);
			return;
		}
		const session = 'which' in what ? this.pick(what.which) : undefined;
		if (session === undefined) return;
		const isOpen = this.now < session.made + 7 * DAY;
		if (what.kind === 'event' && isOpen) this.add(session, what.first);
		if (what.kind === 'correction') {
			session.sent = time(session.made + what.seconds * 1000);
		}
		if (what.kind === 'refused') service.refused.set(session.id, 1000);
		if (what.kind === 'given') service.refused.delete(session.id);
		if (what.kind === 'vanished') session.gone = true;
		if (what.kind === 'twice') this.twice.add(session.id);
		if (what.kind === 'once') this.twice.delete(session.id);
	}

	async poll(what?: Happening): Promise<void> {
		const { service, trigger, twice } = this;
		for (const session of this.made) session.count = COUNTS[session.mode](session);
		const listed = this.made.filter(({ gone }) => !gone);
		const unseen = listed.length - service.sessions.length;
		service.sessions = [...listed, ...listed.filter(({ id }) => twice.has(id))];
		let left = what?.kind === 'fault' ? what.at : Infinity;
		service.fault = () => {
			if (left-- === 0) throw new Error('lost');
		};
		trigger.now = this.now + (what?.kind === 'clock' ? what.days * DAY : 0);
		const before = service.requests.length;
		await trigger
			.poll()
			.catch((error: unknown) => expect(error).toMatchObject({ message: 'lost' }));
		expect(service.requests.length - before).toBeLessThanOrEqual(2 + 20 + Math.max(unseen, 0) + 60);
		expect(trigger.size).toBeLessThan(64_000);
	}
}

function withOneWrong(what: Happening, isClockRight: boolean): Happening {
	if (what.kind === 'clock' && isClockRight) return { kind: 'nothing' };
	return what.kind === 'session' && !isClockRight ? { ...what, ahead: false } : what;
}

test('a month of a list: every event of 7 days comes out once, whatever happens', async () => {
	await fc.assert(
		fc.asyncProperty(
			// Less than the 30 days after which a session that cannot be read is given up.
			fc.array(fc.tuple(happening, fc.integer({ min: 1, max: 7 })), {
				minLength: 60,
				maxLength: 100,
			}),
			fc.boolean(),
			async (happenings, isClockRight) => {
				const month = new Month();
				await month.poll();
				month.now += HOUR;
				for (const [drawn, hours] of happenings) {
					// Either clock may be wrong, but not both at once.
					const what = withOneWrong(drawn, isClockRight);
					month.happen(what);
					await month.poll(what);
					month.now += hours * HOUR;
				}
				month.service.refused.clear();
				for (let poll = 0; poll < 9 * 2; poll++) {
					await month.poll();
					month.now += 12 * HOUR;
				}
				const { notes } = month.trigger;
				expect(notes).toHaveLength(new Set(notes).size);
				const wanted = month.made
					.filter(({ gone }) => !gone)
					.flatMap(({ events }) => events.map((one) => one.notes));
				expect(wanted.filter((one) => !notes.includes(one))).toEqual([]);
			},
		),
		{ numRuns: 20, endOnFailure: true },
	);
}, 120_000);
