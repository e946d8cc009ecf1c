import { resource } from '../../../shared/resource';
import { getEvents } from './getEvents';
import { getMany } from './getMany';

export const monitoringSession = resource('monitoringSession', 'getMany', [
	{
		name: 'Get Events',
		value: 'getEvents',
		action: 'Get events of a monitoring session',
		description: 'Get what one monitoring session found',
		operation: getEvents,
	},
	{
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many monitoring sessions',
		description: 'Get the monitoring sessions of a list',
		operation: getMany,
	},
]);
