/** Runs `npm audit` on a lock file. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { findingsOf, type Finding } from './findings.cts';

/** A registry's statuses for an address that it does not have. */
const NO_SUCH_ADDRESS = [404, 405, 410, 501];

// Settings of the machine must not leave anything out: NODE_ENV=production omits dev packages, and
// offline npm reports nothing at all.
const ALL = ['--include=dev', '--include=optional', '--include=peer', '--offline=false'];

/**
 * Asks the registry for advisories about everything in a folder's lock file.
 *
 * @param scope all packages, or those alone that are installed along with the published package
 * @returns undefined when the registry offers no audit
 * @throws Error when the audit could not be made for another reason
 */
export async function npmAudit(
	folder: string,
	scope: 'all' | 'shipped',
	env: NodeJS.ProcessEnv,
): Promise<Finding[] | undefined> {
	const which = scope === 'all' ? ALL : ['--omit=dev', '--offline=false'];
	const args = ['audit', '--json', '--package-lock-only', ...which];
	const { stdout, stderr } = await run(args, folder, env);
	const report = parse(stdout);
	if (isObject(report) && 'auditReportVersion' in report) {
		return findingsOf(report, versionsIn(join(folder, 'package-lock.json')));
	}
	const status = isObject(report) && 'statusCode' in report ? report.statusCode : undefined;
	if (NO_SUCH_ADDRESS.includes(Number(status))) return undefined;
	const words = isObject(report) && 'message' in report ? String(report.message) : stderr;
	throw new Error(`npm audit in ${folder} gave no report: ${words.trim().slice(0, 500)}`);
}

/** The version at each place of a lock file. */
function versionsIn(file: string): (place: string) => string {
	const { packages } = JSON.parse(readFileSync(file, 'utf8')) as {
		packages: Record<string, { version?: string }>;
	};
	return (place) => packages[place]?.version ?? '';
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** npm's exit code tells nothing: it is 1 with findings as well as without an answer. */
async function run(args: string[], cwd: string, env: NodeJS.ProcessEnv) {
	return await new Promise<{ stdout: string; stderr: string }>((resolve) => {
		execFile('npm', args, { cwd, env, maxBuffer: 1e8 }, (_error, stdout, stderr) =>
			resolve({ stdout, stderr }),
		);
	});
}
