import type { IPollFunctions } from 'n8n-workflow';

import { toLocalTime } from '../../shared/dates';
import { Fault } from '../../shared/fault';
import { shown } from '../../shared/values';
import { collection, field } from '../operation';
import type { Row } from '../protocol/answer/rows';
import type { Connection, Form } from '../protocol/call';
import { filterOf } from '../resources/cashOperation/filterFields';
import { EVENT_NAMES, EVENTS, isEventName, type EventName } from './events';

/** What the user has set in the trigger. */
export interface TriggerSettings {
	readonly event: EventName;
	readonly form: Form;
	/** The condition for the rows to start with, in parentheses; undefined for all rows. */
	readonly filter: string | undefined;
	/** The first day to begin with when there is no cursor yet; undefined for now. */
	readonly startDate: string | undefined;
	readonly timezone: string;
	/** What is emitted of a row. */
	readonly shape: (row: Row) => Row;
}

/**
 * Reads the fields of the trigger.
 *
 * @throws Fault (input) that names the field
 */
export function settingsOf(context: IPollFunctions, { timezone }: Connection): TriggerSettings {
	const event = eventOf(context);
	return {
		event,
		form: { detail: detailOf(context), format: 'json', numbersAsText: false },
		filter: filterOf(context, timezone),
		startDate: startDateOf(context, timezone),
		timezone,
		shape: (row) => row,
	};
}

function eventOf(context: IPollFunctions): EventName {
	const event = field(context, 'event');
	if (isEventName(event)) return event;
	const labels = EVENT_NAMES.map((name) => EVENTS[name].label).join(', ');
	throw unknownChoice('Event', event, labels, EVENT_NAMES);
}

function detailOf(context: IPollFunctions): 'H' | 'A' {
	return field(context, 'detail') === 'A' ? 'A' : 'H';
}

function startDateOf(context: IPollFunctions, timezone: string): string | undefined {
	const { startDate } = collection(context, 'options');
	if (startDate === undefined || startDate === '') return undefined;
	const day = toLocalTime(startDate, timezone)?.date;
	if (day !== undefined) return day;
	throw new Fault(
		'input',
		"'Start Date' is not a date",
		'Pick a date, or enter one as YYYY-MM-DD, for example 2026-01-31.',
	);
}

function unknownChoice(
	label: string,
	value: unknown,
	choices: string,
	values: readonly string[],
): Fault {
	return new Fault(
		'input',
		`'${label}' must be one of ${choices}: ${shown(value)}`,
		`Choose one from the list. In an expression, use ${values.join(', ')}.`,
	);
}
