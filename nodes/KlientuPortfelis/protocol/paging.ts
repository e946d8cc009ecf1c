import { Fault } from '../../shared/fault';
import { isRecord } from '../../shared/guards';
import { call, type Connection } from './call';
import type { Decoded, DecodedFields } from './answer/decoder';

type ApiObject = DecodedFields;

/** Objects a request: far under the service's limit of 25,000, and decoded in a moment. */
export const PAGE_SIZE = 1000;

/** How often a list that changes meanwhile is read from the beginning. */
const PASSES = 5;

interface Selection {
	readonly listId: unknown;
	/** How many objects to skip. */
	readonly start: number;
	/** How many objects to return at most; Infinity for all. */
	readonly limit: number;
}

/**
 * Reads the objects of a list, however many, each once. Pages overlap by one object. When objects
 * were added before it meanwhile, it is found further down in the page; when it is gone, others
 * were deleted, one could have slipped to the page before unseen, and the list is read again.
 *
 * @param toItem what is made of an object, page by page, so that no long list is held twice
 * @throws Fault in words for the user, also when the list does not hold still
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
		// A service may count what it does not give; read twice with the same outcome, that is all.
		const names = JSON.stringify([...found.keys()]);
		if (names === before) return objects;
		before = names;
	}
	throw new Fault(
		'answer',
		'The list changed while it was being read',
		'Run the workflow again when nobody adds objects to the list or deletes them.',
	);
}

interface Pass<Item> {
	/** The objects by their names, undefined when one of them may have been missed. */
	readonly found: Map<unknown, Item> | undefined;
	/** How many objects the list had all the time, as the service says; 0 when it does not. */
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
			// As many were added as the page is long, or the service gives the same page for ever.
			if (++fruitless > 2) return { found: undefined, count };
			continue;
		}
		// A page shorter than asked for may still not be the last, if the service has a limit of its own.
		const complete = !isFull && page.count > 0 && offset >= page.count;
		if (fresh.length === 0 || complete || found.size >= limit) return { found, count };
	}
}

async function readPage(connection: Connection, listId: unknown, start: number, rows: number) {
	const { list } = await call(connection, 'get_objects', { list_id: listId, start, rows });
	if (!isRecord(list)) {
		throw new Fault(
			'answer',
			"The service's answer holds no list",
			'Try again later. If it stays, check that the list still exists.',
		);
	}
	return {
		objects: Array.isArray(list.objects) ? list.objects.filter(isObject) : [],
		count: typeof list.object_count === 'number' ? list.object_count : 0,
	};
}

const isObject = (value: Decoded): value is DecodedFields => isRecord(value);

/** Objects are told apart by their ID; one without an ID, by all it holds. */
function nameOf(object: ApiObject | undefined): unknown {
	return object?.id ?? JSON.stringify(object);
}
