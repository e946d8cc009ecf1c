/**
 * `npm run release -- 0.2.0`: sets the version, dates the changelog, commits and tags. Pushing the tag
 * publishes. With `--dry-run` it only says what it would do.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Something that the person who releases can put right. */
export class ReleaseRefusal extends Error {}

const VERSION = /^(\d+)\.(\d+)\.(\d+)$/;

function numbersOf(version: string): number[] {
	const match = VERSION.exec(version);
	if (match !== null) return match.slice(1).map(Number);
	throw new ReleaseRefusal(`"${version}" is not a version. Give one such as 0.2.0.`);
}

/** @returns a number below 0 when the first version is the older one, 0 when they are equal */
export function compareVersions(one: string, other: string): number {
	const others = numbersOf(other);
	const differences = numbersOf(one).map((number, index) => number - (others[index] ?? 0));
	return differences.find((difference) => difference !== 0) ?? 0;
}

/**
 * Gives the unreleased section of the changelog its version and date.
 *
 * @param date as YYYY-MM-DD
 * @throws ReleaseRefusal when there is no such section, or nothing in it
 */
export function datedChangelog(changelog: string, version: string, date: string): string {
	const section = /^## .*\(unreleased\)\n(?<lines>(?:(?!^## ).*\n?)*)/m.exec(changelog);
	if (section === null || !/^- /m.test(section.groups?.lines ?? '')) {
		throw new ReleaseRefusal(
			`CHANGELOG.md has no section "## ${version} (unreleased)" with lines in it. Describe the changes there first.`,
		);
	}
	return changelog.replace(/^## .*\(unreleased\)$/m, `## ${version} (${date})`);
}

/** What a release does, in a folder with a git repository. */
export interface Release {
	readonly folder: string;
	readonly version: string;
	/** As YYYY-MM-DD. */
	readonly date: string;
	readonly dryRun: boolean;
}

/**
 * Makes the release.
 *
 * @returns what was done, or would be done, a line each
 * @throws ReleaseRefusal before anything is changed
 */
export function release({ folder, version, date, dryRun }: Release): string[] {
	const git = (...args: string[]) =>
		execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
	const read = (name: string) => readFileSync(join(folder, name), 'utf8');
	const { version: current } = JSON.parse(read('package.json')) as { version: string };
	if (compareVersions(version, current) < 0) {
		throw new ReleaseRefusal(`${version} is older than ${current} in package.json.`);
	}
	if (git('tag', '--list', `v${version}`) !== '') {
		throw new ReleaseRefusal(`The tag v${version} exists already. Give a newer version.`);
	}
	if (git('status', '--porcelain') !== '') {
		throw new ReleaseRefusal('There are changes that are not committed. Commit them first.');
	}
	if (git('rev-parse', '--abbrev-ref', 'HEAD') !== 'main') {
		throw new ReleaseRefusal('Releases are made from the branch main. Switch to it first.');
	}
	const changelog = datedChangelog(read('CHANGELOG.md'), version, date);
	const lines = [
		`Version ${version} in package.json and package-lock.json (now ${current})`,
		`"## ${version} (${date})" in CHANGELOG.md`,
		`Commit "Release ${version}" and tag v${version}`,
	];
	if (dryRun) return lines;
	const flags = ['--no-git-tag-version', '--allow-same-version', '--ignore-scripts'];
	execFileSync('npm', ['version', version, ...flags], { cwd: folder, stdio: 'ignore' });
	writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
	git('commit', '--all', '--message', `Release ${version}`);
	git('tag', '--annotate', `v${version}`, '--message', `Release ${version}`);
	return lines;
}

function main(args: readonly string[]): void {
	const dryRun = args.includes('--dry-run');
	const [version = ''] = args.filter((arg) => !arg.startsWith('--'));
	const date = new Date().toISOString().slice(0, 10);
	const lines = release({ folder: join(__dirname, '..'), version, date, dryRun });
	console.log(lines.join('\n'));
	console.log(
		dryRun
			? 'Nothing was changed. Run the command without --dry-run to make the release.'
			: 'To publish, run: git push --follow-tags',
	);
}

if (require.main === module) {
	try {
		main(process.argv.slice(2));
	} catch (error) {
		if (!(error instanceof ReleaseRefusal)) throw error;
		console.error(error.message);
		process.exitCode = 1;
	}
}
