import { Fault } from '../../shared/errors';
import { call, type Connection } from './call';
import type { Decoded } from './soap';

type ApiObject = { [field: string]: Decoded };

/** Objects a request: far under the service's limit of 25,000, and decoded in a moment. */
export const PAGE_SIZE = 1000;

/** How often a list that changes meanwhile is read from the beginning. */
const PASSES = 3;

interface Wish {
	readonly listId: unknown;
	/** How many objects to skip. */
	readonly start: number;
	/** How many objects to return at most; Infinity for all. */
	readonly limit: number;
}

/**
 * Reads the objects of a list, however many, each once. Pages overlap by one object: when it is not
 * where it was, objects were added or deleted meanwhile, and one could have slipped from one page
 * to another unseen; the list is then read again from the beginning.
 *
 * @throws Fault in words for the user, also when the list does not hold still
 */
export async function readObjects(connection: Connection, wish: Wish): Promise<ApiObject[]> {
	const found = new Map<Decoded, ApiObject>();
	for (let pass = 0; pass < PASSES; pass++) {
		const { steady, count } = await readPass(connection, wish, found);
		const expected = Math.min(wish.limit, count - wish.start);
		if (steady && found.size >= expected) return [...found.values()].slice(0, wish.limit);
	}
	throw new Fault(
		'answer',
		'The list changed while it was being read',
		'Run the workflow again when nobody adds objects to the list or deletes them.',
	);
}

interface Pass {
	/** Whether no object moved between the pages. */
	readonly steady: boolean;
	/** How many objects the service says the list has; 0 when it does not say. */
	readonly count: number;
}

async function readPass(
	connection: Connection,
	{ listId, start, limit }: Wish,
	found: Map<Decoded, ApiObject>,
): Promise<Pass> {
	let offset = start;
	let last: ApiObject | undefined;
	for (;;) {
		const overlap = last === undefined ? 0 : 1;
		const rows = Math.min(PAGE_SIZE, limit - (offset - start) + overlap);
		const page = await readPage(connection, listId, offset - overlap, rows);
		const { count } = page;
		if (last !== undefined && keyOf(page.objects[0]) !== keyOf(last)) {
			return { steady: false, count };
		}
		for (const object of page.objects.slice(overlap)) found.set(keyOf(object) ?? null, object);
		const got = page.objects.length - overlap;
		offset += got;
		last = page.objects[page.objects.length - 1];
		// A page shorter than asked for may still not be the last, if the service has a limit of its own.
		const complete = page.objects.length !== rows && count > 0 && offset >= count;
		if (got === 0 || complete || offset - start >= limit) return { steady: true, count };
	}
}

async function readPage(connection: Connection, listId: unknown, start: number, rows: number) {
	const { list } = await call(connection, 'get_objects', { list_id: listId, start, rows });
	if (!isObject(list)) {
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

function isObject(value: Decoded | undefined): value is ApiObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects are told apart by their ID; one without an ID, by all it holds. */
function keyOf(object: ApiObject | undefined): Decoded | undefined {
	return object === undefined ? undefined : (object.id ?? JSON.stringify(object));
}
