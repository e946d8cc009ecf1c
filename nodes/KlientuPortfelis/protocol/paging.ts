import { Fault } from '../../shared/fault';
import { isRecord } from '../../shared/guards';
import { call, type Connection } from './call';
import type { Decoded, DecodedFields } from './answer/decoder';

type ApiObject = DecodedFields;

/** Objects per request: far below the service's limit of 25,000, and decoded quickly. */
export const PAGE_SIZE = 1000;

/** How often a list is read from the start when it keeps changing. */
const PASSES = 5;

interface Selection {
	readonly listId: unknown;
	/** How many objects to skip. */
	readonly start: number;
	/** How many objects to return at most; Infinity for all. */
	readonly limit: number;
}

/**
 * Reads the objects of a list, however many, each once. Pages overlap by one object. If objects were
 * added before it in the meantime, it is found further down in the page. If it is missing, objects were
 * deleted, and one could have moved to the previous page unseen: the list is read again.
 *
 * @param toItem makes an item of an object, page by page, so that a long list is not held twice
 * @throws Fault in words for the user, also when the list keeps changing
 */
export async function readObjects<Item>(
	connection: Connection,
	selection: Selection,
	toItem: (object: ApiObject) => Item,
): Promise<Item[]> {
	let before: string | undefined;
	for (let pass = 0; pass < PASSES; pass++) {
		const { found, count } = await readPass(connection, selection, toItem);
		if (found === undefined) continue;
		const objects = [...found.values()].slice(0, selection.limit);
		if (objects.length >= Math.min(selection.limit, count - selection.start)) return objects;
		// The service may count objects that it does not return. Two equal passes are taken as complete.
		const names = JSON.stringify([...found.keys()]);
		if (names === before) return objects;
		before = names;
	}
	throw new Fault(
		'answer',
		'The list changed while it was being read',
		'Run the workflow again when nobody is adding objects to the list or deleting them.',
	);
}

interface Pass<Item> {
	/** The objects by their names (nameOf); undefined when one may have been missed. */
	readonly found: Map<unknown, Item> | undefined;
	/** The lowest count that the service reported during the pass; 0 when it reported none. */
	readonly count: number;
}

async function readPass<Item>(
	connection: Connection,
	{ listId, start, limit }: Selection,
	toItem: (object: ApiObject) => Item,
): Promise<Pass<Item>> {
	const found = new Map<unknown, Item>();
	let count = Infinity;
	let offset = start;
	let last: unknown;
	let fruitless = 0;
	for (;;) {
		const overlap = found.size === 0 ? 0 : 1;
		const rows = Math.min(PAGE_SIZE, limit - found.size + overlap);
		const page = await readPage(connection, listId, offset - overlap, rows);
		count = Math.min(count, page.count);
		const known = overlap === 0 ? -1 : page.objects.findIndex((object) => nameOf(object) === last);
		if (known < overlap - 1) return { found: undefined, count };
		const fresh = page.objects.slice(known + 1);
		for (const object of fresh) found.set(nameOf(object), toItem(object));
		offset += page.objects.length - overlap;
		last = nameOf(page.objects[page.objects.length - 1]);
		const isFull = page.objects.length === rows;
		if (fresh.length === 0 && isFull) {
			// A whole page was added in the meantime, or the service keeps returning the same page.
			if (++fruitless > 2) return { found: undefined, count };
			continue;
		}
		// A short page is not always the last one: the service may have a lower limit of its own.
		const complete = !isFull && page.count > 0 && offset >= page.count;
		if (fresh.length === 0 || complete || found.size >= limit) return { found, count };
	}
}

async function readPage(connection: Connection, listId: unknown, start: number, rows: number) {
	const { list } = await call(connection, 'get_objects', { list_id: listId, start, rows });
	if (!isRecord(list)) {
		throw new Fault(
			'answer',
			'The response has no list',
			'Check that the list still exists, or try again later.',
		);
	}
	return {
		objects: Array.isArray(list.objects) ? list.objects.filter(isObject) : [],
		count: typeof list.object_count === 'number' ? list.object_count : 0,
	};
}

const isObject = (value: Decoded): value is DecodedFields => isRecord(value);

/** What identifies an object: its ID, or all its fields when it has none. */
function nameOf(object: ApiObject | undefined): unknown {
	return object?.id ?? JSON.stringify(object);
}
