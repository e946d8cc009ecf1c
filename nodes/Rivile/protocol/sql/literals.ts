import { toLocalTime } from '../../../shared/dates';
import { Fault } from '../../../shared/fault';
import { checkCharacters, checkExact, listIn, shown, toText } from '../../../shared/values';
import { valuesText, type Column } from '../catalogue';
import { timeRangeOf } from './timeRange';
import { decimalIn, isoDate } from './writtenValues';

/** The value of which column and field it is. */
export interface Place {
	readonly column: Column;
	/** The field in messages, such as `'Value' of condition 1 (Amount, I04_SUMA)`. */
	readonly subject: string;
	/** Whether it is a field for this column alone, in which operators cannot be chosen. */
	readonly isSimple: boolean;
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
 * The forms of a text in the column: an operation number also with the zeros that Rivilė writes in front,
 * so that 151 finds 000000000151.
 */
export function textForms({ label, type, length }: Column, value: unknown): unknown[] {
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	const isNumber = label === OPERATION_NUMBER && type === 'C' && /^\d+$/.test(text);
	return isNumber && text.length < length ? [text, text.padStart(length, '0')] : [value];
}

/** What the catalogue calls the columns that number documents. */
const OPERATION_NUMBER = 'Operation Number';

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

function fault({ subject }: Place, what: string, description: string): Fault {
	return new Fault('input', `${subject} ${what}`, description);
}

/** The message for a value that is missing. */
export function missing(place: Place): Fault {
	return fault(
		place,
		'is empty',
		place.isSimple
			? 'Fill in the field, remove it from the filter, or check the expression that fills it for this item.'
			: 'Fill in the field, or check the expression that fills it for this item. To find rows where the column is empty, choose the operator Is Empty.',
	);
}

function textOf(place: Place, value: unknown): string {
	const isText = typeof value === 'string' || typeof value === 'boolean';
	if (!isText && !(typeof value === 'number' && Number.isFinite(value))) {
		throw fault(
			place,
			`is not text: ${shown(value)}`,
			place.isSimple
				? 'Enter a single text.'
				: 'Enter a single text. For several values, choose the operator In List.',
		);
	}
	checkExact(place.subject, value);
	const text = toText(value);
	checkCharacters(place.subject, text);
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
	const written = typeof value === 'number' ? plain(value) : toText(value).trim();
	const text = codeOf(column, written) ?? decimalIn(written) ?? '';
	const [match, sign = '', whole = '', fraction = ''] =
		/^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
	const isRounded = typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
	if (match === undefined || typeof value === 'object' || whole.length > MAX_DIGITS || isRounded) {
		throw fault(place, `is not a number: ${shown(value)}`, numberAdvice(column));
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

/** The code that a word stands for: `receipt` or `Not posted`. */
function codeOf({ values = {} }: Column, written: string): string | undefined {
	const wanted = written.toLowerCase();
	const found = Object.entries(values).find(
		([, { text, word }]) => text.toLowerCase() === wanted || word.toLowerCase() === wanted,
	);
	return found?.[0];
}

function numberAdvice(column: Column): string {
	const meanings = valuesText(column);
	return meanings === undefined
		? 'Enter only digits, with a point before the decimals, for example 1250.50.'
		: `Enter one of: ${meanings}.`;
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
		const local = toLocalTime(isoDate(value), timezone);
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
