import { showHint } from '../../../shared/n8nVersions';
import type { OperationContext } from '../../operation';
import type { Register } from '../../protocol/catalogue';
import { rowKeyOf } from '../../protocol/paging/rowKey';
import type { Row } from '../../protocol/answer/rows';
import { columnIn } from '../../protocol/catalogue';
import type { Filter } from '../fields/filter';

/** The hints of an execution so far. Every input item would repeat them. */
const shownBefore = new WeakMap<object, Set<string>>();

/** Shows a hint in the node's output, once in an execution for each kind. */
export function hintOnce(
	{ n8n }: Pick<OperationContext, 'n8n'>,
	kind: string,
	message: string,
): void {
	const kinds = shownBefore.get(n8n) ?? new Set<string>();
	shownBefore.set(n8n, kinds);
	if (kinds.has(kind)) return;
	kinds.add(kind);
	showHint(n8n, message);
}

/** Says that a filter without conditions filters nothing. */
export function hintOfEmptyFilter(context: OperationContext, isAll: boolean): void {
	hintOnce(
		context,
		'filter',
		`The filter is empty, so it matches every row. ${isAll ? 'All rows of the register were read.' : 'Add a filter to choose which rows to get.'}`,
	);
}

/** Says that only one page was read. */
export function hintOfPage(context: OperationContext, pageNumber: number): void {
	hintOnce(
		context,
		'page',
		`Only page ${pageNumber} was read. Rows on other pages were skipped: remove 'Page Number' to get them.`,
	);
}

/**
 * Says which rows a Limit returned, and whether the filter was empty. n8n adds a hint of its own, so
 * this is one hint.
 *
 * @param ends the first and the last row, as they came from the gateway
 */
export function hintOfLimit(
	context: OperationContext,
	register: Register,
	{ isLeftEmpty }: Filter,
	limit: number,
	ends: readonly [Row, Row],
): void {
	hintOnce(
		context,
		'limit',
		`${isLeftEmpty ? 'The filter is empty. ' : ''}Only the first ${limit} rows were returned, and there may be more. ${whichRows(register, ends)} Turn on 'Return All' to get all rows.`,
	);
}

function whichRows(register: Register, [first, last]: readonly [Row, Row]): string {
	const [key] = rowKeyOf(register).columns;
	const column = key && columnIn(register.table, key.name);
	const from = key && first[key.name];
	const to = key && last[key.name];
	const isText = typeof from === 'string' && typeof to === 'string';
	if (column === undefined || !isText || from === to)
		return 'Rivilė chooses which rows come first.';
	const order = from < to ? 'lowest' : 'highest';
	return `Rivilė chooses which rows come first: here, '${column.label}' goes from ${from} to ${to}, the ${order} first.`;
}
