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
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. Clients 2026',
				hint: 'Upper and lower case and accents do not matter',
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

/** The object to work with, picked from all lists, or given by its code or ID. */
export function objectField(description: string): INodeProperties {
	return {
		displayName: 'Object',
		name: 'objectId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: `${description}. To look up its ID, use Object → Find.`,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select an object…',
				typeOptions: {
					searchListMethod: 'searchObjects',
					searchable: true,
					slowLoadNotice: {
						message: 'Reading the objects of all lists. This can take a few seconds.',
						timeout: 1500,
					},
				},
			},
			{
				displayName: 'By Code',
				name: 'code',
				type: 'string',
				placeholder: 'e.g. 40003053936',
				hint: 'The registration number, personal code or other code. Spaces, dashes and LV in front do not matter.',
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1000001',
				hint: 'The ID that Object → Find and Object → Get Many return, not the registration number',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*\\d{1,10}\\s*$',
							errorMessage:
								'The ID of an object is a number. For a registration number, choose By Code.',
						},
					},
				],
			},
		],
	};
}

/** The monitoring session to work with, picked from those of the list. */
export function sessionField(description: string): INodeProperties {
	return {
		displayName: 'Session ID',
		name: 'sessionId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a session…',
				typeOptions: { searchListMethod: 'searchSessions', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 98765',
				hint: 'The ID that Monitoring Session → Get Many returns',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*\\d+\\s*$',
							errorMessage: 'The ID of a session is a number',
						},
					},
				],
			},
		],
	};
}
