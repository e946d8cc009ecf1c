/** Where things lie, and which package and n8n they belong to. */
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const ROOT = join(__dirname, '../..');
export const E2E = join(__dirname, '..');
export const EXAMPLES = join(ROOT, 'examples');
export const RESULTS = join(E2E, 'results');
export const SCREENSHOTS = join(ROOT, 'docs/screenshots');

/** The folder of the Node.js that runs n8n, whatever the machine has. */
export const NODE_FOLDER = join(E2E, 'node_modules/node/bin');
export const NODE = join(NODE_FOLDER, 'node');
export const N8N = join(E2E, 'node_modules/n8n/bin/n8n');

interface PackageJson {
	readonly name: string;
	readonly version: string;
	readonly n8n: { readonly nodes: string[]; readonly credentials: string[] };
}

export const ourPackage = JSON.parse(
	readFileSync(join(ROOT, 'package.json'), 'utf8'),
) as PackageJson;

const pinned = JSON.parse(readFileSync(join(E2E, 'package.json'), 'utf8')) as {
	dependencies: Record<string, string>;
};

export const N8N_VERSION = pinned.dependencies.n8n ?? '';

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
