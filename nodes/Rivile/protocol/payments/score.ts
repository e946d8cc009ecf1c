/**
 * How well a receipt or payment matches what is looked for.
 *
 * Every field that was filled in counts the same, and how well it matches decides between operations that
 * match equally many: `score = (m − 1 + q) / n`, where n is the number of fields that were filled in, m the
 * number that match, and q, above 0 and up to 1, the mean of how well they match. So one that matches more
 * fields never ranks below one that matches fewer, and 1 means that every field matches exactly.
 */
import type { Row } from '../answer/rows';

/** What is looked for; what is undefined was not filled in. */
export interface Search {
	readonly clientCode?: string;
	readonly clientName?: string;
	/** The codes of the clients with a name, company code or VAT code. */
	readonly clients: {
		readonly clientName?: ReadonlySet<string>;
		readonly companyCode?: ReadonlySet<string>;
		readonly vatCode?: ReadonlySet<string>;
	};
	readonly amount?: { readonly value: number; readonly tolerance: number };
	/** Whether the operation date was asked for: every operation that is read has it. */
	readonly date: boolean;
	readonly reference?: string;
}

export interface Match {
	/** From 0 to 1. */
	readonly score: number;
	/** The names of the fields that match. */
	readonly matched: string[];
}

/** How well a field matches: undefined where it was not filled in, 0 where it does not match. */
type Quality = number | undefined;

/** How well an operation matches, and in which fields. */
export function matchOf(search: Search, row: Row): Match {
	const qualities: ReadonlyArray<readonly [name: string, quality: Quality]> = [
		['clientCode', codeQuality(search, row)],
		['clientName', nameQuality(search, row)],
		['companyCode', clientQuality(search.clients.companyCode, row)],
		['vatCode', clientQuality(search.clients.vatCode, row)],
		['amount', amountQuality(search, row)],
		['date', search.date ? 1 : undefined],
		['reference', referenceQuality(search, row)],
	];
	const given = qualities.filter(([, quality]) => quality !== undefined);
	const matching = given.filter(([, quality = 0]) => quality > 0);
	const matched = matching.map(([name]) => name);
	if (matching.length === 0) return { score: 0, matched };
	const sum = matching.reduce((total, [, quality = 0]) => total + quality, 0);
	return { score: (matching.length - 1 + sum / matching.length) / given.length, matched };
}

/** In lower case, without accents and repeated spaces, as databases compare. */
export function folded(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

const textIn = (row: Row, column: string): string => {
	const value = row[column];
	return typeof value === 'string' || typeof value === 'number' ? folded(String(value)) : '';
};

function codeQuality({ clientCode }: Search, row: Row): Quality {
	if (clientCode === undefined) return undefined;
	return textIn(row, 'I04_KODAS_KS') === folded(clientCode) ? 1 : 0;
}

function nameQuality({ clientName, clients }: Search, row: Row): Quality {
	if (clientName === undefined) return undefined;
	const name = textIn(row, 'I04_PAV');
	const wanted = folded(clientName);
	if (name === wanted) return 1;
	if (name.includes(wanted)) return 0.9;
	// The client may have been renamed since.
	return clients.clientName?.has(textIn(row, 'I04_KODAS_KS')) === true ? 0.8 : 0;
}

function clientQuality(codes: ReadonlySet<string> | undefined, row: Row): Quality {
	if (codes === undefined) return undefined;
	return codes.has(textIn(row, 'I04_KODAS_KS')) ? 1 : 0;
}

/** An amount at the end of the tolerance matches half as well as the very amount. */
function amountQuality({ amount }: Search, row: Row): Quality {
	if (amount === undefined) return undefined;
	const { value, tolerance } = amount;
	const distances = ['I04_SUMA', 'I04_SUMA_VAL']
		.map((column) => row[column])
		.filter((cell) => cell !== null && cell !== undefined && cell !== '')
		.map((cell) => Math.round(Math.abs(Number(cell) - value) * 100) / 100)
		.filter((distance) => distance <= tolerance);
	if (distances.length === 0) return 0;
	const distance = Math.min(...distances);
	return distance === 0 ? 1 : 1 - distance / tolerance / 2;
}

function referenceQuality({ reference }: Search, row: Row): Quality {
	if (reference === undefined) return undefined;
	const wanted = folded(reference);
	const [number, description, notes] = ['I04_DOK_NR', 'I04_APRASYMAS', 'I04_PASTABOS'].map(
		(column) => textIn(row, column),
	);
	const texts = [number, description, notes];
	if (texts.includes(wanted)) return 1;
	const places = texts.map((text) => text?.includes(wanted) === true);
	const first = places.indexOf(true);
	return first === -1 ? 0 : 0.9 - first / 10;
}

/** An operation with how well it matches. */
export interface Ranked extends Match {
	readonly row: Row;
}

/** The operations, best match first; of equal ones, the latest first. */
export function ranked(search: Search, rows: readonly Row[]): Ranked[] {
	const later = (a: Row, b: Row, column: string) =>
		String(b[column] ?? '').localeCompare(String(a[column] ?? ''), 'en');
	return rows
		.map((row): Ranked => ({ row, ...matchOf(search, row) }))
		.sort(
			(a, b) =>
				b.score - a.score ||
				later(a.row, b.row, 'I04_OP_DATA') ||
				later(a.row, b.row, 'I04_KODAS_CH'),
		);
}
