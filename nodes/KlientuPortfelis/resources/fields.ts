import type { INodeProperties } from 'n8n-workflow';

/** The list to work with, chosen by name or given by its ID. */
export function listField(description: string): INodeProperties {
	return {
		displayName: 'List',
		name: 'listId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a list…',
				typeOptions: { searchListMethod: 'searchLists', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 6750',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*\\d+\\s*$',
							errorMessage: 'The ID of a list is a number',
						},
					},
				],
			},
		],
	};
}

/** The object to work with, by its ID. */
export function objectField(description: string): INodeProperties {
	return {
		displayName: 'Object ID',
		name: 'objectId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 123456',
		description: `${description}. Use the ID from Object → Get Many, not the registration number.`,
	};
}
