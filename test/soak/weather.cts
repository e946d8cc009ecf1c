/** Which requests are spoiled, and how. */
import { faults, type FaultCase } from '../faults/faults.cts';
import { clock } from './clock.cts';
import type { Proxy } from './proxy.cts';
import type { Random } from './random.cts';
import type { Network } from './writeLedger.cts';

/** Faults of the connection itself are made by closing the proxy; those of TLS need a server of their own. */
const ALL = faults(() => 'http://elsewhere.invalid/').filter(
	({ spoil: { at } }) => at === 'answer' || at === 'connection',
);

const STOP = ALL.filter(({ name }) => name.startsWith('The execution is stopped'));
const EMPTY = ALL.filter(({ name }) => name === 'Nothing with HTTP 200');
const OTHERS = ALL.filter((fault) => !STOP.includes(fault) && !EMPTY.includes(fault));

/** What part of the requests is spoiled. */
export type Mood = 'calm' | 'flaky' | 'stormy' | 'away';

const SHARES: Readonly<Record<Mood, number>> = { calm: 0, flaky: 0.12, stormy: 0.6, away: 0 };

export class Weather {
	/** Whether anything was spoiled since the mood was set. */
	isSpoilt = false;
	private empties = 0;
	/** The requests that arrived since the mood was set. */
	private arrived: Array<{ readonly body: string; readonly isDoubtful: boolean }> = [];

	private unreadBefore = 0;

	constructor(readonly proxy: Proxy) {}

	/** @param mayStop whether the execution that makes the requests can be stopped */
	async set(mood: Mood, random: Random, mayStop: boolean): Promise<void> {
		this.isSpoilt = mood === 'away';
		this.empties = 0;
		this.arrived = [];
		this.unreadBefore = this.proxy.unread;
		this.proxy.choose = (body) => {
			// Each request takes its time.
			clock.advance(random.between(50, 900));
			const fault = this.spoils(mood, random, mayStop);
			this.arrived.push({ body, isDoubtful: fault?.write === 'doubt' });
			return fault;
		};
		await (mood === 'away' ? this.proxy.close() : this.proxy.open());
	}

	/**
	 * What can be known of writes since the mood was set.
	 *
	 * @param isStopped whether the execution was stopped, and may have heard no response that was sent
	 */
	network(isStopped: boolean): Network {
		const seen = (name: string) => {
			const own = this.arrived.filter(({ body }) => body.includes(`>${name}<`));
			if (own.length === 0) return 'never';
			return isStopped || own.some(({ isDoubtful }) => isDoubtful) ? 'lost' : 'answered';
		};
		return { seen, unread: isStopped ? this.proxy.unread - this.unreadBefore : 0 };
	}

	private spoils(mood: Mood, random: Random, mayStop: boolean): FaultCase | undefined {
		if (this.empties > 0) this.empties--;
		else if (!random.chance(SHARES[mood])) return undefined;
		else if (random.chance(0.1)) this.empties = random.between(1, 4);
		const kinds = this.empties > 0 ? EMPTY : mayStop && random.chance(0.1) ? STOP : OTHERS;
		const fault = random.pick(kinds);
		this.isSpoilt = true;
		return fault;
	}
}
