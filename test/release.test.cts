/** `npm run release` in a repository of its own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { compareVersions, datedChangelog, release } from '../build/release.cts';

const CHANGELOG =
	'# Changelog\n\n## 0.2.0 (unreleased)\n\n- Something new.\n\n## 0.1.0\n\n- First.\n';

let folder: string;
const git = (...args: string[]) =>
	execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
const version = () =>
	(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'release-'));
	git('init', '--quiet', '--initial-branch', 'main');
	git('config', 'user.name', 'A maintainer');
	git('config', 'user.email', 'maintainer@example.com');
	const manifest = JSON.stringify({ name: 'sample', version: '0.1.0' });
	writeFileSync(join(folder, 'package.json'), manifest);
	writeFileSync(join(folder, 'CHANGELOG.md'), CHANGELOG);
	git('add', '--all');
	git('commit', '--quiet', '--message', 'Begin');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (wanted: string, dryRun = false) =>
	release({ folder, version: wanted, date: '2026-01-31', dryRun });

test('sets the version, dates the changelog, commits and tags', () => {
	run('0.2.0');
	expect(version()).toBe('0.2.0');
	expect(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')).toContain('## 0.2.0 (2026-01-31)\n');
	expect(git('log', '-1', '--format=%s')).toBe('Release 0.2.0');
	expect(git('rev-parse', 'v0.2.0^{commit}')).toBe(git('rev-parse', 'HEAD'));
	expect(git('status', '--porcelain')).toBe('');
});

test('a dry run says the same and changes nothing', () => {
	const before = git('rev-parse', 'HEAD');
	const said = run('0.2.0', true);
	expect(git('rev-parse', 'HEAD')).toBe(before);
	expect(git('status', '--porcelain')).toBe('');
	expect(git('tag')).toBe('');
	expect(run('0.2.0')).toEqual(said);
});

test.each([
	['a version that is none', '2', 'such as 0.2.0', () => {}],
	['an older version', '0.0.9', 'older than 0.1.0', () => {}],
	['a version that is out', '0.2.0', 'exists already', () => git('tag', 'v0.2.0')],
	['another branch', '0.2.0', 'branch main', () => git('switch', '--quiet', '--create', 'other')],
	[
		'changes that are not committed',
		'0.2.0',
		'Commit them first',
		() => writeFileSync(join(folder, 'new'), ''),
	],
])('refuses %s', (_, wanted, words, prepare) => {
	prepare();
	expect(() => run(wanted)).toThrow(words);
	expect(version()).toBe('0.1.0');
});

test('wants the changes described', () => {
	expect(() => datedChangelog('# Changelog\n\n## 0.1.0\n\n- First.\n', '0.2.0', '')).toThrow(
		'Describe the changes',
	);
	expect(() =>
		datedChangelog('# Changelog\n\n## 0.2.0 (unreleased)\n\n## 0.1.0\n\n- First.\n', '0.2.0', ''),
	).toThrow('Describe the changes');
});

test('compares versions as numbers', () => {
	expect(compareVersions('0.10.0', '0.9.9')).toBeGreaterThan(0);
	expect(compareVersions('1.0.0', '1.0.0')).toBe(0);
});
