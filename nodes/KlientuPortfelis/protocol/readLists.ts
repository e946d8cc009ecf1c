import { Fault } from '../../shared/fault';
import { inParallel } from '../../shared/inParallel';
import type { DecodedFields } from './answer/decoder';
import type { Connection } from './call';
import { pageSizeFor, readObjects } from './paging';

/** How many lists are read at the same time, which is also how many requests there are at a time. */
export const LISTS_AT_ONCE = 5;

/** The code for a list that does not exist. */
const LIST_NOT_FOUND = '2008';

/**
 * Reads all objects of several lists, five lists at a time, each list as readObjects reads it. A list
 * that was deleted meanwhile holds no objects. An object that is in several lists comes with each of
 * them.
 *
 * @param listIds of the lists, such as get_lists gives them
 * @param toItem what is kept of an object; keep little of it, as a portfolio may hold many
 * @returns what is kept, list by list, in the order of the IDs
 * @throws Fault in words for the user: the first that a list ended with
 */
export async function readLists<Item, Id>(
	connection: Connection,
	listIds: readonly Id[],
	toItem: (object: DecodedFields, listId: Id) => Item,
): Promise<Item[][]> {
	const size = pageSizeFor(connection, Math.min(LISTS_AT_ONCE, Math.max(listIds.length, 1)));
	return await inParallel(listIds, LISTS_AT_ONCE, async (listId) => {
		const selection = { listId, start: 0, limit: Infinity };
		try {
			return await readObjects(connection, selection, (object) => toItem(object, listId), size);
		} catch (error) {
			return nothingIfDeleted(error);
		}
	});
}

/** @throws what it is given, unless that says that the list does not exist */
function nothingIfDeleted(error: unknown): never[] {
	if (error instanceof Fault && error.details.code === LIST_NOT_FOUND) return [];
	throw error;
}
