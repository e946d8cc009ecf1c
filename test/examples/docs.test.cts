/** The page about the examples. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, TEN } from './exampleFiles.cts';

const page = readFileSync(join(ROOT, 'docs/examples.md'), 'utf8');

const linksIn = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, path = '']) => path);

test('the page lists exactly the ten', () => {
	expect(linksIn(/\]\(\.\.\/examples\/([^)/]+\.json)\)/g).sort()).toEqual(TEN);
});

test('the page shows the picture of each, and there are no others', () => {
	const shown = linksIn(/!\[[^\]]+\]\(([^)]+)\)/g).sort();
	expect(shown).toEqual(TEN.map((file) => `screenshots/examples/${file.replace('.json', '.png')}`));
	const files = readdirSync(join(ROOT, 'docs/screenshots/examples'));
	expect(files.map((file) => `screenshots/examples/${file}`).sort()).toEqual(shown);
	for (const path of shown) {
		expect(statSync(join(ROOT, 'docs', path)).size).toBeLessThan(150_000);
	}
});

test('the page is short enough to read', () => {
	expect(page.split('\n').length).toBeLessThan(200);
});
