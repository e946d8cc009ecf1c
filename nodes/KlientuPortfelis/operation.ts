import { field, type FieldSource } from '../shared/fieldValues';
import type {
	InputContext as SharedInputContext,
	InputOperation as SharedInputOperation,
	Operation as SharedOperation,
	OperationContext as SharedContext,
} from '../shared/operation';
import { toWholeNumber } from '../shared/values';
import type { Connection } from './protocol/call';
import { emptyFault } from './protocol/request/check';

export { collection, field, isOn, limitOf } from '../shared/fieldValues';

export type OperationContext = SharedContext<Connection>;

export type Operation = SharedOperation<Connection>;

export type InputContext = SharedInputContext<Connection>;

export type InputOperation = SharedInputOperation<Connection>;

/** The list picked in a resource locator. */
export function listOf(source: FieldSource, name = 'listId'): unknown {
	return field(source, name, { extractValue: true });
}

/**
 * The ID of the list picked, where it is needed before a request is made.
 *
 * @throws Fault (input) when there is none
 */
export async function listIdOf(
	source: FieldSource,
	name = 'listId',
	label = 'List',
): Promise<number> {
	const value = await listOf(source, name);
	if (value === undefined || value === null || value === '') throw emptyFault(label);
	return toWholeNumber(label, value);
}
