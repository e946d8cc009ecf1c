import { collection, field, listOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { lengthOf } from '../catalogue';
import { listField } from '../fields';
import { one } from '../results';

export const update: Operation = {
	effect: 'write',
	description: [
		listField('The list to change'),
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Clients 2026',
			description: `The new name of the list, ${lengthOf('update_list', 'name')}. Enter the current name to keep it.`,
		},
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					default: '',
					description: 'What the list is for. Leave this empty to remove the description.',
				},
			],
		},
	],
	async execute(context) {
		const answer = await call(context.connection, 'update_list', {
			id: await listOf(context),
			name: field(context, 'name'),
			description: collection(context, 'updateFields').description,
		});
		return [one(answer, 'list')];
	},
};
