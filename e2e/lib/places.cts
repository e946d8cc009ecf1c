/** Where things lie, and which package and n8n they belong to. */
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const ROOT = join(__dirname, '../..');
export const E2E = join(__dirname, '..');
export const EXAMPLES = join(ROOT, 'examples');
export const RESULTS = join(E2E, 'results');
export const SCREENSHOTS = join(ROOT, 'docs/screenshots');

interface PackageJson {
	readonly name: string;
	readonly version: string;
	readonly n8n: { readonly nodes: string[]; readonly credentials: string[] };
}

export const ourPackage = JSON.parse(
	readFileSync(join(ROOT, 'package.json'), 'utf8'),
) as PackageJson;

/** An n8n with the Node.js that it runs on, whatever the machine has; pinned in a folder of its own. */
export interface PinnedN8n {
	readonly version: string;
	/** The folder with package.json and its lock file. */
	readonly folder: string;
	/** The folder of the Node.js that runs it. */
	readonly nodeFolder: string;
	readonly node: string;
	/** n8n's own program, for that Node.js. */
	readonly program: string;
}

function pinnedIn(folder: string): PinnedN8n {
	const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
		dependencies: Record<string, string>;
	};
	const nodeFolder = join(folder, 'node_modules/node/bin');
	return {
		version: dependencies.n8n ?? '',
		folder,
		nodeFolder,
		node: join(nodeFolder, 'node'),
		program: join(folder, 'node_modules/n8n/bin/n8n'),
	};
}

/** The n8n that everything here runs on, if nothing else is said. */
export const NEWEST = pinnedIn(E2E);

/** The oldest n8n of the 2.x line that can be installed. */
export const OLDEST = pinnedIn(join(E2E, 'oldest'));

/** What of this process's environment a program of the tests gets: no settings of another n8n or npm. */
export function plainEnvironment(...firstInPath: string[]): NodeJS.ProcessEnv {
	const kept = ['HOME', 'LANG', 'LC_ALL', 'TERM', 'TMPDIR', 'TZ', 'USER'];
	// Node's cache of compiled modules would stay behind in the temporary folder.
	const environment: NodeJS.ProcessEnv = { NODE_DISABLE_COMPILE_CACHE: '1' };
	for (const name of kept) {
		if (process.env[name] !== undefined) environment[name] = process.env[name];
	}
	environment.PATH = [...firstInPath, process.env.PATH ?? ''].join(delimiter);
	return environment;
}

/** How this machine reaches the registry: through a proxy, with certificates of its own, by npm's settings. */
const NETWORK =
	/^(?:npm_config_\w+|https?_proxy|no_proxy|all_proxy|node_extra_ca_certs|ssl_cert_\w+)$/i;

/** What npm gets when it installs: the same, and how to reach the registry. */
export function npmEnvironment(...firstInPath: string[]): NodeJS.ProcessEnv {
	const network = Object.entries(process.env).filter(([name]) => NETWORK.test(name));
	return { ...plainEnvironment(...firstInPath), ...Object.fromEntries(network) };
}
