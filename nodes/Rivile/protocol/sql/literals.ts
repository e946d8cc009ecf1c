import { toLocalTime } from '../../../shared/dates';
import { Fault } from '../../../shared/fault';
import { checkExact, listIn, shown, toText } from '../../../shared/values';
import { forbiddenCharacter } from '../../../shared/xml';
import type { Column } from '../catalogue';
import { timeRangeOf } from './timeRange';

/** Where a value stands, for messages. */
export interface Place {
	readonly column: Column;
	/** The condition's number, counted from 1. */
	readonly number: number;
}

/** Whether a condition has no value; a value of blanks only is none either. */
export function isMissing(value: unknown): boolean {
	return value === undefined || value === null || toText(value).trim() === '';
}

/** The elements of a list: an array as it is, or a text with commas or one element a line. */
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
 * @throws Fault (input) when it is no text, or holds what SQL or XML cannot carry
 */
export function textLiteral(place: Place, value: unknown): string {
	return quote(textOf(place, value));
}

/**
 * A text as the pattern of LIKE that finds it at the beginning, or, with `%` in front, anywhere; its
 * own `%`, `_` and `[` stand for themselves.
 *
 * @throws Fault (input) like textLiteral
 */
export function likeText(place: Place, value: unknown, before: '' | '%'): string {
	return quote(`${before}${textOf(place, value).replace(/[[%_]/g, '[$&]')}%`);
}

/**
 * T-SQL takes a backslash before a line end for a sign that the text goes on there, and drops both:
 * such a text is put together from pieces.
 */
function quote(text: string): string {
	const pieces = text.split(/(?<=\\)(?=\r?\n)/).map((piece) => `N'${piece.replace(/'/g, "''")}'`);
	return pieces.length === 1 ? (pieces[0] ?? '') : `CONCAT(${pieces.join(', ')})`;
}

function fault({ column, number }: Place, what: string, description: string): Fault {
	return new Fault('input', `'Value' of condition ${number} (${column.name}) ${what}`, description);
}

function textOf(place: Place, value: unknown): string {
	const isText = typeof value === 'string' || typeof value === 'boolean';
	if (!isText && !(typeof value === 'number' && Number.isFinite(value))) {
		throw fault(
			place,
			`is not a text: ${shown(value)}`,
			'Give a single text. For several values, choose the operator In List.',
		);
	}
	checkExact(`'Value' of condition ${place.number} (${place.column.name})`, value);
	const text = toText(value);
	const forbidden = forbiddenCharacter(text);
	if (forbidden === undefined) return text;
	throw fault(
		place,
		`holds a character that cannot be sent (${forbidden.code} at place ${forbidden.place})`,
		'It is an invisible control character or half of a symbol, often left by copying from another program. Type the text anew or remove the character.',
	);
}

/** SQL Server's numbers have no more digits. */
const MAX_DIGITS = 38;

/**
 * A number in plain decimal notation, with no more decimals than the column has: with more it would
 * equal nothing, and a limit would be a little off.
 *
 * @throws Fault (input) when it is no number or has more decimals
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
			'Give digits with a point before the decimals and nothing else, for example 1250.50.',
		);
	}
	const decimals = fraction.replace(/0+$/, '');
	if (decimals.length > column.decimals) {
		throw fault(
			place,
			`has more decimals than the column: ${shown(value)}`,
			column.decimals === 0
				? 'The column holds whole numbers.'
				: `The column has ${column.decimals} decimals. Round the value, by an expression with .toFixed(${column.decimals}).`,
		);
	}
	return `${sign === '-' ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}`;
}

/** A number without an exponent, as far as that does not change it. */
function plain(value: number): string {
	const text = toText(value);
	if (!text.includes('e')) return text;
	const fixed = value.toFixed(20);
	return Number(fixed) === value ? fixed : text;
}

/** The years that SQL Server's `datetime` has, less one, as the end of a span may be next year. */
const [FIRST_YEAR, LAST_YEAR] = [1753, 9998];

/**
 * The time that each value lasts: the day of a date, the second of a point of time.
 *
 * @param wholeDay takes midnight for the day that begins then
 * @throws Fault (input) when one is no date, or a year that the database does not have
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
			'Give a date as YYYY-MM-DD, for example 2026-01-31, with or without a time (2026-01-31T14:30:00), or an expression such as {{ $today }}.',
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
