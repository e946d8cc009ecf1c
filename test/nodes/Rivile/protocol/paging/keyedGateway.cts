/**
 * A gateway with a real database and without HTTP, for any register: rows in any order of its key, sent
 * as JSON or XML, changed between requests.
 */
import { readRows } from '../../../../../nodes/Rivile/protocol/answer/answer';
import type { Register as Described } from '../../../../../nodes/Rivile/protocol/catalogue';
import { ConfirmedPage, type Memory } from '../../../../../nodes/Rivile/protocol/paging/confirm';
import type {
	PageRequest,
	ReadPage,
	Source,
} from '../../../../../nodes/Rivile/protocol/paging/page';
import { rowKeyOf } from '../../../../../nodes/Rivile/protocol/paging/rowKey';
import { Database, type AnyRow } from '../../../../../dev/simulators/rivile/database.cts';
import { JSON_STYLE, toJson, toXml } from '../../../../../dev/simulators/rivile/render.cts';
import { retryRead } from '../../../../../nodes/shared/retry';
import { judge } from '../../../../../dev/simulators/rivile/judge.cts';

export interface Way {
	readonly newestFirst: boolean;
	readonly descending: boolean;
	readonly format: 'json' | 'xml';
	readonly lowerCase: boolean;
}

const MOST_REQUESTS = 400;

export class KeyedGateway {
	private readonly database = new Database();
	private memory: Memory = {};
	requests: PageRequest[] = [];
	way: Way = { newestFirst: false, descending: false, format: 'json', lowerCase: false };
	/** Called before each request but the first, with its number. */
	between: (request: number) => void = () => {};
	/** Whether the response to a request, counted from 1, loses its content on the way. */
	isEmptied: (request: number) => boolean = () => false;

	constructor(public described: Described) {}

	fill(described: Described, rows: readonly AnyRow[], way: Way): void {
		this.database.clear();
		this.described = described;
		this.way = way;
		this.requests = [];
		this.memory = {};
		this.between = () => {};
		this.isEmptied = () => false;
		this.add(rows);
	}

	add(rows: readonly AnyRow[]): void {
		this.database.register(this.described).add(rows);
	}

	/** Removes the rows that meet a condition. */
	remove(condition: string): void {
		this.database.db.exec(`DELETE FROM ${this.described.table} WHERE ${condition}`);
	}

	close(): void {
		this.database.close();
	}

	get source(): Source {
		const rowKey = rowKeyOf(this.described, 'A');
		const readPage: ReadPage = async (request) => {
			const confirmed = new ConfirmedPage(this.serve, request, rowKey, this.memory);
			return await retryRead(
				async () => await confirmed.attempt(),
				async () => {},
			);
		};
		return { register: this.described, rowKey, readPage };
	}

	private readonly serve: ReadPage = async (request) => {
		if (this.requests.length > 0) this.between(this.requests.length);
		this.requests.push(request);
		if (this.requests.length > MOST_REQUESTS) throw new Error('A loop');
		const { fil, pagenumber: number = 1 } = request;
		if (fil !== undefined) judge(fil, this.described.table);
		const { format, lowerCase, ...order } = this.way;
		const page = { number, ...order, ...(fil !== undefined && { fil }) };
		const rows = this.database.register(this.described).page(page, false);
		if (this.isEmptied(this.requests.length)) return [];
		const { table } = this.described;
		const body =
			format === 'json'
				? toJson(rows, { ...JSON_STYLE, lowerCase }, table)
				: toXml(rows, { lowerCase }, table);
		return await readRows(this.described, { status: 200, body });
	};
}
