import { field, listOf, type Operation, type OperationContext } from '../../operation';
import { call } from '../../protocol/call';
import { emptyFault } from '../../protocol/request/check';
import { listField, objectField } from '../fields';
import { deleted } from '../items';

export const deleteObject: Operation = {
	effect: 'write',
	description: [
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
		const id = field(context, 'objectId');
		const isEverywhere = field(context, 'deleteFrom') === 'allLists';
		const listId = isEverywhere ? undefined : requiredListOf(context);
		await call(context.connection, 'delete_object', { id, list_id: listId });
		return [deleted(id)];
	},
};

/**
 * The list to delete from. Without one the service would delete the object from every list.
 *
 * @throws Fault (input) when it is empty
 */
function requiredListOf(context: OperationContext): unknown {
	const listId = listOf(context);
	if (listId !== undefined && listId !== null && listId !== '') return listId;
	throw emptyFault('List');
}
