/** No page names a file, folder or heading that does not exist. */
import { posix } from 'node:path';

import { FILES, FOLDERS, MARKDOWN, read, type MarkdownPage } from './repository.cts';

/** A place in a page that names something. */
interface Place {
	readonly file: string;
	readonly target: string;
}

const exists = (path: string) => path === '.' || FILES.includes(path) || FOLDERS.has(path);

const anchorsIn = (file: string) => MARKDOWN.find((page) => page.file === file)?.anchors;

function linksOf({ file, text }: MarkdownPage): Place[] {
	const targets = [
		...text.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g),
		...text.matchAll(/(?:href|src)="([^"]+)"/g),
	].map(([, target = '']) => target);
	return targets
		.filter((target) => !/^(?:https?:|mailto:)/.test(target))
		.map((target) => ({ file, target }));
}

/** Why a link leads nowhere; undefined if it leads somewhere. */
function brokenBecause({ file, target }: Place): string | undefined {
	const [path = '', anchor] = decodeURI(target).split('#');
	const found = path === '' ? file : posix.normalize(posix.join(posix.dirname(file), path));
	const place = found.replace(/\/$/, '');
	if (!exists(place)) return `${file}: there is no ${place}`;
	if (anchor === undefined || anchorsIn(place)?.has(anchor) === true) return undefined;
	return `${file}: ${place} has no heading for #${anchor}`;
}

const reasons = (places: readonly Place[]) =>
	places.map(brokenBecause).filter((reason) => reason !== undefined);

test('every link inside the repository leads to a file, a folder or a heading', () => {
	const links = MARKDOWN.flatMap(linksOf);
	expect(links.length).toBeGreaterThan(100);
	expect(reasons(links)).toEqual([]);
});

test('links that lead nowhere are found', () => {
	const links = ['nothing.md', '#nothing', 'docs/architecture.md#nothing', '../README.md'];
	const places = links.map((target) => ({ file: 'README.md', target }));
	expect(reasons(places)).toHaveLength(links.length);
});

test('the links of nodes and credentials to the README lead to a heading', () => {
	const sources = FILES.filter((file) => /^(?:nodes|credentials)\/.*\.(?:ts|json)$/.test(file));
	const anchors = sources.flatMap((file) =>
		[...read(file).matchAll(/rivile#([\w-]+)['"]/g)].map(([, anchor = '']) => anchor),
	);
	expect(anchors.length).toBeGreaterThan(0);
	const wanted = new Set(anchors.filter((anchor) => anchor !== 'readme'));
	expect([...wanted].filter((anchor) => anchorsIn('README.md')?.has(anchor) !== true)).toEqual([]);
});

test('docs/README.md leads to every page of docs/', () => {
	const index = MARKDOWN.filter(({ file }) => file === 'docs/README.md').flatMap(linksOf);
	const linked = index.map(({ target }) => posix.join('docs', target));
	const pages = FILES.filter((file) => /^docs\/(?:decisions\/)?[^/]+\.md$/.test(file));
	expect(pages.length).toBeGreaterThan(10);
	expect(pages.filter((file) => file !== 'docs/README.md' && !linked.includes(file))).toEqual([]);
});

/** Paths that pages name although they are not in the repository, and why. */
const ELSEWHERE: ReadonlyMap<RegExp, string> = new Map([
	[/^dist\/|^common\.js$/, 'built'],
	[/(?:^|\/)node_modules\b/, 'installed'],
	[/^(?:~|\/home\/node)\/\.n8n\b/, "n8n's own folder"],
	[/^(?:key\.(?:pem|p12)|settings\.json)$/, 'on the machine of the user'],
	[/^mutate\/reports\/$/, 'written by a run'],
	[/^__schema__\//, 'made in dist by the build'],
]);

const ENDINGS = /\.(?:c?ts|mts|c?js|mjs|jsonc?|md|php|svg|txt|yml|sh)$/;

/** Whether a text in backticks can only be a path. */
function isPath(code: string): boolean {
	if (!/^[\w.~@<>*/-]+$/.test(code) || /^(?:[@./*]+|\.\w+)$/.test(code)) return false;
	const [first = ''] = code.split('/');
	return ENDINGS.test(code) || (code.includes('/') && (code.endsWith('/') || FOLDERS.has(first)));
}

/** A path may be given from any folder above it, and may leave names open with `*` or `<name>`. */
function isThere(code: string): boolean {
	const pattern = code
		.replace(/\/$/, '')
		.replace(/<[^>]+>|\*/g, '\0')
		.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
		.replaceAll('\0', '[^/]+');
	const wanted = new RegExp(`(?:^|/)${pattern}$`);
	const places = code.endsWith('/') ? [...FOLDERS] : [...FILES, ...FOLDERS];
	return places.some((place) => wanted.test(place));
}

const isElsewhere = (code: string) => [...ELSEWHERE.keys()].some((known) => known.test(code));

test('every path in backticks exists', () => {
	const paths = MARKDOWN.flatMap(({ file, code }) =>
		code.filter((text) => isPath(text)).map((target) => ({ file, target })),
	);
	expect(paths.length).toBeGreaterThan(100);
	expect(paths.filter(({ target }) => !isElsewhere(target) && !isThere(target))).toEqual([]);
});

test('paths that do not exist are found, and other code is not taken for paths', () => {
	const gone = ['nodes/nowhere.ts', 'nodes/Rivile/nowhere/', 'nowhere.cts', 'nodes/*/nowhere/*.ts'];
	expect(gone.filter((path) => !isPath(path) || isThere(path))).toEqual([]);
	const others = ['application/json', 'npm ci', '@n8n/node-cli', 'I04_KODAS_CH', '1.1.0', '{}'];
	expect(others.filter(isPath)).toEqual([]);
});
