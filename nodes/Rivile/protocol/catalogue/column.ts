/**
 * What the catalogue says of a column, and how a line of it is read. The lines stand in `columns/`,
 * one file for each family of tables.
 */

/** C: text, N: number, T: point of time, M: long text. */
export type ColumnType = 'C' | 'N' | 'T' | 'M';

/** What one value of a coded column means. */
export interface CodedValue {
	/** In lower case, such as `not posted`. */
	readonly text: string;
	/** The word that stands for it in items, such as `notPosted`. */
	readonly word: string;
}

export interface Column {
	readonly name: string;
	readonly type: ColumnType;
	/** Characters, or digits of a number; 0 when it is not known. */
	readonly length: number;
	/** Digits after the decimal point. */
	readonly decimals: number;
	/** What the column holds, in title case; its name when that is not known. */
	readonly label: string;
	/** The name in items with readable columns, such as `operationNumber`; its own when there is no label. */
	readonly english: string;
	/** What its values mean, by the stored value, where they are codes. */
	readonly values?: Readonly<Record<string, CodedValue>>;
	/** Whether Rivilė reserves the column for itself. */
	readonly reserved: boolean;
	/** Whether the type or the meaning was inferred: no documentation of it was seen, or sources differ. */
	readonly uncertain: boolean;
}

/**
 * A line of the catalogue: `N12,2` is a number of 12 digits, 2 of them decimals; `?` at the end marks
 * what is uncertain. Values are written like `1 receipt, 2 payment`.
 */
export type Line = readonly [name: string, definition: string, label?: string, values?: string];

/** Lines by the name of their table, in the order of Rivilė's documentation. */
export type Tables = Readonly<Record<string, readonly Line[]>>;

/** The values of a column that says whether. */
export const YES_NO = '0 no, 1 yes';

const DEFINITION = /^([CNTM])(\d*)(?:,(\d+))?(\??)$/;

const RESERVED = /^Reserved(?: \d| \(|$)/;

/**
 * Reads a line of the catalogue.
 *
 * @throws Error when the definition of its type cannot be read
 */
export function columnOf([name, definition, label = name, values]: Line): Column {
	const [match, type, length = '', decimals = '0', mark] = DEFINITION.exec(definition) ?? [];
	if (match === undefined) throw new Error(`${name} has no type: ${definition}`);
	return {
		name,
		type: type === 'N' || type === 'T' || type === 'M' ? type : 'C',
		length: Number(length),
		decimals: Number(decimals),
		label,
		english: label === name ? name : camelCase(label),
		...(values !== undefined && { values: valuesIn(values) }),
		reserved: RESERVED.test(label),
		uncertain: mark === '?',
	};
}

function valuesIn(text: string): Record<string, CodedValue> {
	const pairs = text.split(', ').map((pair): [string, CodedValue] => {
		const [stored = '', ...words] = pair.split(' ');
		const meaning = words.join(' ');
		return [stored, { text: meaning, word: camelCase(meaning) }];
	});
	return Object.fromEntries(pairs);
}

/** The meaning of a coded column's values as one text, such as `1 receipt, 2 payment`. */
export function valuesText({ values }: Column): string | undefined {
	if (values === undefined) return undefined;
	return Object.entries(values)
		.map(([stored, { text }]) => `${stored} ${text}`)
		.join(', ');
}

/** `VAT Code` becomes `vatCode`. */
export function camelCase(text: string): string {
	const [first = '', ...others] = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
	const capitalized = others.map(
		(word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
	);
	return [first.toLowerCase(), ...capitalized].join('');
}
