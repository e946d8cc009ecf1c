import type { IDataObject } from 'n8n-workflow';

import { simplifies, type OperationContext } from '../../operation';
import { sourceOf, type Form } from '../../protocol/call';
import type { Register } from '../../protocol/catalogue';
import type { Row } from '../../protocol/answer/rows';
import { rowsPerLine } from '../../protocol/readable/words';
import { isOneItemPerLine } from './getRows';
import { columnNamesOf, formOf } from './options';
import { shapeOf } from './shape';

/** The row that is wanted, and how it looks. */
export interface WantedRow {
	readonly register: Register;
	readonly detail: Form['detail'];
	/** A condition in parentheses that one row should meet. */
	readonly filter: string;
	/** Chooses the row among those that meet it. */
	readonly choose: (rows: readonly Row[]) => Row;
}

/**
 * Reads one row, and gives it as the options say.
 *
 * @throws Fault for the user; what `choose` throws
 */
export async function getRow(
	context: OperationContext,
	{ register, detail, filter, choose }: WantedRow,
): Promise<IDataObject[]> {
	const simplify = simplifies(context);
	const columnNames = columnNamesOf(context, simplify);
	const isPerLine = isOneItemPerLine(context, register, detail);
	const { readPage } = sourceOf(context.connection, register, formOf(context, detail));
	const item = shapeOf(register, { simplify, columnNames })(
		choose(await readPage({ fil: filter })),
	);
	return isPerLine ? rowsPerLine(register, item, columnNames) : [item];
}
