import { columnOf, type Column, type Tables } from './column';
import { cashOperations } from './columns/cashOperations';
import { classifiers } from './columns/classifiers';
import { clients } from './columns/clients';
import { debts } from './columns/debts';
import { documents } from './columns/documents';
import { goods } from './columns/goods';
import { ledger } from './columns/ledger';
import { loyalty } from './columns/loyalty';
import { prices } from './columns/prices';
import { stock } from './columns/stock';
import { units } from './columns/units';

const TABLES: Tables = {
	...cashOperations,
	...classifiers,
	...clients,
	...debts,
	...documents,
	...goods,
	...ledger,
	...loyalty,
	...prices,
	...stock,
	...units,
};

/** Stands in the samples of Rivilė's documentation only: the row's place in the list. */
export const ROW_NUMBER: Column = columnOf(['Row_number', 'N10', 'Place in the List']);

interface Table {
	readonly columns: readonly Column[];
	/** By their names in upper case: gateways differ in that. */
	readonly byName: ReadonlyMap<string, Column>;
}

const NO_TABLE: Table = { columns: [], byName: new Map() };

const read = new Map<string, Table>();

/** A table is read from its lines when it is first needed: most workflows need one or two. */
function tableNamed(name: string): Table {
	const known = read.get(name);
	if (known !== undefined) return known;
	const lines = Object.hasOwn(TABLES, name) ? TABLES[name] : undefined;
	if (lines === undefined) return NO_TABLE;
	const columns = lines.map(columnOf);
	const byName = new Map(
		[ROW_NUMBER, ...columns].map((column) => [column.name.toUpperCase(), column]),
	);
	const table: Table = { columns, byName };
	read.set(name, table);
	return table;
}

/** The names of all tables with known columns. */
export const tableNames: readonly string[] = Object.keys(TABLES);

/** The known columns of a table, in the order of Rivilė's documentation; none when it has none. */
export function columnsOf(table: string): readonly Column[] {
	return tableNamed(table).columns;
}

/** The table whose column has that name, by its prefix: `I04` for `I04_SUMA`, in upper case. */
export function tableOf(column: string): string | undefined {
	return /^[A-Z]\d\d(?=_)/.exec(column.toUpperCase())?.[0];
}

/** The column of that name in a table, in upper or lower case; undefined when it is not known. */
export function columnIn(table: string, name: string): Column | undefined {
	return tableNamed(table).byName.get(name.toUpperCase());
}

/**
 * The column of that name in a row of a table. Columns of another table may stand in it as well.
 *
 * @returns undefined when it is not known
 */
export function columnNamed(table: string, name: string): Column | undefined {
	const own = columnIn(table, name);
	if (own !== undefined) return own;
	const other = tableOf(name);
	return other === undefined ? undefined : columnIn(other, name);
}

/**
 * The readable name of a column in a row of a table. Columns of other tables keep their own, as theirs
 * may say the same, and so do columns that are not known.
 */
export function englishName(table: string, name: string): string {
	return columnIn(table, name)?.english ?? name;
}
