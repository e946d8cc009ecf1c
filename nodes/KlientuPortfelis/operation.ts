import type { IDataObject } from 'n8n-workflow';

import type {
	Operation as SharedOperation,
	OperationContext as SharedContext,
} from '../shared/operation';
import { toSwitch, toWholeNumber } from '../shared/values';
import { resolveList, resolveObject } from './locators';
import type { Connection } from './protocol/call';
import { emptyFault } from './protocol/request/check';

export type OperationContext = SharedContext<Connection>;

export type Operation = SharedOperation<Connection>;

/** The value of a field for the item; n8n gives the default when it is not set. */
export function field(context: OperationContext, name: string): unknown {
	return context.n8n.getNodeParameter(name, context.itemIndex, undefined);
}

/**
 * The ID of the list that is picked in a resource locator.
 *
 * @throws Fault in words for the user
 */
export async function listOf(context: OperationContext, name = 'listId'): Promise<unknown> {
	return await resolveList(context.connection, field(context, name));
}

/**
 * The ID of the list picked, where it is needed before a request is made.
 *
 * @throws Fault (input) when there is none
 */
export async function listIdOf(
	context: OperationContext,
	name = 'listId',
	label = 'List',
): Promise<number> {
	const value = await listOf(context, name);
	if (value === undefined || value === null || value === '') throw emptyFault(label);
	return toWholeNumber(label, value);
}

/**
 * The ID of the object that is picked in the field Object.
 *
 * @param listId the ID of the list to look a code up in; undefined for all lists
 * @throws Fault in words for the user
 */
export async function objectOf(context: OperationContext, listId?: number): Promise<unknown> {
	return await resolveObject(context.connection, field(context, 'objectId'), listId);
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
