/**
 * THE CATALOGUE: the columns of the register of receipts and payments (I04) and of its lines (I05),
 * as the specification lists them. Decoding, the filter's field list and the docs read it.
 */

/** C: text, N: number, T: point of time. */
export type ColumnType = 'C' | 'N' | 'T';

export interface Column {
	readonly name: string;
	readonly type: ColumnType;
	/** Characters, or digits of a number. */
	readonly length: number;
	/** Digits after the decimal point. */
	readonly decimals: number;
	/** What the column holds, from the Lithuanian. */
	readonly label: string;
	/** What its values mean, where they are codes. */
	readonly values?: string;
}

type Line = readonly [name: string, type: string, label: string, values?: string];

/** A line of the specification's tables: `N12,2` is a number of 12 digits, 2 of them decimals. */
function column([name, definition, label, values]: Line): Column {
	const [length = '', decimals = '0'] = definition.slice(1).split(',');
	return {
		name,
		type: definition.startsWith('N') ? 'N' : definition.startsWith('T') ? 'T' : 'C',
		length: Number(length),
		decimals: Number(decimals),
		label,
		...(values !== undefined && { values }),
	};
}

/** The key of the register: pages are sorted by it. */
export const KEY = 'I04_KODAS_CH';

/** The same, for conditions: other registers have keys of several columns. */
export const KEY_COLUMNS: readonly string[] = [KEY];

/** The name of a row's lines. */
export const LINES = 'I05';

const OPERATIONS: readonly Line[] = [
	['I04_KODAS_CH', 'C12', 'Operation Number'],
	['I04_DOK_NR', 'C20', 'Document Number'],
	['I04_OP_RUSIS', 'N1', 'Kind', '1 receipt, 2 payment'],
	['I04_OP_TIPAS', 'N1', 'Claim', '0 no, 1 yes'],
	['I04_OP_STORNO', 'N1', 'Reserved (Storno)'],
	['I04_OP_DATA', 'T8', 'Operation Date'],
	['I04_KODAS_SS', 'C12', 'Account Code'],
	['I04_MOKETOJAS', 'N1', 'Settlement Type', '1 documents, 2 accounts'],
	['I04_KODAS_KS', 'C12', 'Client Code'],
	['I04_PAV', 'C40', 'Client Name'],
	['I04_ADR', 'C40', 'Client Address'],
	['I04_ATSTOVAS', 'C40', 'Representative'],
	['I04_KODAS_VS', 'C12', 'Location Code'],
	['I04_SUMA', 'N12,2', 'Amount'],
	['I04_SUMA_DSK', 'N12,2', 'Discount Amount'],
	['I04_SUMA_PLK', 'N12,2', 'Interest Amount'],
	['I04_PASTABOS', 'C12', 'Notes'],
	['I04_PERKELTA', 'N1', 'Posting', '1 not posted, 2 posted, 3 corrected'],
	['I04_IMP_EXP', 'N1', 'Reserved (Import or Export)'],
	['I04_KODAS_VL', 'C12', 'Currency Code'],
	['I04_SUMA_VAL', 'N18,2', 'Amount in Currency'],
	['I04_KOEF', 'N20,15', 'Exchange Rate'],
	['I04_USERIS', 'C12', 'Changed By'],
	['I04_R_DATE', 'T8', 'Changed At'],
	['I04_ADDUSR', 'C12', 'Created By'],
	['I04_KODAS_SM', 'C12', 'Person'],
	['I04_APRASYMAS', 'C60', 'Description'],
	['I04_SUMA_PER', 'N12,2', 'Currency Revaluation Amount'],
	['I04_SUMA_WK', 'N12,2', 'WB Commitments Amount'],
	['I04_KODAS_LS_1', 'C12', 'Logistics 1'],
	['I04_KODAS_LS_2', 'C12', 'Logistics 2'],
	['I04_KODAS_LS_3', 'C12', 'Logistics 3'],
	['I04_KODAS_LS_4', 'C12', 'Logistics 4'],
	['I04_KODAS_ZN', 'C12', 'Zone'],
	['I04_BUSENA', 'N3', 'Status'],
];

const OPERATION_LINES: readonly Line[] = [
	['I05_KODAS_CH', 'C12', 'Operation Number'],
	['I05_EIL_NR', 'N6', 'Line Number in the Document'],
	['I05_DOK_NR', 'C20', 'Document Number'],
	['I05_DATA_DOK', 'T8', 'Document Date'],
	['I05_DATA_MOK', 'T8', 'Payment Date'],
	['I05_DATA_DSK', 'T8', 'Discount Date'],
	['I05_APR', 'C12', 'Notes'],
	['I05_SUMA', 'N12,2', 'Payment Amount'],
	['I05_SUMA_DSK', 'N12,2', 'Discount Granted'],
	['I05_SUMA_PLK', 'N12,2', 'Interest Amount'],
	['I05_KODAS_SS', 'C12', 'Account Code'],
	['I05_KODAS_VL', 'C12', 'Currency Code of the Operation'],
	['I05_KODAS_VL_S', 'C12', 'Currency Code of the Debt'],
	['I05_SUMA_VAL_DSK', 'N18,2', 'Discount in Currency'],
	['I05_KOEF', 'N20,15', 'Conversion Rate to the Base Currency'],
	['I05_KOEF_S', 'N20,15', 'Conversion Rate from the Base Currency'],
	['I05_SUMA_VAL', 'N18,2', 'Payment Amount in Currency'],
	['I05_SUMA_VAL_S', 'N18,2', 'Settled Amount in Currency'],
	['I05_KODAS_IS', 'C12', 'Department Code'],
	['I05_KODAS_OS', 'C12', 'Object Code'],
	['I05_KODAS_OS_C', 'C12', 'Centre Code'],
	['I05_KODAS_MS', 'C12', 'Manager Code'],
	['I05_USERIS', 'C12', 'Changed By'],
	['I05_R_DATE', 'T8', 'Changed At'],
	['I05_ADDUSR', 'C12', 'Created By'],
	['I05_KODAS_KT', 'C12', 'Contract'],
	['I05_KODAS_K0', 'C12', 'Contract Annex'],
	['I05_SUMA_PER', 'N12,2', 'Currency Revaluation Amount'],
];

/** The columns of a receipt or payment, in the specification's order. */
export const I04_COLUMNS: readonly Column[] = OPERATIONS.map(column);

/** The columns of its lines, in the specification's order. */
export const I05_COLUMNS: readonly Column[] = OPERATION_LINES.map(column);

/** The row's place in the list. Only the specification's samples show it. */
export const ROW_NUMBER: Column = column(['Row_number', 'N10', 'Place in the List']);

const byName = new Map(
	[ROW_NUMBER, ...I04_COLUMNS, ...I05_COLUMNS].map((entry) => [entry.name, entry]),
);

const filterable = new Map(I04_COLUMNS.map((entry) => [entry.name, entry]));

/** The column of that name in a response; undefined when the specification does not list it. */
export function columnNamed(name: string): Column | undefined {
	return byName.get(name);
}

const spellings = new Map([LINES, ...byName.keys()].map((name) => [name.toUpperCase(), name]));

/** A name in the catalogue's upper and lower case; as it is when the catalogue does not have it. */
export function spelled(name: string): string {
	return byName.has(name) ? name : (spellings.get(name.toUpperCase()) ?? name);
}

/** The column of that name if a condition may use it: conditions are on the table I04 only. */
export function filterColumn(name: unknown): Column | undefined {
	return typeof name === 'string' ? filterable.get(name) : undefined;
}
