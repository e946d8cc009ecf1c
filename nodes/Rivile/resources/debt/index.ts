import { resource } from '../../../shared/resource';
import type { Connection } from '../../protocol/call';
import { getMany } from './getMany';

export const debt = resource<Connection>('debt', 'getMany', [
	{
		name: 'Get Many',
		value: 'getMany',
		action: 'Get debts',
		description:
			'Get what clients owe and suppliers are owed, summed by client or by document. Use it to find out how much a client owes and since when.',
		operation: getMany,
	},
]);
