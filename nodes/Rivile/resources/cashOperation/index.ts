import { resource } from '../../../shared/resource';
import type { Connection } from '../../protocol/call';
import { find } from './find';
import { get } from './get';
import { getMany } from './getMany';

export const cashOperation = resource<Connection>('cashOperation', 'getMany', [
	{
		name: 'Find Payments',
		value: 'find',
		action: 'Find payments by client, amount or reference',
		description:
			'Find the receipts and payments that match a client, an amount, dates or a reference best. Returns them with their lines, best match first, with a score from 0 to 1 and the names of the fields that matched.',
		operation: find,
	},
	{
		name: 'Get',
		value: 'get',
		action: 'Get a receipt or payment',
		description: 'Get one receipt or payment by its operation number, optionally with its lines',
		operation: get,
	},
	{
		name: 'Get Many',
		value: 'getMany',
		action: 'Get receipts and payments',
		description: 'Get many receipts and payments, with filters and optionally with their lines',
		operation: getMany,
	},
]);
