/**
 * Reads a T-SQL condition as SQL Server does and writes it for SQLite, which then judges it. Knows
 * nothing of the node's code: it is the other side's reading of what the node writes.
 */
import { columnsOf, tableNames } from '../../../nodes/Rivile/protocol/catalogue';

/** What SQL Server says to a condition that it cannot read. */
export class SqlRefusal extends Error {}

interface Token {
	readonly kind: 'text' | 'name' | 'word' | 'number' | 'sign' | 'blank';
	/** Texts and names without their quotes. */
	readonly value: string;
}

const DATES = new Set(
	tableNames
		.flatMap(columnsOf)
		.filter(({ type }) => type === 'T')
		.map(({ name }) => name.toLowerCase()),
);

/** The end of a quoted token; the closing quote doubled stands for itself. */
function quoted(sql: string, start: number, close: string): { value: string; end: number } {
	let value = '';
	for (let at = start; at < sql.length; at++) {
		if (sql[at] !== close) value += sql[at];
		else if (sql[at + 1] === close) value += sql[at++];
		else return { value, end: at + 1 };
	}
	throw new SqlRefusal(`Unclosed quotation mark after the character string '${value}'.`);
}

/** The end of a comment; those between slashes nest, as SQL Server's do and SQLite's do not. */
function commentEnd(sql: string, start: number): number {
	if (sql.startsWith('--', start)) {
		const end = sql.indexOf('\n', start);
		return end === -1 ? sql.length : end;
	}
	let depth = 0;
	for (let at = start; at < sql.length; at++) {
		if (sql.startsWith('/*', at)) {
			depth++;
			at++;
		} else if (sql.startsWith('*/', at)) {
			depth--;
			at++;
			if (depth === 0) return at + 1;
		}
	}
	throw new SqlRefusal("Missing end comment mark '*/'.");
}

/** The next token and where it ends. */
function tokenAt(sql: string, at: number): { token: Token; end: number } {
	const rest = sql.slice(at);
	if (rest.startsWith('--') || rest.startsWith('/*')) {
		return { token: { kind: 'blank', value: ' ' }, end: commentEnd(sql, at) };
	}
	const unicode = /^N'/i.test(rest) ? 1 : 0;
	if (sql[at + unicode] === "'") {
		const { value, end } = quoted(sql, at + unicode + 1, "'");
		return { token: { kind: 'text', value }, end };
	}
	if (sql[at] === '[' || sql[at] === '"') {
		const { value, end } = quoted(sql, at + 1, sql[at] === '[' ? ']' : '"');
		return { token: { kind: 'name', value }, end };
	}
	for (const [kind, pattern] of [
		['blank', /^\s+/u],
		['word', /^[\p{L}_@#][\p{L}\p{N}_@$#]*/u],
		['number', /^\d+(?:\.\d*)?(?:e[+-]?\d+)?|^\.\d+/i],
	] as const) {
		const value = pattern.exec(rest)?.[0];
		if (value !== undefined) return { token: { kind, value }, end: at + value.length };
	}
	return { token: { kind: 'sign', value: sql.charAt(at) }, end: at + 1 };
}

function tokensOf(sql: string): Token[] {
	const tokens: Token[] = [];
	for (let at = 0; at < sql.length; ) {
		const { token, end } = tokenAt(sql, at);
		tokens.push(token);
		at = end;
	}
	return tokens;
}

/** The forms of dates that SQL Server reads the same in every language. */
const DATE = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(?:\.\d{1,3})?)?$/;

function pointOfTime(text: string): string {
	const [, year, month, day, time = '00:00:00'] = DATE.exec(text.trim()) ?? [];
	const iso = `${year}-${month}-${day}T${time}`;
	const date = new Date(`${iso}Z`);
	if (year === undefined || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso)) {
		throw new SqlRefusal(
			'Conversion failed when converting date and/or time from character string.',
		);
	}
	return iso;
}

/** The condition for SQLite. A text that is compared with a date column becomes a point of time. */
export function toSqlite(sql: string): string {
	let dates = false;
	let between = false;
	const written = tokensOf(sql).map(({ kind, value }) => {
		const word = value.toLowerCase();
		if (kind === 'name' || kind === 'word') {
			if (DATES.has(word)) dates = true;
			else if (word === 'or' || (word === 'and' && !between)) dates = false;
			if (word === 'between') between = true;
			else if (word === 'and') between = false;
		}
		if (kind === 'sign' && value === ';') throw new SqlRefusal("Incorrect syntax near ';'.");
		if (kind === 'text') {
			return `'${(dates ? pointOfTime(value) : value).replaceAll("'", "''")}'`;
		}
		if (kind === 'name') return `"${value.replaceAll('"', '""')}"`;
		return value;
	});
	return written.join('');
}

/** Every character as itself in a regular expression. */
const literal = (text: string) =>
	[...text].map((sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`).join('');

/** What stands between brackets: signs, `a-z`, or `^` and what it must not be. */
function setOf(inside: string): string {
	const not = inside.length > 1 && inside.startsWith('^');
	const signs = [...(not ? inside.slice(1) : inside)];
	let set = '';
	for (let at = 0; at < signs.length; at++) {
		const from = signs[at] ?? '';
		const to = signs[at + 1] === '-' ? signs[at + 2] : undefined;
		set += to === undefined ? literal(from) : `${literal(from)}-${literal(to)}`;
		if (to !== undefined) at += 2;
	}
	return `[${not ? '^' : ''}${set}]`;
}

/** T-SQL's LIKE: `%`, `_`, `[a-z]`, `[^a]`; a bracket that does not close is itself. */
export function like(pattern: string, value: string): boolean {
	let expression = '';
	for (let at = 0; at < pattern.length; at++) {
		const sign = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
		const close = sign === '[' ? pattern.indexOf(']', at + 1) : -1;
		if (sign === '%') expression += '.*';
		else if (sign === '_') expression += '.';
		else if (close > at + 1) {
			expression += setOf(pattern.slice(at + 1, close));
			at = close;
		} else {
			expression += literal(sign);
			at += sign.length - 1;
		}
	}
	return new RegExp(`^${expression}$`, 'isu').test(value);
}
