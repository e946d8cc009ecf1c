import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { timeoutOption } from '../shared/options';
import { testRivile } from './methods/credentialTest';
import { filterFields } from './resources/cashOperation/filterFields';
import { detailField } from './resources/cashOperation/detailField';
import { pollTrigger } from './trigger/poll';

export class RivileTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Rivilė Trigger',
		name: 'rivileTrigger',
		icon: { light: 'file:../../icons/rivile.svg', dark: 'file:../../icons/rivile.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["event"]}}',
		description:
			'Receipts and payments of the Rivilė ERP: starts the workflow when one is entered or changed',
		defaults: { name: 'Rivilė Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'rivileApi', required: true, testedBy: 'testRivile' }],
		properties: [
			{
				displayName: 'Event',
				name: 'event',
				type: 'options',
				default: 'operationCreated',
				options: [
					{
						name: 'Operation Created',
						value: 'operationCreated',
						description: 'A receipt or payment was entered, told by its number',
					},
					{
						name: 'Operation Created or Updated',
						value: 'operationUpdated',
						description:
							'A receipt or payment was entered or changed, told by the time of its change',
					},
				],
			},
			detailField(),
			...filterFields(),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Start Date',
						name: 'startDate',
						type: 'dateTime',
						default: '',
						description:
							'The first day to give operations of when the workflow is activated for the first time; without it, what is there already is left out. For new operations it is the operation date, otherwise that of the change. Operations entered later come whatever their date.',
					},
					timeoutOption,
				],
			},
		],
	};

	methods = {
		credentialTest: { testRivile },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollTrigger(this);
	}
}
