/** Klientu Portfelis as time goes by: monitoring sessions, and events that come at once or later. */
import type { Reply } from '../faults/faultServer.cts';
import type { KlientuPortfelisSimulator } from '../../dev/simulators/klientuPortfelis.cts';
import { clock, DAY, HOUR } from './clock.cts';
import type { Ledger } from './ledger.cts';
import type { Random } from './random.cts';

type List = ReturnType<KlientuPortfelisSimulator['seedList']>;

/** A list, and the accounts of the trigger that follows it. */
export interface Watched {
	readonly list: List;
	readonly ledger: Ledger;
	/** Events that the trigger is to emit. */
	readonly eventTypes: readonly string[];
}

/** Something that happens to a session later. */
interface Plan {
	readonly at: number;
	readonly then: () => void;
}

const TYPES = ['EV_ADDRESS', 'EV_INSOLV'] as const;

/** Sessions that are older are no longer listed. */
const ARCHIVED = 60 * DAY;

const kinds = {
	usual: 70,
	late: 8,
	growing: 10,
	short: 5,
	broken: 3,
	yearAhead: 1,
	undated: 1,
	redated: 3,
	twice: 3,
};

type Kind = keyof typeof kinds;

export class PortfolioWorld {
	/** What the service says of a session's number of events, where it is not what there is. */
	private readonly announced = new Map<number, number | null>();
	/** Sessions whose events the service fails to give, and on which list. */
	private readonly broken = new Map<number, number>();
	private plans: Plan[] = [];
	private events = 0;
	private readonly begin = clock.stamp();

	constructor(
		private readonly portfolio: KlientuPortfelisSimulator,
		readonly watched: readonly Watched[],
	) {}

	/** Whether a list has a session whose events the service fails to give. */
	isBroken({ list }: Watched): boolean {
		return [...this.broken.values()].includes(list.id);
	}

	/** New sessions, and what was planned for older ones. */
	grow(random: Random): void {
		this.carryOut(clock.now);
		for (const watched of this.watched) {
			if (random.chance(0.35)) this.add(watched, random.weighted<Kind>(kinds), random);
			this.archive(watched);
		}
	}

	/** All that is still to happen happens now. */
	finish(): void {
		this.carryOut(Infinity);
	}

	/** To be called before a request reaches the service. */
	beforeRequest(body: string): void {
		const [, session] = /<session_id\b[^>]*>(\d+)</.exec(body) ?? [];
		if (session !== undefined && this.broken.has(Number(session))) {
			this.portfolio.failNext({ function: 'get_session_events', code: 1000 });
		}
	}

	/** Puts the announced numbers of events into the list of sessions. */
	adjust(reply: Reply): Reply {
		if (this.announced.size === 0) return reply;
		const text = reply.body.toString();
		if (!text.includes('<sent_events_count')) return reply;
		const body = text.replace(
			/(<id [^>]*>(\d+)<\/id><sent [^>]*>[^<]*<\/sent>)<sent_events_count [^>]*>\d+<\/sent_events_count>/g,
			(whole, before: string, id: string) => {
				const count = this.announced.get(Number(id));
				if (count === undefined) return whole;
				if (count === null) return `${before}<sent_events_count xsi:nil="true"/>`;
				return `${before}<sent_events_count xsi:type="xsd:int">${count}</sent_events_count>`;
			},
		);
		return { ...reply, body: Buffer.from(body) };
	}

	private carryOut(until: number): void {
		for (;;) {
			const [next] = this.plans.sort((a, b) => a.at - b.at);
			if (next === undefined || next.at > until) return;
			this.plans.shift();
			next.then();
		}
	}

	private plan(delay: number, then: () => void): void {
		this.plans.push({ at: clock.now + delay, then });
	}

	private archive({ list }: Watched): void {
		const oldest = clock.stamp(-ARCHIVED);
		while ((list.sessions[0]?.sent ?? oldest) < oldest) list.sessions.shift();
	}

