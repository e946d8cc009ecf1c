/** A gateway without HTTP for the tests of paging: any order of pages, rows added between requests. */
import { ConfirmedPage, type Memory } from '../../../../../nodes/Rivile/protocol/paging/confirm';
import {
	PAGE_SIZE,
	type PageRequest,
	type Source,
} from '../../../../../nodes/Rivile/protocol/paging/page';
import { readSelection } from '../../../../../nodes/Rivile/protocol/paging/read';
import type { Row } from '../../../../../nodes/Rivile/protocol/answer/rows';
import { retryRead } from '../../../../../nodes/shared/retry';
import { Register, type NewRow } from '../../../../../dev/simulators/rivile/database.cts';
import { I04 } from '../../../../../nodes/Rivile/protocol/catalogue';
import { rowKeyOf } from '../../../../../nodes/Rivile/protocol/paging/rowKey';

const KEY = 'I04_KODAS_CH';

/** The key of receipts and payments. */
export const rowKey = rowKeyOf(I04);

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
	/** Whether the answer to a request, counted from 1, loses its content on the way. */
	readonly isEmptied?: (request: number) => boolean;
	/** Overrides the answer. */
	readonly answer?: (request: PageRequest, number: number) => string[] | undefined;
}

export class FakeGateway {
	readonly register = new Register();
	/** Every request that was sent, also those that confirm that there are no rows. */
	requests: PageRequest[] = [];
	private memory: Memory = {};
	behaviour: Behaviour = { order: oldestFirst };

	fill(rows: readonly NewRow[], behaviour: Behaviour): void {
		this.register.clear();
		this.register.add(rows);
		this.requests = [];
		this.memory = {};
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
		const rows = await readSelection(this.source, { filter, limit, pageNumber: undefined });
		return rows.map((row) => String(row[KEY]));
	}

	matching(filter = '1 = 1'): string[] {
		return this.register.keys(filter);
	}

	/** Reads a page as the node does, without HTTP and without waiting. */
	readonly readPage = async (request: PageRequest): Promise<Row[]> => {
		const confirmed = new ConfirmedPage(this.serve, request, rowKey, this.memory);
		return await retryRead(
			async () => await confirmed.attempt(),
			async () => {},
		);
	};

	readonly source: Source = { register: I04, rowKey, readPage: this.readPage };

	private readonly serve = async (request: PageRequest): Promise<Row[]> => {
		const { order, inside = (keys) => keys.sort(), between, answer, isEmptied } = this.behaviour;
		if (this.requests.length > 0) between?.(this.requests.length);
		this.requests.push(request);
		if (this.requests.length > 200) throw new Error('A loop');
		const given = answer?.(request, this.requests.length);
		const start = ((request.pagenumber ?? 1) - 1) * PAGE_SIZE;
		const keys =
			given ??
			inside(order(this.register.keys(request.fil ?? '1 = 1')).slice(start, start + PAGE_SIZE));
		if (isEmptied?.(this.requests.length) === true) return [];
		return await Promise.resolve(keys.map((key) => ({ [KEY]: key, I04_PAV: `row ${key}` })));
	};
}
