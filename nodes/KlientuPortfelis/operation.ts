import type {
	InputContext as SharedInputContext,
	InputOperation as SharedInputOperation,
	Operation as SharedOperation,
	OperationContext as SharedContext,
} from '../shared/operation';
import { field } from '../shared/fieldValues';
import { toWholeNumber } from '../shared/values';
import { resolveList, resolveObject } from './locators';
import type { Connection } from './protocol/call';
import { emptyFault } from './protocol/request/check';

export { collection, field, isOn, limitOf } from '../shared/fieldValues';
export { simplifies } from '../shared/toolOutput';

export type OperationContext = SharedContext<Connection>;

export type Operation = SharedOperation<Connection>;

export type InputContext = SharedInputContext<Connection>;

export type InputOperation = SharedInputOperation<Connection>;

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
