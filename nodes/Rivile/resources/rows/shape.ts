import type { Register } from '../../protocol/catalogue';
import type { Row } from '../../protocol/answer/rows';
import { simplifiedRow } from '../../protocol/readable/useful';
import { readableRow, type ColumnNames } from '../../protocol/readable/words';

/** What an item keeps of a row. */
export interface Look {
	/** Only the most useful columns. */
	readonly simplify: boolean;
	readonly columnNames: ColumnNames;
}

/** What makes an item of a row of a register; also for the trigger. */
export function shapeOf(register: Register, { simplify, columnNames }: Look): (row: Row) => Row {
	return (row) => {
		const kept = simplify ? simplifiedRow(register, row) : row;
		return columnNames === 'english' ? readableRow(register, kept) : kept;
	};
}
