import { MAX_DEPTH, NumberToken, recordOf, type Tree } from './tree';

/** Why a text is not JSON: it ends too early, or it is wrong. */
export class JsonFormatError extends Error {
	override readonly name = 'JsonFormatError';

	constructor(readonly reason: 'cutOff' | 'malformed') {
		super(reason);
	}
}

/**
 * Reads JSON without what JSON.parse() loses: the digits of numbers and parts of the same name. In
 * one pass, whatever the text.
 *
 * @throws JsonFormatError
 */
export function parseJson(text: string): Tree {
	const reader = new Reader(text);
	const value = reader.value(0);
	if (reader.next() !== '') throw new JsonFormatError('malformed');
	return value;
}

const BLANKS = /[ \t\n\r]*/y;
const WORD = /(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|true|false|(null)/y;
/** A number or a word that is not complete, and nothing after it. */
const BEGUN = /[\w.+-]*$/y;

class Reader {
	private at = 0;

	constructor(private readonly text: string) {}

	/** The next character that is no blank; empty at the end. */
	next(): string {
		this.match(BLANKS);
		return this.text.charAt(this.at);
	}

	value(depth: number): Tree {
		if (depth > MAX_DEPTH) throw new JsonFormatError('malformed');
		switch (this.next()) {
			case '{':
				return recordOf(this.between('}', () => this.part(depth)));
			case '[':
				return this.between(']', () => this.value(depth + 1));
			case '"':
				return this.string();
			default:
				return this.word();
		}
	}

	private part(depth: number): readonly [string, Tree] {
		if (this.next() !== '"') throw this.unexpected();
		const name = this.string();
		this.skip(':');
		return [name, this.value(depth + 1)];
	}

	private between<Element>(end: string, read: () => Element): Element[] {
		this.at++;
		const elements: Element[] = [];
		if (this.next() !== end) {
			elements.push(read());
			while (this.next() === ',') {
				this.at++;
				elements.push(read());
			}
		}
		this.skip(end);
		return elements;
	}

	private string(): string {
		const start = this.at++;
		while (this.text[this.at] !== '"') {
			if (this.at >= this.text.length) throw new JsonFormatError('cutOff');
			this.at += this.text[this.at] === '\\' ? 2 : 1;
		}
		const value = unescaped(this.text.slice(start, ++this.at));
		if (value === undefined) throw new JsonFormatError('malformed');
		return value;
	}

	private word(): Tree {
		const found = this.match(WORD);
		if (found === null) throw this.unexpected();
		const [word, number, none] = found;
		if (number !== undefined) return new NumberToken(number);
		return none === undefined ? word : '';
	}

	private skip(character: string): void {
		if (this.next() !== character) throw this.unexpected();
		this.at++;
	}

	private match(pattern: RegExp): RegExpExecArray | null {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text);
		if (found !== null) this.at = pattern.lastIndex;
		return found;
	}

	private unexpected(): JsonFormatError {
		return new JsonFormatError(this.match(BEGUN) === null ? 'malformed' : 'cutOff');
	}
}

/** undefined when it holds an escape or a character that JSON does not know. */
function unescaped(quoted: string): string | undefined {
	try {
		return String(JSON.parse(quoted));
	} catch {
		return undefined;
	}
}
