import type { Operations } from '../../shared/operation';
import type { Connection } from '../protocol/call';
import { list } from './list';
import { monitoring } from './monitoring';
import { monitoringSession } from './monitoringSession';
import { object } from './object';
import type { Resource } from '../../shared/resource';
import { session } from './session';

const resources: Readonly<Record<string, Resource<Connection>>> = {
	list,
	monitoring,
	monitoringSession,
	object,
	session,
};

/** The fields of every operation of every resource. */
export const operationFields = Object.values(resources).flatMap(({ description }) => description);

/** The operations by their stored names. */
export const operations: Operations<Connection> = Object.fromEntries(
	Object.entries(resources).map(([name, resource]) => [name, resource.operations]),
);