	private add(watched: Watched, kind: Kind, random: Random): void {
		const sent = clock.stamp(-random.between(0, 3) * 1000);
		const count = random.chance(0.02) ? 250 : random.between(0, 5);
		switch (kind) {
			case 'late':
				// One from before the first day would not be wanted where a trigger begins with that.
				this.session(watched, kind, this.lateStamp(random), count);
				break;
			case 'yearAhead':
				this.session(watched, kind, clock.stamp(365 * DAY), count);
				break;
			case 'growing':
				this.grows(watched, random, sent);
				break;
			case 'undated': {
				const id = this.session(watched, kind, '0000-00-00 00:00:00', count);
				this.plan(random.between(HOUR, DAY), () =>
					this.change(watched, id, { sent: clock.stamp() }),
				);
				break;
			}
			default: {
				const id = this.session(watched, kind, sent, count);
				this.spoil(watched, kind, id, random);
			}
		}
	}

	private lateStamp(random: Random): string {
		const stamp = clock.stamp(-random.between(HOUR, 6 * DAY));
		return stamp > this.begin ? stamp : this.begin;
	}

	private spoil(watched: Watched, kind: Kind, id: number, random: Random): void {
		const session = this.sessionOf(watched, id);
		const delay = random.between(HOUR, 4 * DAY);
		if (kind === 'broken') {
			this.broken.set(id, watched.list.id);
			this.plan(delay, () => this.broken.delete(id));
		} else if (kind === 'short') {
			// Announced, but not there yet.
			const { events } = session;
			this.announced.set(id, events.length);
			this.change(watched, id, { events: events.slice(0, random.between(0, events.length)) });
			this.plan(delay, () => {
				this.change(watched, id, { events });
				this.announced.delete(id);
			});
		} else if (kind === 'redated') {
			this.plan(delay, () => {
				const time = Date.parse(`${session.sent.replace(' ', 'T')}Z`) + 3000;
				const sent = new Date(time).toISOString().slice(0, 19).replace('T', ' ');
				this.change(watched, id, { sent });
			});
		} else if (kind === 'twice') watched.list.sessions.push(session);
	}

	/** Events that come later; the service says 0, the number so far, or nothing before. */
	private grows(watched: Watched, random: Random, sent: string): void {
		const first = random.pick([0, 0, 2]);
		const id = this.session(watched, 'growing', sent, first);
		if (random.chance(0.3)) this.announced.set(id, null);
		const [delay, count] = [random.between(HOUR, 4 * DAY), random.between(1, 3)];
		this.plan(delay, () => {
			const { events } = this.sessionOf(watched, id);
			const more = this.made(watched, 'growing', count, sent);
			this.change(watched, id, { events: [...events, ...more] });
			if (random.chance(0.5)) this.announced.delete(id);
		});
	}

	private session(watched: Watched, kind: Kind, sent: string, count: number): number {
		const { list } = watched;
		const events = this.made(watched, kind, count, sent);
		const { id } = this.portfolio.seedMonitoringSession(list.id, { sent, events: [] });
		this.change(watched, id, { events });
		return id;
	}

	/** Events as the service has them; the trigger is to emit those of its types. */
	private made({ ledger, eventTypes }: Watched, kind: Kind, count: number, sent: string) {
		return Array.from({ length: count }, (_, index) => {
			const number = ++this.events;
			const type = TYPES[index % 2] ?? TYPES[0];
			if (eventTypes.length === 0 || eventTypes.includes(type)) {
				ledger.expect(number, `event ${number} (${kind} session, sent ${sent})`);
			}
			return {
				event_type: type,
				title: 'Izmaiņas',
				object_name: `SIA "Paraugs" & <${number}>`,
				object_code: '41000000000',
				date: sent,
				sent_date: sent,
				notes: `E${number}`,
			};
		});
	}

	private sessionOf({ list }: Watched, id: number): List['sessions'][number] {
		const session = list.sessions.find((candidate) => candidate.id === id);
		if (session === undefined) throw new Error(`Session ${id} is not there any more`);
		return session;
	}

	private change(watched: Watched, id: number, change: Partial<List['sessions'][number]>): void {
		const { sessions } = watched.list;
		for (const [index, session] of sessions.entries()) {
			if (session.id === id) sessions[index] = { ...session, ...change };
		}
	}
}

/** The number of the event that an item of the trigger holds. */
export const eventIn = ({ notes }: Readonly<Record<string, unknown>>): number =>
	Number(/^E(\d+)$/.exec(String(notes))?.[1]);
