import type { Operations } from '../../shared/operation';
import type { Connection } from '../protocol/call';
import { cashOperation } from './cashOperation';

/** The fields of every operation. */
export const operationFields = cashOperation.description;

/** The operations by the stored names. */
export const operations: Operations<Connection> = { cashOperation: cashOperation.operations };
