import { Fault } from './fault';
import { LongText, PIECE } from './longText';

/** The longest body that is read, in bytes: several times the longest that either service sends. */
const MAX_BODY = 64 * 1024 * 1024;

/** How many bytes at the start may tell the encoding. */
const START = 100;

/** A body as it comes in, piece by piece. */
type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * The text of a response's body. A stream is decoded while it comes in, so that its bytes are not all
 * held at once, and it is not read beyond the longest body.
 *
 * @param body what n8n's helpers return: a stream, bytes, or what they have already parsed
 * @param contentType the header, which may name the encoding
 * @throws Fault (answer) when it is too long, or not text in its encoding; what the stream throws
 */
export async function bodyText(body: unknown, contentType: string): Promise<LongText> {
	if (typeof body === 'string') return LongText.of(body);
	if (body instanceof Uint8Array) return await decode(partsOf(body), contentType);
	if (isStream(body)) return await decode(body, contentType);
	return LongText.of(JSON.stringify(body));
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

function* partsOf(bytes: Uint8Array): Generator<Uint8Array, void> {
	for (let start = 0; start < bytes.length; start += PIECE) {
		yield bytes.subarray(start, start + PIECE);
	}
}

async function decode(pieces: Pieces, contentType: string): Promise<LongText> {
	const decoder = new BodyDecoder(contentType);
	let length = 0;
	for await (const piece of pieces) {
		length += piece.length;
		if (length > MAX_BODY) throw tooLong();
		decoder.write(piece);
	}
	return decoder.end();
}

/** Decodes bytes piece by piece, once enough of them have come to tell the encoding. */
class BodyDecoder {
	private readonly pieces: string[] = [];
	/** The next piece, as far as it has come. */
	private text = '';
	private start: Uint8Array | undefined = new Uint8Array();
	private encoding = '';
	private decoder = new TextDecoder();

	constructor(private readonly contentType: string) {}

	write(piece: Uint8Array): void {
		if (this.start === undefined) return this.decode(piece);
		this.start = this.start.length === 0 ? piece : Buffer.concat([this.start, piece]);
		if (this.start.length >= START) this.begin(this.start);
	}

	end(): LongText {
		if (this.start !== undefined) this.begin(this.start);
		try {
			return new LongText([...this.pieces, this.text + this.decoder.decode()]);
		} catch {
			// All that is wrong is that the last character is not complete: the response was cut off.
			throw notText('The response ends in the middle of a character', true);
		}
	}

	private begin(start: Uint8Array): void {
		this.start = undefined;
		this.encoding = encodingOf(start, this.contentType);
		this.decoder = new TextDecoder(this.encoding, { fatal: true });
		this.decode(start);
	}

	private decode(piece: Uint8Array): void {
		try {
			this.text += this.decoder.decode(piece, { stream: true });
			if (this.text.length < PIECE) return;
			this.pieces.push(this.text);
			this.text = '';
		} catch {
			throw notText(`The response is not valid ${this.encoding} text`, false);
		}
	}
}

function tooLong(): Fault {
	return new Fault(
		'answer',
		`The response is longer than ${MAX_BODY / 1024 / 1024} MB`,
		'Check the addresses in the credential, or ask for fewer rows. The service does not send responses this long.',
	);
}

function notText(message: string, transient: boolean): Fault {
	const advice = 'Try again later. If it happens again, check the addresses in the credential.';
	return new Fault('answer', message, advice, { transient });
}

/** The byte order mark takes precedence, then the header, then the XML declaration. */
function encodingOf(bytes: Uint8Array, contentType: string): string {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
	const start = Buffer.from(bytes.subarray(0, START)).toString('latin1');
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
