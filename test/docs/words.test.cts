/** Pages name what is on the screen, and quote messages, as they are. */
import { OPERATIONS, screenNames } from '../../build/docs/operations.cts';
import { KlientuPortfelisApi } from '../../credentials/KlientuPortfelisApi.credentials';
import { RivileApi } from '../../credentials/RivileApi.credentials';
import { CODES } from '../../nodes/KlientuPortfelis/protocol/answer/codes';
import { FILES, MARKDOWN, read } from './repository.cts';

const RESOURCES = [...new Set(OPERATIONS.map(({ resource }) => resource))].sort(
	(a, b) => b.length - a.length,
);

/** `Object → Create or Update` anywhere: a resource, and words that begin with a capital letter. */
const NAMED = new RegExp(
	`\\b(${RESOURCES.join('|')}) → ((?:[A-Z][a-z]+)(?: (?:or )?[A-Z][a-z]+)*)`,
	'g',
);

function unknownOperations(text: string): string[] {
	return [...text.matchAll(NAMED)]
		.filter(([, resource, words = '']) =>
			OPERATIONS.every(
				(operation) =>
					operation.resource !== resource || !`${words} `.startsWith(`${operation.name} `),
			),
		)
		.map(([all]) => all);
}

test('every operation that a page names exists', () => {
	const named = MARKDOWN.flatMap(({ text }) => text.replaceAll('*', '').match(NAMED) ?? []);
	expect(named.length).toBeGreaterThan(20);
	const unknown = MARKDOWN.map(({ file, text }) => {
		return { file, unknown: unknownOperations(text.replaceAll('*', '')) };
	});
	expect(unknown.filter(({ unknown }) => unknown.length > 0)).toEqual([]);
	expect(unknownOperations('Object → Remove, List → Sync')).toEqual(['Object → Remove']);
});

/** `Options → Batching` anywhere: a field, and the option or choice in it. */
const CHOSEN =
	/\b(?:Options|Filter|Additional Fields|Update Fields) → ([A-Z]\w*(?: (?:by |of |per |as )?[A-Z]\w*)*)/g;

test('every option and filter that a page names exists', () => {
	const known = [...screenNames()];
	const named = MARKDOWN.flatMap(({ file, text }) =>
		[...text.replaceAll('*', '').matchAll(CHOSEN)].map(([, name = '']) => ({ file, name })),
	);
	expect(named.length).toBeGreaterThan(10);
	const isKnown = (name: string) =>
		known.some((screen) => `${name} `.startsWith(`${screen.replace(/ \(.*\)$/, '')} `));
	expect(named.filter(({ name }) => !isKnown(name))).toEqual([]);
});

/** The rows of the README's tables, cell by cell. */
const ROWS = read('README.md')
	.split('\n')
	.filter((line) => line.startsWith('| '))
	.map((line) => line.slice(2, -2).split(' | '));

test.each(RESOURCES)('the README names every operation of %s', (resource) => {
	const cells = ROWS.filter(([first]) => first === resource).map(([, second = '']) => second);
	const operations = OPERATIONS.filter((operation) => operation.resource === resource);
	// Longer names first, so that Get is not found in Get Many.
	const names = operations.map(({ name }) => name).sort((a, b) => b.length - a.length);
	const [left = ''] = cells;
	expect(cells).toHaveLength(1);
	let rest = left;
	const missing = names.filter((name) => {
		const isThere = new RegExp(`\\b${name}\\b`).test(rest);
		rest = rest.replace(name, '');
		return !isThere;
	});
	expect(missing).toEqual([]);
});

test('the README explains every field of the credentials', () => {
	const fields = [new KlientuPortfelisApi(), new RivileApi()].flatMap(({ properties }) =>
		properties.filter(({ type }) => type !== 'notice').map(({ displayName }) => displayName),
	);
	const explained = ROWS.flatMap(([first = '']) => first.split(', '));
	expect(fields.length).toBeGreaterThan(9);
	expect(fields.filter((field) => !explained.includes(field))).toEqual([]);
});

/** Names on the screen that are n8n's own. */
const OF_N8N: ReadonlySet<string> = new Set([
	...['+', 'Install', 'Save', 'Settings', 'Community nodes', '⋯', 'Import from file'],
	...['Execute step', 'On Error', 'Continue'],
]);

test('every name in bold type in the README is on the screen', () => {
	const page = MARKDOWN.find(({ file }) => file === 'README.md');
	const bold = [...(page?.text.matchAll(/\*\*(.+?)\*\*/g) ?? [])].map(([, text = '']) => text);
	// What ends in a comma or a full stop begins a paragraph.
	const names = bold.filter((text) => !/[.,]$/.test(text)).flatMap((text) => text.split(' → '));
	const known = screenNames();
	expect(names.length).toBeGreaterThan(20);
	expect(names.filter((name) => !known.has(name) && !OF_N8N.has(name))).toEqual([]);
});

/** The rows of the README's table of messages: the cells before `What to do`. */
function messagesIn(readme: string): string[] {
	const [, rest = ''] = readme.split('| Message | What to do |\n| --- | --- |\n');
	const [table = ''] = rest.split('\n\n');
	return table
		.split('\n')
		.map((row) => row.split(' | ')[0]?.replace(/^\| /, '') ?? '')
		.flatMap((cell) => cell.split(/, (?=[A-Z])/));
}

test('the messages that the README explains are those of the nodes', () => {
	const messages = messagesIn(read('README.md'));
	expect(messages.length).toBeGreaterThan(10);
	const sources = FILES.filter((file) => /^nodes\/.*\.ts$/.test(file)).map(read);
	const wrong = messages.filter((message) => {
		const [, text = '', code] = /^(.*?)(?: \((\d{4})\))?$/.exec(message) ?? [];
		if (code !== undefined) return CODES[code]?.message !== text;
		// The parts around what differs from call to call stand in one file.
		const parts = text.split('…').map((part) => part.trim());
		return !sources.some((source) => parts.every((part) => source.includes(part)));
	});
	expect(wrong).toEqual([]);
});
