import { resource } from '../../../shared/resource';
import { getEvents } from './getEvents';
import { getMany } from './getMany';

export const monitoringSession = resource('monitoringSession', 'getMany', [
	{
		name: 'Get Events',
		value: 'getEvents',
		action: 'Get what monitoring found',
		description: 'Get the events that one monitoring session found',
		operation: getEvents,
	},
	{
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many monitoring sessions',
		description:
			'Get the monitoring sessions of a list: when it was checked, and how many events were found',
		operation: getMany,
	},
]);
