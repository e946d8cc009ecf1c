import type { Column } from './column';
import { columnIn, columnsOf } from './tables';

/** What a level of detail gives. */
export interface Detail {
	/** In title case, for the screen. */
	readonly label: string;
	/** The key of its rows, where it differs from the register's. */
	readonly key?: readonly string[];
}

/** A table whose rows stand in those of a register as lists. */
export interface LineTable {
	readonly table: string;
	/** In title case, for the screen. */
	readonly label: string;
	/** The name of the list in items with readable columns. */
	readonly english: string;
}

/** What a method of the gateway lists. */
export interface Register {
	/** The name of the method, such as `GET_I04_LIST`. */
	readonly method: string;
	/** In title case, for the screen. */
	readonly label: string;
	/** The tag of a row, and the table that conditions are on. */
	readonly table: string;
	/** Lists in the rows, with detail A. */
	readonly lines: readonly LineTable[];
	/** The values of the parameter `list`; undefined where the method has no such parameter. */
	readonly details?: Readonly<Record<'H' | 'A', Detail>>;
	/** Parameters that go with every request. */
	readonly always?: Readonly<Record<string, string>>;
	/** The columns that pages are sorted by; none where no order is documented. */
	readonly key: readonly string[];
	/** Whether no two rows have the same key. */
	readonly isKeyUnique: boolean;
	/** How the method's page writes the parameter. */
	readonly pageParameter: 'pagenumber' | 'pageNumber';
	/**
	 * Where the method was seen: in Rivilė's documentation; in programs that call the gateway; or only in
	 * programs that call the older SOAP service, over the same tables.
	 */
	readonly certainty: 'documented' | 'client code' | 'older service';
	/** What a user should know of it. */
	readonly note?: string;
}

/** The columns of a register's rows that conditions may use. */
export function filterColumns(register: Register): readonly Column[] {
	// Others are computed, or come from another table.
	const prefix = `${register.table}_`;
	return columnsOf(register.table).filter(({ name }) => name.startsWith(prefix));
}

/** The column of that name if a condition may use it: conditions are on the register's table only. */
export function filterColumn(register: Register, name: unknown): Column | undefined {
	if (typeof name !== 'string' || !name.startsWith(`${register.table}_`)) return undefined;
	const column = columnIn(register.table, name);
	return column?.name === name ? column : undefined;
}
