/** A gateway without HTTP for the tests of paging: any order of pages, rows added between requests. */
import { KEY } from '../../../nodes/Rivile/protocol/fields';
import { PAGE_SIZE, type PageRequest } from '../../../nodes/Rivile/protocol/page';
import { readWished } from '../../../nodes/Rivile/protocol/paging';
import type { Row } from '../../../nodes/Rivile/protocol/rows';
import { Register, type NewRow } from '../../simulators/rivile/database.cts';

type Sort = (keys: string[]) => string[];

export const ascending: Sort = (keys) => keys.sort();
export const descending: Sort = (keys) => keys.sort().reverse();
export const oldestFirst = ascending;
export const newestFirst = descending;

/** Which rows come first, and how a page is sorted inside. */
export const ORDERS = [
	['oldest first', oldestFirst, ascending],
	['oldest first, turned inside', oldestFirst, descending],
	['newest first', newestFirst, ascending],
	['newest first, turned inside', newestFirst, descending],
] as const;

/** Operation numbers as Rivilė gives them; those in between are left free for rows added later. */
export const keyFor = (number: number) => String(Math.round(number * 1000)).padStart(12, '0');

/** So many rows. */
export const numbered = (count: number): NewRow[] =>
	Array.from({ length: count }, (_, index) => ({
		I04_KODAS_CH: keyFor(index + 1),
		I04_SUMA: index % 7,
	}));

export interface Behaviour {
	readonly order: Sort;
	/** How a page is sorted inside; sorted by key unless told. */
	readonly inside?: Sort;
	/** Called before each request but the first, with its number. */
	readonly between?: (request: number) => void;
	/** Overrides the answer. */
	readonly answer?: (request: PageRequest, number: number) => string[] | undefined;
}

export class FakeGateway {
	readonly register = new Register();
	requests: PageRequest[] = [];
	behaviour: Behaviour = { order: oldestFirst };

	fill(rows: readonly NewRow[], behaviour: Behaviour): void {
		this.register.clear();
		this.register.add(rows);
		this.requests = [];
		this.behaviour = behaviour;
	}

	/** The keys that Return All gives. */
	async every(filter?: string): Promise<string[]> {
		return await this.keys(Infinity, filter);
	}

	/** The keys that a Limit gives. */
	async upTo(limit: number, filter?: string): Promise<string[]> {
		return await this.keys(limit, filter);
	}

	private async keys(limit: number, filter: string | undefined): Promise<string[]> {
		const rows = await readWished(this.readPage, { filter, limit, pageNumber: undefined });
		return rows.map((row) => String(row[KEY]));
	}

	matching(filter = '1 = 1'): string[] {
		return this.register.keys(filter);
	}

	readonly readPage = async (request: PageRequest): Promise<Row[]> => {
		const { order, inside = (keys) => keys.sort(), between, answer } = this.behaviour;
		if (this.requests.length > 0) between?.(this.requests.length);
		this.requests.push(request);
		if (this.requests.length > 200) throw new Error('A loop');
		const given = answer?.(request, this.requests.length);
		const start = ((request.pagenumber ?? 1) - 1) * PAGE_SIZE;
		const keys =
			given ??
			inside(order(this.register.keys(request.fil ?? '1 = 1')).slice(start, start + PAGE_SIZE));
		return keys.map((key) => ({ [KEY]: key, I04_PAV: `row ${key}` }));
	};
}
