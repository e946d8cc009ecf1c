/** An n8n of its own in a temporary folder: on loopback only, reporting nothing to anyone. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { N8nApi } from './api.cts';
import { Child, run, type Program } from './children.cts';
import { NEWEST, plainEnvironment, type PinnedN8n } from './places.cts';
import { freePort } from './ports.cts';
import { until } from './waiting.cts';

export interface N8nOptions {
	/** Which n8n to start; the newest if nothing else is said. */
	readonly pinned?: PinnedN8n;
	/** n8n's home; made when it is not there. */
	readonly home: string;
	/** Folders to put first in PATH, such as that of the npm that n8n calls. */
	readonly path?: readonly string[];
	readonly port?: number;
	readonly env?: Readonly<Record<string, string>>;
	/** Stops n8n also while it is still starting. */
	readonly signal?: AbortSignal;
}

/** A port that nothing listens on: whatever n8n asks of the world outside is refused at once. */
const NOWHERE = 'http://127.0.0.1:9';

const QUIET: Readonly<Record<string, string>> = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
	N8N_SECURE_COOKIE: 'false',
	N8N_HOST: '127.0.0.1',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
	HTTP_PROXY: NOWHERE,
	HTTPS_PROXY: NOWHERE,
	NO_PROXY: '127.0.0.1,localhost,::1',
	GENERIC_TIMEZONE: 'Europe/Riga',
	TZ: 'Europe/Riga',
};

async function environment({
	pinned = NEWEST,
	home,
	path = [],
	env = {},
}: N8nOptions): Promise<NodeJS.ProcessEnv> {
	const temporary = join(home, 'tmp');
	await mkdir(temporary, { recursive: true });
	return {
		...plainEnvironment(...path, pinned.nodeFolder),
		...QUIET,
		N8N_USER_FOLDER: home,
		TMPDIR: temporary,
		// Kept from run to run, so that n8n starts sooner.
		NODE_COMPILE_CACHE: join(pinned.folder, 'node_modules/.compile-cache'),
		// Each process brings a broker for its task runners; two must not meet on one port.
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		...env,
	};
}

/** How to run a command of n8n. */
async function commandOf(options: N8nOptions, ...args: string[]): Promise<Program> {
	const { node, program } = options.pinned ?? NEWEST;
	const env = await environment(options);
	return { command: node, args: [program, ...args], env, cwd: options.home };
}

/** A running n8n with its API. */
export class N8n {
	readonly api: N8nApi;

	private constructor(
		readonly url: string,
		private readonly child: Child,
		readonly options: N8nOptions,
	) {
		this.api = new N8nApi(url);
	}

	/** Starts n8n and waits until it answers. */
	static async start(options: N8nOptions): Promise<N8n> {
		const port = options.port ?? (await freePort());
		const program = await commandOf(options, 'start');
		// It may have come while the package was packed.
		options.signal?.throwIfAborted();
		const child = new Child({ ...program, env: { ...program.env, N8N_PORT: String(port) } });
		options.signal?.addEventListener('abort', () => child.signal('SIGKILL'));
		const n8n = new N8n(`http://127.0.0.1:${port}`, child, options);
		try {
			await n8n.ready();
		} catch (error) {
			await n8n.stop();
			throw error;
		}
		return n8n;
	}

	/** What n8n has printed so far. */
	get log(): string {
		return this.child.output;
	}

	get pid(): number {
		return this.child.pid;
	}

	private async ready(): Promise<void> {
		const ask = async () => {
			if (!this.child.running) throw new Error(`n8n ended by itself:\n${this.log.slice(-4000)}`);
			// Ready before the editor is there: the line is printed when both are.
			return this.log.includes('Editor is now accessible') ? true : undefined;
		};
		await until(ask, () => `n8n did not start in time:\n${this.log.slice(-4000)}`, 120_000);
	}

	/** Runs another command of n8n on the same home. */
	async command(...args: string[]): Promise<string> {
		return await run(await commandOf(this.options, ...args));
	}

	/** Settles when n8n is gone, for whatever reason. */
	async ended(): Promise<void> {
		await this.child.exit();
	}

	async stop(): Promise<void> {
		await this.child.stop();
	}
}

/** A worker of n8n's queue mode. */
export class N8nWorker {
	private constructor(private readonly child: Child) {}

	static async start(options: N8nOptions, concurrency: number): Promise<N8nWorker> {
		const port = await freePort();
		const program = await commandOf(options, 'worker', `--concurrency=${concurrency}`);
		const env = {
			...program.env,
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		};
		const worker = new N8nWorker(new Child({ ...program, env }));
		const ask = async () => (worker.log.includes('worker is now ready') ? true : undefined);
		const late = () => `The worker did not start in time:\n${worker.log.slice(-4000)}`;
		await until(ask, late, 120_000);
		return worker;
	}

	get log(): string {
		return this.child.output;
	}

	async kill(): Promise<void> {
		await this.child.kill();
	}

	async stop(): Promise<void> {
		await this.child.stop();
	}
}

/** The folder in which n8n keeps community packages. */
export const packagesFolder = (home: string): string => join(home, '.n8n/nodes');
