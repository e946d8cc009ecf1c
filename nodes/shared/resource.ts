import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { showFor } from './fields';
import { withOptions } from './options';
import type { Operation } from '../KlientuPortfelis/operation';

/** An operation with how the Operation field offers it. */
interface OfferedOperation extends INodePropertyOptions {
	readonly value: string;
	readonly operation: Operation;
}

/** A resource: its fields on the screen, and its operations by their stored names. */
export interface Resource {
	readonly description: INodeProperties[];
	readonly operations: Readonly<Record<string, Operation>>;
}

/**
 * Puts a resource together: its Operation field, then the fields of each operation.
 *
 * @param resourceName the stored name of the resource
 * @param initial the operation that is chosen at first
 */
export function resource(
	resourceName: string,
	initial: string,
	offered: readonly OfferedOperation[],
): Resource {
	const operationField: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resourceName] } },
		options: offered.map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
		default: initial,
	};
	return {
		description: [
			operationField,
			...offered.flatMap(({ value, operation }) =>
				withOptions(operation.description, showFor(resourceName, value), operation.kind),
			),
		],
		operations: Object.fromEntries(offered.map(({ value, operation }) => [value, operation])),
	};
}
