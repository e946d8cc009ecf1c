/** The gateway's database: rows in SQLite, conditions judged by it. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

import { type Column, columnsOf } from '../../../nodes/Rivile/protocol/catalogue';
import { like, SqlRefusal, toSqlite } from './tsql.cts';

export type Cell = string | number | null;

/** A row to add, by column; the columns that are not given are empty. */
export interface NewRow {
	readonly I04_KODAS_CH: string;
	readonly lines?: ReadonlyArray<Readonly<Record<string, Cell>>>;
	readonly [column: string]: Cell | ReadonlyArray<Readonly<Record<string, Cell>>> | undefined;
}

/** A row as it leaves the database: texts as the gateway writes them, null where there is nothing. */
export interface StoredRow {
	readonly columns: ReadonlyArray<readonly [name: string, text: string | null]>;
	readonly lines: ReadonlyArray<ReadonlyArray<readonly [name: string, text: string | null]>>;
}

export interface Page {
	/** The user's condition, in T-SQL. */
	readonly fil?: string;
	readonly number: number;
	readonly newestFirst: boolean;
	/** The order of the rows inside the page. */
	readonly descending: boolean;
}

export const PAGE_SIZE = 100;

const SQL_TYPES = { C: 'TEXT COLLATE RTRIM', N: 'NUMERIC', T: 'TEXT', M: 'TEXT' } as const;

const definition = ({ name, type }: Column) => `${name} ${SQL_TYPES[type]}`;

/** Character columns are filled up with blanks to their length. */
function stored({ type, length }: Column, value: Cell | undefined): SQLInputValue {
	if (value === undefined || value === null) return null;
	return type === 'C' ? String(value).padEnd(length) : value;
}

function written({ type, decimals }: Column, value: unknown): string | null {
	if (value === null || value === undefined) return null;
	return type === 'N' ? Number(value).toFixed(decimals) : String(value);
}

const isCell = (value: unknown): value is Cell | undefined =>
	value === null || ['string', 'number', 'undefined'].includes(typeof value);

/** SQLite's words turned into SQL Server's. */
function inWordsOfSqlServer(error: unknown): SqlRefusal {
	if (error instanceof SqlRefusal) return error;
	const words = error instanceof Error ? error.message : String(error);
	const column = /no such column: "?([^"\s]+)"?/.exec(words)?.[1];
	if (column !== undefined) return new SqlRefusal(`Invalid column name '${column}'.`);
	const near = /near "(.*)": syntax error/s.exec(words)?.[1];
	return new SqlRefusal(near === undefined ? words : `Incorrect syntax near '${near}'.`);
}

export class Register {
	private readonly db = new DatabaseSync(':memory:');
	private readonly statements = new Map<string, StatementSync>();

	constructor() {
		const columns = columnsOf('I04').map(definition).join(', ');
		// The gateway's own condition: the register holds another company's rows as well.
		this.db.exec(`CREATE TABLE I04 (company INTEGER, ${columns}, UNIQUE (company, I04_KODAS_CH))`);
		this.db.exec(`CREATE TABLE I05 (${columnsOf('I05').map(definition).join(', ')})`);
		this.db.exec('CREATE INDEX lines ON I05 (I05_KODAS_CH)');
		this.db.function('like', { deterministic: true }, (pattern, value) =>
			value === null || pattern === null ? null : Number(like(String(pattern), String(value))),
		);
	}

	get size(): number {
		return Number(this.db.prepare('SELECT COUNT(*) AS n FROM I04 WHERE company = 1').get()?.n);
	}

	add(rows: readonly NewRow[], company = 1): void {
		this.db.exec('BEGIN');
		for (const { lines = [], ...row } of rows) {
			this.insert('I04', columnsOf('I04'), row, [['company', company]]);
			lines.forEach((line, index) => {
				const own = { I05_KODAS_CH: row.I04_KODAS_CH, I05_EIL_NR: index + 1, ...line };
				this.insert('I05', columnsOf('I05'), own, []);
			});
		}
		this.db.exec('COMMIT');
	}

	remove(keys: readonly string[]): void {
		for (const key of keys) this.db.prepare('DELETE FROM I04 WHERE I04_KODAS_CH = ?').run(key);
	}

	clear(): void {
		this.db.exec('DELETE FROM I04; DELETE FROM I05');
	}

	close(): void {
		this.db.close();
	}

	/** One page of the rows that meet the condition. */
	page({ fil, number, newestFirst, descending }: Page, withLines: boolean): StoredRow[] {
		// As harsh as a gateway can be: what stands before and after the condition is bound to it.
		const where = fil === undefined ? '' : `AND ${fil}`;
		const order = newestFirst ? 'DESC' : 'ASC';
		const offset = (number - 1) * PAGE_SIZE;
		const sql = `SELECT * FROM I04 WHERE company = 1 ${where} ORDER BY I04_KODAS_CH ${order} LIMIT ${PAGE_SIZE} OFFSET ${offset}`;
		const found = this.all(sql);
		if (newestFirst !== descending) found.reverse();
		return found.map((row, index) => ({
			columns: [
				['Row_number', String(offset + index + 1)],
				...columnsOf('I04').map(
					(column) => [column.name, written(column, row[column.name])] as const,
				),
			],
			lines: withLines ? this.linesOf(String(row.I04_KODAS_CH)) : [],
		}));
	}

	/** The keys of all rows that meet the condition, of every company; for tests of conditions. */
	keys(condition: string): string[] {
		return this.all(`SELECT I04_KODAS_CH FROM I04 WHERE ${condition}`).map((row) =>
			String(row.I04_KODAS_CH).trimEnd(),
		);
	}

	/** The whole statement is read as T-SQL: a comment in the condition swallows what follows it. */
	private all(statement: string): Array<Record<string, unknown>> {
		try {
			return this.db.prepare(toSqlite(statement)).all();
		} catch (error) {
			throw inWordsOfSqlServer(error);
		}
	}

	private linesOf(key: string): StoredRow['lines'] {
		const sql = 'SELECT * FROM I05 WHERE I05_KODAS_CH = ? ORDER BY I05_EIL_NR';
		return this.db
			.prepare(sql)
			.all(key)
			.map((line) =>
				columnsOf('I05').map(
					(column) => [column.name, written(column, line[column.name])] as const,
				),
			);
	}

	private insert(
		table: string,
		columns: readonly Column[],
		row: Readonly<Record<string, unknown>>,
		more: ReadonlyArray<readonly [string, SQLInputValue]>,
	): void {
		const known = new Set(columns.map(({ name }) => name));
		const unknown = Object.keys(row).filter((name) => !known.has(name));
		if (unknown.length > 0) throw new Error(`No column ${unknown.join(', ')} in ${table}`);
		const entries = columns.map((column): [string, SQLInputValue] => {
			const value = row[column.name];
			return [column.name, stored(column, isCell(value) ? value : undefined)];
		});
		const all = [...more, ...entries];
		this.inserting(
			table,
			all.map(([name]) => name),
		).run(...all.map(([, value]) => value));
	}

	/** Preparing takes longer than inserting. */
	private inserting(table: string, names: readonly string[]): StatementSync {
		const known = this.statements.get(table);
		if (known !== undefined) return known;
		const marks = names.map(() => '?').join(', ');
		const statement = this.db.prepare(
			`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})`,
		);
		this.statements.set(table, statement);
		return statement;
	}
}
