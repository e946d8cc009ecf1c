/** Packages packed, without publishing them. */
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { run } from '../../e2e/lib/children.cts';
import { plainEnvironment } from '../../e2e/lib/places.cts';
import type { Figures } from './rounds.cts';

export const LIBRARIES = ['soap', 'node-forge', 'fast-xml-parser'] as const;

/** What npm would upload of the package in this folder: kilobytes (of 1,000 bytes) and files. */
export async function packed(folder: string): Promise<Figures> {
	const output = await run({
		command: 'npm',
		args: ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=silent'],
		cwd: folder,
		env: plainEnvironment(),
	});
	const [{ size, entryCount }] = JSON.parse(output) as [{ size: number; entryCount: number }];
	return { size: size / 1000, files: entryCount };
}

/**
 * Writes a package that brings the libraries along, with all they need, and does something with it.
 *
 * @param modules the node_modules folder that has them
 */
export async function writeTwin<T>(
	modules: string,
	use: (folder: string) => Promise<T>,
): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), 'bench-twin-'));
	try {
		const description = {
			name: 'twin',
			version: '1.0.0',
			dependencies: Object.fromEntries(LIBRARIES.map((name) => [name, '*'])),
			bundleDependencies: LIBRARIES,
		};
		await writeFile(join(folder, 'package.json'), JSON.stringify(description));
		for (const source of await withAllTheyNeed(modules)) {
			await cp(source, join(folder, 'node_modules', relative(modules, source)), {
				recursive: true,
			});
		}
		return await use(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function withAllTheyNeed(modules: string): Promise<Set<string>> {
	const found = new Set<string>();
	const waiting = LIBRARIES.map((name) => ({ name: name as string, from: dirname(modules) }));
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		const source = packageFolder(next.name, next.from, dirname(modules));
		if (found.has(source)) continue;
		found.add(source);
		const text = await readFile(join(source, 'package.json'), 'utf8');
		const { dependencies = {} } = JSON.parse(text) as { dependencies?: object };
		for (const name of Object.keys(dependencies)) waiting.push({ name, from: source });
	}
	return found;
}

/** The folder of a package as Node.js finds it from another folder, upwards. */
function packageFolder(name: string, from: string, top: string): string {
	for (let folder = from; ; folder = dirname(folder)) {
		const candidate = join(folder, 'node_modules', name);
		if (existsSync(candidate)) return candidate;
		if (folder === top) throw new Error(`There is no ${name} for ${from}`);
	}
}
