/** A service with one monitored list, and a trigger that follows it. */
import { escapeText } from '../../../../nodes/shared/xml';
import type { Connection } from '../../../../nodes/KlientuPortfelis/protocol/call';
import {
	pollMonitoringSessions,
	type TriggerSettings,
} from '../../../../nodes/KlientuPortfelis/trigger/monitoringSessions';
import { readStored } from '../../../../nodes/KlientuPortfelis/trigger/state';
import { connectionTo } from '../protocol/connection.cts';

export interface Event {
	event_type: string;
	notes: string;
}

export interface Session {
	id: number;
	sent: string;
	/** How many events the service says there are; null is nil. */
	count: number | null;
	events: Event[];
}

export const HOUR = 60 * 60 * 1000;
export const DAY = 24 * HOUR;
const MINUTES_10 = 10 * 60 * 1000;

const refusal = (code: number) =>
	`<success>false</success><code>${code}</code><message>Nav</message>`;

export class Service {
	sessions: Session[] = [];
	requests: string[] = [];
	monitored = true;
	/** The code that the service answers with when a session's events are asked for. */
	readonly refused = new Map<number, number>();
	/** Throws to let a request be lost. */
	fault: () => void = () => {};

	private answer(name: string, parameters: Record<string, unknown>): string {
		switch (name) {
			case 'get_monitoring_sessions': {
				if (!this.monitored) return refusal(2018);
				const from = String(parameters.from ?? '');
				const items = this.sessions
					.filter(({ sent }) => sent >= from)
					.map(({ id, sent, count }) => {
						const counted =
							count === null
								? '<sent_events_count xsi:nil="true"/>'
								: `<sent_events_count>${count}</sent_events_count>`;
						return `<item><id>${id}</id><sent>${sent}</sent>${counted}</item>`;
					});
				return `<sessions>${items.join('')}</sessions>`;
			}
			case 'get_session_events': {
				const code = this.refused.get(Number(parameters.session_id));
				if (code !== undefined) return refusal(code);
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
		return connectionTo('trigger test', async (name, parameters) => {
			this.requests.push(name);
			this.fault();
			const fields = this.answer(name, parameters);
			const success = fields.includes('<success>') ? '' : '<success>true</success>';
			return await Promise.resolve(fields + success);
		});
	}
}

export const WISHES: TriggerSettings = {
	listId: 7,
	eventTypes: [],
	onlyWithEvents: true,
	startDate: undefined,
};

/** A trigger in an activated workflow: its clock, its stored state, what it emitted. */
export class Trigger {
	stored: unknown;
	emitted: Array<Record<string, unknown>> = [];
	/** The titles of what the user was told. */
	told: string[] = [];
	now = Date.parse('2026-01-01T00:00:00Z');
	/** How long a request takes. */
	pace = 0;

	constructor(
		readonly service: Service,
		readonly wishes: TriggerSettings = WISHES,
	) {}

	async poll(): Promise<void> {
		const { cursor, isLost, notice } = readStored(this.stored, this.wishes.listId, this.now);
		const wishes = isLost ? { ...this.wishes, startDate: undefined } : this.wishes;
		const tick = () => (this.now += this.pace);
		const polled = await pollMonitoringSessions(
			this.service.connection,
			wishes,
			cursor,
			tick,
			MINUTES_10,
		);
		// As n8n stores it: as JSON, together with what was emitted.
		this.stored = JSON.parse(JSON.stringify(polled.cursor));
		this.emitted.push(...polled.items);
		for (const { message } of [notice, ...polled.notices].filter((one) => one !== undefined)) {
			this.told.push(message);
		}
	}

	/** Polls every so often until so much time has passed. */
	async pollFor(time: number, every: number): Promise<void> {
		const end = this.now + time;
		while (this.now < end) {
			this.now += every;
			await this.poll();
		}
	}

	get notes() {
		return this.emitted.map(({ notes }) => notes);
	}

	get size() {
		return JSON.stringify(this.stored).length;
	}
}

export const time = (milliseconds: number) =>
	new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');

let lastId = 0;

export const event = (notes: string): Event => ({ event_type: 'EV_A', notes });

/** A new session with so many events, of alternating types. */
export const session = (sent: string, count = 1): Session => {
	const id = ++lastId;
	const events = Array.from({ length: count }, (_, index) => ({
		event_type: index % 2 === 0 ? 'EV_A' : 'EV_B',
		notes: `${id}/${index}`,
	}));
	return { id, sent, count, events };
};
