import { collection, field, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { lengthOf, sortedOptionsOf } from '../catalogue';
import { one } from '../results';

export const create: Operation = {
	effect: 'write',
	description: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Clients 2026',
			description: `The name of the new list, ${lengthOf('add_list', 'name')}`,
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			default: 'PERSONS',
			required: true,
			description: 'What the list holds. You cannot change this later.',
			options: sortedOptionsOf('add_list', 'type'),
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					default: '',
					description: 'What the list is for',
				},
				{
					displayName: 'Form',
					name: 'form',
					type: 'options',
					default: 'SIMPLE',
					description: 'Whether you give the objects of the list your own identifiers',
					options: sortedOptionsOf('add_list', 'form'),
				},
			],
		},
	],
	async execute(context) {
		const { description, form } = collection(context, 'additionalFields');
		const answer = await call(context.connection, 'add_list', {
			name: field(context, 'name'),
			type: field(context, 'type'),
			description,
			form,
		});
		return [one(answer, 'list')];
	},
};
