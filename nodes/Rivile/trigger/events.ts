import { I04, N08, type Register } from '../protocol/catalogue';

/** The events, by the names that workflows store. */
export type EventName = 'operationCreated' | ChangeEventName;

/** The events that are recognized by the time of a row's last change. */
export type ChangeEventName = 'operationUpdated' | 'clientChanged';

/** What the trigger starts the workflow for. */
export interface TriggerEvent {
	readonly register: Register;
	/** What a row of the register is, for messages. */
	readonly row: 'operation' | 'client';
	/** As it is on the screen. */
	readonly label: string;
	readonly description: string;
}

export const EVENTS: Readonly<Record<EventName, TriggerEvent>> = {
	clientChanged: {
		register: N08,
		row: 'client',
		label: 'Client Created or Updated',
		description: 'A client was entered or changed, according to the time of its last change',
	},
	operationCreated: {
		register: I04,
		row: 'operation',
		label: 'Operation Created',
		description: 'A receipt or payment with a new number was entered',
	},
	operationUpdated: {
		register: I04,
		row: 'operation',
		label: 'Operation Created or Updated',
		description:
			'A receipt or payment was entered or changed, according to the time of its last change',
	},
};

export const EVENT_NAMES: readonly EventName[] = Object.keys(EVENTS).filter(isEventName);

export function isEventName(value: unknown): value is EventName {
	return typeof value === 'string' && Object.hasOwn(EVENTS, value);
}
