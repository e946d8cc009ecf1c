import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { AnyOperation } from './operation';
import { optionsField } from './options';
import { withToolOutput } from './toolOutput';

/** An operation as a choice of the Operation field. */
interface OfferedOperation<Connection> extends INodePropertyOptions {
	readonly value: string;
	readonly operation: AnyOperation<Connection>;
}

/** A resource: its fields on the screen, and its operations by their stored names. */
export interface Resource<Connection> {
	readonly description: INodeProperties[];
	readonly operations: Readonly<Record<string, AnyOperation<Connection>>>;
}

/**
 * Builds a resource: its Operation field, then the fields of each operation, which are shown for that
 * operation only.
 *
 * @param resourceName the stored name of the resource
 * @param initial the default operation
 */
export function resource<Connection>(
	resourceName: string,
	initial: string,
	offered: ReadonlyArray<OfferedOperation<Connection>>,
): Resource<Connection> {
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
			...offered.flatMap(({ value, operation }) => fieldsOf(resourceName, value, operation)),
		],
		operations: Object.fromEntries(offered.map(({ value, operation }) => [value, operation])),
	};
}

function fieldsOf<Connection>(
	resourceName: string,
	name: string,
	operation: AnyOperation<Connection>,
): INodeProperties[] {
	const { description, options = [], effect } = operation;
	const atOnce = 'atOnce' in operation ? operation.atOnce : undefined;
	const show = { resource: [resourceName], operation: [name] };
	const hasOutput = effect === 'read' && 'execute' in operation;
	const own = hasOutput ? withToolOutput(description) : description;
	return [...own, optionsField(options, effect, atOnce)].map((field) => ({
		...field,
		displayOptions: { ...field.displayOptions, show: { ...show, ...field.displayOptions?.show } },
	}));
}
