import type { Operation } from '../operation';
import { list } from './list';
import { monitoring } from './monitoring';
import { monitoringSession } from './monitoringSession';
import { object } from './object';
import type { Resource } from './resource';
import { session } from './session';

const resources: Readonly<Record<string, Resource>> = {
	list,
	monitoring,
	monitoringSession,
	object,
	session,
};

/** The fields of every operation of every resource. */
export const operationFields = Object.values(resources).flatMap(({ description }) => description);

/** The operation that is chosen in the node, by the stored names. */
export function operationOf(resource: string, operation: string): Operation | undefined {
	return resources[resource]?.operations[operation];
}
