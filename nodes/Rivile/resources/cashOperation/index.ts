import { resource } from '../../../shared/resource';
import type { Connection } from '../../protocol/call';
import { getMany } from './getMany';

export const cashOperation = resource<Connection>('cashOperation', 'getMany', [
	{
		name: 'Get Many',
		value: 'getMany',
		action: 'Get receipts and payments',
		description: 'Get many receipts and payments, with filters and optionally with their lines',
		operation: getMany,
	},
]);
