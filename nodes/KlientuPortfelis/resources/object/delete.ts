import { field, listOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { listField, objectField } from '../fields';
import { deleted, required } from '../results';

export const deleteObject: Operation = {
	effect: 'write',
	description: [
		objectField('The object to delete'),
		{
			displayName: 'Delete From',
			name: 'deleteFrom',
			type: 'options',
			default: 'list',
			description: 'Where to delete the object',
			options: [
				{ name: 'All Lists', value: 'allLists', description: 'Every list that holds the object' },
				{ name: 'One List', value: 'list', description: 'The object stays in other lists' },
			],
		},
		{
			...listField('The list to delete the object from'),
			displayOptions: { show: { deleteFrom: ['list'] } },
		},
	],
	async execute(context) {
		const id = field(context, 'objectId');
		const everywhere = field(context, 'deleteFrom') === 'allLists';
		// Without a list the service deletes everywhere, so a missing one must not slip through.
		const listId = everywhere ? undefined : required(listOf(context), 'List');
		await call(context.connection, 'delete_object', { id, list_id: listId });
		return [deleted(id)];
	},
};
