import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../operation';
import { getMany } from './cashOperation/getMany';

const operations: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
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
	...getMany.description,
];

/** The operation that is chosen in the node, by the stored names. */
export function operationOf(resource: string, operation: string): Operation | undefined {
	if (!Object.hasOwn(operations, resource)) return undefined;
	const found = operations[resource];
	return found !== undefined && Object.hasOwn(found, operation) ? found[operation] : undefined;
}
