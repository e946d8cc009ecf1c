import type { IDataObject } from 'n8n-workflow';

import type {
	Operation as SharedOperation,
	OperationContext as SharedContext,
} from '../shared/operation';
import { toSwitch } from '../shared/values';
import type { Connection } from './protocol/call';

export type OperationContext = SharedContext<Connection>;

export type Operation = SharedOperation<Connection>;

/** The value of a field for the item; n8n gives the default when it is not set. */
export function field(context: OperationContext, name: string): unknown {
	return context.n8n.getNodeParameter(name, context.itemIndex, undefined);
}

/** The list picked in a resource locator. */
export function listOf(context: OperationContext, name = 'listId'): unknown {
	return context.n8n.getNodeParameter(name, context.itemIndex, undefined, {
		extractValue: true,
	});
}

/** The fields that were added to a collection. */
export function collection(context: OperationContext, name: string): IDataObject {
	const value = context.n8n.getNodeParameter(name, context.itemIndex, {});
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
