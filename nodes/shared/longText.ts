/** How many characters a piece has, about: parsing it takes a few milliseconds. */
export const PIECE = 512 * 1024;

/** How much of the start and of the end is kept for messages, in characters. */
const ENDS = 20_000;

/**
 * A text in pieces, each of which is let go once it was taken. A long response that is held as a whole
 * outlives the collections of young memory, and then stays until Node.js collects all of its memory.
 */
export class LongText {
	/** The first characters. */
	readonly start: string;
	/** The last characters; the same as the start if the text is short. */
	readonly end: string;
	private readonly pieces: string[];

	constructor(pieces: readonly string[]) {
		const [first = ''] = pieces;
		// The last piece may be no longer than a character.
		const last = pieces.slice(-2).join('');
		const isShort = pieces.length < 2 && first.length <= 2 * ENDS;
		this.pieces = [...pieces];
		this.start = isShort ? first : copied(first.slice(0, ENDS));
		this.end = isShort ? first : copied(last.slice(-ENDS));
	}

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
