/** The gateway's database: rows in SQLite, conditions judged by it. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

import {
	I04,
	REGISTERS,
	type Column,
	type Register as Described,
} from '../../../nodes/Rivile/protocol/catalogue';
import { isUnique, linkOf, PHYSICAL, TABLES } from './tables.cts';
import { like, SqlRefusal, toSqlite } from './tsql.cts';

export type Cell = string | number | null;

type Line = Readonly<Record<string, Cell>>;

/** A row to add, by column; the columns that are not given are empty. */
export interface AnyRow {
	/** The lines of the first table that the register's rows have. */
	readonly lines?: readonly Line[];
	readonly [column: string]: Cell | readonly Line[] | undefined;
}

/** A receipt or payment to add. */
export interface NewRow extends AnyRow {
	readonly I04_KODAS_CH: string;
}

/** A row or a line as it leaves the database: texts as the gateway writes them, null where nothing is. */
export type Columns = ReadonlyArray<readonly [name: string, text: string | null]>;

/** A row with its lines. */
export interface StoredRow {
	readonly columns: Columns;
	readonly lines: readonly Columns[];
}

export interface Page {
	/** The user's condition, in T-SQL. */
	readonly fil?: string;
	readonly number: number;
	readonly newestFirst: boolean;
	/** The order of the rows inside the page. */
	readonly descending: boolean;
	/** Stock only: the columns to sum by, separated by commas. */
	readonly group?: string;
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

/** SQLite with every table of the catalogue. */
export class Database {
	readonly db = new DatabaseSync(':memory:');
	private readonly statements = new Map<string, StatementSync>();
	private readonly registers = new Map<string, Register>();

	constructor() {
		const unique = new Map(REGISTERS.filter(isUnique).map(({ table, key }) => [table, key]));
		for (const [table, columns] of TABLES) {
			const key = unique.get(table);
			// The gateway's own condition: the tables hold another company's rows as well.
			const parts = [
				'company INTEGER DEFAULT 1',
				...columns.map(definition),
				...(key === undefined ? [] : [`UNIQUE (company, ${key.join(', ')})`]),
			];
			this.db.exec(`CREATE TABLE ${table} (${parts.join(', ')})`);
			const physical = PHYSICAL[table];
			if (physical !== undefined) {
				this.db.exec(`CREATE VIEW ${physical} AS SELECT * FROM ${table} WHERE company = 1`);
			}
		}
		for (const register of REGISTERS) {
			for (const { table } of register.lines) {
				const names = linkOf(register, table).map(([, name]) => name);
				this.db.exec(
					`CREATE INDEX lines_${register.method}_${table} ON ${table} (${names.join(', ')})`,
				);
			}
		}
		this.db.function('like', { deterministic: true }, (pattern, value) =>
			value === null || pattern === null ? null : Number(like(String(pattern), String(value))),
		);
	}

	/** The rows that a method lists. */
	register(described: Described): Register {
		const known = this.registers.get(described.method) ?? new Register(described, this);
		this.registers.set(described.method, known);
		return known;
	}

	clear(): void {
		for (const table of TABLES.keys()) this.db.exec(`DELETE FROM ${table}`);
	}

	close(): void {
		this.db.close();
	}

	/** The whole statement is read as T-SQL: a comment in the condition swallows what follows it. */
	all(statement: string): Array<Record<string, unknown>> {
		try {
			return this.db.prepare(toSqlite(statement)).all();
		} catch (error) {
			throw inWordsOfSqlServer(error);
		}
	}

	insert(table: string, row: Readonly<Record<string, unknown>>, company = 1): void {
		const columns = TABLES.get(table) ?? [];
		const known = new Set(columns.map(({ name }) => name));
		const unknown = Object.keys(row).filter((name) => !known.has(name));
		if (unknown.length > 0) throw new Error(`No column ${unknown.join(', ')} in ${table}`);
		const values = columns.map((column): SQLInputValue => {
			const value = row[column.name];
			return stored(column, isCell(value) ? value : undefined);
		});
		this.inserting(table, columns).run(company, ...values);
	}

	/** Preparing takes longer than inserting. */
	private inserting(table: string, columns: readonly Column[]): StatementSync {
		const known = this.statements.get(table);
		if (known !== undefined) return known;
		const names = ['company', ...columns.map(({ name }) => name)];
		const marks = names.map(() => '?').join(', ');
		const statement = this.db.prepare(
			`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})`,
		);
		this.statements.set(table, statement);
		return statement;
	}
}

/** The rows that one method lists. */
export class Register {
	private readonly table: string;
	private readonly keyColumns: readonly string[];

	constructor(
		readonly described: Described = I04,
		private readonly database: Database = new Database(),
	) {
		this.table = described.table;
		this.keyColumns = described.key;
	}

