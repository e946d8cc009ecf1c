/**
 * Replays the corpus: each file is an answer, named `<reader>.<what it is>.<value|fault>.<ending>`. What
 * fuzzing finds is added here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { guardPrototypes, outcomeOf, READERS } from './reading.cts';

guardPrototypes();

const FOLDER = join(__dirname, 'corpus');

test.each(readdirSync(FOLDER))('%s', async (file) => {
	const [name, , expected] = file.split('.');
	const reader = READERS.find((candidate) => candidate === name);
	if (reader === undefined) throw new Error(`No reader is named ${name}`);
	expect(['value', 'fault']).toContain(expected);
	expect(Object.keys(await outcomeOf(reader, readFileSync(join(FOLDER, file))))).toEqual([
		expected,
	]);
});
