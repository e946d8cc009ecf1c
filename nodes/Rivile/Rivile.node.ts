import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeItems } from '../shared/operation';
import { connect } from './connection';
import { testRivile } from './methods/credentialTest';
import { searchClients } from './methods/listSearch';
import { getRegisterColumns } from './methods/loadOptions';
import { operationFields, operations } from './resources';

export class Rivile implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Rivilė',
		name: 'rivile',
		icon: { light: 'file:../../icons/rivile.svg', dark: 'file:../../icons/rivile.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Get receipts, payments, clients, debts and other registers from the Rivilė ERP',
		defaults: { name: 'Rivilė' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		builderHint: {
			searchHint:
				'Use to read the Lithuanian ERP Rivilė (GAMA): find the code of a client with Client → Get Many, then what it paid with Cash Operation → Get Many, or what it owes with Debt → Get Many. It only reads data.',
		},
		credentials: [{ name: 'rivileApi', required: true, testedBy: 'testRivile' }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Cash Operation',
						value: 'cashOperation',
						description: 'Receipts and payments',
					},
					{ name: 'Client', value: 'client', description: 'Buyers and suppliers' },
					{ name: 'Debt', value: 'debt', description: 'What clients owe and suppliers are owed' },
					{
						name: 'Register',
						value: 'register',
						description: 'Any other register, such as sales documents, stock or goods',
					},
				],
				default: 'cashOperation',
			},
			...operationFields,
		],
	};

	methods = {
		credentialTest: { testRivile },
		listSearch: { searchClients },
		loadOptions: { getRegisterColumns },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeItems(this, connect, operations);
	}
}
