/** What the pages in docs/ are made of: tables, and blocks of a page that is otherwise written by hand. */

/** A page that `npm run docs` writes, as a whole or in part. */
export interface Page {
	/** Its path from the root of the repository. */
	readonly file: string;
	/**
	 * @param present what the file says now; empty when there is none
	 * @returns what it should say
	 */
	write(present: string): string;
}

/** A text as it can stand in a cell of a table, without the markup of n8n's descriptions. */
function cell(text: string): string {
	return text
		.replace(/<[^>]*>/g, '')
		.replace(/\|/g, '\\|')
		.replace(/\s+/g, ' ')
		.trim();
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))].map(line).join('\n');
}

/** Tells readers of a page's source where it comes from. */
export const WRITTEN = '<!-- Written by `npm run docs`. Do not edit. -->';

/** A page that is written as a whole. */
export function whole(file: string, text: string): Page {
	return { file, write: () => `${WRITTEN}\n\n${text.trim()}\n` };
}

/**
 * A page in which only blocks are written. Each stands between two comments with its name.
 *
 * @param blocks their texts by their names; made only when the page is written
 */
export function withBlocks(file: string, blocks: Readonly<Record<string, () => string>>): Page {
	return {
		file,
		write: (present) =>
			Object.entries(blocks).reduce(
				(page, [name, text]) => replaceBlock(file, page, name, text()),
				present,
			),
	};
}

/** @throws Error when the page has no place for the block */
function replaceBlock(file: string, page: string, name: string, text: string): string {
	const [start, end] = [`<!-- ${name}: written by \`npm run docs\` -->`, `<!-- ${name}: end -->`];
	const [before, rest, more] = page.split(start);
	const [, after, again] = rest?.split(end) ?? [];
	if (before === undefined || after === undefined || more !== undefined || again !== undefined) {
		throw new Error(`${file} must contain once: ${start} and then ${end}`);
	}
	return `${before}${start}\n\n${text}\n\n${end}${after}`;
}
