import type { INodeProperties } from 'n8n-workflow';

/** Whether lines come with the receipts and payments. */
export function detailField(): INodeProperties {
	return {
		displayName: 'Detail',
		name: 'detail',
		type: 'options',
		options: [
			{ name: 'Header', value: 'H', description: 'The receipts and payments alone' },
			{
				name: 'Header and Lines',
				value: 'A',
				description: 'With the lines that say which documents or accounts they settle',
			},
		],
		default: 'H',
		description: 'How much to get of each receipt or payment',
	};
}
