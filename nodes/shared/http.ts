import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { asThrown } from './asThrown';
import { bodyText } from './bodyText';
import { connectionFault, TIMEOUT } from './connectionFault';
import { Fault } from './fault';
import type { LongText } from './longText';
import { patience } from './patience';

/** An HTTP response with any status, its body as text. */
export interface HttpAnswer<Body = string> {
	readonly status: number;
	readonly body: Body;
	/** Where a redirect points. Redirects are not followed: they would take a signature or key along. */
	readonly location?: string;
	/** How many seconds the service asks to wait before the next request. */
	readonly retryAfter?: number;
	/** The headers whose values are text. */
	readonly headers?: Readonly<Record<string, string>>;
}

export { connectionFault, TIMEOUT };

/**
 * The options of all requests: return the response with any status, its body as a stream of bytes,
 * and do not follow redirects.
 *
 * @param timeout seconds
 */
export function rawRequest(timeout: number) {
	return {
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: Math.ceil(timeout * 1000),
	} as const satisfies Partial<IHttpRequestOptions>;
}

/** The same for n8n's older request helper, the only one in credential tests. */
export const RAW_LEGACY_REQUEST = {
	encoding: null,
	simple: false,
	resolveWithFullResponse: true,
	followRedirect: false,
	timeout: TIMEOUT * 1000,
} as const;

/** What n8n's request helpers return with these options. */
interface FullResponse {
	readonly statusCode: number;
	readonly headers: IDataObject;
	readonly body: unknown;
}

/** Makes a request with the options above by one of n8n's helpers; the signal ends it. */
type Send = (abortSignal: AbortSignal) => Promise<FullResponse>;

/**
 * Makes a request and reads the response.
 *
 * @param send its signal is aborted if the response is not read to its end
 * @param service the service's name, which begins messages
 * @param timeout that of the request, in seconds
 * @param signal aborted when the execution is stopped
 * @throws Fault (connection) when no response came, or only part of it; Fault (answer) when its body is
 * not text, or too long
 */
export async function answerTo(
	send: Send,
	service: string,
	timeout = TIMEOUT,
	signal?: AbortSignal,
): Promise<HttpAnswer> {
	const answer = await longAnswerTo(send, service, timeout, signal);
	return { ...answer, body: answer.body.toString() };
}

/** The same for responses that may be long. */
export async function longAnswerTo(
	send: Send,
	service: string,
	timeout: number,
	signal?: AbortSignal,
): Promise<HttpAnswer<LongText>> {
	const end = new AbortController();
	try {
		return await patience(service, timeout, signal)(send(end.signal).then(read));
	} catch (error) {
		// To close the stream is not enough: its connection would stay open until the next bytes come.
		end.abort();
		throw asThrown(error);
	}
}

async function read({ statusCode, headers, body }: FullResponse): Promise<HttpAnswer<LongText>> {
	// n8n's older helper returns no body if it was cut off or could not be decompressed.
	if (body === undefined || body === null) throw cutOff();
	const { location } = headers;
	const retryAfter = secondsOf(headers['retry-after'], headers.date);
	return {
		status: statusCode,
		body: await bodyText(body, String(headers['content-type'] ?? '')),
		...(typeof location === 'string' && { location }),
		...(retryAfter !== undefined && { retryAfter }),
		headers: textsIn(headers),
	};
}

function cutOff(): Error {
	return Object.assign(new Error('cut off'), { code: 'ERR_BAD_RESPONSE' });
}

function textsIn(headers: IDataObject): Record<string, string> {
	const texts: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (typeof value === 'string') texts[name] = value;
	}
	return texts;
}

/**
 * Makes sure that nothing is sent once the execution is stopped.
 *
 * @throws Fault (connection) if it is stopped
 */
export function checkGoingOn(service: string, signal: AbortSignal | undefined): void {
	if (signal?.aborted === true) throw notSent(`The request to ${service}`);
}

/**
 * The fault for a request that was not sent.
 *
 * @param what the beginning of the message
 */
export function notSent(what: string): Fault {
	return new Fault(
		'connection',
		`${what} was not sent, because the execution was stopped`,
		'Run the workflow again for this item.',
		{ cancelled: true, maybeSent: false },
	);
}

/** The statuses of a server that is busy or starting, and of a proxy that cannot reach it. */
export function isTransientStatus(status: number): boolean {
	return [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524].includes(status);
}

/**
 * Retry-After is a number of seconds or a date, which is compared with the server's own clock where the
 * response tells it.
 */
function secondsOf(value: unknown, date: unknown): number | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const told = typeof date === 'string' ? Date.parse(date) : Number.NaN;
	const now = Number.isNaN(told) ? Date.now() : told;
	const seconds = /^\s*\d+\s*$/.test(String(value))
		? Number(value)
		: (Date.parse(String(value)) - now) / 1000;
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
