import { asThrown } from '../../shared/asThrown';
import { Fault } from '../../shared/fault';
import { isRecord } from '../../shared/guards';
import type { Repeat } from '../../shared/retry';
import { TimeSlice } from '../../shared/timeSlice';
import { call, type Answer, type Connection } from './call';
import { FIRST_PAGE, PageSize } from './pageSize';
import type { Decoded, DecodedFields } from './answer/decoder';

type ApiObject = DecodedFields;

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
 * Reads the objects of a list, however many, each once. Pages grow while they come quickly (PageSize)
 * and overlap by one object. If objects were added before it in the meantime, it is found further down
 * in the page. If it is missing, objects were deleted, and one could have moved to the previous page
 * unseen: the list is read again.
 *
 * @param toItem makes an item of an object, page by page, so that a long list is not held twice
 * @param size how many objects to ask for; by default, what this list alone shows
 * @throws Fault in words for the user, also when the list keeps changing
 */
export async function readObjects<Item>(
	connection: Connection,
	selection: Selection,
	toItem: (object: ApiObject) => Item,
	size = pageSizeFor(connection),
): Promise<Item[]> {
	let before: string | undefined;
	for (let pass = 0; pass < PASSES; pass++) {
		const read = await readPass(connection, selection, toItem, size);
		if (read === undefined) continue;
		const { found, count } = read;
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

/**
 * How long the pages of a reading, or of several at the same time, are.
 *
 * @param readings how many share it; all their pages together are no more than one of the largest
 */
export function pageSizeFor({ transport }: Connection, readings = 1): PageSize {
	return new PageSize({ readings, timeout: (transport.timeout?.() ?? Infinity) * 1000 });
}

interface Pass<Item> {
	/** The objects by their names (nameOf). */
	readonly found: Map<unknown, Item>;
	/** The lowest count that the service reported during the pass; 0 when it reported none. */
	readonly count: number;
}

/** @returns undefined when an object may have been missed */
async function readPass<Item>(
	connection: Connection,
	{ listId, start, limit }: Selection,
	toItem: (object: ApiObject) => Item,
	size: PageSize,
): Promise<Pass<Item> | undefined> {
	const found = new Map<unknown, Item>();
	const timeSlice = new TimeSlice();
	let count = Infinity;
	let offset = start;
	let last: unknown;
	let fruitless = 0;
	for (;;) {
		const overlap = found.size === 0 ? 0 : 1;
		const wanted = { listId, start: offset - overlap, limit: limit - found.size + overlap };
		const page = await readPage(connection, wanted, size);
		count = Math.min(count, page.count);
		// On the first page, there is no last object yet.
		const known = page.objects.findIndex((object) => nameOf(object) === last);
		if (known < overlap - 1) return undefined;
		const fresh = page.objects.slice(known + 1);
		await timeSlice.map(fresh, (object) => found.set(nameOf(object), toItem(object)));
		offset += page.objects.length - overlap;
		last = nameOf(page.objects[page.objects.length - 1]);
		if (fresh.length === 0 && page.isFull) {
			// A whole page was added in the meantime, or the service keeps returning the same page.
			if (++fruitless > 2) return undefined;
			continue;
		}
		// A short page is not always the last one: the service may have a lower limit of its own.
		const complete = !page.isFull && page.count > 0 && offset >= page.count;
		if (fresh.length === 0 || complete || found.size >= limit) return { found, count };
	}
}

interface Page {
	readonly objects: ApiObject[];
	/** How many objects the list has, as the service says; 0 when it does not. */
	readonly count: number;
	/** Whether all objects came that were asked for. */
	readonly isFull: boolean;
}

/**
 * Reads a page of at most so many objects. The retries are the usual ones, but of smaller pages where
 * that may help. A page that grew gets there even without retries, as in the editor.
 */
async function readPage(connection: Connection, wanted: Selection, size: PageSize): Promise<Page> {
	for (;;) {
		let rows = 0;
		const attempt = async () => {
			rows = Math.min(size.rows, wanted.limit);
			return await attemptPage(connection, { ...wanted, limit: rows }, size);
		};
		let outcome: Page | NoPage;
		try {
			outcome = await connection.transport.repeat(attempt);
		} catch (error) {
			if (rows <= FIRST_PAGE || size.rows >= rows) throw asThrown(error);
			continue;
		}
		if ('objects' in outcome) return outcome;
		// Also when another reading has made the pages smaller meanwhile.
		if (!outcome.isTooLarge) throw outcome.reason;
	}
}

/** A page that does not come, and for which retries of the same size are useless. */
interface NoPage {
	readonly isTooLarge: boolean;
	readonly reason: unknown;
}

/** @throws what is worth a retry */
async function attemptPage(
	connection: Connection,
	{ listId, start, limit: rows }: Selection,
	size: PageSize,
): Promise<Page | NoPage> {
	// The login before it may fail as well, and has had its retries then.
	let hasFailed = false;
	const repeat: Repeat = async (attempt) => {
		try {
			return await attempt();
		} catch (error) {
			hasFailed = true;
			throw asThrown(error);
		}
	};
	const begun = size.now();
	try {
		const given = { list_id: listId, start, rows };
		const page = pageOf(await call(connection, 'get_objects', given, repeat), rows);
		if (page.isFull) size.cameFull(rows, size.now() - begun);
		else if (start + page.objects.length < page.count) size.cameShort();
		return page;
	} catch (error) {
		const fault = error instanceof Fault ? error : undefined;
		const isRefused = fault?.kind === 'service';
		const isTooLarge = (hasFailed || isRefused) && size.shrink(rows, error);
		if (hasFailed && fault?.details.transient === true) throw asThrown(error);
		return { isTooLarge, reason: error };
	}
}

function pageOf({ list }: Answer, rows: number): Page {
	if (!isRecord(list)) {
		throw new Fault(
			'answer',
			'The response has no list',
			'Check that the list still exists, or try again later.',
		);
	}
	const objects = Array.isArray(list.objects) ? list.objects.filter(isObject) : [];
	const count = typeof list.object_count === 'number' ? list.object_count : 0;
	return { objects, count, isFull: objects.length === rows };
}

const isObject = (value: Decoded): value is DecodedFields => isRecord(value);

/** What identifies an object: its ID, or all its fields when it has none. */
function nameOf(object: ApiObject | undefined): unknown {
	return object?.id ?? JSON.stringify(object);
}