	get size(): number {
		const sql = `SELECT COUNT(*) AS n FROM ${this.table} WHERE company = 1`;
		return Number(this.database.db.prepare(sql).get()?.n);
	}

	add(rows: readonly AnyRow[], company = 1): void {
		this.database.db.exec('BEGIN');
		try {
			this.insert(rows, company);
			this.database.db.exec('COMMIT');
		} catch (error) {
			this.database.db.exec('ROLLBACK');
			throw error;
		}
	}

	private insert(rows: readonly AnyRow[], company: number): void {
		const [own] = this.described.lines;
		for (const { lines = [], ...row } of rows) {
			this.database.insert(this.table, row, company);
			lines.forEach((line, index) => {
				if (own === undefined) throw new Error(`${this.table} has no lines`);
				const link = linkOf(this.described, own.table).map(([of, name]) => [name, row[of]]);
				const number = { [`${own.table}_EIL_NR`]: index + 1 };
				this.database.insert(own.table, { ...Object.fromEntries(link), ...number, ...line });
			});
		}
	}

	/** Removes rows by the first column of their key. */
	remove(keys: readonly string[]): void {
		const statement = this.database.db.prepare(
			`DELETE FROM ${this.table} WHERE ${this.keyColumns[0] ?? 'rowid'} = ?`,
		);
		for (const key of keys) statement.run(key);
	}

	clear(): void {
		for (const table of [this.table, ...this.described.lines.map((line) => line.table)]) {
			this.database.db.exec(`DELETE FROM ${table}`);
		}
	}

	close(): void {
		this.database.close();
	}

	/** One page of the rows that meet the condition. */
	page(page: Page, withLines: boolean): StoredRow[] {
		const { fil, number, newestFirst, descending, group } = page;
		// As harsh as a gateway can be: what stands before and after the condition is bound to it.
		const where = fil === undefined ? '' : `AND ${fil}`;
		const direction = newestFirst ? 'DESC' : 'ASC';
		const order = [...this.keyColumns, 'rowid']
			.map((column) => `${column} ${direction}`)
			.join(', ');
		const offset = (number - 1) * PAGE_SIZE;
		const pages = `LIMIT ${PAGE_SIZE} OFFSET ${offset}`;
		const from = `FROM ${this.table} WHERE company = 1 ${where}`;
		if (group !== undefined) return this.grouped(from, group, pages, offset);
		const found = this.database.all(`SELECT * ${from} ORDER BY ${order} ${pages}`);
		if (newestFirst !== descending) found.reverse();
		return found.map((row, index) => ({
			columns: [['Row_number', String(offset + index + 1)], ...columnsIn(this.table, row)],
			lines: withLines ? this.linesOf(row) : [],
		}));
	}

	/** Stock that is summed: goods and unit, what it is summed by, and two sums. */
	private grouped(from: string, group: string, pages: string, offset: number): StoredRow[] {
		const columns = ['I17_KODAS_PS', 'I17_KODAS_US', ...group.split(',')];
		const names = [...new Set(columns.map((name) => name.trim()))].join(', ');
		const sums = 'SUM(I17_KIEKIS) AS KIEKIS, SUM(I17_SUMA) AS I17_SUMA';
		const sql = `SELECT ${names}, ${sums} ${from} GROUP BY ${names} ORDER BY KIEKIS, ${names} ${pages}`;
		return this.database.all(sql).map((row, index) => ({
			columns: [
				['Row_number', String(offset + index + 1)],
				...Object.entries(row).map(([name, value]) => [name, String(value)] as const),
			],
			lines: [],
		}));
	}

	/** The first column of the keys of all rows that meet the condition, of every company. */
	keys(condition: string): string[] {
		const [key = ''] = this.keyColumns;
		return this.database
			.all(`SELECT ${key} FROM ${this.table} WHERE ${condition}`)
			.map((row) => String(row[key]).trimEnd());
	}

	private linesOf(row: Readonly<Record<string, unknown>>): readonly Columns[] {
		return this.described.lines.flatMap(({ table }) => {
			const link = linkOf(this.described, table);
			const where = link.map(([, name]) => `${name} = ?`).join(' AND ');
			const sql = `SELECT * FROM ${table} WHERE company = 1 AND ${where} ORDER BY rowid`;
			return this.database.db
				.prepare(sql)
				.all(...link.map(([of]) => String(row[of])))
				.map((line) => columnsIn(table, line));
		});
	}
}

function columnsIn(table: string, row: Readonly<Record<string, unknown>>): Columns {
	return (TABLES.get(table) ?? []).map((column) => [
		column.name,
		written(column, row[column.name]),
	]);
}
