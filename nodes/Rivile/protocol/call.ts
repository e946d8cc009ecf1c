import type { HttpAnswer } from '../../shared/http';
import type { Repeat } from '../../shared/retry';
import { withoutSecrets } from '../../shared/secrets';
import { safeUrl } from '../../shared/urls';
import { checkApiKey, ENDPOINT, type Access } from './access';
import { readRows } from './answer/answer';
import { ConfirmedPage, type Memory } from './paging/confirm';
import { I04, type Register } from './catalogue';
import type { PageRequest, ReadPage, Source } from './paging/page';
import { noKey, rowKeyOf, type RowKey } from './paging/rowKey';
import { and, keyIs, NO_ROW } from './sql/conditions';
import type { Row, Value } from './answer/rows';

/** A request as it goes out; the credential adds the key. */
export interface HttpRequest {
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** One credential's connection to the gateway. */
export interface Connection extends Access {
	/** Sends a request with the key; resolves with any response, whatever its status. */
	readonly send: (request: HttpRequest) => Promise<HttpAnswer>;
	/** IANA zone in which a point of time becomes a date. */
	readonly timezone: string;
	/** How a page is requested again. */
	readonly repeat: Repeat;
}

/** How much of a register is wanted, and in which form. */
export interface Form {
	/** H: the rows; A: with their lines. Not sent where the method knows no such difference. */
	readonly detail: 'H' | 'A';
	readonly format: 'json' | 'xml';
	readonly numbersAsText: boolean;
	/** For stock (I17) only: the columns to sum by, separated by commas. */
	readonly group?: string;
}

const memories = new WeakMap<Connection, Map<string, Memory>>();

function memoryOf(connection: Connection, list: string): Memory {
	const known = memories.get(connection) ?? new Map<string, Memory>();
	memories.set(connection, known);
	const memory = known.get(list) ?? {};
	known.set(list, memory);
	return memory;
}

/**
 * Reads one page of a register, again if the connection or the server fails for a moment. That there
 * are no rows is confirmed by further requests (see ConfirmedPage).
 *
 * @throws Fault in words for the user
 */
export async function readPage(
	connection: Connection,
	register: Register,
	form: Form,
	page: PageRequest,
): Promise<Row[]> {
	return await sourceOf(connection, register, form).readPage(page);
}

/** The rows of a register, to be read page by page as readPage does. */
export function sourceOf(connection: Connection, register: Register, form: Form): Source {
	const rowKey = keyFor(register, form);
	const memory = memoryOf(connection, JSON.stringify([register.method, form.detail, form.group]));
	const ask: ReadPage = async (request) => await readOnce(connection, register, form, request);
	return {
		register,
		rowKey,
		readPage: async (page) => {
			const confirmed = new ConfirmedPage(ask, page, rowKey, memory);
			return await connection.repeat(async () => await confirmed.attempt());
		},
	};
}

function keyFor(register: Register, { detail, group }: Form): RowKey {
	return group === undefined ? rowKeyOf(register, detail) : noKey(register);
}

/**
 * Checks that the gateway accepts the key, with a condition that no row meets.
 *
 * @throws Fault in words for the user
 */
export async function checkKey(connection: Connection): Promise<void> {
	const form: Form = { detail: 'H', format: 'json', numbersAsText: false };
	await readOnce(connection, I04, form, { fil: and(keyIs(rowKeyOf(I04).columns, ['']), NO_ROW) });
}

/** The rows of one response. */
async function readOnce(
	connection: Connection,
	register: Register,
	form: Form,
	page: PageRequest,
): Promise<Row[]> {
	try {
		return await exchange(connection, register, form, page);
	} catch (error) {
		throw withoutSecrets(error, [connection.apiKey]);
	}
}

async function exchange(
	connection: Connection,
	register: Register,
	form: Form,
	page: PageRequest,
): Promise<Row[]> {
	checkApiKey(connection.apiKey);
	const params = paramsOf(register, form, page);
	const answer = await connection.send({
		url: safeUrl(connection.endpoint, ENDPOINT, connection.allowUnencrypted).href,
		headers: { 'Content-Type': 'application/json', Accept: `application/${form.format}` },
		body: JSON.stringify({ method: register.method, params }),
	});
	const rows = await readRows(register, answer, form.numbersAsText);
	const hasLines = register.details === undefined || form.detail === 'A';
	if (!hasLines || register.lines.length === 0) return rows;
	// A row without lines comes without the name of the lines.
	const none = register.lines.map(({ table }): [string, Value] => [table, []]);
	return rows.map((row) => ({
		...row,
		...Object.fromEntries(none.map(([name, empty]) => [name, row[name] ?? empty])),
	}));
}

function paramsOf(
	{ details, always, pageParameter }: Register,
	{ detail, group }: Form,
	{ fil, pagenumber }: PageRequest,
): Record<string, string | number> {
	return {
		...(details !== undefined && { list: detail }),
		...always,
		...(group !== undefined && { group }),
		...(fil !== undefined && { fil }),
		...(pagenumber !== undefined && { [pageParameter]: pagenumber }),
	};
}
