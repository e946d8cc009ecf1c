import { field, type FieldSource } from '../shared/fieldValues';
import type {
	Operation as SharedOperation,
	OperationContext as SharedContext,
} from '../shared/operation';
import type { Connection } from './protocol/call';

export { collection, field, isOn, limitOf } from '../shared/fieldValues';

export type OperationContext = SharedContext<Connection>;

export type Operation = SharedOperation<Connection>;

/** The list picked in a resource locator. */
export function listOf(source: FieldSource, name = 'listId'): unknown {
	return field(source, name, { extractValue: true });
}
