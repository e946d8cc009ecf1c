import { resource } from '../../../shared/resource';
import { create } from './create';
import { get } from './get';
import { getServices } from './getServices';
import { update } from './update';
import { upsert } from './upsert';

export const monitoring = resource('monitoring', 'get', [
	{
		name: 'Create',
		value: 'create',
		action: 'Start monitoring a list',
		description: 'Start monitoring the objects of a list',
		operation: create,
	},
	{
		name: 'Create or Update',
		value: 'upsert',
		action: 'Start or change the monitoring of a list',
		description: 'Create a new record, or update the current one if it already exists (upsert)',
		operation: upsert,
	},
	{
		name: 'Get',
		value: 'get',
		action: 'Get the monitoring of a list',
		description: 'Get the monitoring settings of a list',
		operation: get,
	},
	{
		name: 'Get Services',
		value: 'getServices',
		action: 'Get what a list can be monitored for',
		description: 'Get the services (kinds of changes) that a list can be monitored for',
		operation: getServices,
	},
	{
		name: 'Update',
		value: 'update',
		action: 'Change the monitoring of a list',
		description: 'Replace the monitoring settings of a list',
		operation: update,
	},
]);
