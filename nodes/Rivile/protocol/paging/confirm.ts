import { Fault } from '../../../shared/fault';
import { and, besides, keyIs, keyIsNot } from '../sql/conditions';
import { contentOf } from './numbered';
import { PAGE_SIZE, type PageRequest, type ReadPage } from './page';
import type { Row } from '../answer/rows';
import type { RowKey } from './rowKey';

/** What the responses of one connection have shown so far of one register. */
export interface Memory {
	/** What a row can be found by that was there lately. */
	witness?: string;
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
	 * @param rowKey tells the register's rows apart
	 * @param memory is shared by all pages of a connection, and saves requests
	 */
	constructor(
		private readonly ask: ReadPage,
		private readonly request: PageRequest,
		private readonly rowKey: RowKey,
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
		if (await this.isBeyond(fil, pagenumber)) return [];
		throw unconfirmed();
	}

	private async read(request: PageRequest): Promise<Row[]> {
		const rows = await this.ask(request);
		const witness = this.witnessAmong(rows);
		if (rows.length > 0) this.memory.hasRows = true;
		if (witness !== undefined) this.memory.witness = witness;
		return rows;
	}

	/**
	 * Reads the rows that meet a condition together with one that does not. If that one is there, and
	 * the page is not full, the others are all there are. Were it among the rows that are looked for, it
	 * would be missing from the response, so it cannot be mistaken for a proof that there are none.
	 */
	private async readWith(fil: string, known: string) {
		const { columns, key } = this.rowKey.locate(known);
		const found = await this.read({ fil: besides(fil, columns, key) });
		const rows = found.filter((row) => !this.rowKey.isWitness(row, known));
		const witnesses = found.filter((row) => this.rowKey.isWitness(row, known));
		const isProven = witnesses.length > 0 && found.length < PAGE_SIZE;
		return { rows, witnesses, isProven };
	}

	/** Whether it is certain that no row meets a condition. */
	private async hasNone(fil: string | undefined): Promise<boolean> {
		const known = this.memory.witness ?? (await this.anyWitness());
		if (known === undefined) return this.isRegisterEmpty();
		// Without a condition, the row would have been in the response.
		if (fil === undefined) return false;
		const { rows, witnesses, isProven } = await this.readWith(fil, known);
		// The row may be gone, or be the only one that meets the condition: another one is taken then.
		if (!isProven && this.memory.witness === known) delete this.memory.witness;
		return isProven && rows.length === 0 && (await this.areAll(known, witnesses));
	}

	/**
	 * Whether rows are all that there are with what a witness says. Without a key several rows may, and
	 * those of them that meet the condition would be missing.
	 */
	private async areAll(known: string, witnesses: readonly Row[]): Promise<boolean> {
		if (this.rowKey.isUnique) return true;
		const { columns, key } = this.rowKey.locate(known);
		const all = await this.read({ fil: and(keyIs(columns, key)) });
		const contents = new Set(witnesses.map(contentOf));
		return all.length === witnesses.length && all.every((row) => contents.has(contentOf(row)));
	}

	/** After the register itself was found empty as well. */
	private isRegisterEmpty(): boolean {
		this.memory.findings = (this.memory.findings ?? 0) + 1;
		return this.memory.hasRows !== true && this.memory.findings >= FINDINGS;
	}

	private async anyWitness(): Promise<string | undefined> {
		delete this.memory.witness;
		await this.read({});
		return this.memory.witness;
	}

	private witnessAmong(rows: readonly Row[]): string | undefined {
		for (const row of rows) {
			const witness = this.rowKey.witnessIn(row);
			if (witness !== undefined) return witness;
		}
		return undefined;
	}

	/**
	 * Whether it is certain that a page has no row. The last page that has rows tells it: if it is full, and
	 * one of its rows is left out, the next row moves onto it, if there is one.
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
		const witness = this.witnessAmong(last);
		if (witness === undefined) return false;
		const { columns, key } = this.rowKey.locate(witness);
		const without = and(fil, keyIsNot(columns, key));
		const count = await this.countOf(fil, witness);
		if (count === 0 || count >= PAGE_SIZE) return false;
		const left = await this.read({ fil: without, pagenumber: low });
		return left.length === PAGE_SIZE - count;
	}

	/** How many rows are left out with a witness. */
	private async countOf(fil: string | undefined, witness: string): Promise<number> {
		if (this.rowKey.isUnique) return 1;
		const { columns, key } = this.rowKey.locate(witness);
		return (await this.read({ fil: and(fil, keyIs(columns, key)) })).length;
	}
}

function unconfirmed(): Fault {
	return new Fault(
		'answer',
		'Rivilė sent an empty response',
		'Try again later. The response contained no rows, and further requests did not confirm that there are none. The node never returns an incomplete list as if it were complete.',
		{ transient: true },
	);
}
