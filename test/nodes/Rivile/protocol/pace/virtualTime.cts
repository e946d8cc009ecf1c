/** Time that passes only when nothing else can happen, in which many callers wait side by side. */
import type { Clock } from '../../../../../nodes/Rivile/protocol/pace/turns';

interface Timer {
	readonly due: number;
	readonly fire: () => void;
}

export class VirtualTime implements Clock {
	/** Milliseconds of real time, which no jump of the clock changes. */
	real = 0;
	/** What the clock shows beyond that. */
	private offset = 0;
	private timers: Timer[] = [];

	/** What the clock shows. */
	now(): number {
		return this.real + this.offset;
	}

	/** Someone sets the clock. */
	jump(milliseconds: number): void {
		this.offset += milliseconds;
	}

	at(due: number, fire: () => void): void {
		this.timers.push({ due, fire });
	}

	async sleep(milliseconds: number): Promise<void> {
		await new Promise<void>((resolve) => this.at(this.real + milliseconds, resolve));
	}

	/** Instead of AbortSignal.timeout. */
	deadline(milliseconds: number): AbortSignal {
		const controller = new AbortController();
		this.at(this.real + milliseconds, () => controller.abort());
		return controller.signal;
	}

	/** Lets time pass until nothing is left to wait for, or some work is done. */
	async run(work?: Promise<unknown>): Promise<void> {
		let isDone = false;
		const done = () => {
			isDone = true;
		};
		void work?.then(done, done);
		for (;;) {
			await new Promise((resolve) => setImmediate(resolve));
			const next = this.timers.reduce<Timer | undefined>(
				(first, timer) => (first === undefined || timer.due < first.due ? timer : first),
				undefined,
			);
			if (isDone || next === undefined) return;
			this.timers.splice(this.timers.indexOf(next), 1);
			this.real = Math.max(this.real, next.due);
			next.fire();
		}
	}
}
