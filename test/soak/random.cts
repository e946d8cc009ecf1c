/** Random numbers that a seed repeats. */

export class Random {
	private state: number;

	/** @param parts seeds, such as the run's and a step's: each step has numbers of its own */
	constructor(...parts: readonly number[]) {
		this.state = 0x9e3779b9;
		for (const part of parts) {
			this.state = (this.state ^ part) >>> 0;
			this.next();
		}
	}

	/** From 0 up to, but not including, 1 (mulberry32). */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = this.state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		const number = ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
		this.state = (this.state ^ mixed) >>> 0;
		return number;
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** A whole number, both ends included. */
	between(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	pick<Value>(values: readonly Value[]): Value {
		const value = values[Math.floor(this.next() * values.length)];
		if (value === undefined) throw new Error('There is nothing to pick from');
		return value;
	}

	/** One of the names, as often as its weight says. */
	weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
		const entries = Object.entries<number>(weights);
		let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
		for (const [name, weight] of entries) {
			left -= weight;
			if (left < 0) return name as Name;
		}
		throw new Error('No name has a weight');
	}
}
