import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Connection } from './protocol/call';
import { toSwitch } from './protocol/check';

/** What an operation's execute works with: n8n's functions, one item of the input, the connection. */
export interface OperationContext {
	readonly functions: IExecuteFunctions;
	readonly itemIndex: number;
	readonly connection: Connection;
}

/** One operation: its fields on the screen and what it does with one item, side by side. */
export interface Operation {
	readonly description: INodeProperties[];
	/** @throws Fault in words for the user */
	execute(context: OperationContext): Promise<IDataObject[]>;
}

/** The value of a field for the item, as the user filled it in; n8n gives the default if unset. */
export function field(context: OperationContext, name: string): unknown {
	return context.functions.getNodeParameter(name, context.itemIndex, undefined);
}

/** The list picked in a resource locator. */
export function listOf(context: OperationContext, name = 'listId'): unknown {
	return context.functions.getNodeParameter(name, context.itemIndex, undefined, {
		extractValue: true,
	});
}

/** The fields that were added to a collection. */
export function collection(context: OperationContext, name: string): IDataObject {
	const value = context.functions.getNodeParameter(name, context.itemIndex, {});
	return typeof value === 'object' && value !== null ? (value as IDataObject) : {};
}

/**
 * Whether a switch is on for the item.
 *
 * @throws Fault (input) when it is neither on nor off
 */
export function isOn(context: OperationContext, name: string, label: string): boolean {
	return toSwitch(label, field(context, name));
}
