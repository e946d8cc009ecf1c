/** Tables that are written by `npm run docs` are what the catalogues and the results say. */
import { PAGES } from '../../build/docs/index.cts';
import { ACTIONS } from '../../build/docs/codes.cts';
import { withBlocks } from '../../build/docs/page.cts';
import { CODES } from '../../nodes/KlientuPortfelis/protocol/answer/codes';
import { columnsOf, REGISTERS, tableNames } from '../../nodes/Rivile/protocol/catalogue';
import { FILES, MARKDOWN, read } from './repository.cts';

test.each(PAGES.map((page) => [page.file, page] as const))(
	'%s is up to date (otherwise: npm run docs)',
	(file, page) => {
		const present = read(file);
		expect(present).toBe(page.write(present));
	},
);

test('no page of docs/rivile/ is left over from another grouping', () => {
	const written = PAGES.map(({ file }) => file);
	expect(FILES.filter((file) => file.startsWith('docs/rivile/')).sort()).toEqual(
		written.filter((file) => file.startsWith('docs/rivile/')).sort(),
	);
});

test('the pages of registers have each column of each register once', () => {
	const pages = MARKDOWN.filter(({ file }) => file.startsWith('docs/rivile/'));
	const text = pages.map((page) => page.text).join('\n');
	const listed = [...text.matchAll(/^\| `(\w+)` \| `\w+` \|/gm)].map(([, name]) => name);
	const tables = REGISTERS.flatMap(({ table, lines }) => [
		table,
		...lines.map((line) => line.table),
	]);
	const known = tableNames.filter((name) => tables.includes(name));
	const columns = known.flatMap((name) => columnsOf(name).map((column) => column.name));
	expect(columns.length).toBeGreaterThan(500);
	expect(listed.sort()).toEqual(columns.sort());
});

test('what the node does is told for codes that exist', () => {
	expect(Object.keys(ACTIONS).filter((code) => !Object.hasOwn(CODES, code))).toEqual([]);
});

test('a block that a page has no place for, or two, is not passed over', () => {
	const page = withBlocks('a.md', { rows: () => 'new' });
	const place = '<!-- rows: written by `npm run docs` -->\nold\n<!-- rows: end -->';
	expect(page.write(`before\n${place}\nafter`)).toMatch(/^before\n.*\n\nnew\n\n.*\nafter$/);
	expect(() => page.write('before')).toThrow('a.md must contain once');
	expect(() => page.write(`${place}\n${place}`)).toThrow('a.md must contain once');
});

/** So that a page can be read in a sitting. */
const MOST_LINES = 200;

test('no page of docs/ is longer than can be read in a sitting', () => {
	const pages = FILES.filter((file) => /^docs\/.*\.md$/.test(file));
	const lengths = pages.map((file) => ({ file, lines: read(file).split('\n').length - 1 }));
	expect(lengths.filter(({ lines }) => lines >= MOST_LINES)).toEqual([]);
});
