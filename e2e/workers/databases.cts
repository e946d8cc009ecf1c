/** PostgreSQL and Redis for n8n's queue mode: on free ports, in temporary folders, on loopback only. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Child, run } from '../lib/children.cts';
import { plainEnvironment } from '../lib/places.cts';
import { freePort } from '../lib/ports.cts';
import { Refusal } from '../lib/refusal.cts';
import { until } from '../lib/waiting.cts';

export interface Database {
	/** What n8n's environment says of it. */
	readonly env: Readonly<Record<string, string>>;
	readonly version: string;
	stop(): Promise<void>;
}

/** Debian keeps PostgreSQL's programs by version, outside PATH. */
const DEBIAN = '/usr/lib/postgresql';

function postgresFolder(): string {
	const versions = existsSync(DEBIAN)
		? readdirSync(DEBIAN)
				.map(Number)
				.sort((a, b) => b - a)
		: [];
	const found = versions
		.map((version) => join(DEBIAN, String(version), 'bin'))
		.find((folder) => existsSync(join(folder, 'initdb')));
	if (found !== undefined) return found;
	throw new Refusal('There is no PostgreSQL. Install it: apt-get install postgresql');
}

/** PostgreSQL refuses to run as root; the package brings a user for it. */
function postgresUser(): { uid?: number; gid?: number } {
	if (process.getuid?.() !== 0) return {};
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

export async function startPostgres(): Promise<Database> {
	const bin = postgresFolder();
	const user = postgresUser();
	const folder = await mkdtemp(join(tmpdir(), 'n8n-e2e-postgres-'));
	if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid);
	const program = { env: plainEnvironment(), cwd: folder, ...user };
	const data = join(folder, 'data');
	const initdb = ['-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8', '--no-locale'];
	await run({ ...program, command: join(bin, 'initdb'), args: initdb });
	const port = String(await freePort());
	const server = new Child({
		...program,
		command: join(bin, 'postgres'),
		args: ['-D', data, '-p', port, '-k', folder, '-c', 'listen_addresses=127.0.0.1'],
	});
	// SIGINT is its fast shutdown; SIGTERM waits for every client.
	const stop = async () => {
		await server.stop('SIGINT');
		await rm(folder, { recursive: true, force: true });
	};
	const ready = async () =>
		server.output.includes('ready to accept connections') ? true : undefined;
	await until(ready, () => `PostgreSQL did not start:\n${server.output}`);
	return {
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: port,
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: 'n8n',
		},
		version: (await run({ ...program, command: join(bin, 'postgres'), args: ['-V'] })).trim(),
		stop,
	};
}

export async function startRedis(): Promise<Database> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-e2e-redis-'));
	const port = String(await freePort());
	const program = { command: 'redis-server', env: plainEnvironment(), cwd: folder };
	const args = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--dir', folder];
	const server = new Child({ ...program, args });
	const stop = async () => {
		await server.stop();
		await rm(folder, { recursive: true, force: true });
	};
	const ready = async () => {
		if (!server.running)
			throw new Refusal(`Redis did not start (apt-get install redis-server):\n${server.output}`);
		return server.output.includes('Ready to accept connections') ? true : undefined;
	};
	await until(ready, () => `Redis did not start:\n${server.output}`);
	return {
		env: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: port },
		version: (await run({ ...program, args: ['--version'] })).trim(),
		stop,
	};
}
