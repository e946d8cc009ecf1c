import { toLocalTime } from '../../../shared/dates';
import { Fault } from '../../../shared/fault';
import { checkCharacters, checkExact, listIn, shown, toText } from '../../../shared/values';
import type { Column } from '../catalogue';
import { timeRangeOf } from './timeRange';

/** Which value of which condition it is, for messages. */
export interface Place {
	readonly column: Column;
	/** The condition's number, counted from 1. */
	readonly number: number;
}

/** Whether a condition has no value, or only whitespace. */
export function isMissing(value: unknown): boolean {
	return value === undefined || value === null || toText(value).trim() === '';
}

/** The elements of a list: an array, or a text with an element on each line or between commas. */
export function listed(value: unknown): unknown[] {
	const elements: unknown[] = Array.isArray(value)
		? value
		: (listIn(toText(value)) ??
			toText(value)
				.split(/[,\n]/)
				.map((element) => element.trim()));
	return elements.filter((element) => !isMissing(element));
}

/**
 * A text as a Unicode literal.
 *
 * @throws Fault (input) when it is not text, or contains a character that SQL or XML cannot carry
 */
export function textLiteral(place: Place, value: unknown): string {
	return quote(textOf(place, value));
}

/**
 * A text as a LIKE pattern that finds it at the beginning of a column or, with `%` in front, anywhere.
 * Wildcards in the text (`%`, `_`, `[`) are escaped.
 *
 * @throws Fault (input) like textLiteral
 */
export function likeText(place: Place, value: unknown, before: '' | '%'): string {
	return quote(`${before}${textOf(place, value).replace(/[[%_]/g, '[$&]')}%`);
}

/**
 * T-SQL treats a backslash before a line end as a continuation of the text on the next line, and
 * drops both. So such a text is concatenated from pieces.
 */
function quote(text: string): string {
	const pieces = text.split(/(?<=\\)(?=\r?\n)/).map((piece) => `N'${piece.replace(/'/g, "''")}'`);
	return pieces.length === 1 ? (pieces[0] ?? '') : `CONCAT(${pieces.join(', ')})`;
}

function labelOf({ column, number }: Place): string {
	return `'Value' of condition ${number} (${column.name})`;
}

function fault(place: Place, what: string, description: string): Fault {
	return new Fault('input', `${labelOf(place)} ${what}`, description);
}

function textOf(place: Place, value: unknown): string {
	const isText = typeof value === 'string' || typeof value === 'boolean';
	if (!isText && !(typeof value === 'number' && Number.isFinite(value))) {
		throw fault(
			place,
			`is not text: ${shown(value)}`,
			'Enter a single text. For several values, choose the operator In List.',
		);
	}
	checkExact(labelOf(place), value);
	const text = toText(value);
	checkCharacters(labelOf(place), text);
	return text;
}

/** The most digits that a number in SQL Server has. */
const MAX_DIGITS = 38;

/**
 * A number in plain decimal notation, with no more decimals than the column has: with more, it would
 * never be equal to a value of the column.
 *
 * @throws Fault (input) when it is not a number or has more decimals
 */
export function numberLiteral(place: Place, value: unknown): string {
	const { column } = place;
	const text = typeof value === 'number' ? plain(value) : toText(value).trim();
	const [match, sign = '', whole = '', fraction = ''] =
		/^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
	const isRounded = typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
	if (match === undefined || typeof value === 'object' || whole.length > MAX_DIGITS || isRounded) {
		throw fault(
			place,
			`is not a number: ${shown(value)}`,
			'Enter only digits, with a point before the decimals, for example 1250.50.',
		);
	}
	const decimals = fraction.replace(/0+$/, '');
	if (decimals.length > column.decimals) {
		throw fault(
			place,
			`has more decimals than the column: ${shown(value)}`,
			column.decimals === 0
				? 'Round the value: the column contains whole numbers.'
				: `Round the value to ${column.decimals} decimals, for example in an expression with .toFixed(${column.decimals}).`,
		);
	}
	return `${sign === '-' ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}`;
}

/** A number without an exponent, unless that would change its value. */
function plain(value: number): string {
	const text = toText(value);
	if (!text.includes('e')) return text;
	const fixed = value.toFixed(20);
	return Number(fixed) === value ? fixed : text;
}

/** The years of SQL Server's `datetime`, without the last one: a range may end in the next year. */
const [FIRST_YEAR, LAST_YEAR] = [1753, 9998];

/**
 * The time range of each value: the day of a date, the second of a point of time.
 *
 * @param wholeDay treats midnight as the day that begins then
 * @throws Fault (input) when a value is not a date, or its year is out of the database's range
 */
export function datesOf(
	place: Place,
	values: readonly unknown[],
	timezone: string,
	wholeDay: boolean,
): Array<{ from: string; to: string }> {
	return values.map((value) => {
		const local = toLocalTime(value, timezone);
		const year = Number(local?.date.slice(0, 4));
		if (local !== undefined && year >= FIRST_YEAR && year <= LAST_YEAR) {
			return timeRangeOf(local, wholeDay);
		}
		throw fault(
			place,
			`is not a date: ${shown(value)}`,
			'Enter a date as YYYY-MM-DD, for example 2026-01-31, with or without a time (2026-01-31T14:30:00), or use an expression such as {{ $today }}.',
		);
	});
}

/**
 * A key as the gateway sent it. Plain quotes where they do: a Unicode literal would make the database
 * convert the whole column, and compare it in another order than it sorts.
 */
export function keyLiteral(key: string): string {
	const quoted = `'${key.replace(/'/g, "''")}'`;
	return /^[ -~]*$/.test(key) ? quoted : `N${quoted}`;
}

/** A point of time (YYYY-MM-DDTHH:MM:SS) as SQL Server reads it in every language. */
export function pointLiteral(point: string): string {
	return `'${point}'`;
}
