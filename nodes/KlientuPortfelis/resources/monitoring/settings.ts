import type { INodeProperties } from 'n8n-workflow';

import { collection, field, listOf, type OperationContext } from '../../operation';
import { optionsOf } from '../catalogue';
import { listField } from '../fields';

/** The fields that creating and updating share: an update replaces every setting. */
export function monitoringFields(listDescription: string): INodeProperties[] {
	return [
		listField(listDescription),
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
			options: [
				{
					displayName: 'End Date',
					name: 'endDate',
					type: 'dateTime',
					default: '',
					description: 'The last day of the monitoring. Without it, the monitoring does not end.',
				},
			],
		},
	];
}

/** The values of these fields, by the service's parameter names. */
export function monitoringSettings(context: OperationContext) {
	return {
		list_id: listOf(context),
		email: field(context, 'emails'),
		empty_mail: field(context, 'emptyMail'),
		period: field(context, 'period'),
		start_date: field(context, 'startDate'),
		services: field(context, 'services'),
		end_date: collection(context, 'additionalFields').endDate,
	};
}
