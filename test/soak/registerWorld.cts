/** Rivilė's register as time goes by: cash operations that are entered, changed and deleted. */
import { sampleKey, type NewRow, type RivileSimulator } from '../../dev/simulators/rivile.cts';
import { clock, DAY, HOUR } from './clock.cts';
import type { Ledger } from './ledger.cts';
import type { Truth } from './nodeRuns.cts';
import type { Random } from './random.cts';

/** The accounts of those who follow the register. */
export interface Followers {
	/** By operation number. */
	readonly created: readonly Ledger[];
	/** One of them, which begins with the operations of the first day. */
	readonly fromFirstDay: Ledger;
	/** By the number of the change. */
	readonly updated: Ledger;
}

interface Operation {
	readonly number: number;
	readonly change: number;
	readonly at: number;
}

/** How many operations the register holds before the oldest are moved to an archive. */
const MOST = 12_000;

/** Numbers that turn up late do so before this many more have come. */
const LATEST = 30;

/** "YYYY-MM-DDThh:mm:ss" in Vilnius, as the gateway writes it. */
const local = new Intl.DateTimeFormat('sv-SE', {
	timeZone: 'Europe/Vilnius',
	dateStyle: 'short',
	timeStyle: 'medium',
});

export class RegisterWorld {
	private readonly operations = new Map<number, Operation>();
	/** Numbers that were given out and will turn up later, and after which one at the latest. */
	private reserved: Array<{ readonly number: number; readonly until: number }> = [];
	private highest = 0;
	private changes = 0;

	constructor(
		private readonly gateway: RivileSimulator,
		private readonly followers: Followers,
	) {}

	/** What a reading of the register is held against. */
	readonly truth: Truth = {
		names: () => new Set([...this.operations.keys()].map(sampleKey)),
		isKnown: (key) => Number(key) >= 1 && Number(key) <= this.highest,
	};

	/** What is there before anybody follows the register; a few in the middle are of the first day. */
	seed(count: number): void {
		const rows = Array.from({ length: count }, (_, index) => {
			const isToday = Math.abs(index - count / 2) < 5;
			const number = ++this.highest;
			if (isToday)
				this.followers.fromFirstDay.expect(number, `operation ${number} of the first day`);
			return this.row(number, isToday ? -HOUR : -30 * DAY, false);
		});
		this.gateway.seed(rows);
	}

	grow(random: Random): void {
		if (random.chance(0.5)) this.enter(random, this.size(random));
		if (random.chance(0.4)) this.change(random, random.between(1, 6));
		if (random.chance(0.1)) this.remove(this.some(random, random.between(1, 3)));
		this.archive();
	}

	/** Between two requests of a poll or of a reading. */
	stir(random: Random): void {
		if (random.chance(0.5)) this.enter(random, random.between(1, 5));
		else if (random.chance(0.5)) this.change(random, 1);
		else this.remove(this.some(random, 1));
	}

	/** All numbers that were reserved turn up. */
	finish(): void {
		this.bringIn(() => true, -1000);
	}

	private size(random: Random): number {
		if (random.chance(0.004)) return random.between(2000, 6000);
		return random.chance(0.04) ? random.between(100, 800) : random.between(1, 8);
	}

	private enter(random: Random, count: number): void {
		const rows: NewRow[] = [];
		// Clocks of those who enter may be behind by some hours.
		const offset = random.chance(0.05) ? -random.between(HOUR, 5 * HOUR) : 0;
		for (let index = 0; index < count; index++) {
			const number = ++this.highest;
			if (count < 20 && random.chance(0.08)) {
				this.reserved.push({ number, until: number + random.between(1, LATEST) });
			} else rows.push(this.row(number, offset - random.between(0, 50) * 1000));
		}
		// Before the new ones: no number turns up later than it may.
		this.bringIn(({ until }) => until <= this.highest, 0);
		this.gateway.seed(rows);
	}

	private bringIn(isDue: (late: { until: number }) => boolean, offset: number): void {
		const due = this.reserved.filter(isDue);
		this.reserved = this.reserved.filter((late) => !isDue(late));
		this.gateway.seed(due.map(({ number }) => this.row(number, offset)));
	}

	private change(random: Random, count: number): void {
		for (const { number, change, at } of this.some(random, count)) {
			this.followers.updated.excuse(change);
			this.gateway.register.remove([sampleKey(number)]);
			const offset = -random.between(0, 20) * 1000;
			// A change has a second of its own, as its time is all that tells it from the one before.
			const later = Math.max(clock.now + offset, at + 1000);
			this.gateway.seed([this.row(number, later - clock.now, true, false)]);
		}
	}

	private remove(operations: readonly Operation[]): void {
		for (const { number, change } of operations) {
			this.followers.updated.excuse(change);
			for (const ledger of this.followers.created) ledger.excuse(number);
			this.operations.delete(number);
		}
		this.gateway.register.remove(operations.map(({ number }) => sampleKey(number)));
	}

	private archive(): void {
		if (this.operations.size <= MOST) return;
		const oldest = [...this.operations.values()].filter(({ at }) => at < clock.now - 3 * DAY);
		this.remove(oldest.slice(0, 2000));
	}

	/** Mostly recent ones. */
	private some(random: Random, count: number): Operation[] {
		const chosen = new Map<number, Operation>();
		for (let index = 0; index < count; index++) {
			const back = random.chance(0.7) ? random.between(0, 40) : random.between(0, 3000);
			const operation = this.operations.get(this.highest - back);
			if (operation !== undefined) chosen.set(operation.number, operation);
		}
		return [...chosen.values()];
	}

	private row(number: number, offset: number, isExpected = true, isNew = true): NewRow {
		const change = ++this.changes;
		const at = clock.now + offset;
		this.operations.set(number, { number, change, at });
		const moment = local.format(at).replace(' ', 'T');
		if (isExpected) {
			const words = `${isNew ? 'entered' : 'changed'} ${moment}`;
			const label = `operation ${number}, change ${change}, ${words}`;
			this.followers.updated.expect(change, label);
			if (isNew) for (const ledger of this.followers.created) ledger.expect(number, label);
		}
		return {
			I04_KODAS_CH: sampleKey(number),
			I04_DOK_NR: `PVZ-${number}`,
			I04_OP_RUSIS: 1 + (number % 2),
			I04_OP_DATA: `${moment.slice(0, 10)}T00:00:00`,
			I04_KODAS_KS: 'PVZ001',
			I04_SUMA: number / 100,
			I04_KODAS_VL: 'EUR',
			I04_R_DATE: moment,
			I04_APRASYMAS: `C${change}`,
		};
	}
}

type Item = Readonly<Record<string, unknown>>;

/** The number of the operation that an item of the trigger holds. */
export const operationIn = ({ I04_KODAS_CH: key }: Item): number => Number(key);

/** The number of the change that made the operation what an item shows. */
export const changeIn = ({ I04_APRASYMAS: text }: Item): number =>
	Number(/^C(\d+)$/.exec(String(text))?.[1]);
