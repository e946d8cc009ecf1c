import type { Connection } from '../call';

/** What each execution has read, by names. A connection is made for one execution and ends with it. */
const memories = new WeakMap<Connection, Map<string, Promise<unknown>>>();

/**
 * Reads something once for all items of an execution. What fails is not tried again for every item
 * either: the read itself has been retried.
 *
 * @param name tells what is read; the same name must always mean the same type
 * @throws what the read throws
 */
export async function oncePerExecution<Result>(
	connection: Connection,
	name: string,
	read: () => Promise<Result>,
): Promise<Result> {
	const memory = memories.get(connection) ?? new Map<string, Promise<unknown>>();
	memories.set(connection, memory);
	const known = memory.get(name) as Promise<Result> | undefined;
	if (known !== undefined) return await known;
	const reading = read();
	memory.set(name, reading);
	return await reading;
}
