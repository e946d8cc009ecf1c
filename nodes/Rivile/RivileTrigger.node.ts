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
			'Starts the workflow when a receipt or payment is entered or changed in the Rivilė ERP',
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
						description: 'A receipt or payment with a new number was entered',
					},
					{
						name: 'Operation Created or Updated',
						value: 'operationUpdated',
						description:
							'A receipt or payment was entered or changed, according to the time of its last change',
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
							"The first day to include when you publish the workflow for the first time. Without it, everything that is already in the register is skipped. For 'Operation Created' it is compared with the operation date, otherwise with the time of the last change. Operations that are entered later are always included, whatever their date.",
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
