/** Puts a version of n8n, the packed package and the driver into the version's folder. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'esbuild';

import { run } from '../../e2e/lib/children.cts';
import { install } from '../../e2e/lib/install.cts';
import { packOurs } from '../../e2e/lib/pack.cts';
import { npmEnvironment, ourPackage, plainEnvironment } from '../../e2e/lib/places.cts';
import { ROOT, type N8nVersion } from './versions.cts';

const nodeFolder = ({ folder }: N8nVersion) => join(folder, 'node_modules/node/bin');

/** The Node.js that runs this version. */
export const nodeOf = (version: N8nVersion): string => join(nodeFolder(version), 'node');

/** Where the package lies, so that it finds this version's n8n-workflow. */
export const packageOf = ({ folder }: N8nVersion): string =>
	join(folder, 'node_modules', ourPackage.name);

/** The program that runs workflows on this version. */
export const driverOf = ({ folder }: N8nVersion): string =>
	join(folder, 'node_modules/.driver/driver.cjs');

export async function prepare(version: N8nVersion): Promise<void> {
	await install({
		what: `n8n-core ${version.version}`,
		folder: version.folder,
		size: 4e8,
		room: 8e8,
		rebuild: ['node'],
		env: npmEnvironment(nodeFolder(version)),
	});
	await unpack(version);
	await bundleDriver(version);
}

/** The package as it would be published. */
async function unpack(version: N8nVersion): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'compat-'));
	try {
		const tarball = await packOurs(folder);
		const target = packageOf(version);
		await rm(target, { recursive: true, force: true });
		await mkdir(target, { recursive: true });
		await run({
			command: 'tar',
			args: ['-xzf', tarball, '-C', target, '--strip-components=1'],
			env: plainEnvironment(),
		});
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** One file, whose n8n is the one beside it. */
async function bundleDriver(version: N8nVersion): Promise<void> {
	await build({
		entryPoints: [join(ROOT, 'compat/driver.cts')],
		outfile: driverOf(version),
		bundle: true,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
		external: ['n8n-core', 'n8n-workflow'],
		loader: { '.cts': 'ts' },
		logLevel: 'warning',
	});
}
