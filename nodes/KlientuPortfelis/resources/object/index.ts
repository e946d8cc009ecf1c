import { resource } from '../../../shared/resource';
import { create } from './create';
import { deleteObject } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';

export const object = resource('object', 'getMany', [
	{
		name: 'Create',
		value: 'create',
		action: 'Create an object',
		description: 'Add a company, person, address, pledge, keyword or property to a list',
		operation: create,
	},
	{
		name: 'Delete',
		value: 'delete',
		action: 'Delete an object',
		description: 'Delete an object from one list or from all lists',
		operation: deleteObject,
	},
	{
		name: 'Get',
		value: 'get',
		action: 'Get an object',
		description: 'Get what is known of one object',
		operation: get,
	},
	{
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many objects',
		description: 'Get the objects of a list',
		operation: getMany,
	},
	{
		name: 'Update',
		value: 'update',
		action: 'Update an object',
		description: 'Change your own notes on an object, such as its contact details',
		operation: update,
	},
]);
