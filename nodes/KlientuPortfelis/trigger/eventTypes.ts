import { createHash } from 'node:crypto';

import { Fault } from '../../shared/fault';
import { quote } from '../../shared/quote';
import { listIn, shown } from '../../shared/values';
import type { Connection } from '../protocol/call';
import { eventTypesOf, type EventType } from '../protocol/eventTypes';
import type { TriggerSettings } from './monitoringSessions';

/** The event types that a trigger starts for, and of which list. */
export interface ChosenTypes extends Pick<TriggerSettings, 'listId' | 'eventTypes'> {
	/** Whether types that no past session contains are accepted. */
	readonly allowOtherTypes: boolean;
}

/** So many types are named in a message. */
const MAX_NAMED = 20;

/** The event types in the field: a list, or a text with commas. */
export function typesIn(value: unknown): string[] {
	const given: unknown[] = Array.isArray(value)
		? value
		: (listIn(String(value ?? '')) ?? String(value ?? '').split(/[,;\s]+/));
	return given.map((type) => String(type).trim()).filter((type) => type !== '');
}

/** What tells in the cursor that these event types were checked; undefined for all types. */
export function typesMark(types: readonly string[]): string | undefined {
	if (types.length === 0) return undefined;
	const sorted = [...new Set(types)].sort();
	return createHash('sha256').update(JSON.stringify(sorted)).digest('base64').slice(0, 12);
}

/**
 * Checks the event types against those that past sessions of the list contain: with a type that the
 * service does not have, a trigger would wait for ever. A list without past events tells nothing.
 *
 * @throws Fault (input) that names the types found; other Faults when they cannot be read
 */
export async function checkEventTypes(
	connection: Connection,
	{ listId, eventTypes, allowOtherTypes }: ChosenTypes,
): Promise<void> {
	if (eventTypes.length === 0 || allowOtherTypes) return;
	const known = await eventTypesOf(connection, listId);
	const unknown = eventTypes.filter((type) => !known.some(({ code }) => code === type));
	if (known.length > 0 && unknown.length > 0) throw unknownTypes(unknown, known);
}

function unknownTypes(unknown: readonly string[], known: readonly EventType[]): Fault {
	const named = known.slice(0, MAX_NAMED);
	const titles = named.map(({ code, title }) => quote(title === '' ? code : `${code} (${title})`));
	const more = known.length > MAX_NAMED ? ` and ${known.length - MAX_NAMED} more` : '';
	// When a workflow is published, n8n shows the title only.
	const codes = named.map(({ code }) => quote(code)).join(', ');
	return new Fault(
		'input',
		`'Event Type Names or IDs' contains a type that past sessions of the list did not find: ${shown(unknown.join(', '))}. They found: ${codes}${more}`,
		`Choose from the types that they found: ${titles.join(', ')}${more}. To wait for a type that has not occurred yet, turn on 'Allow Other Event Types' under Options, and check the code with Lursoft.`,
	);
}
