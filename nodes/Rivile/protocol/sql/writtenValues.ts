/** Numbers and dates as people write them, where they can mean one thing only. */

const PLAIN = /^[+-]?\d+(?:\.\d+)?$/;
/** A comma before the decimals; three digits after it could also be thousands, as in 1,500. */
const COMMA = /^[+-]?\d+,\d+$/;
const COMMA_OR_THOUSANDS = /^[+-]?[1-9]\d{0,2},\d{3}$/;
/** Thousands between spaces, or between the sign that is not the one before the decimals. */
const SPACES = /^[+-]?[1-9]\d{0,2}(?:[ \u00A0\u202F]\d{3})+(?:[.,]\d+)?$/;
const POINTS = /^[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})$/;
const COMMAS = /^[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})$/;

/**
 * A number with a decimal point and no thousands separators: `1000,50` and `1 000,50` become 1000.50.
 *
 * @returns undefined when it is not a number, or can mean two: `1,500`
 */
export function decimalIn(text: string): string | undefined {
	const written = text.trim();
	if (PLAIN.test(written)) return written;
	if (COMMA.test(written)) {
		return COMMA_OR_THOUSANDS.test(written) ? undefined : written.replace(',', '.');
	}
	if (SPACES.test(written)) return written.replace(/[ \u00A0\u202F]/g, '').replace(',', '.');
	if (POINTS.test(written)) return written.replace(/\./g, '').replace(',', '.');
	if (COMMAS.test(written)) return written.replace(/,/g, '');
	return undefined;
}

const TIME = String.raw`(?:[ T]+(\d{1,2}:\d{2}(?::\d{2})?))?`;
/** With points, the day comes first in every language; a year of four digits is never the day. */
const DAY_FIRST = new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4})\.?${TIME}$`);
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([./])(\d{1,2})\2(\d{1,2})\.?${TIME}$`);

/** A date such as `01.11.2026` or `2026.11.01` as YYYY-MM-DD; everything else as it is. */
export function isoDate(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	const written = value.trim();
	const [ofDay, day = '', month = '', year = '', time] = DAY_FIRST.exec(written) ?? [];
	if (ofDay !== undefined) return iso(year, month, day, time);
	const [ofYear, first = '', , second = '', third = '', clock] = YEAR_FIRST.exec(written) ?? [];
	return ofYear === undefined ? value : iso(first, second, third, clock);
}

function iso(year: string, month: string, day: string, time: string | undefined): string {
	const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	return time === undefined ? date : `${date}T${time.padStart(time.length > 5 ? 8 : 5, '0')}`;
}
