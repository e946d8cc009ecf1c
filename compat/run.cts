/**
 * Runs the built package on several versions of n8n.
 *
 *     npm run test:compat                    all of them; writes the table in docs/compatibility.md
 *     npm run test:compat -- 1.122.48 2.37.5 these only
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { prepare } from './lib/prepare.cts';
import { writeResults, type Result } from './lib/table.cts';
import { ROOT, versionNamed, versions, type N8nVersion } from './lib/versions.cts';

interface JestOutcome {
	readonly numPassedTests: number;
	readonly numFailedTests: number;
	readonly success: boolean;
}

async function runTests({ version }: N8nVersion): Promise<Result> {
	const folder = await mkdtemp(join(tmpdir(), 'compat-'));
	const file = join(folder, 'outcome.json');
	const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
	const args = [jest, '--config', 'compat/jest.config.cjs', '--json', `--outputFile=${file}`];
	try {
		await new Promise((resolve) => {
			spawn(process.execPath, args, {
				cwd: ROOT,
				env: { ...process.env, COMPAT_VERSION: version },
				stdio: ['ignore', 'ignore', 'inherit'],
			}).on('close', resolve);
		});
		const outcome = JSON.parse(await readFile(file, 'utf8')) as JestOutcome;
		const { numPassedTests: passed, numFailedTests: failed, success } = outcome;
		return { version, passed, failed, success };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function main(names: readonly string[]): Promise<void> {
	const wanted = names.length === 0 ? versions : names.map(versionNamed);
	const results: Result[] = [];
	for (const version of wanted) {
		await prepare(version);
		console.log(`\n=== n8n-core ${version.version} on Node.js ${version.node} ===`);
		results.push(await runTests(version));
	}
	for (const { version, passed, failed } of results) {
		console.log(`n8n-core ${version}: ${passed} passed, ${failed} failed`);
	}
	if (!results.every(({ success }) => success)) process.exitCode = 1;
	else if (names.length === 0) await writeResults(results);
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
