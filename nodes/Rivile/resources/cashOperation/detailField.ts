import type { INodeProperties } from 'n8n-workflow';

/** Whether lines come with the receipts and payments. */
export function detailField(): INodeProperties {
	return {
		displayName: 'Detail',
		name: 'detail',
		type: 'options',
		options: [
			{ name: 'Header', value: 'H', description: 'The receipts and payments without their lines' },
			{
				name: 'Header and Lines',
				value: 'A',
				description: 'Also the lines, which show the documents or accounts that are settled',
			},
		],
		default: 'H',
		description: 'Whether to get the lines of each receipt or payment as well',
	};
}
