/** A date and time in the workflow's time zone. */
export interface LocalTime {
	/** YYYY-MM-DD */
	readonly date: string;
	/** HH:MM:SS, undefined for a date without a time. */
	readonly time: string | undefined;
}

/**
 * The milliseconds of a Luxon DateTime or a Date. They are recognized by their methods, because
 * expressions may run in another realm, where `instanceof` does not work.
 */
function millisecondsOf(value: object): number | undefined {
	// A Luxon Duration has toMillis too, but no date.
	const isDateTime = 'toMillis' in value && 'toISODate' in value;
	const read = isDateTime ? value.toMillis : 'getTime' in value ? value.getTime : undefined;
	if (typeof read !== 'function') return undefined;
	const milliseconds: unknown = read.call(value);
	return typeof milliseconds === 'number' ? milliseconds : undefined;
}

const ISO =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Reads a date as n8n provides it: a Luxon DateTime, a Date, or ISO text with or without time and offset.
 * It is converted to the given zone; text without an offset is in that zone already.
 *
 * @param timezone IANA zone, such as Europe/Vilnius
 * @returns undefined when it is not a date
 */
export function toLocalTime(value: unknown, timezone: string): LocalTime | undefined {
	if (typeof value === 'object' && value !== null) {
		return inZone(timezone, millisecondsOf(value) ?? Number.NaN);
	}
	if (typeof value !== 'string') return undefined;
	const [text, date, minutes, seconds = '00', offset] = ISO.exec(value.trim()) ?? [];
	if (text === undefined || date === undefined) return undefined;
	if (minutes === undefined)
		return isPoint(`${date}T00:00:00`) ? { date, time: undefined } : undefined;
	const time = `${minutes}:${seconds}`;
	if (!isPoint(`${date}T${time}`)) return undefined;
	if (offset === undefined) return { date, time };
	return inZone(timezone, Date.parse(text.replace(' ', 'T')));
}

/** Whether this date and time exist. */
function isPoint(local: string): boolean {
	const point = new Date(`${local}Z`);
	return !Number.isNaN(point.getTime()) && point.toISOString().startsWith(local);
}

function inZone(timezone: string, milliseconds: number): LocalTime | undefined {
	const point = new Date(milliseconds);
	// JavaScript also has years with more or fewer than four digits; databases do not.
	if (Number.isNaN(point.getTime()) || !/^\d{4}-/.test(point.toISOString())) return undefined;
	const parts = new Intl.DateTimeFormat('en', {
		timeZone: timezone,
		calendar: 'iso8601',
		numberingSystem: 'latn',
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	}).formatToParts(point);
	const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
	return {
		date: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
		time: `${part('hour')}:${part('minute')}:${part('second')}`,
	};
}
