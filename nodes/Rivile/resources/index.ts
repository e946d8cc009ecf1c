import type { Operations } from '../../shared/operation';
import type { Connection } from '../protocol/call';
import { cashOperation } from './cashOperation';
import { client } from './client';
import { debt } from './debt';
import { register } from './register';

const resources = { cashOperation, client, debt, register };

/** The fields of every operation. */
export const operationFields = Object.values(resources).flatMap(({ description }) => description);

/** The operations by the stored names. */
export const operations: Operations<Connection> = Object.fromEntries(
	Object.entries(resources).map(([name, { operations: own }]) => [name, own]),
);
