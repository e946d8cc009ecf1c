import type { LocalTime } from '../../../shared/dates';

/**
 * The time range of a date or point of time: a day, or one second.
 *
 * @param wholeDay treats midnight as the day that begins then
 * @returns its first second and the first one after it, as YYYY-MM-DDTHH:MM:SS
 */
export function timeRangeOf(
	{ date, time }: LocalTime,
	wholeDay: boolean,
): { from: string; to: string } {
	const isDay = time === undefined || (wholeDay && time === '00:00:00');
	const from = `${date}T${time ?? '00:00:00'}`;
	const end = Date.parse(`${from}Z`) + (isDay ? 86_400_000 : 1000);
	return { from, to: new Date(end).toISOString().slice(0, 19) };
}
