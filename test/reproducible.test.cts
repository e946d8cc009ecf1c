/**
 * Two builds of the same sources give the same bytes: in other folders, under other settings of the
 * machine, from files with other times. Only files' rights have to agree: npm packs them as they are.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { promisify } from 'node:util';

jest.setTimeout(60_000);

const root = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'reproducible-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SOURCES = [
	'build',
	'credentials',
	'icons',
	'nodes',
	'gulpfile.js',
	'index.js',
	'LICENSE',
	'package.json',
	'README.md',
	'tsconfig.json',
];

const filesIn = (place: string): string[] =>
	readdirSync(place, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(place, join(entry.parentPath, entry.name)))
		.sort();

const hashOf = (file: string): string =>
	createHash('sha256').update(readFileSync(file)).digest('hex');

/** The hashes of all files of a build, and of the tarball that would be published. */
async function build(place: string, time: Date, env: Record<string, string>) {
	const copy = join(folder, place);
	mkdirSync(copy, { recursive: true });
	for (const source of SOURCES) cpSync(join(root, source), join(copy, source), { recursive: true });
	for (const file of filesIn(copy)) utimesSync(join(copy, file), time, time);
	symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
	const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`;
	await promisify(execFile)('sh', ['-c', 'gulp output && npm pack'], {
		cwd: copy,
		env: { ...process.env, PATH: path, ...env },
	});
	const [tarball = ''] = readdirSync(copy).filter((file) => file.endsWith('.tgz'));
	const dist = join(copy, 'dist');
	const built = filesIn(dist).map((file) => [file, hashOf(join(dist, file))] as const);
	return { ...Object.fromEntries(built), tarball: hashOf(join(copy, tarball)) };
}

test('two builds in different places give the same bytes', async () => {
	const [first, second] = await Promise.all([
		build('one', new Date('2001-02-03T04:05:06Z'), { TZ: 'Europe/Riga', LANG: 'lv_LV' }),
		build('a/deeper/place', new Date(), { TZ: 'America/Lima', LANG: 'C' }),
	]);
	expect(Object.keys(first)).toContain('nodes/Rivile/Rivile.node.js');
	expect(second).toEqual(first);
});
