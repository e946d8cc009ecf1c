import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { testRivile } from './methods/credentialTest';
import { triggerFields } from './trigger/fields';
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
			'Starts the workflow when a receipt, payment or client is entered or changed in the Rivilė ERP',
		defaults: { name: 'Rivilė Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'rivileApi', required: true, testedBy: 'testRivile' }],
		properties: triggerFields(),
	};

	methods = {
		credentialTest: { testRivile },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollTrigger(this);
	}
}
