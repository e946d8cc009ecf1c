import type { INodeProperties } from 'n8n-workflow';

import { showFor } from '../../shared/fields';
import { withOptions } from '../../shared/options';
import type { Operations } from '../../shared/operation';
import type { Connection } from '../protocol/call';
import { getMany } from './cashOperation/getMany';

/** The operations by the stored names. */
export const operations: Operations<Connection> = {
	cashOperation: { getMany },
};

/** The Operation field of each resource, and the fields of every operation. */
export const operationFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['cashOperation'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many cash operations',
				description: 'Get receipts and payments from the register, filtered and with their lines',
			},
		],
		default: 'getMany',
	},
	...withOptions(getMany.description, showFor('cashOperation', 'getMany'), getMany.kind),
];
