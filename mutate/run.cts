/**
 * Changes the sources in small ways, one at a time, and runs the tests on each change: `npm run mutate`
 * for all groups, `npm run mutate -- filter session` for some. `--jobs 2` tries two changes at a time.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';

import type { PartialStrykerOptions } from '@stryker-mutator/api/core';

import { inWords as refusalInWords, Refusal } from '../e2e/lib/refusal.cts';
import { ROOT } from '../e2e/lib/places.cts';
import { GROUPS, type Group } from './groups.cts';
import { inWords, isReached, scoreOf, total, type Mutant, type Score } from './score.cts';

/** The reports, one for each group; not in the repository. */
const REPORTS = 'mutate/reports';

/** What a sandbox needs of the repository. */
const NEEDED = ['nodes', 'credentials', 'dev', 'test', 'mutate', 'package.json', 'jest.config.cjs'];

const optionsFor = (
	name: string,
	{ sources, tests, runs }: Group,
	jobs: number | undefined,
): PartialStrykerOptions => ({
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner', './mutate/texts.mjs'],
	mutate: [...sources],
	ignorers: ['texts'],
	ignorePatterns: ['/*', ...NEEDED.map((file) => `!/${file}`), '/mutate/node_modules', '/dist'],
	coverageAnalysis: 'perTest',
	...(jobs !== undefined && { concurrency: jobs }),
	jest: {
		configFile: 'jest.config.cjs',
		enableFindRelatedTests: true,
		config: {
			testMatch: tests.map((place) =>
				place.endsWith('/') ? `**/${place}**/*.test.cts` : `**/${place}`,
			),
			testTimeout: 10_000,
			testEnvironment: join(ROOT, 'mutate/environment.cjs'),
			testSequencer: join(ROOT, 'mutate/sequencer.cjs'),
			globals: { ...(runs !== undefined && { mostRuns: runs }) },
			setupFiles: ['<rootDir>/mutate/seed.cjs'],
			moduleNameMapper: { '^n8n-workflow$': '<rootDir>/mutate/n8nWorkflow.cjs' },
			// Which tests a file has is found through all that lies between the two.
			roots: ['<rootDir>/test', '<rootDir>/nodes', '<rootDir>/dev'],
		},
	},
	// On a busy machine, a test that is only slow must not count as one that noticed a change. Endless
	// loops are noticed long before.
	timeoutMS: 15_000,
	// The sandbox lies inside the repository, so that packages are found as usual.
	tempDirName: 'mutate/sandbox',
	symlinkNodeModules: false,
	reporters: [process.stdout.isTTY ? 'progress' : 'progress-append-only', 'html'],
	htmlReporter: { fileName: `${REPORTS}/${name}.html` },
	// An enum of theirs that has no values at run time.
	logLevel: 'warn' as PartialStrykerOptions['logLevel'],
	warnings: {
		slow: false,
		unknownOptions: true,
		preprocessorErrors: true,
		unserializableOptions: true,
	},
	allowConsoleColors: process.stdout.isTTY,
});

async function measure(name: string, group: Group, jobs: number | undefined): Promise<Score> {
	const { Stryker } = await import('@stryker-mutator/core');
	const started = Date.now();
	const results = await new Stryker(optionsFor(name, group, jobs)).runMutationTest();
	const mutants = results.map(
		(one): Mutant => ({ ...one, fileName: relative(ROOT, one.fileName) }),
	);
	return scoreOf(name, mutants, (Date.now() - started) / 1000);
}

function wanted(): { names: readonly string[]; jobs: number | undefined } {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { jobs: { type: 'string' } },
	});
	const unknown = positionals.find((name) => !Object.hasOwn(GROUPS, name));
	if (unknown !== undefined) {
		throw new Refusal(
			`There is no group ${unknown}. Choose from: ${Object.keys(GROUPS).join(', ')}.`,
		);
	}
	const names = positionals.length > 0 ? positionals : Object.keys(GROUPS);
	return { names, jobs: values.jobs === undefined ? undefined : Number(values.jobs) };
}

const survivor = ({ fileName, location, mutatorName, replacement = '' }: Mutant): string =>
	`${fileName}:${location.start.line}  ${mutatorName}: ${replacement.replace(/\s+/g, ' ').slice(0, 100)}`;

async function main(): Promise<void> {
	process.chdir(ROOT);
	const { names, jobs } = wanted();
	await mkdir(REPORTS, { recursive: true });
	const scores: Score[] = [];
	for (const name of names) {
		const group = GROUPS[name];
		if (group === undefined) continue;
		console.log(`\n${name}: ${group.sources.join(', ')}`);
		const score = await measure(name, group, jobs);
		const lines = score.survivors.map(survivor);
		await writeFile(join(REPORTS, `${name}.txt`), [inWords(score), ...lines, ''].join('\n'));
		console.log([...lines, inWords(score)].join('\n'));
		scores.push(score);
	}
	console.log(`\n${[...scores, total(scores)].map(inWords).join('\n')}`);
	if (!isReached(scores)) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(refusalInWords(error));
	process.exitCode = 1;
});
