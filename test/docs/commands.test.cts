/** Every command that a page names exists, and runs here unless it is known where else it runs. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { FILES, MARKDOWN, read, ROOT } from './repository.cts';

/** A command as a page gives it. */
interface Command {
	readonly file: string;
	/** The folder of the package.json. */
	readonly folder: string;
	readonly script: string;
	/** What follows `--`. */
	readonly words: readonly string[];
}

const NPM_RUN =
	/npm (?:--prefix (?<folder>[\w/]+) )?(?:run (?<script>[\w:-]+)|(?<test>test)\b)(?: -- (?<words>[^&|;`]*))?/g;

const COMMANDS: readonly Command[] = MARKDOWN.flatMap(({ file, code }) =>
	code.flatMap((line) =>
		[...line.matchAll(NPM_RUN)].map(({ groups = {} }) => ({
			file,
			folder: groups.folder ?? '.',
			script: groups.script ?? 'test',
			words: (groups.words ?? '').split(/\s+/).filter((word) => word !== ''),
		})),
	),
);

function scriptsIn(folder: string): Readonly<Record<string, string>> {
	const file = join(ROOT, folder, 'package.json');
	return (
		(JSON.parse(readFileSync(file, 'utf8')) as { scripts?: Record<string, string> }).scripts ?? {}
	);
}

test('every npm script that a page names exists', () => {
	expect(COMMANDS.length).toBeGreaterThan(20);
	const missing = COMMANDS.filter(
		({ folder, script }) => !Object.hasOwn(scriptsIn(folder), script),
	);
	expect(missing).toEqual([]);
});

test('what pages give the scripts exists too', () => {
	const given = (script: string) =>
		COMMANDS.filter((command) => command.script === script)
			.flatMap(({ words }) => words)
			.filter((word) => !/^(?:-|\d{1,5}$)/.test(word));
	const parts = given('bench').filter((name) => !FILES.includes(`bench/${name}.cts`));
	const versions = given('test:compat').filter(
		(version) => !FILES.includes(`compat/versions/${version}/package.json`),
	);
	const tests = given('test:e2e').filter(
		(name) => !FILES.some((file) => file.startsWith('e2e/tests/') && file.includes(name)),
	);
	expect({ parts, versions, tests }).toEqual({ parts: [], versions: [], tests: [] });
	expect(given('bench').length * given('test:compat').length * given('test:e2e').length).not.toBe(
		0,
	);
});

test('every test that pages run by npx jest exists', () => {
	const runs = MARKDOWN.flatMap(({ code }) => code).flatMap((line) => [
		...line.matchAll(/npx jest ([^&|;`]+)/g),
	]);
	const words = runs.flatMap(([, words = '']) => words.split(/\s+/));
	const paths = words.filter((word) => word !== '' && !word.startsWith('--'));
	expect(paths.length).toBeGreaterThan(0);
	expect(paths.filter((path) => !FILES.some((file) => file.includes(path)))).toEqual([]);
});

/** Commands that take seconds, and change nothing. */
const RUN_HERE: Readonly<Record<string, readonly string[]>> = {
	docs: ['--check'],
};

/** Where the others run. */
const RUN_ELSEWHERE: Readonly<Record<string, string>> = {
	audit: '.ci/run',
	bench: 'takes 25 minutes; test/docs/tables.test.cts reads its results',
	build: 'the scripts of .ci/run begin with it',
	demo: '.ci/run',
	dev: 'runs until it is stopped',
	editor: 'runs until it is stopped; e2e/tests/editor.test.cts starts it',
	lint: '.ci/run',
	'lint:fix': 'changes files',
	mutate: 'takes an hour',
	release: 'needs the branch main; test/release.test.cts runs it in a repository of its own',
	scan: '.ci/run',
	screenshots: 'needs a whole n8n, and writes pictures',
	soak: 'takes ten minutes',
	test: 'a part of test:all',
	'test:all': '.ci/run',
	'test:compat': '.ci/run',
	'test:e2e': '.ci/run',
	typecheck: '.ci/run',
};

test('it is known where every command runs', () => {
	const scripts = new Set(COMMANDS.map(({ script }) => script));
	const unknown = [...scripts].filter(
		(script) => !Object.hasOwn(RUN_HERE, script) && !Object.hasOwn(RUN_ELSEWHERE, script),
	);
	expect(unknown).toEqual([]);
	const inCi = Object.keys(RUN_ELSEWHERE).filter((script) => RUN_ELSEWHERE[script] === '.ci/run');
	const ci = read('.ci/run');
	expect(inCi.filter((script) => !ci.includes(`npm run ${script}`))).toEqual([]);
});

test.each(Object.entries(RUN_HERE))(
	'npm run %s runs',
	(script, words) => {
		const args = ['run', '--silent', script, '--', ...words];
		expect(execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8' })).not.toBe('');
	},
	60_000,
);
