/** How many characters a piece has, about: parsing it takes a few milliseconds. */
export const PIECE = 512 * 1024;

/** How much of the start and of the end is kept for messages, in characters. */
const ENDS = 20_000;

/**
 * A text in pieces, without whitespace at its start. Each piece is released once it is taken: a long
 * response that is held as a whole survives the minor garbage collections, and then stays in memory
 * until the next major one.
 */
export class LongText {
	/** The first characters. */
	readonly start: string;
	/** The last characters; the same as the start if the text is short. */
	readonly end: string;
	private readonly pieces: string[];

	constructor(given: readonly string[]) {
		const begin = given.findIndex((piece) => piece.trimStart() !== '');
		const [head = '', ...rest] = begin < 0 ? [] : given.slice(begin);
		const first = head.trimStart();
		const pieces = [first, ...rest];
		// The last piece may be no longer than a character.
		const last = pieces.slice(-2).join('');
		const isShort = rest.length === 0 && first.length <= 2 * ENDS;
		this.pieces = pieces;
		this.start = isShort ? first : copied(first.slice(0, ENDS));
		this.end = isShort ? first : copied(last.slice(-ENDS));
	}

	/** The same text, cut into pieces. */
	static of(text: string): LongText {
		return new LongText([...piecesOf(text)]);
	}

	/** Gives each piece, once. */
	*take(): Generator<string, void> {
		for (;;) {
			const piece = this.pieces.shift();
			if (piece === undefined) return;
			yield piece;
		}
	}

	/** The whole text, as long as nothing was taken of it. */
	toString(): string {
		return this.pieces.join('');
	}
}

/** The pieces of a text. */
export function* piecesOf(text: string): Generator<string, void> {
	for (let start = 0; start < text.length; start += PIECE) yield text.slice(start, start + PIECE);
}

/** A part of a text keeps the whole text in memory; a copy does not. */
function copied(part: string): string {
	return Buffer.from(part, 'utf16le').toString('utf16le');
}
