import { resource } from '../../../shared/resource';
import { create } from './create';
import { deleteObject } from './delete';
import { find } from './find';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';
import { upsert } from './upsert';

export const object = resource('object', 'getMany', [
	{
		name: 'Create',
		value: 'create',
		action: 'Add a company or other object to a list',
		description: 'Add a company, person, address, pledge, keyword or property to a list',
		operation: create,
	},
	{
		name: 'Create or Update',
		value: 'upsert',
		action: 'Create or update an object by its code',
		description: 'Create a new record, or update the current one if it already exists (upsert)',
		operation: upsert,
	},
	{
		name: 'Delete',
		value: 'delete',
		action: 'Delete an object from one or all lists',
		description:
			'Delete an object from one list or from all lists. Use Find first to see which lists hold it.',
		operation: deleteObject,
	},
	{
		name: 'Find',
		value: 'find',
		action: 'Find objects by code, client ID or name',
		description:
			'Find out whether an object is in your lists, in which of them, and what its ID is. Use this before you get, update or delete an object.',
		operation: find,
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
			'Change what you have noted about an object, such as its phone number or your client ID. Use Find first to get its ID.',
		operation: update,
	},
]);
