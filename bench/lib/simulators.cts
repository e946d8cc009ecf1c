/** The simulators, in a process of their own: their work is not to be counted as that of a client. */
import type { Answers } from '../tasks/simulators.cts';
import { Worker } from './process.cts';

export class Simulators {
	private constructor(private readonly worker: Worker) {}

	static start(): Simulators {
		return new Simulators(Worker.start('simulators'));
	}

	async ask<Name extends keyof Answers>(
		name: Name,
		...given: Parameters<Answers[Name]>
	): Promise<Awaited<ReturnType<Answers[Name]>>> {
		return await this.worker.ask<Awaited<ReturnType<Answers[Name]>>>({ name, given });
	}

	async stop(): Promise<void> {
		await this.worker.stop();
	}
}

/** Runs something against fresh simulators. */
export async function withSimulators<T>(work: (simulators: Simulators) => Promise<T>): Promise<T> {
	const simulators = Simulators.start();
	try {
		return await work(simulators);
	} finally {
		await simulators.stop();
	}
}
