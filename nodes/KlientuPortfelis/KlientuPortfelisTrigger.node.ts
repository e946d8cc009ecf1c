import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { timeoutOption } from '../shared/options';
import { testKlientuPortfelis } from './methods/credentialTest';
import { searchLists } from './methods/listSearch';
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
			'Lists of companies, people, addresses, pledges and properties (Lursoft): starts the workflow when their monitoring has found something',
		defaults: { name: 'Klientu Portfelis Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'klientuPortfelisApi', required: true, testedBy: 'testKlientuPortfelis' },
		],
		properties: [
			{
				displayName: 'Event',
				name: 'event',
				type: 'options',
				default: 'monitoringEvent',
				options: [
					{
						name: 'Monitoring Event',
						value: 'monitoringEvent',
						description: 'A monitored object has changed, for example its address or officials',
					},
				],
			},
			listField('The list whose monitoring to follow; it needs one (Monitoring → Create)'),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Event Types',
						name: 'eventTypes',
						type: 'string',
						default: '',
						placeholder: 'e.g. EV_INSOLV, EV_ADDRESS',
						description:
							'Codes of the events to start for, separated by commas; all when empty. The field event_type of an event holds its code.',
					},
					{
						displayName: 'Only Sessions with Events',
						name: 'onlyWithEvents',
						type: 'boolean',
						default: true,
						description:
							'Whether to start only when something was found. Switch off to get an item also for each check that found nothing.',
					},
					{
						displayName: 'Start Date',
						name: 'startDate',
						type: 'dateTime',
						default: '',
						description:
							'The first day whose events to give when the workflow is activated for the first time; without it, what is there already is left out',
					},
					timeoutOption,
				],
			},
		],
	};

	methods = {
		credentialTest: { testKlientuPortfelis },
		listSearch: { searchLists },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollTrigger(this);
	}
}
