import { ROW_NUMBER } from '../catalogue';
import type { Row } from '../answer/rows';
import { faultOfOrder } from './orderFault';
import { PAGE_SIZE, type ReadPage } from './page';

/** How often a list is read to find two readings that agree. */
const READINGS = 4;

/**
 * Reads the rows of a register that has no key, page number by page number, until two readings agree.
 *
 * One reading proves nothing: a row that is deleted meanwhile pulls the others forward, so that one of
 * them is skipped. The deleted row is in that reading then, and not in the next. A row that is added
 * pushes one onto two pages. Rows that are equal in the documented order may be sorted in another way for
 * each page; then one of them comes twice in place of another. So two readings without a repeated row
 * that hold the same rows hold all rows.
 *
 * @param filter a condition in parentheses; undefined for all rows
 * @param limit how many rows at most; Infinity for every one of them
 * @param shape what is kept of each row
 * @returns the rows as they came, each once
 * @throws Fault (answer) when no two readings agree; what readPage throws
 */
export async function readNumbered(
	readPage: ReadPage,
	filter: string | undefined,
	limit: number,
	shape: (row: Row) => Row,
): Promise<Row[]> {
	let before = await readPages(readPage, filter, limit);
	// A page alone cannot disagree with another.
	if (before.rows.length < PAGE_SIZE) return before.rows.slice(0, limit).map(shape);
	for (let reading = 1; reading < READINGS; reading++) {
		const again = await readPages(readPage, filter, limit);
		if (agree(before, again)) return again.rows.slice(0, limit).map(shape);
		before = again;
	}
	throw faultOfOrder(
		"Rivilė's rows change while they are read",
		"Run the workflow again when nobody works in this register, narrow the filter to at most 100 rows, or read the rows page by page with 'Page Number'. The register has no unique key, and several readings of its pages differed, so the list could be incomplete.",
	);
}

interface Reading {
	readonly rows: readonly Row[];
	/** What the rows say. */
	readonly contents: ReadonlySet<string>;
}

async function readPages(
	readPage: ReadPage,
	filter: string | undefined,
	limit: number,
): Promise<Reading> {
	const rows: Row[] = [];
	for (let number = 1; rows.length < limit; number++) {
		const page = await readPage({
			...(filter !== undefined && { fil: filter }),
			...(number > 1 && { pagenumber: number }),
		});
		rows.push(...page);
		if (page.length < PAGE_SIZE) break;
	}
	return { rows, contents: new Set(rows.map(contentOf)) };
}

function agree(one: Reading, other: Reading): boolean {
	return (
		one.contents.size === one.rows.length &&
		other.contents.size === other.rows.length &&
		one.contents.size === other.contents.size &&
		[...one.contents].every((content) => other.contents.has(content))
	);
}

/** What a row says, but for its place in the list. */
export function contentOf(row: Row): string {
	const columns = Object.entries(row).filter(([name]) => name !== ROW_NUMBER.name);
	return JSON.stringify(columns.sort(([a], [b]) => (a < b ? -1 : 1)));
}
