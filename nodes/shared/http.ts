import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { connectionFault, TIMEOUT } from './connectionFault';
import { Fault } from './fault';
import type { Patience } from './sharing';

/** An answer over HTTP, whatever its status, its body as text. */
export interface HttpAnswer {
	readonly status: number;
	readonly body: string;
	/** Where a redirect points; redirects are never followed with a signature or key in hand. */
	readonly location?: string;
	/** How many seconds the service asks to wait before the next request. */
	readonly retryAfter?: number;
}

export { connectionFault, TIMEOUT };

/** The longest body that is read, in bytes: some times the longest that either service gives. */
const MAX_BODY = 64 * 1024 * 1024;

/**
 * How requests are made: the whole answer as bytes, whatever its status, from this address only.
 *
 * @param timeout seconds
 */
export function rawRequest(timeout: number) {
	return {
		encoding: 'arraybuffer',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: Math.ceil(timeout * 1000),
	} as const satisfies Partial<IHttpRequestOptions>;
}

/** The same for n8n's older request helper, the only one that credential tests have. */
export const RAW_LEGACY_REQUEST = {
	encoding: null,
	simple: false,
	resolveWithFullResponse: true,
	followRedirect: false,
	timeout: TIMEOUT * 1000,
} as const;

/** What n8n's request helpers give with the full response asked for and the body as bytes. */
interface FullResponse {
	readonly statusCode: number;
	readonly headers: IDataObject;
	readonly body: unknown;
}

/**
 * The answer to a request that was made with n8n's helpers.
 *
 * @param response the full response, asked for with the body as bytes and any status let through
 * @param service the service's name, which begins messages
 * @param timeout seconds that the request was given
 * @param signal tells when the execution is stopped
 * @throws Fault (connection) when no answer came; Fault (answer) when its body is not text, or too long
 */
export async function answerTo(
	response: Promise<FullResponse>,
	service: string,
	timeout = TIMEOUT,
	signal?: AbortSignal,
): Promise<HttpAnswer> {
	const { statusCode, headers, body } = await patience(service, timeout, signal)(response);
	// n8n's older helper gives no body at all where it was cut off or could not be unpacked.
	if (body === undefined || body === null) {
		throw connectionFault({ code: 'ERR_BAD_RESPONSE' }, service, timeout);
	}
	const { location } = headers;
	const retryAfter = secondsOf(headers['retry-after']);
	return {
		status: statusCode,
		body: toText(body, String(headers['content-type'] ?? '')),
		...(typeof location === 'string' && { location }),
		...(retryAfter !== undefined && { retryAfter }),
	};
}

/**
 * How long one execution waits from now on. n8n's HTTP client only notices that nothing comes any
 * more, and would wait for ever for an answer that trickles in; nor does it hear of a stop everywhere.
 *
 * @param timeout seconds
 */
export function patience(service: string, timeout: number, signal?: AbortSignal): Patience {
	const deadline = AbortSignal.timeout(Math.ceil(timeout * 1000));
	return async (work) => {
		try {
			return await inTime(work, deadline, signal);
		} catch (error) {
			throw connectionFault(error, service, timeout);
		}
	};
}

/**
 * The result of some work, unless the deadline or a stop comes first. The work goes on then, unheard.
 *
 * @throws an error with the code ECONNABORTED at the deadline, or ERR_CANCELED at a stop
 */
export async function inTime<Result>(
	work: Promise<Result>,
	deadline: AbortSignal,
	stop?: AbortSignal,
): Promise<Result> {
	const ended = new AbortController();
	const end = { signal: ended.signal };
	return await new Promise((resolve, reject) => {
		const late = () => reject(Object.assign(new Error('late'), { code: 'ECONNABORTED' }));
		const stopped = () => reject(Object.assign(new Error('stopped'), { code: 'ERR_CANCELED' }));
		work.then(resolve, reject).finally(() => ended.abort());
		if (stop?.aborted === true) stopped();
		if (deadline.aborted) late();
		deadline.addEventListener('abort', late, end);
		stop?.addEventListener('abort', stopped, end);
	});
}

/**
 * Lets nothing more be sent once the execution is stopped.
 *
 * @throws Fault (connection) that says so
 */
export function checkGoingOn(service: string, signal: AbortSignal | undefined): void {
	if (signal?.aborted === true) throw notSent(`The request to ${service}`);
}

/**
 * The fault of what was not begun any more.
 *
 * @param what begins the message
 */
export function notSent(what: string): Fault {
	return new Fault(
		'connection',
		`${what} was not sent: the execution was stopped before`,
		'Run the workflow again for this item.',
		{ cancelled: true, maybeSent: false },
	);
}

/** The statuses that a server, or a proxy, gives while what is behind it is busy, starting or cut off. */
export function isTransientStatus(status: number): boolean {
	return [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524].includes(status);
}

/** Retry-After is a number of seconds or a date. */
function secondsOf(value: unknown): number | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const seconds = /^\s*\d+\s*$/.test(String(value))
		? Number(value)
		: (Date.parse(String(value)) - Date.now()) / 1000;
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

function toText(body: unknown, contentType: string): string {
	if (typeof body === 'string') return body;
	if (!(body instanceof Uint8Array)) return JSON.stringify(body);
	if (body.length > MAX_BODY) {
		throw new Fault(
			'answer',
			`The answer is longer than ${MAX_BODY / 1024 / 1024} MB`,
			'No answer of the service is that long. Check the addresses in the credential, or ask for fewer rows.',
		);
	}
	const encoding = encodingOf(body, contentType);
	const text = decode(body, encoding);
	if (text !== undefined) return text;
	// With more to come, the bytes of a character that is not complete yet are no fault.
	const transient = decode(body, encoding, true) !== undefined;
	throw new Fault(
		'answer',
		transient
			? 'The answer ends in the middle of a character'
			: `The answer is not text in the encoding ${encoding}`,
		'Try again later. If it stays, check the addresses in the credential.',
		{ transient },
	);
}

function decode(bytes: Uint8Array, encoding: string, stream = false): string | undefined {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream });
	} catch {
		return undefined;
	}
}

/** The byte order mark decides, then the header, then the XML declaration. */
function encodingOf(bytes: Uint8Array, contentType: string): string {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
	const start = Buffer.from(bytes.subarray(0, 100)).toString('latin1');
	const declared =
		/charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ??
		/^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)/i.exec(start)?.[1] ??
		'utf-8';
	// A declaration that can be read before it is known is not in the encoding of two bytes it claims.
	if (/utf-?16/i.test(declared) && start.includes('<?xml')) return 'utf-8';
	try {
		return new TextDecoder(declared).encoding;
	} catch {
		return 'utf-8';
	}
}
