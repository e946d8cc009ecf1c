import type { INodeProperties } from 'n8n-workflow';

/** Whether addresses come with the clients. */
export function detailField(): INodeProperties {
	return {
		displayName: 'Detail',
		name: 'detail',
		type: 'options',
		options: [
			{ name: 'Header', value: 'H', description: 'The clients without their addresses' },
			{
				name: 'Header and Addresses',
				value: 'A',
				description: 'Also the addresses and bank details of each client',
			},
		],
		default: 'H',
		description: 'Whether to get the addresses and bank details of each client as well',
	};
}
