import type { IPollFunctions } from 'n8n-workflow';

import { toLocalTime } from '../../shared/dates';
import { Fault } from '../../shared/fault';
import { collection, field, isOn } from '../operation';
import type { Row } from '../protocol/answer/rows';
import type { Connection, Form } from '../protocol/call';
import { I04 } from '../protocol/catalogue';
import { and } from '../protocol/sql/conditions';
import { buildSimple } from '../protocol/sql/filter';
import { filterIn as operationFilter } from '../resources/cashOperation/filterFields';
import { filterIn as clientFilter } from '../resources/client/filterFields';
import { columnNamesOf, detailOf, unknownChoice } from '../resources/rows/options';
import { shapeOf } from '../resources/rows/shape';
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
 * Reads the fields of the trigger. Fields that do not show for the event do not count, whatever is
 * stored in them.
 *
 * @throws Fault (input) that names the field
 */
export function settingsOf(context: IPollFunctions, { timezone }: Connection): TriggerSettings {
	const event = eventOf(context);
	const { register } = EVENTS[event];
	const isOperation = register === I04;
	const simplify = isOn(context, 'simplify', 'Simplify');
	const columnNames = columnNamesOf(context, simplify);
	const filterIn = isOperation ? operationFilter : clientFilter;
	const kind = isOperation ? kindOf(context, timezone) : undefined;
	return {
		event,
		form: {
			detail: isOperation ? detailOf(context, I04) : 'H',
			format: 'json',
			numbersAsText: false,
		},
		filter: and(kind, filterIn(context, timezone).sql),
		startDate: startDateOf(context, timezone),
		timezone,
		shape: shapeOf(register, { simplify, columnNames }),
	};
}

function eventOf(context: IPollFunctions): EventName {
	const event = field(context, 'event');
	if (isEventName(event)) return event;
	const labels = EVENT_NAMES.map((name) => EVENTS[name].label);
	throw unknownChoice('Event', event, listed(labels), listed(EVENT_NAMES));
}

/** The condition for receipts or payments only; undefined for both. */
function kindOf(context: IPollFunctions, timezone: string): string | undefined {
	const kind = field(context, 'kind') ?? 'all';
	if (kind === 'all') return undefined;
	const value = kind === 'receipts' ? 1 : kind === 'payments' ? 2 : undefined;
	if (value === undefined) {
		throw unknownChoice(
			'Kind',
			kind,
			'Receipts and Payments, Receipts or Payments',
			'all, receipts or payments',
		);
	}
	const condition = { label: 'Kind', column: 'I04_OP_RUSIS', operator: 'equal', value } as const;
	return buildSimple(I04, [condition], timezone);
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

/** `a, b or c`. */
const listed = (words: readonly string[]) =>
	`${words.slice(0, -1).join(', ')} or ${words[words.length - 1] ?? ''}`;
