import { resource } from '../../../shared/resource';
import { create } from './create';
import { get } from './get';
import { getServices } from './getServices';
import { update } from './update';

export const monitoring = resource('monitoring', 'get', [
	{
		name: 'Create',
		value: 'create',
		action: 'Create a monitoring',
		description: 'Start to monitor the objects of a list',
		operation: create,
	},
	{
		name: 'Get',
		value: 'get',
		action: 'Get a monitoring',
		description: 'Get the settings of the monitoring of a list',
		operation: get,
	},
	{
		name: 'Get Services',
		value: 'getServices',
		action: 'Get services of a list',
		description: 'Get the services that a list can subscribe to',
		operation: getServices,
	},
	{
		name: 'Update',
		value: 'update',
		action: 'Update a monitoring',
		description: 'Set the monitoring of a list anew',
		operation: update,
	},
]);
