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
		action: 'Add a company or other object to a list',
		description: 'Add a company, person, address, pledge, keyword or property to a list',
		operation: create,
	},
	{
		name: 'Delete',
		value: 'delete',
		action: 'Delete an object from one or all lists',
		description: 'Delete an object from one list or from all lists',
		operation: deleteObject,
	},
	{
		name: 'Get',
		value: 'get',
		action: 'Get the details of an object',
		description: 'Get the details of one object',
		operation: get,
	},
	{
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many objects of a list',
		description: 'Get the objects of a list',
		operation: getMany,
	},
	{
		name: 'Update',
		value: 'update',
		action: 'Update the contact details of an object',
		description:
			'Change what you have noted about an object, such as its phone number or your client ID',
		operation: update,
	},
]);
