import type { INodeProperties } from 'n8n-workflow';

import { collection, field, listOf, type OperationContext } from '../../operation';
import { optionsOf } from '../catalogue';
import { listField } from '../fields';

/** The fields of an operation that sets the whole monitoring of a list. */
export function monitoringFields(listDescription: string): INodeProperties[] {
	return [listField(listDescription), ...settingFields()];
}

const endDate: INodeProperties = {
	displayName: 'End Date',
	name: 'endDate',
	type: 'dateTime',
	typeOptions: { dateOnly: true },
	default: '',
	description: 'The last day of the monitoring. Without it, the monitoring does not end.',
};

/** Every setting of a monitoring. */
export function settingFields(): INodeProperties[] {
	return [
		{
			displayName: 'Emails',
			name: 'emails',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. anna@example.com, janis@example.com',
			description:
				'Who receives the emails: addresses separated by commas, or a list from an expression',
		},
		{
			displayName: 'Send Empty Emails',
			name: 'emptyMail',
			type: 'boolean',
			default: false,
			description: 'Whether to send an email even if nothing has changed',
		},
		{
			displayName: 'Period',
			name: 'period',
			type: 'options',
			default: 'D',
			required: true,
			description: 'How often Lursoft checks the list for changes',
			options: optionsOf('add_list_monitoring', 'period'),
		},
		{
			displayName: 'Start Date',
			name: 'startDate',
			type: 'dateTime',
			typeOptions: { dateOnly: true },
			default: '',
			required: true,
			description: 'The first day of the monitoring',
		},
		{
			displayName: 'Service Names or IDs',
			name: 'services',
			type: 'multiOptions',
			default: [],
			required: true,
			description:
				'What to watch for. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			hint: 'The services depend on the type of the list. Choose the list first.',
			typeOptions: {
				loadOptionsMethod: 'getServices',
				loadOptionsDependsOn: ['listId.value'],
			},
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [endDate],
		},
	];
}

/** The same in a collection, for an operation that keeps what is not given. */
export function singleSettings(): INodeProperties[] {
	const fields = settingFields().filter(({ type }) => type !== 'collection');
	return [...fields, endDate]
		.map((field) => ({ ...field, required: false }))
		.sort((a, b) => a.displayName.localeCompare(b.displayName, 'en'));
}

/** The values of these fields, by the service's parameter names. */
export async function monitoringSettings(context: OperationContext) {
	return {
		list_id: await listOf(context),
		email: field(context, 'emails'),
		empty_mail: field(context, 'emptyMail'),
		period: field(context, 'period'),
		start_date: field(context, 'startDate'),
		services: field(context, 'services'),
		end_date: collection(context, 'additionalFields').endDate,
	};
}
