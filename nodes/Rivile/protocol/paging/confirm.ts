import { Fault } from '../../../shared/fault';
import { KEY, KEY_COLUMNS } from '../columns';
import { and, besides, keyIsNot } from '../sql/conditions';
import { PAGE_SIZE, type PageRequest, type ReadPage } from './page';
import type { Row } from '../answer/rows';

/** What the responses of one connection have shown so far. */
export interface Memory {
	/** The key of a row that was there lately. */
	key?: string;
	/** Whether the register was ever seen to hold a row. */
	hasRows?: true;
	/** How often the register was found empty. */
	findings?: number;
}

/**
 * How often the register itself must be found empty, twice each time, before the node accepts that.
 * Nothing can confirm it: there is no row that a response would have to contain.
 */
const FINDINGS = 3;

/**
 * Reads one page so that "no rows" is never the result of a damaged response. A response without rows
 * may be the gateway's way to say that there are none, or may have lost its content on the way: both
 * look alike, however often they come. So it is believed only when a second response, which must hold
 * a certain row, contains that row and no other.
 */
export class ConfirmedPage {
	/**
	 * @param ask sends one request
	 * @param request the page that is wanted
	 * @param memory is shared by all pages of a connection, and saves requests
	 */
	constructor(
		private readonly ask: ReadPage,
		private readonly request: PageRequest,
		private readonly memory: Memory,
	) {}

	/**
	 * Makes one attempt: one request, and one or two more when the page has no rows.
	 *
	 * @throws Fault (answer), transient, when it is not certain that there are no rows; what ask throws
	 */
	async attempt(): Promise<Row[]> {
		const { known, isHint, ...request } = this.request;
		const { fil, pagenumber = 1 } = request;
		if (known !== undefined && fil !== undefined && pagenumber === 1) {
			const { rows, isProven } = await this.readWith(fil, known);
			if (isProven) return rows;
		}
		const rows = await this.read(request);
		if (rows.length > 0 || isHint === true) return rows;
		const isNone = pagenumber > 1 ? this.isBeyond(fil, pagenumber) : this.hasNone(fil);
		if (await isNone) return [];
		throw unconfirmed();
	}

	private async read(request: PageRequest): Promise<Row[]> {
		const rows = await this.ask(request);
		const key = rows.map(keyIn).find((candidate) => candidate !== undefined);
		if (rows.length > 0) this.memory.hasRows = true;
		if (key !== undefined) this.memory.key = key;
		return rows;
	}

	/**
	 * Reads the rows that meet a condition together with one that does not. If that one is there, and
	 * the page is not full, the others are all there are. Were it among the rows that are looked for, it
	 * would be missing from the response, so it cannot be mistaken for a proof that there are none.
	 */
	private async readWith(fil: string, known: string) {
		const found = await this.read({ fil: besides(fil, KEY_COLUMNS, known) });
		const rows = found.filter((row) => keyIn(row) !== known);
		return { rows, isProven: rows.length < found.length && found.length < PAGE_SIZE };
	}

	/** Whether it is certain that no row meets a condition. */
	private async hasNone(fil: string | undefined): Promise<boolean> {
		const known = (fil === undefined ? undefined : this.memory.key) ?? (await this.anyKey());
		if (known === undefined) return this.isRegisterEmpty();
		if (fil === undefined) return false;
		const { rows, isProven } = await this.readWith(fil, known);
		// The row may be gone, or be the only one that meets the condition: another one is taken then.
		if (!isProven && this.memory.key === known) delete this.memory.key;
		return isProven && rows.length === 0;
	}

	/** After the register itself was found empty as well. */
	private isRegisterEmpty(): boolean {
		this.memory.findings = (this.memory.findings ?? 0) + 1;
		return this.memory.hasRows !== true && this.memory.findings >= FINDINGS;
	}

	private async anyKey(): Promise<string | undefined> {
		delete this.memory.key;
		await this.read({});
		return this.memory.key;
	}

	/**
	 * Whether it is certain that no row lies on a page. It follows the last page that has rows: if that
	 * page is full, leaving out one of its rows would draw another one onto it, were there any.
	 */
	private async isBeyond(fil: string | undefined, pagenumber: number): Promise<boolean> {
		let low = 0;
		let high = pagenumber;
		let last: Row[] = [];
		for (let page = high - 1; high - low > 1; page = Math.floor((low + high) / 2)) {
			const rows = await this.read({ ...(fil !== undefined && { fil }), pagenumber: page });
			if (rows.length > 0) [low, last] = [page, rows];
			else high = page;
		}
		if (low === 0) return await this.hasNone(fil);
		if (last.length < PAGE_SIZE) return true;
		const key = last.map(keyIn).find((candidate) => candidate !== undefined);
		if (key === undefined) return false;
		const without = and(fil, keyIsNot(KEY_COLUMNS, key));
		return (await this.read({ fil: without, pagenumber: low })).length === PAGE_SIZE - 1;
	}
}

function keyIn(row: Row): string | undefined {
	const key = row[KEY];
	return typeof key === 'string' && key !== '' ? key : undefined;
}

function unconfirmed(): Fault {
	return new Fault(
		'answer',
		'Rivilė sent an empty response',
		'Try again later. The response contained no rows, and further requests did not confirm that there are none. The node never returns an incomplete list as if it were complete.',
		{ transient: true },
	);
}
