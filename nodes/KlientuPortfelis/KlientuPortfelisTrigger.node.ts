import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { notice } from '../shared/fields';
import { timeoutOption } from '../shared/options';
import { testKlientuPortfelis } from './methods/credentialTest';
import { searchLists } from './methods/listSearch';
import { getEventTypes } from './methods/loadOptions';
import { listField } from './resources/fields';
import { pollTrigger } from './trigger/poll';

export class KlientuPortfelisTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Klientu Portfelis Trigger',
		name: 'klientuPortfelisTrigger',
		icon: {
			light: 'file:../../icons/klientuPortfelis.svg',
			dark: 'file:../../icons/klientuPortfelis.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["event"]}}',
		description:
			'Starts the workflow when monitoring finds a change, such as a new address or an insolvency',
		defaults: { name: 'Klientu Portfelis Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'klientuPortfelisApi', required: true, testedBy: 'testKlientuPortfelis' },
		],
		properties: [
			notice(
				'pollNotice',
				'Lursoft checks a list at most once an hour (Period of its monitoring). Polling more often finds nothing sooner: under Poll Times, choose Every Hour.',
			),
			{
				displayName: 'Event',
				name: 'event',
				type: 'options',
				default: 'monitoringEvent',
				options: [
					{
						name: 'Monitoring Event',
						value: 'monitoringEvent',
						description:
							'Monitoring has found a change of an object, for example of its address or officials',
					},
				],
			},
			listField('The list to watch. It must have a monitoring (Monitoring → Create).'),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Allow Other Event Types',
						name: 'allowOtherTypes',
						type: 'boolean',
						default: false,
						description:
							'Whether to accept event types that no past session of the list contains. Turn this on to wait for a type that has not occurred yet. With a misspelt code, the workflow never starts.',
					},
					{
						displayName: 'Event Type Names or IDs',
						name: 'eventTypes',
						type: 'multiOptions',
						default: [],
						description:
							'Which events start the workflow. Leave this empty for all events. The list shows the types that past sessions found. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
						typeOptions: {
							loadOptionsMethod: 'getEventTypes',
							loadOptionsDependsOn: ['listId.value'],
						},
					},
					{
						displayName: 'Only Sessions with Events',
						name: 'onlyWithEvents',
						type: 'boolean',
						default: true,
						description:
							'Whether to start the workflow only when a check found something. Turn this off to also get an item for each check that found nothing.',
					},
					{
						displayName: 'Start Date',
						name: 'startDate',
						type: 'dateTime',
						typeOptions: { dateOnly: true },
						default: '',
						description:
							'The first day whose events to emit when you publish the workflow for the first time. Without it, only events that come after that are emitted.',
					},
					timeoutOption,
				],
			},
		],
	};

	methods = {
		credentialTest: { testKlientuPortfelis },
		listSearch: { searchLists },
		loadOptions: { getEventTypes },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollTrigger(this);
	}
}
