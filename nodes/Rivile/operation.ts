import type {
	Operation as SharedOperation,
	OperationContext as SharedContext,
} from '../shared/operation';
import type { Connection } from './protocol/call';

export { collection, field, isOn, limitOf, toCount, type FieldSource } from '../shared/fieldValues';
export { simplifies } from '../shared/toolOutput';

export type OperationContext = SharedContext<Connection>;

export type Operation = SharedOperation<Connection>;
