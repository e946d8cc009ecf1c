/** The versions of n8n that the package is run on, each in a folder of its own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

const VERSIONS = join(__dirname, '../versions');

export interface N8nVersion {
	/** The version of n8n-core. */
	readonly version: string;
	/** The Node.js that this n8n was made for. */
	readonly node: string;
	readonly folder: string;
}

const numbers = (version: string) => version.split('.').map(Number);

function inOrder(a: string, b: string): number {
	const [left, right] = [numbers(a), numbers(b)];
	const differing = left.findIndex((number, index) => number !== right[index]);
	return differing < 0 ? 0 : (left[differing] ?? 0) - (right[differing] ?? 0);
}

/** All versions, the oldest first. */
export const versions: readonly N8nVersion[] = readdirSync(VERSIONS)
	.sort(inOrder)
	.map((version) => {
		const folder = join(VERSIONS, version);
		const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
			dependencies: Record<string, string>;
		};
		return { version, node: dependencies.node ?? '', folder };
	});

/** Whether a version is at least another one. */
export const isFrom = (version: string, first: string): boolean => inOrder(version, first) >= 0;

/**
 * @throws Error when there is no such version
 */
export function versionNamed(name: string): N8nVersion {
	const found = versions.find(({ version }) => version === name);
	if (found !== undefined) return found;
	const known = versions.map(({ version }) => version).join(', ');
	throw new Error(`There is no n8n ${name} in compat/versions. There are: ${known}`);
}
