import type { DecodedFields } from '../answer/decoder';
import type { Connection } from '../call';
import { readObjects } from '../paging';
import { readLists } from '../readLists';
import { listsOfExecution, type ListEntry } from './lists';
import { oncePerExecution } from './perExecution';

/** A list as an object names it. */
export type ListName = Pick<ListEntry, 'id' | 'name'>;

/** An object with the lists that hold it. */
export interface Placed<Item = DecodedFields> {
	readonly object: Item;
	readonly lists: ListName[];
}

/**
 * Reads the objects of several lists: each object once, with those of the lists that hold it.
 *
 * @param lists as loadLists gave them; one that was deleted since then holds nothing
 * @param toItem what is kept of an object, made page by page
 * @throws Fault in words for the user
 */
export async function readPortfolio<Item>(
	connection: Connection,
	lists: readonly ListEntry[],
	toItem: (object: DecodedFields) => Item,
): Promise<Array<Placed<Item>>> {
	const filled = lists.filter(({ count }) => count !== 0).map(({ id, name }) => ({ id, name }));
	const ids = filled.map(({ id }) => id);
	const read = await readLists(connection, ids, (object) => ({
		name: nameOf(object),
		item: toItem(object),
	}));
	const placed = new Map<unknown, Placed<Item>>();
	for (const [index, list] of filled.entries()) {
		for (const { name, item } of read[index] ?? []) {
			const known = placed.get(name);
			if (known === undefined) placed.set(name, { object: item, lists: [list] });
			else known.lists.push(list);
		}
	}
	return [...placed.values()];
}

/** Objects are told apart by their ID; one without an ID, by all it holds. */
function nameOf(object: DecodedFields): unknown {
	return object.id ?? JSON.stringify(object);
}

/**
 * The objects of all lists, or of one, as they were when an execution first asked for them.
 *
 * @param listId the ID of a list; undefined for all lists
 * @throws Fault in words for the user
 */
export async function objectsOfExecution(
	connection: Connection,
	listId?: number,
): Promise<Placed[]> {
	return await oncePerExecution(connection, `objects ${listId ?? ''}`, async () => {
		const lists = await listsOfExecution(connection);
		if (listId === undefined) return await readPortfolio(connection, lists, (object) => object);
		const name = lists.find(({ id }) => id === listId)?.name ?? '';
		const selection = { listId, start: 0, limit: Infinity };
		return await readObjects(connection, selection, (object) => ({
			object,
			lists: [{ id: listId, name }],
		}));
	});
}
