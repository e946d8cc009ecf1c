/** Programs that are started and have to be gone at the end. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Program {
	readonly command: string;
	readonly args: readonly string[];
	readonly env: NodeJS.ProcessEnv;
	readonly cwd?: string;
	/** The user to run as; a root shell only. */
	readonly uid?: number;
	readonly gid?: number;
}

/** A running program with what it has printed; in a process group of its own. */
export class Child {
	output = '';
	private readonly process: ChildProcess;
	private readonly ended: Promise<number | null>;

	constructor({ command, args, ...options }: Program) {
		// A group of its own: Ctrl+C then reaches only us, and we end it in order.
		this.process = spawn(command, args, {
			...options,
			detached: true,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		for (const stream of [this.process.stdout, this.process.stderr]) {
			stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString('utf8')));
		}
		this.ended = new Promise((resolve) => {
			this.process.once('error', (error) => {
				this.output += `\n${error.message}`;
				resolve(null);
			});
			this.process.once('close', (code) => resolve(code));
		});
	}

	get pid(): number {
		return this.process.pid ?? 0;
	}

	get running(): boolean {
		return this.pid > 0 && this.process.exitCode === null && this.process.signalCode === null;
	}

	/** The exit code; null after a signal. */
	async exit(): Promise<number | null> {
		return await this.ended;
	}

	/** Signals the whole group. */
	signal(name: NodeJS.Signals): void {
		if (this.pid === 0) return;
		try {
			process.kill(-this.pid, name);
		} catch {
			// The group is gone already.
		}
	}

	/** Ends it in order, or by force when that takes too long. */
	async stop(name: NodeJS.Signals = 'SIGTERM', patience = 10_000): Promise<void> {
		const timer = setTimeout(() => this.signal('SIGKILL'), patience);
		if (this.running) this.process.kill(name);
		await this.ended;
		clearTimeout(timer);
		this.signal('SIGKILL');
	}

	/** As a power cut would. */
	async kill(): Promise<void> {
		const closed = once(this.process, 'exit');
		this.signal('SIGKILL');
		await closed;
	}
}

/** Runs a program to its end and gives what it printed; throws when it did not end well. */
export async function run(program: Program): Promise<string> {
	const child = new Child(program);
	const code = await child.exit();
	if (code === 0) return child.output;
	const what = [program.command, ...program.args].join(' ');
	throw new Error(`${what} ended with ${code}:\n${child.output.slice(-4000)}`);
}
