/** Puts a private package's dependencies into its node_modules, once for each change of its lock file. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Child } from './children.cts';
import { NEWEST, npmEnvironment, OLDEST, type PinnedN8n } from './places.cts';
import { withProgress } from './progress.cts';
import { Refusal } from './refusal.cts';

/** What n8n takes with everything it needs, and a little to work with. */
const ROOM = 4.5e9;

export interface Installation {
	/** What is being installed, for the person who waits. */
	readonly what: string;
	/** The folder with package.json and its lock file. */
	readonly folder: string;
	/** About how many bytes it comes to. */
	readonly size: number;
	/** How many bytes have to be free. */
	readonly room: number;
	/** Packages whose install scripts are run; the others' would only fetch things we do not use. */
	readonly rebuild: readonly string[];
	readonly env: NodeJS.ProcessEnv;
}

const installationOf = ({ version, folder, nodeFolder }: PinnedN8n) => ({
	what: `n8n ${version}`,
	folder,
	room: ROOM,
	env: npmEnvironment(nodeFolder),
});

const OURS: Installation = {
	...installationOf(NEWEST),
	size: 3e9,
	// node first: the native parts are then built for the Node.js that runs n8n.
	rebuild: ['node', 'sqlite3', 'isolated-vm'],
};

/** The oldest n8n, for the tests that run on it too. */
export const ITS_OLDEST: Installation = {
	...installationOf(OLDEST),
	size: 2e9,
	rebuild: ['node', 'sqlite3'],
};

/** Ends what an installation has started; for Ctrl+C. */
let running: Child | undefined;
export async function stopInstalling(): Promise<void> {
	await running?.stop('SIGTERM', 3000);
}

export async function install(installation: Partial<Installation> = {}): Promise<void> {
	const wanted = { ...OURS, ...installation };
	const modules = join(wanted.folder, 'node_modules');
	const stamp = join(modules, '.installed');
	const lock = await readFile(join(wanted.folder, 'package-lock.json'));
	const hash = createHash('sha256').update(lock).digest('hex');
	if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === hash) return;
	// What is complete already stays for the next try, if a native part cannot be built at first.
	const fetched = join(modules, '.fetched');
	if (!existsSync(fetched) || (await readFile(fetched, 'utf8')) !== hash) {
		await requireRoom(wanted);
		await fetchPackages(wanted, modules);
		await writeFile(fetched, hash);
	}
	for (const name of wanted.rebuild) {
		await npm(wanted, `Building ${name}`, ['rebuild', name]);
	}
	await writeFile(stamp, hash);
}

async function fetchPackages(wanted: Installation, modules: string): Promise<void> {
	try {
		await npm(wanted, `Installing ${wanted.what}, once`, ['ci', '--ignore-scripts']);
	} catch (error) {
		// npm starts from the beginning, from what it keeps in its cache. With a full disk, the half
		// that is there would stand in the way.
		await rm(modules, { recursive: true, force: true, maxRetries: 3 });
		throw error;
	}
}

async function freeBytes(folder: string): Promise<number> {
	const { bavail, bsize } = await statfs(folder);
	return bavail * bsize;
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

async function requireRoom({ what, folder, room }: Installation): Promise<void> {
	const free = await freeBytes(folder);
	if (free >= room) return;
	throw new Refusal(
		`${what}: about ${gigabytes(room)} are needed on the disk of ${folder}, and ${gigabytes(free)} are free.\nMake room and run the command again.`,
	);
}

const FLAGS = [
	'--no-audit',
	'--no-fund',
	'--no-progress',
	'--loglevel=error',
	'--fetch-retries=2',
	'--fetch-retry-mintimeout=2000',
];

async function npm(
	{ folder, size, env }: Installation,
	text: string,
	args: readonly string[],
): Promise<void> {
	const before = await freeBytes(folder);
	let detail = '';
	const look = setInterval(async () => {
		const used = before - (await freeBytes(folder));
		detail = used > 1e8 ? `${gigabytes(used)} of about ${gigabytes(size)}` : '';
	}, 2000);
	running = new Child({ command: 'npm', args: [...args, ...FLAGS], cwd: folder, env });
	const child = running;
	try {
		const showing = args[0] === 'ci' ? () => detail : undefined;
		const code = await withProgress(text, async () => await child.exit(), showing);
		if (code !== 0) throw new Refusal(explain(child.output));
	} finally {
		running = undefined;
		clearInterval(look);
	}
}

/** npm's words in ours, where a person can do something about it. */
export function explain(output: string): string {
	if (/ENOSPC|no space left|EDQUOT/i.test(output))
		return 'The disk is full. Make room and run the command again.';
	if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/.test(output))
		return 'npm cannot reach its registry. Check the network and the proxy settings (npm config get proxy), then run the command again.';
	if (/SELF_SIGNED_CERT|UNABLE_TO_(?:GET|VERIFY)|CERT_HAS_EXPIRED/.test(output))
		return "npm does not trust the certificate of its registry: a proxy of your network may stand in between. Set NODE_EXTRA_CA_CERTS to the file with your network's certificates, then run the command again.";
	return `npm did not succeed:\n${output.trim().slice(0, 2000)}`;
}
