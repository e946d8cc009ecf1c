import type { INodeProperties } from 'n8n-workflow';

import { notice, simplifyField } from '../../shared/fields';
import { timeoutOption } from '../../shared/options';
import { I04, N08, type Register } from '../protocol/catalogue';
import { detailField } from '../resources/cashOperation/detailField';
import { filterFields as operationFilter } from '../resources/cashOperation/filterFields';
import { filterFields as clientFilter } from '../resources/client/filterFields';
import { columnNamesOption } from '../resources/rows/options';
import { EVENT_NAMES, EVENTS } from './events';

const eventField: INodeProperties = {
	displayName: 'Event',
	name: 'event',
	type: 'options',
	default: 'operationCreated',
	description: 'When to start the workflow',
	options: EVENT_NAMES.map((value) => {
		const { label, description } = EVENTS[value];
		return { name: label, value, description };
	}),
};

const kindField: INodeProperties = {
	displayName: 'Kind',
	name: 'kind',
	type: 'options',
	default: 'all',
	description: 'Which operations to start the workflow for',
	options: [
		{ name: 'Payments', value: 'payments', description: 'Money that was paid out' },
		{ name: 'Receipts', value: 'receipts', description: 'Money that was received' },
		{ name: 'Receipts and Payments', value: 'all' },
	],
};

const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		columnNamesOption,
		{
			displayName: 'Start Date',
			name: 'startDate',
			type: 'dateTime',
			typeOptions: { dateOnly: true },
			default: '',
			description:
				"The first day to include when you publish the workflow for the first time or choose another event. Without it, everything that is already in the register is skipped. For 'Operation Created' it is compared with the operation date, otherwise with the time of the last change. Operations and clients that are entered later are always included, whatever their date.",
		},
		timeoutOption,
	],
};

/** Every field of the trigger. */
export function triggerFields(): INodeProperties[] {
	return [
		notice(
			'pollNotice',
			'Poll Times decides how soon the workflow starts. Every poll sends one or more requests, which count towards the rate limit of the API key.',
		),
		eventField,
		...shownFor(I04, [kindField, detailField()]),
		simplifyField(),
		// Left out is what the trigger has a field of its own for, or looks at anyway.
		...shownFor(I04, operationFilter(['kind'])),
		...shownFor(N08, clientFilter(['changedSince'])),
		optionsField,
	];
}

/** Fields that show only for the events of a register. */
function shownFor(register: Register, fields: readonly INodeProperties[]): INodeProperties[] {
	const event = EVENT_NAMES.filter((name) => EVENTS[name].register === register);
	return fields.map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { ...field.displayOptions?.show, event },
		},
	}));
}
