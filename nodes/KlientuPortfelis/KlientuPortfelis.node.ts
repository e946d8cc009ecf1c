import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeItems } from '../shared/operation';
import { connect } from './connection';
import { testKlientuPortfelis } from './methods/credentialTest';
import { searchLists } from './methods/listSearch';
import { getServices } from './methods/loadOptions';
import { searchObjects } from './methods/objectSearch';
import { searchSessions } from './methods/sessionSearch';
import { operationFields, operations } from './resources';

export class KlientuPortfelis implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Klientu Portfelis',
		name: 'klientuPortfelis',
		icon: {
			light: 'file:../../icons/klientuPortfelis.svg',
			dark: 'file:../../icons/klientuPortfelis.dark.svg',
		},
		group: ['input'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Manage lists of companies, people, addresses, pledges and properties in Klientu Portfelis (Lursoft), and monitor them for changes',
		defaults: { name: 'Klientu Portfelis' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		builderHint: {
			searchHint:
				'Use to watch Latvian and Estonian companies, persons, addresses and properties (Lursoft): find out whether a company is in a list with Object → Find before adding, updating or deleting it; read what monitoring found, such as new addresses or insolvencies, with Monitoring Session → Get Many and then Get Events.',
		},
		credentials: [
			{ name: 'klientuPortfelisApi', required: true, testedBy: 'testKlientuPortfelis' },
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'List', value: 'list' },
					{ name: 'Monitoring', value: 'monitoring' },
					{ name: 'Monitoring Session', value: 'monitoringSession' },
					{ name: 'Object', value: 'object' },
					{ name: 'Session', value: 'session' },
				],
				default: 'list',
			},
			...operationFields,
		],
	};

	methods = {
		credentialTest: { testKlientuPortfelis },
		listSearch: { searchLists, searchObjects, searchSessions },
		loadOptions: { getServices },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeItems(this, connect, operations);
	}
}
