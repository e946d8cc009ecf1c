/** The package as it would be published, and the way in which n8n is given it. */
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { existsSync } from 'node:fs';

import { run } from './children.cts';
import { packagesFolder } from './n8n.cts';
import { NEWEST, ourPackage, plainEnvironment, ROOT } from './places.cts';

/**
 * Packs what `npm run build` has put into dist; gives the tarball's path. E2E_TARBALL names another
 * one to try instead, such as that of a release.
 */
export async function packOurs(folder: string): Promise<string> {
	if (process.env.E2E_TARBALL !== undefined) return resolve(process.env.E2E_TARBALL);
	const missing = [...ourPackage.n8n.nodes, ...ourPackage.n8n.credentials].filter(
		(file) => !existsSync(join(ROOT, file)),
	);
	if (missing.length > 0) throw new Error(`Not built: ${missing.join(', ')}. Run npm run build.`);
	await mkdir(folder, { recursive: true });
	await run({
		command: 'npm',
		args: ['pack', '--ignore-scripts', '--pack-destination', folder],
		cwd: ROOT,
		env: plainEnvironment(NEWEST.nodeFolder),
	});
	const tarball = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
	if (tarball === undefined) throw new Error(`npm pack left no tarball in ${folder}`);
	return join(folder, tarball);
}

/** Puts the packed package where n8n finds it when it starts; gives the folder. */
export async function unpackInto(home: string, tarball: string): Promise<string> {
	const folder = join(packagesFolder(home), 'node_modules', ourPackage.name);
	await mkdir(folder, { recursive: true });
	await run({
		command: 'tar',
		args: ['-xzf', tarball, '-C', folder, '--strip-components=1'],
		env: plainEnvironment(),
	});
	return folder;
}

/**
 * n8n installs a package by asking `npm view` whether it exists, fetching it with `npm pack`, and
 * running `npm install` in it. This puts an npm in front of the real one that answers the first two
 * with our tarball, so that what is tried is this checkout, and leaves the rest to the real one.
 *
 * @returns the folder to put first in n8n's PATH
 */
export async function npmWithTarball(folder: string, tarball: string): Promise<string> {
	const { name, version } = ourPackage;
	await mkdir(folder, { recursive: true });
	const script = join(folder, 'npm');
	const lines = [
		'#!/bin/sh',
		'case "$1 $2" in',
		`"view ${name}@"*) echo '"${version}"' ;;`,
		`"pack ${name}@"*) cp '${tarball}' . && basename '${tarball}' ;;`,
		// Asked by the page that lists community nodes; without a registry npm would try for a minute.
		"'outdated '*) echo '{}' ;;",
		`*) exec '${realNpm()}' "$@" ;;`,
		'esac',
	];
	await writeFile(script, `${lines.join('\n')}\n`);
	await chmod(script, 0o755);
	return folder;
}

function realNpm(): string {
	const folders = (process.env.PATH ?? '').split(delimiter);
	const found = folders.map((folder) => join(folder, 'npm')).find((file) => existsSync(file));
	if (found === undefined) throw new Error('There is no npm in PATH');
	return found;
}
