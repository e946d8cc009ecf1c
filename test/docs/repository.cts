/** The files of the repository, and what its Markdown pages say. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** What is installed or built, and what belongs to git. */
const PASSED_OVER = new Set(['.git', 'node_modules', 'dist', 'coverage', 'reports']);

function filesIn(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
		if (PASSED_OVER.has(entry.name) || entry.name.startsWith('.stryker')) return [];
		return entry.isDirectory() ? filesIn(path) : [path];
	});
}

/** Every file, by its path from the root. */
export const FILES: readonly string[] = filesIn('');

/** Every folder, by its path from the root. */
export const FOLDERS: ReadonlySet<string> = new Set(
	FILES.flatMap((file) => {
		const parts = file.split('/');
		return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
	}),
);

export const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** A page in Markdown. */
export interface MarkdownPage {
	readonly file: string;
	/** The text without blocks of code. */
	readonly text: string;
	/** What stands in blocks of code, line by line, and in backticks. */
	readonly code: readonly string[];
	/** What links may point at after `#`. */
	readonly anchors: ReadonlySet<string>;
}

const BLOCK = /^(```|~~~)[^\n]*\n([\s\S]*?)^\1[ \t]*$/gm;

function pageOf(file: string): MarkdownPage {
	const source = read(file);
	const blocks = [...source.matchAll(BLOCK)].map(([, , code = '']) => code);
	const text = source.replace(BLOCK, '').replace(/<!--[\s\S]*?-->/g, '');
	const inline = [...text.matchAll(/(`+)(.+?)\1/g)].map(([, , code = '']) => code);
	return {
		file,
		text,
		code: [...blocks.flatMap((block) => block.split('\n')), ...inline],
		anchors: new Set(anchorsOf(text)),
	};
}

/** The anchors of a page, as GitHub makes them of its headings; a name that comes again gets a number. */
function anchorsOf(text: string): string[] {
	const times = new Map<string, number>();
	const ofHeadings = [...text.matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading = '']) => {
		const slug = heading
			.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
			.replace(/ /g, '-');
		const before = times.get(slug) ?? 0;
		times.set(slug, before + 1);
		return before === 0 ? slug : `${slug}-${before}`;
	});
	const given = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
	return [...ofHeadings, ...given];
}

/** Every page in Markdown. */
export const MARKDOWN: readonly MarkdownPage[] = FILES.filter((file) => file.endsWith('.md')).map(
	pageOf,
);
