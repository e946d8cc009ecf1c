import { resource } from '../../../shared/resource';
import type { Connection } from '../../protocol/call';
import { getMany } from './getMany';

export const cashOperation = resource<Connection>('cashOperation', 'getMany', [
	{
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many cash operations',
		description: 'Get receipts and payments from the register, filtered and with their lines',
		operation: getMany,
	},
]);
