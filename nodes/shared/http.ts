import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { excerpt, Fault } from './errors';
import { networkCodeOf } from './n8nVersions';

/** An answer over HTTP, whatever its status, its body as text. */
export interface HttpAnswer {
	readonly status: number;
	readonly body: string;
	/** Where a redirect points; redirects are never followed with a signature or key in hand. */
	readonly location?: string;
	/** How many seconds the service asks to wait before the next request. */
	readonly retryAfter?: number;
}

/** How long one request may take unless the user says otherwise, in seconds. */
export const TIMEOUT = 120;

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
 * @param timeout seconds that the request was given, for the message
 * @throws Fault (connection) when no answer came; Fault (answer) when its body is not text, or too long
 */
export async function answerTo(
	response: Promise<FullResponse>,
	service: string,
	timeout = TIMEOUT,
): Promise<HttpAnswer> {
	const [outcome] = await Promise.allSettled([inTime(response, timeout, trickled)]);
	if (outcome.status === 'rejected') throw connectionFault(outcome.reason, service, timeout);
	const { statusCode, headers, body } = outcome.value;
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

/** n8n's HTTP client only notices that nothing comes any more, and waits for ever for a trickle. */
const trickled = () => Object.assign(new Error('late'), { code: 'ECONNABORTED' });

/**
 * The result of some work, unless it takes longer than it may. The work goes on then, unheard.
 *
 * @param late makes the error that is thrown when the time is up
 */
export async function inTime<Result>(
	work: Promise<Result>,
	seconds: number,
	late: () => Error,
): Promise<Result> {
	const deadline = AbortSignal.timeout(Math.ceil(seconds * 1000));
	return await new Promise((resolve, reject) => {
		const end = () => reject(late());
		deadline.addEventListener('abort', end);
		work.then(resolve, reject).finally(() => deadline.removeEventListener('abort', end));
	});
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

const TRY_LATER = 'Try again later.';

/** Network faults by their codes in Node.js: what happened and what to do. */
const CONNECTION_FAULTS: ReadonlyArray<readonly [RegExp, string, string]> = [
	[
		/^ECONNREFUSED$/,
		'refused the connection',
		'Check the address in the credential; the service may also be down for a while.',
	],
	[
		/^ENOTFOUND$/,
		'was not found under its address',
		'Check the address in the credential for typing mistakes, and that n8n can reach the internet.',
	],
	[
		/^(EAI_AGAIN|EAI_FAIL)$/,
		'could not be looked up: no name server answered',
		"Check that n8n can reach the internet, and its network's DNS settings.",
	],
	[
		// The HTTP client's code for an answer that is cut in the middle is ERR_BAD_RESPONSE.
		/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|ERR_BAD_RESPONSE|HPE_INVALID_EOF_STATE|HPE_CLOSED_CONNECTION)$/,
		'closed the connection',
		TRY_LATER,
	],
	[
		/^HPE_/,
		'sent an answer that is not HTTP',
		'Check the address in the credential, its port in particular, and whether a proxy or firewall stands between n8n and the service.',
	],
	[
		/^Z_/,
		'sent an answer that cannot be unpacked',
		`${TRY_LATER} If it stays, check whether a proxy or firewall stands between n8n and the service.`,
	],
	[
		/^(ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT)$/,
		'did not answer within {timeout}',
		`${TRY_LATER} If it needs longer, set Timeout under Options; for long lists, ask for fewer rows.`,
	],
	[
		/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
		'cannot be reached from here',
		"Check n8n's network connection, and the proxy if there is one.",
	],
	[
		/CERT|^ERR_TLS|SELF_SIGNED|^UNABLE_TO_|^EPROTO$|^ERR_SSL/,
		'offers no connection that can be trusted',
		'Check the address in the credential. Its certificate is out of date, for another name or unknown; on a network with its own certificates, add them to n8n.',
	],
	[/^ERR_CANCELED$/, 'was not waited for: the execution was stopped', 'Run the workflow again.'],
];

/** The faults that a moment's wait may well cure. */
const TRANSIENT =
	/^(ECONNREFUSED|EAI_AGAIN|EAI_FAIL|ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|ERR_BAD_RESPONSE|HPE_\w+|Z_\w+|ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;

/** The faults after which a request certainly has not reached the service. */
const NEVER_SENT =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$|CERT|^ERR_TLS|SELF_SIGNED|^UNABLE_TO_/;

/** A request that got no answer. */
export class ConnectionFault extends Fault {
	constructor(
		message: string,
		description: string,
		/** Whether the service may have carried the request out all the same. */
		readonly maybeSent: boolean,
		/** Whether n8n stopped the execution. */
		readonly cancelled: boolean,
		transient = false,
	) {
		super('connection', message, description, { transient });
	}
}

/**
 * Says in words why a request got no answer. What was sent (keys, signatures) stays out of it.
 *
 * @param error what n8n's request helper threw
 * @param service the service's name, which begins the message
 * @param timeout seconds that the request was given
 */
export function connectionFault(error: unknown, service: string, timeout = TIMEOUT): Fault {
	const chain = causesOf(error);
	const own = chain.find((cause) => cause instanceof Fault);
	if (own !== undefined) return own;
	const code = networkCodeOf(chain) ?? '';
	for (const [pattern, message, description] of CONNECTION_FAULTS) {
		if (!pattern.test(code)) continue;
		return new ConnectionFault(
			`${service} ${message.replace('{timeout}', inWords(timeout))}`,
			`${description} (${code})`,
			!NEVER_SENT.test(code),
			code === 'ERR_CANCELED',
			TRANSIENT.test(code),
		);
	}
	const words = chain.map(wordsOf).findLast((said) => said !== '') ?? 'no reason was given';
	return new ConnectionFault(
		`${service} could not be reached`,
		`Check the address in the credential. The reason given: ${words}`,
		true,
		false,
	);
}

function inWords(seconds: number): string {
	const whole = Math.max(Math.round(seconds), 1);
	return whole === 1 ? '1 second' : `${whole} seconds`;
}

/** An error with its causes, outermost first; n8n wraps what its HTTP client throws. */
function causesOf(error: unknown): object[] {
	const chain: object[] = [];
	let current: unknown = error;
	while (typeof current === 'object' && current !== null && chain.length < 6) {
		chain.push(current);
		current = 'cause' in current ? current.cause : undefined;
	}
	return chain;
}

/** Told by its property: what the HTTP client throws may come from another realm. */
function wordsOf(error: object): string {
	return 'message' in error && typeof error.message === 'string' ? excerpt(error.message) : '';
}
