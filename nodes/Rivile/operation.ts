import type {
	Operation as SharedOperation,
	OperationContext as SharedContext,
} from '../shared/operation';
import type { Connection } from './protocol/call';

export type OperationContext = SharedContext<Connection>;

export type Operation = SharedOperation<Connection>;

/** The value of a field for the item, as the user filled it in; undefined when it is not there. */
export type ReadField = (name: string) => unknown;

/** Reads the node's fields for one item. */
export function fieldsOf({ n8n, itemIndex }: OperationContext): ReadField {
	return (name) => n8n.getNodeParameter(name, itemIndex, undefined);
}

/** The parts of a collection; none when it is empty. */
export function partsOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}
