import { TimeSlice } from '../../../shared/timeSlice';
import { MAX_DEPTH, MAX_VALUES, NumberToken, recordOf, type Tree } from './tree';

/** Why a text is not JSON: it ends too early, is wrong, or is too large. */
export class JsonFormatError extends Error {
	override readonly name = 'JsonFormatError';

	constructor(readonly reason: 'cutOff' | 'malformed' | 'tooLarge') {
		super(reason);
	}
}

/** How many characters are read before other work gets a turn: some milliseconds. */
const SLICE = 128 * 1024;

/**
 * Reads JSON and keeps what JSON.parse() loses: the digits of numbers and parts of the same name. It
 * reads in one pass, and yields to the event loop between slices of a long text.
 *
 * @throws JsonFormatError
 */
export async function parseJson(text: string): Promise<Tree> {
	const reader = new Reader(text);
	const timeSlice = new TimeSlice();
	for (let end = SLICE; ; end += SLICE) {
		const whole = reader.readTo(end);
		if (whole !== undefined) return whole;
		await timeSlice.yieldIfDue();
	}
}

const WHITESPACE = /[ \t\n\r]*/y;
const WORD = /(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|true|false|(null)/y;
/** A number or a word that is not complete, and nothing after it. */
const BEGUN = /[\w.+-]*$/y;

/** A list or an object while its content is being read. */
interface Open {
	readonly end: ']' | '}';
	/** Those of an object's parts, as many as values or one more. */
	readonly names: string[];
	readonly values: Tree[];
}

class Reader {
	private at = 0;
	private values = 0;
	/** Innermost last. */
	private readonly open: Open[] = [];

	constructor(private readonly text: string) {}

	/** Reads as far as that place; gives the value once it is whole. */
	readTo(place: number): Tree | undefined {
		while (this.at < place) {
			const whole = this.step();
			if (whole === undefined) continue;
			if (this.next() !== '') throw new JsonFormatError('malformed');
			return whole;
		}
		return undefined;
	}

	/** Reads a value, or of a list or object that is not empty the beginning. */
	private step(): Tree | undefined {
		if (this.open.length > MAX_DEPTH) throw new JsonFormatError('malformed');
		if (++this.values > MAX_VALUES) throw new JsonFormatError('tooLarge');
		const first = this.next();
		if (first === '"') return this.add(this.string());
		if (first !== '{' && first !== '[') return this.add(this.word());
		this.at++;
		const begun: Open = { end: first === '{' ? '}' : ']', names: [], values: [] };
		if (this.next() === begun.end) {
			this.at++;
			return this.add(treeOf(begun));
		}
		this.open.push(begun);
		this.name(begun);
		return undefined;
	}

	/** Puts a value where it belongs, and ends what ends with it. */
	private add(value: Tree): Tree | undefined {
		let whole = value;
		for (;;) {
			const around = this.open.at(-1);
			if (around === undefined) return whole;
			around.values.push(whole);
			if (this.next() === ',') {
				this.at++;
				this.name(around);
				return undefined;
			}
			this.skip(around.end);
			this.open.pop();
			whole = treeOf(around);
		}
	}

	/** The name before a part of an object; elements of a list have none. */
	private name({ end, names }: Open): void {
		if (end === ']') return;
		if (this.next() !== '"') throw this.unexpected();
		names.push(this.string());
		this.skip(':');
	}

	/** The next character that is not whitespace; empty at the end. */
	private next(): string {
		this.match(WHITESPACE);
		return this.text.charAt(this.at);
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

function treeOf({ end, names, values }: Open): Tree {
	return end === ']' ? values : recordOf(values.map((value, index) => [names[index] ?? '', value]));
}

/** undefined when it contains an escape or a character that JSON does not allow. */
function unescaped(quoted: string): string | undefined {
	try {
		return String(JSON.parse(quoted));
	} catch {
		return undefined;
	}
}
