/** The audit of everything the package is made of and developed with. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { LICENCES_FILE, packagesIn } from '../../build/licences.cjs';
import { compare, readAccepted, type Accepted, type Finding } from './findings.cts';
import { npmAudit } from './npmAudit.cts';

const LIST = 'test/audit/accepted.json';

export interface Options {
	/** Whether a registry without an audit is a reason to stop. */
	readonly strict: boolean;
	readonly env: NodeJS.ProcessEnv;
}

export interface Outcome {
	readonly passed: boolean;
	/** What to tell, line by line. */
	readonly lines: readonly string[];
}

/**
 * Audits what ships, which must be free of findings, and each lock file, whose findings must be those
 * in the list of accepted ones.
 *
 * @param root the folder of a built package
 * @throws Error when the list cannot be read, or npm gives no report though the registry has an audit
 */
export async function audit(root: string, { strict, env }: Options): Promise<Outcome> {
	const bundled = packagesIn(readFileSync(join(root, 'dist', LICENCES_FILE), 'utf8'));
	const accepted = readAccepted(readFileSync(join(root, LIST), 'utf8'));
	const folders = lockedFolders(root);
	const lines = [`In the bundles, of others: ${bundled.join(', ') || 'nothing'}`];
	const problems = [...dependenciesOf(root), ...unknownFolders(accepted, folders)];
	const [shipped, ...reports] = await Promise.all([
		npmAudit(root, 'shipped', env),
		...folders.map(async (folder) => await npmAudit(join(root, folder), 'all', env)),
	]);
	problems.push(...(shipped ?? []).map((finding) => `What ships: ${inWords(finding)}`));
	for (const [index, folder] of folders.entries()) {
		const findings = reports[index];
		if (findings === undefined) return notChecked(lines, problems, strict);
		const known = accepted[folder] ?? [];
		lines.push(`${nameOf(folder)}: ${findings.length} findings, ${known.length} accepted`);
		problems.push(...problemsOf(folder, findings, known, folder === '.' ? bundled : []));
	}
	return { passed: problems.length === 0, lines: [...lines, ...problems] };
}

function notChecked(lines: string[], problems: string[], strict: boolean): Outcome {
	const told = `NOT CHECKED: this registry offers no audit, so no package was held against known advisories.${
		strict ? ' Run it against a registry that has one.' : ''
	}`;
	return { passed: problems.length === 0 && !strict, lines: [...lines, ...problems, told] };
}

/** The folders with a lock file: the package itself, and the private packages below it. */
function lockedFolders(root: string): string[] {
	const below = readdirSync(root, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
		.map(({ name }) => name)
		.sort();
	return ['.', ...below].filter((folder) => existsSync(join(root, folder, 'package-lock.json')));
}

const nameOf = (folder: string): string => join(folder, 'package-lock.json');

/** npm packs package.json as it is. */
function dependenciesOf(root: string): string[] {
	const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as object;
	return Object.entries(manifest)
		.filter(([key]) => /^(dependencies|optionalDependencies|bundle[d]?Dependencies)$/.test(key))
		.filter(([, value]) => Object.keys(Object(value)).length > 0)
		.map(([key]) => `What ships: package.json has ${key}. Bundle the code, or do without it.`);
}

function unknownFolders(accepted: Readonly<Record<string, unknown>>, folders: string[]): string[] {
	return Object.keys(accepted)
		.filter((folder) => !folders.includes(folder))
		.map((folder) => `${LIST} names "${folder}", which has no lock file. Take it out.`);
}

function problemsOf(
	folder: string,
	findings: readonly Finding[],
	known: readonly Accepted[],
	bundled: readonly string[],
): string[] {
	const { shipped, unknown, gone } = compare(findings, known, bundled);
	return [
		...shipped.map(
			(finding) =>
				`In the bundles: ${inWords(finding)}\n  This code ships and cannot be accepted: update the package, or do without it, and release.`,
		),
		...unknown.map(
			(finding) =>
				`New in ${nameOf(folder)}: ${inWords(finding)}\n  Update the package. If there is no update and the flaw cannot be reached, add advisory, package and why to "${folder}" in ${LIST}.`,
		),
		...gone.map(
			(entry) =>
				`Gone from ${nameOf(folder)}: ${entry.advisory} in ${entry.package}\n  Take it out of "${folder}" in ${LIST}.`,
		),
	];
}

function inWords(finding: Finding): string {
	const { advisory, package: name, severity, title, range, installed } = finding;
	const places = installed.map(({ place, version }) => `${version} in ${place}`).join(', ');
	return `${advisory} (${severity}) in ${name} ${range}: ${title} (${places})`;
}
