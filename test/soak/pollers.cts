/** The triggers under test, each with its state and its accounts. */
import type { IDataObject } from 'n8n-workflow';

import type { Engine } from '../../dev/engine/harness.cts';
import type { Ledger } from './ledger.cts';

/** What n8n's static data of a trigger may take at most, in bytes. */
export const MOST_STATE = 64_000;

export interface PollerSettings {
	readonly name: string;
	readonly type: 'klientuPortfelisTrigger' | 'rivileTrigger';
	readonly parameters: IDataObject;
	readonly ledger: Ledger;
	/** The number that an item has in the accounts. */
	readonly idOf: (item: IDataObject) => number;
}

/** How a poll went. */
export interface Polled {
	/** What is wrong with what came out, or with the state. */
	readonly findings: readonly string[];
	readonly emitted: number;
	/** What the user reads where the poll failed. */
	readonly failure?: string;
}

export class Poller {
	/** As n8n stores it. */
	private staticData: IDataObject = {};
	private stored = '{}';
	/** The longest state so far, in bytes. */
	mostState = 0;
	polls = 0;
	failed = 0;

	constructor(readonly settings: PollerSettings) {}

	/** n8n reads the state from its database again. */
	restart(): void {
		this.staticData = JSON.parse(this.stored) as IDataObject;
	}

	async poll(engine: Engine, credentials: Record<string, IDataObject>): Promise<Polled> {
		const { type, parameters } = this.settings;
		this.polls++;
		const polling = engine.poll(type, {
			parameters: parameters as never,
			credentials: credentials as never,
			staticData: this.staticData,
			timezone: 'Europe/Vilnius',
		});
		const [outcome] = await Promise.allSettled([polling]);
		const stored = JSON.stringify(this.staticData);
		if (outcome.status === 'rejected') {
			this.failed++;
			const moved = stored === this.stored ? [] : ['a failed poll changed the state'];
			return { findings: this.named(moved), emitted: 0, failure: wordsOf(outcome.reason) };
		}
		this.stored = stored;
		const items = (outcome.value?.[0] ?? []).map(({ json }) => json);
		return {
			findings: this.named([...this.account(items), ...this.size()]),
			emitted: items.length,
		};
	}

	/** What should have come out by now and did not. */
	lost(): string[] {
		return this.named(this.settings.ledger.lost());
	}

	private account(items: readonly IDataObject[]): string[] {
		const { ledger, idOf } = this.settings;
		return items.flatMap((item) => ledger.emit(idOf(item)) ?? []);
	}

	private size(): string[] {
		const bytes = Buffer.byteLength(this.stored);
		this.mostState = Math.max(this.mostState, bytes);
		return bytes > MOST_STATE ? [`its state takes ${bytes} bytes`] : [];
	}

	private named(findings: readonly string[]): string[] {
		return findings.map((finding) => `${this.settings.name}: ${finding}`);
	}
}

export function wordsOf(error: unknown): string {
	const { message = '', description = '' } = Object(error) as Record<string, unknown>;
	return `${String(message)} | ${String(description)}`;
}
