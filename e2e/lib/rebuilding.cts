/** Builds the package again whenever a source file is saved, and gives the result to a running n8n. */
import { watch, type FSWatcher } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';

import { Child } from './children.cts';
import { plainEnvironment, ROOT } from './places.cts';

/** What the package is built from. */
const SOURCES = ['nodes', 'credentials', 'icons'];

/** Editors save several files at once; the build waits until nothing was saved for so long. */
const PAUSE = 200;

export class Rebuilding {
	private readonly watchers: FSWatcher[];
	private timer: NodeJS.Timeout | undefined;
	/** The builds so far, one after another. */
	private work = Promise.resolve();
	private child: Child | undefined;
	private isChecking = false;
	private isStopped = false;

	/**
	 * Starts watching.
	 *
	 * @param target the folder of the package in n8n, which reloads it when its files change
	 * @param say told what was built, and what is wrong
	 */
	constructor(
		private readonly target: string,
		private readonly say: (text: string) => void,
	) {
		this.watchers = SOURCES.map((folder) =>
			watch(join(ROOT, folder), { recursive: true }, (_event, file) =>
				this.saved(join(folder, file ?? '')),
			),
		);
	}

	async stop(): Promise<void> {
		this.isStopped = true;
		clearTimeout(this.timer);
		for (const watcher of this.watchers) watcher.close();
		await this.child?.stop();
		await this.work;
	}

	private saved(file: string): void {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => {
			// What it would say is out of date.
			if (this.isChecking) this.child?.signal('SIGKILL');
			this.work = this.work
				.then(async () => await this.rebuild(file))
				.catch((error: unknown) => this.say(`The build could not be run: ${String(error)}`));
		}, PAUSE);
	}

	private async rebuild(file: string): Promise<void> {
		const started = Date.now();
		const mistakes = await this.mistakesOf('gulp/bin/gulp.js', '--silent', 'output');
		if (this.isStopped) return;
		if (mistakes !== undefined) {
			this.say(`${file}: the build failed, so n8n keeps what it has.\n${mistakes}`);
			return;
		}
		await cp(join(ROOT, 'dist'), join(this.target, 'dist'), { recursive: true });
		const seconds = ((Date.now() - started) / 1000).toFixed(1);
		this.say(`${file}: built in ${seconds} seconds. n8n reloads the nodes.`);
		// After the build, which does not need it: it takes longer than all the rest.
		this.isChecking = true;
		const types = await this.mistakesOf('typescript/bin/tsc', '--noEmit', '--pretty', 'false');
		this.isChecking = false;
		if (types !== undefined && !this.isStopped) {
			this.say(`The type check found mistakes. The nodes run anyway.\n${types}`);
		}
	}

	/**
	 * What a program among the development dependencies prints when it fails; undefined if it does not,
	 * or is stopped.
	 */
	private async mistakesOf(program: string, ...args: string[]): Promise<string | undefined> {
		if (this.isStopped) return undefined;
		const child = new Child({
			command: process.execPath,
			args: [join(ROOT, 'node_modules', program), ...args],
			cwd: ROOT,
			env: plainEnvironment(),
		});
		this.child = child;
		const code = await child.exit();
		if (code === 0 || code === null) return undefined;
		return child.output.trim() || 'Run npx gulp output to see why.';
	}
}
