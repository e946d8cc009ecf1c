import { resource } from '../../../shared/resource';
import type { Connection } from '../../protocol/call';
import { get } from './get';
import { getMany } from './getMany';

export const client = resource<Connection>('client', 'getMany', [
	{
		name: 'Get',
		value: 'get',
		action: 'Get a client',
		description:
			'Get one client by its code, company code or VAT code, with its name, codes and contact details',
		operation: get,
	},
	{
		name: 'Get Many',
		value: 'getMany',
		action: 'Get clients',
		description:
			'Get clients by name, code, role or date of change. Use it to find the code of a client that other operations need.',
		operation: getMany,
	},
]);
