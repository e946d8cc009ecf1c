import { resource } from '../../../shared/resource';
import type { Connection } from '../../protocol/call';
import { getMany } from './getMany';

export const register = resource<Connection>('register', 'getMany', [
	{
		name: 'Get Many',
		value: 'getMany',
		action: 'Get rows of any register',
		description:
			'Get rows of any register that Rivilė lists, such as sales documents, stock, goods, prices or contracts, with filters',
		operation: getMany,
	},
]);
