/** Work that is measured in a process of its own. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';

import { build } from 'esbuild';

import { BENCH, MODULES } from './places.cts';

/** What a process answers: what the task gave, or why it gave nothing. */
export type Outcome<T> = { readonly value: T } | { readonly failure: string };

interface Settings {
	/** Flags for Node.js. */
	readonly flags?: readonly string[];
}

/** A process that does tasks one after the other. */
export class Worker {
	private constructor(private readonly process: ChildProcess) {}

	/**
	 * Starts a program under bench/tasks as it is, by tsx.
	 *
	 * @param task its name, such as `call`
	 */
	static start(task: string, { flags = [] }: Settings = {}): Worker {
		const execArgv = [...process.execArgv, ...flags];
		return new Worker(fork(join(BENCH, 'tasks', `${task}.cts`), { execArgv }));
	}

	/** Starts a program that `bundled` has made, by Node.js alone. */
	static startBundle(file: string, { flags = [] }: Settings = {}): Worker {
		return new Worker(fork(file, { execArgv: [...flags] }));
	}

	/** Has the process do its task with this input; throws what the task throws. */
	async ask<T>(input: unknown): Promise<T> {
		const ended = new AbortController();
		const died = once(this.process, 'exit', { signal: ended.signal }).then(([code]) => {
			throw new Error(`A process of the bench ended with ${String(code)}`);
		});
		const answered = once(this.process, 'message', { signal: ended.signal });
		this.process.send({ input });
		try {
			const [outcome] = (await Promise.race([answered, died])) as [Outcome<T>];
			if ('failure' in outcome) throw new Error(outcome.failure);
			return outcome.value;
		} finally {
			ended.abort();
			await Promise.allSettled([died, answered]);
		}
	}

	async stop(): Promise<void> {
		if (this.process.exitCode !== null) return;
		const gone = once(this.process, 'exit');
		this.process.disconnect();
		await gone;
	}
}

/** One task in a fresh process. */
export async function inFreshProcess<T>(worker: Worker, input: unknown): Promise<T> {
	try {
		return await worker.ask<T>(input);
	} finally {
		await worker.stop();
	}
}

/**
 * Bundles a program under bench/tasks as the build bundles the nodes, so that what is measured is
 * what runs in n8n, and a process starts within a moment.
 *
 * @returns the program's file; it takes packages from bench/node_modules
 */
export async function bundled(task: string): Promise<string> {
	const outfile = join(MODULES, '.bench', `${basename(task)}.cjs`);
	await build({
		entryPoints: [join(BENCH, 'tasks', `${task}.cts`)],
		outfile,
		bundle: true,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
		external: ['n8n-workflow', 'xml2js', 'soap', 'node-forge', 'fast-xml-parser'],
		logLevel: 'warning',
	});
	return outfile;
}
