/** What a run leaves behind, and on what it ran. */
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { Refusal } from '../../e2e/lib/refusal.cts';
import type { Row } from './part.cts';
import { BENCH, MODULES, ROOT } from './places.cts';

export const PARTS = [
	'decode',
	'sign',
	'call',
	'batching',
	'sync',
	'returnAll',
	'pace',
	'pack',
] as const;
export type PartName = (typeof PARTS)[number];

export interface Machine {
	readonly processor: string;
	readonly cores: number;
	/** Gigabytes, of 2^30 bytes. */
	readonly memory: number;
	readonly node: string;
	readonly versions: Readonly<Record<string, string>>;
}

export interface Results {
	readonly machine: Machine;
	readonly rounds: number;
	readonly parts: Readonly<Partial<Record<PartName, readonly Row[]>>>;
}

export const resultsFile = join(BENCH, 'results.json');

const COMPARED = ['n8n-nodes-base', 'soap', 'node-forge', 'xml2js', 'fast-xml-parser', 'saxes'];

function versionIn(folder: string, name: string): string {
	const { version } = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as {
		version: string;
	};
	return version;
}

export function thisMachine(): Machine {
	const modules = join(ROOT, 'node_modules');
	return {
		processor: cpus()[0]?.model.trim() ?? 'unknown',
		cores: cpus().length,
		memory: Math.round(totalmem() / 2 ** 30),
		node: process.versions.node,
		versions: {
			'n8n-core': versionIn(modules, 'n8n-core'),
			...Object.fromEntries(COMPARED.map((name) => [name, versionIn(MODULES, name)])),
		},
	};
}

/**
 * The figures of some parts beside the kept ones of the others.
 *
 * @throws Refusal when those are from another machine, other versions or other rounds
 */
export function besideTheKept(results: Results): Results {
	const kept = JSON.parse(readFileSync(resultsFile, 'utf8')) as Results;
	if (!isDeepStrictEqual([kept.machine, kept.rounds], [results.machine, results.rounds])) {
		throw new Refusal(
			'The kept figures are from another machine, or other versions or rounds. Run all parts.',
		);
	}
	return { ...results, parts: { ...kept.parts, ...results.parts } };
}

export function inWords({ machine, rounds }: Results): string {
	const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
	return `${machine.processor}, ${machine.cores} cores, ${machine.memory} GB, Node.js ${machine.node}, ${versions.join(', ')}; medians of ${rounds} rounds.`;
}
