import { excerpt, Fault } from '../../shared/errors';
import type { HttpAnswer } from '../../shared/http';
import { parseXml, XmlFormatError, type XmlElement } from '../../shared/xml';

/** A number in a JSON answer, exactly as it was written. */
export class NumberToken {
	constructor(readonly text: string) {}
}

/**
 * What an answer holds, in JSON and XML alike: texts, lists and named parts. Names are keys of a Map,
 * so that none of them can touch a prototype.
 */
export type Tree = string | NumberToken | readonly Tree[] | ReadonlyMap<string, Tree>;

/** Nothing the gateway sends nests deeper. */
const MAX_DEPTH = 60;

const ASK_OR_WAIT =
	'Try again later. If it stays, check the Endpoint in the credential, and whether a proxy or firewall stands between n8n and Rivilė.';

/**
 * Reads the text of an answer. Its first character tells whether it is JSON or XML: a gateway older
 * than 1.1.0 answers XML whatever it is asked for.
 *
 * @returns what the document holds; the empty text for an empty answer
 * @throws Fault (answer) when it is a page for people, cut off, or neither JSON nor XML
 */
export function readTree(answer: HttpAnswer): Tree {
	const text = answer.body.trim();
	if (text === '') return '';
	if (/^(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/is.test(text)) {
		throw answerFault(answer, 'A web page came instead of an answer of Rivilė', ASK_OR_WAIT);
	}
	if (text.startsWith('<')) return readXml(answer, text);
	if (/^[[{"]|^null$/.test(text)) return readJson(answer, text);
	throw answerFault(answer, 'The answer is not one of Rivilė', ASK_OR_WAIT);
}

/** A fault about the answer as such, with its beginning. */
export function answerFault(
	answer: HttpAnswer,
	message: string,
	description = ASK_OR_WAIT,
	transient = false,
): Fault {
	const begins = answer.body.trim() === '' ? '' : ` The answer begins: ${excerpt(answer.body)}`;
	const { status, retryAfter } = answer;
	return new Fault('answer', message, `${description} (HTTP status ${status})${begins}`, {
		...(status >= 400 && { status }),
		...(retryAfter !== undefined && { retryAfter }),
		transient: transient || isTransientStatus(status),
	});
}

/** The statuses that a server gives while it is busy, starting or cut off from what is behind it. */
export function isTransientStatus(status: number): boolean {
	return [408, 429, 500, 502, 503, 504].includes(status);
}

function cutOff(answer: HttpAnswer): Fault {
	const description =
		'The connection was probably cut while it was being sent. Run the workflow again; if it stays, ask for fewer rows.';
	return answerFault(answer, "Rivilė's answer ends too early", description, true);
}

function readXml(answer: HttpAnswer, text: string): Tree {
	const root = documentOf(text);
	if (root === 'cutOff') throw cutOff(answer);
	if (root === 'malformed') throw answerFault(answer, "Rivilė's answer is not well-formed XML");
	return new Map([[root.name, ofElement(root)]]);
}

function documentOf(text: string): XmlElement | XmlFormatError['reason'] {
	try {
		// The specification's sample of a refusal lacks the last character.
		return parseXml(/<\/\w+$/.test(text) ? `${text}>` : text);
	} catch (error) {
		return error instanceof XmlFormatError ? error.reason : 'malformed';
	}
}

function ofElement({ children, text }: XmlElement): Tree {
	if (children.length === 0) return text;
	const parts = new Map<string, Tree[]>();
	for (const child of children) {
		const values = parts.get(child.name);
		if (values === undefined) parts.set(child.name, [ofElement(child)]);
		else values.push(ofElement(child));
	}
	return new Map([...parts].map(([name, values]) => [name, collapse(values)]));
}

/** Like the gateway's JSON: one part is itself, several are a list. */
function collapse(values: readonly Tree[]): Tree {
	return values.length === 1 && values[0] !== undefined ? values[0] : values;
}

const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/gs;
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/** Begins the text that a number stands in while the JSON is parsed; no other text begins so. */
const NUMBER_MARK = '\u0001';

/** Numbers become marked texts first: JSON.parse would round them and drop their zeros. */
function readJson(answer: HttpAnswer, text: string): Tree {
	const quoted = text.replace(STRING_OR_NUMBER, (token) =>
		token.startsWith('"') ? token : `"\\u0001${token}"`,
	);
	const value = parseJson(quoted);
	const tree = value === undefined ? undefined : ofJson(value, 0);
	if (tree !== undefined) return tree;
	if (isUnfinished(text)) throw cutOff(answer);
	throw answerFault(answer, "Rivilė's answer is not well-formed JSON");
}

/** undefined when the text is no JSON, which has no such value. */
function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function isUnfinished(text: string): boolean {
	const rest = text.replace(STRING, '');
	const count = (bracket: RegExp) => rest.match(bracket)?.length ?? 0;
	return rest.includes('"') || count(/[[{]/g) > count(/[\]}]/g);
}

/** undefined when it nests too deep. */
function ofJson(value: unknown, depth: number): Tree | undefined {
	if (depth > MAX_DEPTH) return undefined;
	if (value === null) return '';
	if (typeof value === 'string') {
		return value.startsWith(NUMBER_MARK) ? new NumberToken(value.slice(1)) : value;
	}
	if (typeof value !== 'object') return String(value);
	const read = (part: unknown) => ofJson(part, depth + 1);
	if (Array.isArray(value)) return whole(value.map(read));
	const names = Object.keys(value);
	const parts = whole(Object.values(value).map(read));
	return parts && new Map(parts.map((part, index) => [names[index] ?? '', part]));
}

function whole(trees: ReadonlyArray<Tree | undefined>): Tree[] | undefined {
	const found = trees.filter((tree) => tree !== undefined);
	return found.length === trees.length ? found : undefined;
}
