import { KEY } from '../protocol/fields';
import { keyLiteral } from '../protocol/keyset';
import { Order } from '../protocol/order';
import { keyOf, PAGE_SIZE, type ReadPage } from '../protocol/page';
import type { Row } from '../protocol/rows';
import { highestRow } from './highest';
import { allOf, type Polled } from './shared';

/** How far new operations were handed on, by their keys. */
export interface CreatedCursor {
	readonly version: 1;
	readonly event: 'operationCreated';
	/** The highest keys that were handed on or stood there at the beginning, lowest first. */
	readonly recent: readonly string[];
	/** What lies between two keys and was not handed on yet but for a few, of a backlog. */
	readonly rest?: {
		readonly above?: string;
		readonly below: string;
		readonly known: readonly string[];
	};
	/** A condition that operations of the backlog meet, from the start date. */
	readonly since?: string;
}

/** Operations that turn up late, with a key below the latest, are found among so many keys. */
const OVERLAP = 50;

/**
 * Reads the operations whose keys are above those of the cursor. Which end of a long list the gateway
 * serves first is not known, so a full page is followed by a look beneath it: if there is more, that
 * is handed on page by page, in later polls if time runs out.
 *
 * @param isTimeUp whether the rest has to wait for the next poll
 * @throws what readPage throws; the cursor stays where it was then
 */
export async function pollCreated(
	readPage: ReadPage,
	filter: string | undefined,
	cursor: CreatedCursor,
	isTimeUp: () => boolean,
): Promise<Polled<CreatedCursor>> {
	const poll = new CreatedPoll(readPage, filter, cursor);
	do {
		if (!(await poll.step())) break;
	} while (!isTimeUp());
	return { rows: poll.rows, cursor: poll.cursor };
}

class CreatedPoll {
	readonly rows: Row[] = [];
	private readonly order = new Order();
	private readonly known: Set<string>;
	private recent: readonly string[];
	private rest: CreatedCursor['rest'];
	/** Everything up to this key was read in this poll. */
	private floor: string | undefined;
	private isDone = false;

	constructor(
		private readonly readPage: ReadPage,
		private readonly filter: string | undefined,
		private readonly start: CreatedCursor,
	) {
		this.recent = start.recent;
		this.rest = start.rest;
		this.known = new Set([...start.recent, ...(start.rest?.known ?? [])]);
		this.floor = start.recent[0];
	}

	get cursor(): CreatedCursor {
		const { since } = this.start;
		const base = { version: 1, event: 'operationCreated' } as const;
		const rest = this.rest === undefined ? {} : { rest: this.rest };
		if (since === undefined) return { ...base, recent: this.recent, ...rest };
		if (!this.isDone || this.recent.length === 0)
			return { ...base, recent: this.recent, ...rest, since };
		// Among the recent keys lie operations from before the start date, which are not wanted.
		return { ...base, recent: this.recent.slice(-1) };
	}

	/** Reads a page or two; false when there is no more. */
	async step(): Promise<boolean> {
		if (this.rest !== undefined) {
			const { above, below } = this.rest;
			const page = await this.read(above, below);
			this.rest = page.isFull ? { ...this.rest, below: page.keys[0] ?? below } : undefined;
			return true;
		}
		const above = this.floor;
		const page = await this.read(above);
		if (!page.isFull) {
			this.isDone = true;
			return false;
		}
		const [lowest = '', highest = ''] = [page.keys[0], page.keys[page.keys.length - 1]];
		const beneath = await this.read(above, lowest);
		if (beneath.isFull) {
			this.rest = { above, below: beneath.keys[0] ?? lowest, known: this.start.recent };
		}
		this.floor = highest;
		return true;
	}

	private async read(above: string | undefined, below?: string) {
		const page = await this.readPage({
			fil: allOf(
				this.filter,
				this.start.since,
				above === undefined ? undefined : `${KEY} > ${keyLiteral(above)}`,
				below === undefined ? undefined : `${KEY} < ${keyLiteral(below)}`,
			),
		});
		const isFull = page.length >= PAGE_SIZE;
		const keys = page.map(keyOf);
		for (const [index, row] of page.entries()) {
			if (!this.known.has(keys[index] ?? '')) this.rows.push(row);
			this.known.add(keys[index] ?? '');
		}
		const ascending = isFull ? this.order.ascending(keys) : keys;
		this.recent = [...new Set([...this.recent, ...keys])]
			.sort((a, b) => this.order.compare(a, b))
			.slice(-OVERLAP);
		return { keys: ascending, isFull };
	}
}

/**
 * A cursor behind all operations that there are.
 *
 * @throws what readPage throws
 */
export async function cursorBehind(readPage: ReadPage): Promise<CreatedCursor> {
	const latest = await highestRow(readPage, undefined);
	return {
		version: 1,
		event: 'operationCreated',
		recent: latest === undefined ? [] : [keyOf(latest)],
	};
}
