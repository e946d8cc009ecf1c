import type { IDataObject } from 'n8n-workflow';

import { Fault } from '../../../shared/fault';
import { toSwitch } from '../../../shared/values';
import { collection, limitOf, type OperationContext } from '../../operation';
import { sourceOf, type Form } from '../../protocol/call';
import type { Register } from '../../protocol/catalogue';
import type { Row, Value } from '../../protocol/answer/rows';
import { readSelection } from '../../protocol/paging/read';
import { rowsPerLine } from '../../protocol/readable/words';
import type { Filter } from '../fields/filter';
import { hintOfEmptyFilter, hintOfLimit, hintOfPage } from './hints';
import { columnNamesOf, formOf, pageNumberOf } from './options';
import { shapeOf } from './shape';
import { sorted, sortOf } from './sort';

/** Which rows of a register, and how they look. */
export interface Wanted {
	readonly register: Register;
	readonly detail: Form['detail'];
	readonly simplify: boolean;
	readonly filter: Filter;
}

/**
 * Reads many rows, as Return All, Limit and the options say, and shows hints on what is missing.
 *
 * @throws Fault for the user
 */
export async function getRows(
	context: OperationContext,
	{ register, detail, simplify, filter }: Wanted,
): Promise<IDataObject[]> {
	const limit = limitOf(context);
	const pageNumber = pageNumberOf(context);
	const isAll = limit === Infinity && pageNumber === undefined;
	const sort = sortOf(context, register, isAll);
	const columnNames = columnNamesOf(context, simplify);
	const isPerLine = isOneItemPerLine(context, register, detail);
	const shape = shapeOf(register, { simplify, columnNames });
	// What sorting and hints need of a row, which its item may not have.
	const values = new WeakMap<Row, Value>();
	const keys = new WeakMap<Row, Row>();
	const [key = ''] = register.key;
	const source = sourceOf(context.connection, register, formOf(context, detail));
	const rows = await readSelection(source, {
		filter: filter.sql,
		limit,
		pageNumber,
		shape: (row) => {
			const item = shape(row);
			const value = sort && row[sort.column.name];
			if (value !== undefined) values.set(item, value);
			if (!isAll) keys.set(item, { [key]: row[key] ?? null });
			return item;
		},
	});
	const isCut = pageNumber === undefined && rows.length >= limit;
	if (isCut) hintOfCut(context, register, filter, rows, keys);
	else if (filter.isLeftEmpty) hintOfEmptyFilter(context, isAll);
	if (pageNumber !== undefined) hintOfPage(context, pageNumber);
	const items = sort === undefined ? rows : sorted(rows, sort, (row) => values.get(row));
	return isPerLine ? items.flatMap((row) => rowsPerLine(register, row, columnNames)) : items;
}

function hintOfCut(
	context: OperationContext,
	register: Register,
	filter: Filter,
	rows: readonly Row[],
	keys: WeakMap<Row, Row>,
): void {
	const [first, last] = [rows[0], rows.at(-1)].map((row) => row && keys.get(row));
	if (first && last) hintOfLimit(context, register, filter, rows.length, [first, last]);
}

/** @throws Fault (input) when lines are wanted as items that are not read */
export function isOneItemPerLine(
	context: OperationContext,
	{ lines, details }: Register,
	detail: Form['detail'],
): boolean {
	const { oneItemPerLine = false } = collection(context, 'options');
	if (!toSwitch('One Item per Line', oneItemPerLine)) return false;
	if (lines.length > 0 && (details === undefined || detail === 'A')) return true;
	throw new Fault(
		'input',
		lines.length === 0
			? "'One Item per Line' does not work for this register: its rows have no lines"
			: "'One Item per Line' needs the lines",
		lines.length === 0
			? "Remove 'One Item per Line' from the options."
			: `Set 'Detail' to ${details?.A.label ?? 'the rows with lines'}, or remove 'One Item per Line' from the options.`,
	);
}
