import { resource } from '../../../shared/resource';
import { create } from './create';
import { deleteList } from './delete';
import { getMany } from './getMany';
import { update } from './update';

export const list = resource('list', 'getMany', [
	{
		name: 'Create',
		value: 'create',
		action: 'Create a list',
		description: 'Create a new list',
		operation: create,
	},
	{
		name: 'Delete',
		value: 'delete',
		action: 'Delete a list',
		description: 'Delete a list with all objects in it',
		operation: deleteList,
	},
	{
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many lists',
		description: 'Get the lists that your role can see',
		operation: getMany,
	},
	{
		name: 'Update',
		value: 'update',
		action: 'Update a list',
		description: 'Change the name or description of a list',
		operation: update,
	},
]);
