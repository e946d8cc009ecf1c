import type { HttpAnswer } from '../../shared/http';
import type { Repeat } from '../../shared/retry';
import { withoutSecrets } from '../../shared/secrets';
import { safeUrl } from '../../shared/urls';
import { checkApiKey, ENDPOINT, type Access } from './access';
import { readRows } from './answer/answer';
import { ConfirmedPage, type Memory } from './paging/confirm';
import { KEY_COLUMNS, LINES } from './columns';
import type { PageRequest, ReadPage } from './paging/page';
import { and, keyIs, NO_ROW } from './sql/conditions';
import type { Row } from './answer/rows';

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

/** How much of the register is wanted, and in which form. */
export interface Form {
	/** H: the receipts and payments; A: with their lines. */
	readonly detail: 'H' | 'A';
	readonly format: 'json' | 'xml';
	readonly numbersAsText: boolean;
}

const memories = new WeakMap<Connection, Memory>();

function memoryOf(connection: Connection): Memory {
	const memory = memories.get(connection) ?? {};
	memories.set(connection, memory);
	return memory;
}

/**
 * Reads one page of the register (GET_I04_LIST), again if the connection or the server fails for a moment. That
 * there are no rows is confirmed by further requests (see ConfirmedPage).
 *
 * @throws Fault in words for the user
 */
export async function readPage(
	connection: Connection,
	form: Form,
	page: PageRequest,
): Promise<Row[]> {
	const ask: ReadPage = async (request) => await readOnce(connection, form, request);
	const confirmed = new ConfirmedPage(ask, page, memoryOf(connection));
	return await connection.repeat(async () => await confirmed.attempt());
}

/**
 * Checks that the gateway accepts the key, with a condition that no row meets.
 *
 * @throws Fault in words for the user
 */
export async function checkKey(connection: Connection): Promise<void> {
	const form: Form = { detail: 'H', format: 'json', numbersAsText: false };
	await readOnce(connection, form, { fil: and(keyIs(KEY_COLUMNS, ''), NO_ROW) });
}

/** The rows of one response. */
async function readOnce(connection: Connection, form: Form, page: PageRequest): Promise<Row[]> {
	try {
		return await exchange(connection, form, page);
	} catch (error) {
		throw withoutSecrets(error, [connection.apiKey]);
	}
}

async function exchange(connection: Connection, form: Form, page: PageRequest): Promise<Row[]> {
	checkApiKey(connection.apiKey);
	const answer = await connection.send({
		url: safeUrl(connection.endpoint, ENDPOINT, connection.allowUnencrypted).href,
		headers: { 'Content-Type': 'application/json', Accept: `application/${form.format}` },
		body: JSON.stringify({ method: 'GET_I04_LIST', params: { list: form.detail, ...page } }),
	});
	const rows = await readRows(answer, form.numbersAsText);
	// A row without lines comes without the name of the lines.
	return form.detail === 'A' ? rows.map((row) => ({ ...row, [LINES]: row[LINES] ?? [] })) : rows;
}
