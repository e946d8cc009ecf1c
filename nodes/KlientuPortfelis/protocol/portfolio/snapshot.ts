import type { DecodedFields } from '../answer/decoder';
import type { Connection } from '../call';
import { readObjects } from '../paging';
import { CodeIndex, codeKey } from './code';
import type { ListedObject } from './plan';

/**
 * The objects of a list, as far as a sync or a comparison needs them.
 *
 * @throws Fault in words for the user
 */
export async function readListed(connection: Connection, listId: number): Promise<ListedObject[]> {
	const selection = { listId, start: 0, limit: Infinity };
	const objects = await readObjects(connection, selection, toListed);
	return objects.filter(({ id }) => typeof id === 'number');
}

function toListed({ id, code, virtual_id, name, client_id }: DecodedFields): ListedObject {
	return { id: id as number, code, virtual_id, name, client_id };
}

/** A list that the items of an execution share: it is read once for all of them. */
export class SharedList {
	private index = new CodeIndex<DecodedFields>();
	private reading: Promise<void> | undefined;
	private isReadAgain = false;
	private readonly turns = new Map<string, Promise<unknown>>();

	private constructor(
		private readonly connection: Connection,
		private readonly listId: number,
	) {}

	/** The list as an execution knows it. A connection is made for one execution, and ends with it. */
	static of(connection: Connection, listId: number): SharedList {
		const lists = shared.get(connection) ?? new Map<number, SharedList>();
		shared.set(connection, lists);
		const list = lists.get(listId) ?? new SharedList(connection, listId);
		lists.set(listId, list);
		return list;
	}

	/**
	 * The objects that a code means.
	 *
	 * @throws Fault in words for the user, the same for all items when the list cannot be read
	 */
	async find(code: unknown): Promise<readonly DecodedFields[]> {
		this.reading ??= this.read();
		await this.reading;
		return this.index.find(code);
	}

	/**
	 * The same for an object that the service says is there: if it is not in what was read, somebody
	 * else has added it since then, and the list is read once more.
	 */
	async findAdded(code: unknown): Promise<readonly DecodedFields[]> {
		const wasRead = this.reading !== undefined;
		const found = await this.find(code);
		if (found.length > 0 || !wasRead || this.isReadAgain) return found;
		this.isReadAgain = true;
		this.reading = this.read();
		return await this.find(code);
	}

	/** Notes an object that this execution has added. */
	add(object: DecodedFields): void {
		this.index.add(object);
	}

	/** Works on a code when all earlier work on the same code is over. */
	async inTurn<Result>(code: unknown, work: () => Promise<Result>): Promise<Result> {
		const key = codeKey(code);
		const turn = Promise.allSettled([this.turns.get(key)]).then(work);
		this.turns.set(key, turn);
		return await turn;
	}

	private async read(): Promise<void> {
		const selection = { listId: this.listId, start: 0, limit: Infinity };
		const objects = await readObjects(this.connection, selection, (object) => object);
		this.index = await CodeIndex.of(objects);
	}
}

const shared = new WeakMap<Connection, Map<number, SharedList>>();
