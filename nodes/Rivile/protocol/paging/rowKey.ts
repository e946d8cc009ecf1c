import { columnIn, type ColumnType, type Register } from '../catalogue';
import { keyAbove, keyBetween, keyIn, type Key, type KeyColumn } from '../sql/conditions';
import type { Row, Value } from '../answer/rows';
import { faultOfOrder } from './orderFault';

/**
 * How the rows of a register are told apart: by its key, of one column or several. A key is kept as one
 * text, the same for the same row in every format, so that it can be stored, looked up and compared for
 * equality.
 */
export class RowKey {
	private readonly known = new Map<string, readonly Part[]>();

	/**
	 * @param columns the columns that the register is sorted by; none if that is not documented
	 * @param isUnique whether no two rows have the same values in them
	 */
	constructor(
		readonly columns: readonly KeyColumn[],
		readonly isUnique: boolean,
		private readonly table: string,
	) {}

	/**
	 * The key of a row.
	 *
	 * @throws Fault (answer) when it has none
	 */
	of(row: Row): string {
		const key = this.in(row);
		if (key !== undefined) return key;
		throw faultOfOrder(
			`Rivilė sent a row without ${this.name}`,
			"Ask for at most 100 rows, or read one page at a time with 'Page Number'. Without the columns of its key, the node cannot tell the rows of several pages apart.",
		);
	}

	/** The key of a row; undefined when it has none. */
	in(row: Row): string | undefined {
		const [single, ...others] = this.columns;
		if (single === undefined) return undefined;
		if (others.length === 0) return partOf(row, single) || undefined;
		const parts = this.columns.map((column) => partOf(row, column));
		const isKnown = parts.every((part) => part !== undefined) && parts.some((part) => part !== '');
		return isKnown ? JSON.stringify(parts) : undefined;
	}

	/** A key, column by column. */
	parts(key: string): readonly Part[] {
		if (this.columns.length === 1) return [key];
		const known = this.known.get(key);
		if (known !== undefined) return known;
		const parts = partsIn(key);
		this.known.set(key, parts);
		return parts;
	}

	/** The condition for the rows whose key comes after this one. */
	above(key: string): string {
		return keyAbove(this.columns, this.parts(key));
	}

	/** The condition for the rows whose key lies between two others; undefined when neither is given. */
	between({ above, below }: { readonly above?: string; readonly below?: string }) {
		return keyBetween(this.columns, {
			...(above !== undefined && { above: this.parts(above) }),
			...(below !== undefined && { below: this.parts(below) }),
		});
	}

	/** The condition for the rows with these keys. */
	among(keys: readonly string[]): string {
		return keyIn(
			this.columns,
			keys.map((key) => this.parts(key)),
		);
	}

	/** The names of the columns, for messages. */
	get name(): string {
		return this.columns.map(({ name }) => name).join(', ');
	}

	/**
	 * What a row can be found by again: its key, or, where that is not unique, its texts and dates. Its
	 * numbers may be sums, which conditions do not know.
	 *
	 * @returns undefined when it has nothing of that kind
	 */
	witnessIn(row: Row): string | undefined {
		if (this.isUnique) return this.in(row);
		const named = Object.keys(row).flatMap((name): Array<[string, Part]> => {
			const column = columnIn(this.table, name);
			const isOwn = name.startsWith(`${this.table}_`);
			const isStored = column?.type === 'C' || column?.type === 'T';
			const part = isOwn && isStored ? partOf(row, column) : undefined;
			return part === undefined || part === null || part === '' ? [] : [[name, part]];
		});
		return named.length === 0 ? undefined : JSON.stringify(named);
	}

	/** The columns and values of a witness, for conditions. */
	locate(witness: string): { readonly columns: readonly KeyColumn[]; readonly key: Key } {
		if (this.isUnique) return { columns: this.columns, key: this.parts(witness) };
		const named = pairsIn(witness);
		return {
			columns: named.map(([name]) => columnIn(this.table, name) ?? { name, type: 'C' }),
			key: named.map(([, part]) => part),
		};
	}

	/** Whether a row is that witness, or cannot be told from it. */
	isWitness(row: Row, witness: string): boolean {
		if (this.isUnique) return this.in(row) === witness;
		return pairsIn(witness).every(([name, part]) => {
			const column = columnIn(this.table, name);
			return column !== undefined && partOf(row, column) === part;
		});
	}
}

/** The value of a column in a key; null for one without a value. */
type Part = string | null;

/** The key of a register's rows, with the detail that is asked for. */
export function rowKeyOf(register: Register, detail: 'H' | 'A' = 'H'): RowKey {
	const names = register.details?.[detail].key ?? register.key;
	const columns = names.map(
		(name): KeyColumn => columnIn(register.table, name) ?? { name, type: 'C' },
	);
	return new RowKey(columns, register.isKeyUnique, register.table);
}

/** The key of rows that are summed: they come in no order, and have no key. */
export function noKey({ table }: Register): RowKey {
	return new RowKey([], false, table);
}

/** @returns undefined when the row does not have the column, or something else in it */
function partOf(row: Row, { name, type }: KeyColumn): Part | undefined {
	const value: Value | undefined = Object.hasOwn(row, name) ? row[name] : undefined;
	if (type === 'N') return numberIn(value);
	if (type === 'T') return pointIn(value);
	return typeof value === 'string' ? value : undefined;
}

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

function numberIn(value: Value | undefined): Part | undefined {
	if (value === null || value === '') return null;
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string' || !DECIMAL.test(text)) return undefined;
	const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
	return short.replace(/^(-?)0+(?=\d)/, '$1');
}

/** Dates with dashes or dots, a space or a T between, fractions of a second. */
const POINT = /^(\d{4})([-.])(\d\d)\2(\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(\.\d{1,7})?)?Z?)?$/;

const NO_DATE = '1900-01-01T00:00:00';

function pointIn(value: Value | undefined): Part | undefined {
	if (value === null) return NO_DATE;
	if (value === '') return null;
	const [
		match,
		year = '',
		,
		month = '',
		day = '',
		minutes = '00:00',
		seconds = '00',
		fraction = '',
	] = typeof value === 'string' ? (POINT.exec(value) ?? []) : [];
	if (match === undefined) return undefined;
	return `${year}-${month}-${day}T${minutes}:${seconds}${fraction.replace(/\.?0*$/, '')}`;
}

const isPart = (value: unknown): value is Part => value === null || typeof value === 'string';

function partsIn(key: string): readonly Part[] {
	const parts: unknown = JSON.parse(key);
	return Array.isArray(parts) ? parts.filter(isPart) : [];
}

function pairsIn(witness: string): ReadonlyArray<readonly [name: string, part: Part]> {
	const pairs: unknown = JSON.parse(witness);
	if (!Array.isArray(pairs)) return [];
	return pairs.flatMap((pair: unknown): Array<[string, Part]> => {
		const [name, part]: unknown[] = Array.isArray(pair) ? pair : [];
		return typeof name === 'string' && isPart(part) ? [[name, part]] : [];
	});
}

/** How parts of a key compare, by the type of their column. */
export function compareParts(
	a: Part,
	b: Part,
	type: ColumnType,
	compareTexts: (a: string, b: string) => number,
): number {
	if (a === null || b === null) return Number(b === null) - Number(a === null);
	if (type === 'N') return Number(a) - Number(b);
	if (type === 'T') return a < b ? -1 : Number(a > b);
	return compareTexts(a, b);
}
