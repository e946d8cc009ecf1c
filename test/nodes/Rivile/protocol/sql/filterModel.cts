/** What the operators mean, in JavaScript: the other opinion on what the database answers. */
import type { Condition } from '../../../../../nodes/Rivile/protocol/sql/filter';

export interface ModelRow {
	readonly key: string;
	readonly I04_PAV?: string | null;
	readonly I04_KODAS_KS?: string | null;
	readonly I04_SUMA?: number | null;
	readonly I04_R_DATE?: string | null;
}

const LENGTHS: Readonly<Record<string, number>> = { I04_PAV: 40, I04_KODAS_KS: 12 };

/** By code point, as the database compares. */
function compare(a: string | number, b: string | number): number {
	if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const trimEnd = (text: string) => text.replace(/ +$/, '');

function matches(row: ModelRow, { field, operator, value }: Condition): boolean {
	const stored = Object.entries(row).find(([name]) => name === field)?.[1] ?? null;
	const empty =
		stored === null ||
		(typeof stored === 'string' && stored.trim() === '' && !/[\n\r]/.test(stored));
	if (operator === 'isEmpty') return empty;
	if (operator === 'isNotEmpty') return !empty;
	if (stored === null) return operator === 'notEqual';
	if (field === 'I04_R_DATE') return matchesDate(String(stored), operator, String(value));
	if (operator === 'contains' || operator === 'startsWith') {
		const padded = String(stored)
			.padEnd(LENGTHS[String(field)] ?? 0)
			.toLowerCase();
		const wanted = String(value).toLowerCase();
		return operator === 'contains' ? padded.includes(wanted) : padded.startsWith(wanted);
	}
	const given = Array.isArray(value) ? value[0] : value;
	const order =
		typeof stored === 'number'
			? stored - Number(given)
			: compare(trimEnd(stored), trimEnd(String(given)));
	return holds(operator, order);
}

function holds(operator: unknown, order: number): boolean {
	switch (operator) {
		case 'notEqual':
			return order !== 0;
		case 'gt':
			return order > 0;
		case 'gte':
			return order >= 0;
		case 'lt':
			return order < 0;
		case 'lte':
			return order <= 0;
		default:
			return order === 0;
	}
}

/** A date stands for its day; so does midnight where a value is looked for. */
function matchesDate(stored: string, operator: unknown, value: string): boolean {
	const searching = ['equal', 'notEqual', 'in'].includes(String(operator));
	const isDay = value.length === 10 || (searching && value.endsWith('T00:00:00'));
	const length = isDay ? 10 : 19;
	return holds(operator, compare(stored.slice(0, length), value.slice(0, length)));
}

/** The keys of the rows that meet all conditions, or one of them. */
export function expected(
	rows: readonly ModelRow[],
	conditions: readonly Condition[],
	combine: 'and' | 'or',
): string[] {
	return rows
		.filter((row) =>
			combine === 'and'
				? conditions.every((condition) => matches(row, condition))
				: conditions.some((condition) => matches(row, condition)),
		)
		.map(({ key }) => key);
}
