/**
 * The milliseconds of a Luxon DateTime or a Date. Told by their methods: expressions may run in a
 * realm of their own, where `instanceof` does not hold.
 */
function millisecondsOf(value: object): number | undefined {
	// A Duration of Luxon has toMillis too, but no date.
	const isDateTime = 'toMillis' in value && 'toISODate' in value;
	const read = isDateTime ? value.toMillis : 'getTime' in value ? value.getTime : undefined;
	if (typeof read !== 'function') return undefined;
	const milliseconds: unknown = read.call(value);
	return typeof milliseconds === 'number' ? milliseconds : undefined;
}

const TIME = '(?:[01]\\d|2[0-4]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d+)?)?';
const LOCAL = new RegExp(`^(\\d{4}-\\d{2}-\\d{2})(?:[T ]${TIME})?$`);
const WITH_OFFSET = new RegExp(`^\\d{4}-\\d{2}-\\d{2}[T ]${TIME}(?:Z|[+-]\\d{2}:?\\d{2})$`, 'i');

/**
 * The calendar date of what n8n gives for a date: Luxon DateTime, Date, ISO text with or without
 * time and offset. A point of time is taken in the given zone; a text without offset already is in
 * it, as n8n's date picker writes it.
 *
 * @param timezone IANA zone, such as Europe/Riga
 * @returns YYYY-MM-DD, or undefined when it is no date
 */
export function toIsoDate(value: unknown, timezone: string): string | undefined {
	if (typeof value === 'object' && value !== null) {
		const milliseconds = millisecondsOf(value);
		return milliseconds === undefined ? undefined : dateIn(timezone, milliseconds);
	}
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	const local = LOCAL.exec(text)?.[1];
	if (local !== undefined) return isCalendarDate(local) ? local : undefined;
	if (!WITH_OFFSET.test(text) || !isCalendarDate(text.slice(0, 10))) return undefined;
	return dateIn(timezone, Date.parse(text.replace(' ', 'T')));
}

function isCalendarDate(text: string): boolean {
	const date = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function dateIn(timezone: string, milliseconds: number): string | undefined {
	if (Number.isNaN(milliseconds)) return undefined;
	const parts = new Intl.DateTimeFormat('en', {
		timeZone: timezone,
		calendar: 'iso8601',
		numberingSystem: 'latn',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
	}).formatToParts(milliseconds);
	const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
	const date = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
	return isCalendarDate(date) ? date : undefined;
}
