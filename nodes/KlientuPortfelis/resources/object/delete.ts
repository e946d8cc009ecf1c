import { notice } from '../../../shared/fields';
import { field, objectOf, listIdOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { listField, objectField } from '../fields';
import { deleted } from '../items';

export const deleteObject: Operation = {
	effect: 'write',
	description: [
		notice(
			'deleteNotice',
			'This cannot be undone. An object that is deleted from its last list loses its contact details and your client ID.',
		),
		objectField('The object to delete'),
		{
			displayName: 'Delete From',
			name: 'deleteFrom',
			type: 'options',
			default: 'list',
			description: 'Which lists to delete the object from',
			options: [
				{ name: 'All Lists', value: 'allLists', description: 'Every list that holds the object' },
				{ name: 'One List', value: 'list', description: 'The object stays in its other lists' },
			],
		},
		{
			...listField('The list to delete the object from'),
			displayOptions: { show: { deleteFrom: ['list'] } },
		},
	],
	async execute(context) {
		const isEverywhere = field(context, 'deleteFrom') === 'allLists';
		// Without a list the service would delete the object from every list.
		const listId = isEverywhere ? undefined : await listIdOf(context);
		const id = await objectOf(context, listId);
		await call(context.connection, 'delete_object', { id, list_id: listId });
		return [deleted(id)];
	},
};
