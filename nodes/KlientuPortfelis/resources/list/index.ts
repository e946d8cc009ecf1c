import { resource } from '../../../shared/resource';
import { compare } from './compare';
import { create } from './create';
import { deleteList } from './delete';
import { getMany } from './getMany';
import { sync } from './sync';
import { update } from './update';

export const list = resource('list', 'getMany', [
	{
		name: 'Compare',
		value: 'compare',
		action: 'Compare a list with the input or another list',
		description: 'Find out which objects a list and the input, or another list, have in common',
		operation: compare,
	},
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
		name: 'Sync',
		value: 'sync',
		action: 'Make a list match the input',
		description:
			'Make a list contain what the input contains: add what is missing, update what differs, report or delete the rest. Dry Run is on by default.',
		operation: sync,
	},
	{
		name: 'Update',
		value: 'update',
		action: 'Update a list',
		description: 'Change the name or description of a list',
		operation: update,
	},
]);
