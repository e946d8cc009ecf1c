import { showFor } from '../../../shared/fields';
import { field, listOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { listField, objectField } from '../fields';
import { deleted, required } from '../results';

const showOnlyForObjectDelete = showFor('object', 'delete');

export const deleteObject: Operation = {
	kind: 'write',
	description: [
		objectField(showOnlyForObjectDelete, 'The object to delete'),
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
			displayOptions: showOnlyForObjectDelete,
		},
		listField(
			{ show: { ...showOnlyForObjectDelete.show, deleteFrom: ['list'] } },
			'The list to delete the object from',
		),
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
