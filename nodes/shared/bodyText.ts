import { Fault } from './fault';

/** The longest body that is read, in bytes: several times the longest that either service sends. */
const MAX_BODY = 64 * 1024 * 1024;

/**
 * The text of a response's body.
 *
 * @param body what n8n's helpers give: bytes, or what they have already parsed
 * @param contentType the header, which may name the encoding
 * @throws Fault (answer) when it is too long, or not text in its encoding
 */
export function bodyText(body: unknown, contentType: string): string {
	if (typeof body === 'string') return body;
	if (!(body instanceof Uint8Array)) return JSON.stringify(body);
	if (body.length > MAX_BODY) {
		throw new Fault(
			'answer',
			`The response is longer than ${MAX_BODY / 1024 / 1024} MB`,
			'Check the addresses in the credential, or ask for fewer rows. The service does not send responses this long.',
		);
	}
	const encoding = encodingOf(body, contentType);
	const text = decode(body, encoding);
	if (text !== undefined) return text;
	// A stream may end in the middle of a character: if that is all, the response was cut off.
	const transient = decode(body, encoding, true) !== undefined;
	throw new Fault(
		'answer',
		transient
			? 'The response ends in the middle of a character'
			: `The response is not valid ${encoding} text`,
		'Try again later. If it happens again, check the addresses in the credential.',
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

/** The byte order mark takes precedence, then the header, then the XML declaration. */
function encodingOf(bytes: Uint8Array, contentType: string): string {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
	const start = Buffer.from(bytes.subarray(0, 100)).toString('latin1');
	const declared =
		/charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ??
		/^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)/i.exec(start)?.[1] ??
		'utf-8';
	// A declaration that is readable byte by byte cannot be in UTF-16, whatever it says.
	if (/utf-?16/i.test(declared) && start.includes('<?xml')) return 'utf-8';
	try {
		return new TextDecoder(declared).encoding;
	} catch {
		return 'utf-8';
	}
}
