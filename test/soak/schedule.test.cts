/** The same seed repeats the same schedule: as numbers, and as a run of the program. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { Random } from './random.cts';

const numbers = (...seed: number[]) => {
	const random = new Random(...seed);
	return Array.from({ length: 20 }, () => random.next());
};

test('a seed repeats its numbers, and each step has numbers of its own', () => {
	expect(numbers(7, 1)).toEqual(numbers(7, 1));
	const all = [...numbers(7, 1), ...numbers(7, 2), ...numbers(8, 1), ...numbers(1, 7)];
	expect(new Set(all).size).toBe(80);
	expect(all.every((number) => number >= 0 && number < 1)).toBe(true);
});

test('numbers lie between the ends, which are both possible, and weights are kept', () => {
	const random = new Random(1);
	const drawn = new Set(Array.from({ length: 200 }, () => random.between(2, 4)));
	expect([...drawn].sort()).toEqual([2, 3, 4]);
	const names = Array.from({ length: 1000 }, () =>
		random.weighted({ often: 9, seldom: 1, never: 0 }),
	);
	const often = names.filter((name) => name === 'often').length;
	expect(names).not.toContain('never');
	expect(often).toBeGreaterThan(850);
	expect(often).toBeLessThan(950);
});

/** What a short run prints, apart from its memory. */
async function runOf(seed: number): Promise<string> {
	const settings = ['--seed', String(seed), '--steps', '10', '--findings', '1000'];
	const program = ['--import', 'tsx', join(__dirname, 'run.cts'), ...settings];
	const running = promisify(execFile)(process.execPath, program, { cwd: join(__dirname, '../..') });
	const [outcome] = await Promise.allSettled([running]);
	// A run that is not clean ends with 1; what it found is printed anyway.
	const { stdout } = outcome.status === 'fulfilled' ? outcome.value : Object(outcome.reason);
	return String(stdout).replace(/^Memory.*$/m, '');
}

test('a run can be repeated', async () => {
	const [first, again] = await Promise.all([runOf(3), runOf(3)]);
	expect(first).toMatch(/^10 steps/m);
	expect(again).toBe(first);
}, 60_000);
