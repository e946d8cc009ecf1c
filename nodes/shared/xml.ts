import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element of a parsed document. */
export interface XmlElement {
	/** The local name, without its namespace prefix. */
	readonly name: string;
	readonly prefix: string;
	/** By their full names, prefix included. */
	readonly attributes: ReadonlyMap<string, string>;
	readonly children: readonly XmlElement[];
	/** The element's own text, entities resolved, blanks kept. */
	readonly text: string;
}

/** Why a text is not a document: it ends too early, or it is not well-formed XML. */
export class XmlFormatError extends Error {
	override readonly name = 'XmlFormatError';

	constructor(
		readonly reason: 'cutOff' | 'malformed',
		message: string,
	) {
		super(message);
	}
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/** Nothing the two services send nests deeper; a hostile document does. */
const MAX_DEPTH = 60;

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

const parser = new XMLParser({
	preserveOrder: true,
	ignoreAttributes: false,
	attributeNamePrefix: '',
	textNodeName: TEXT,
	cdataPropName: CDATA,
	ignoreDeclaration: true,
	ignorePiTags: true,
	parseTagValue: false,
	parseAttributeValue: false,
	trimValues: false,
	// The parser's entity limits cut in on long documents; decodeEntities() knows all that is allowed.
	processEntities: false,
	maxNestedTags: MAX_DEPTH,
	jPath: false,
});

/** fast-xml-parser's ordered form: one tag (or text) per object, attributes beside it. */
type OrderedNode = Readonly<Record<string, unknown>>;

const isNodes = (value: unknown): value is OrderedNode[] => Array.isArray(value);

const ENTITIES: ReadonlyMap<string, string> = new Map([
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"],
]);

/**
 * Parses a document without a DOCTYPE (SOAP forbids one, and it is the way to entity bombs).
 *
 * @param text the document
 * @returns its root element
 * @throws XmlFormatError when the text ends too early or is not well-formed
 */
export function parseXml(text: string): XmlElement {
	const valid = XMLValidator.validate(text);
	if (valid !== true) throw formatError(text, valid.err.msg);
	if (hasDoctype(text)) throw new XmlFormatError('malformed', 'It holds a DOCTYPE.');
	let nodes: unknown;
	try {
		nodes = parser.parse(text);
	} catch (error) {
		nodes = error instanceof Error ? error.message : 'unreadable';
	}
	if (!isNodes(nodes)) throw new XmlFormatError('malformed', String(nodes));
	const root = elementsOf(nodes)[0];
	if (root === undefined) throw new XmlFormatError('malformed', 'It holds no element.');
	return root;
}

/**
 * Leaves out what may stand before the first element: the declaration, comments and blanks.
 *
 * @returns the rest, which begins with the first element or a DOCTYPE
 */
export function withoutProlog(text: string): string {
	let rest = text.trimStart();
	for (const [start, end] of [
		['<?', '?>'],
		['<!--', '-->'],
	] as const) {
		while (rest.startsWith(start)) {
			const close = rest.indexOf(end);
			if (close < 0) return rest;
			rest = rest.slice(close + end.length).trimStart();
		}
	}
	return rest;
}

function hasDoctype(text: string): boolean {
	return /^<!DOCTYPE/i.test(withoutProlog(text));
}

/** A document that is right as far as it goes is told apart from one that is wrong. */
function formatError(text: string, message: string): XmlFormatError {
	const unfinished = /Unclosed tag|Invalid '\[|open quote|not closed/i.test(message);
	const endsInTag = text.lastIndexOf('<') > text.lastIndexOf('>');
	return new XmlFormatError(unfinished || endsInTag ? 'cutOff' : 'malformed', message);
}

function elementsOf(nodes: OrderedNode[]): XmlElement[] {
	const elements: XmlElement[] = [];
	for (const node of nodes) {
		for (const tag in node) {
			const content = node[tag];
			if (tag === ATTRIBUTES || tag === TEXT || tag === CDATA || !isNodes(content)) continue;
			elements.push({
				name: localName(tag),
				prefix: tag.includes(':') ? tag.slice(0, tag.indexOf(':')) : '',
				attributes: attributesOf(node[ATTRIBUTES]),
				children: elementsOf(content),
				text: textOf(content),
			});
		}
	}
	return elements;
}

function textOf(nodes: OrderedNode[]): string {
	let text = '';
	for (const node of nodes) {
		const plain = node[TEXT];
		if (typeof plain === 'string') text += decodeEntities(plain);
		const cdata = node[CDATA];
		if (isNodes(cdata)) text += cdata.map((part) => String(part[TEXT] ?? '')).join('');
	}
	return text;
}

function attributesOf(attributes: unknown): ReadonlyMap<string, string> {
	if (typeof attributes !== 'object' || attributes === null) return NO_ATTRIBUTES;
	return new Map(
		Object.entries(attributes).map(([name, value]) => [name, decodeEntities(String(value))]),
	);
}

function localName(tag: string): string {
	return tag.slice(tag.indexOf(':') + 1);
}

/** References that XML does not know, or to characters that it forbids, stay as they are. */
function decodeEntities(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
		if (name !== undefined) return ENTITIES.get(name) ?? whole;
		const point = hex === undefined ? parseInt(decimal, 10) : parseInt(hex, 16);
		const character = point <= 0x10ffff ? String.fromCodePoint(point) : '';
		return character === '' || FORBIDDEN.test(character) ? whole : character;
	});
}

/** The value of an attribute by its local name, whatever its prefix. */
export function attribute(element: XmlElement, name: string): string | undefined {
	for (const [key, value] of element.attributes) if (localName(key) === name) return value;
	return undefined;
}

/** The first child with that local name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
	return element?.children.find((candidate) => candidate.name === name);
}

/** All elements below (and with) an element that have that local name, in document order. */
export function descendants(element: XmlElement, name: string): XmlElement[] {
	const found = element.name === name ? [element] : [];
	for (const below of element.children) found.push(...descendants(below, name));
	return found;
}

// What XML 1.0 cannot carry in any form: most control characters, the two non-characters at the
// end of the basic plane, and halves of surrogate pairs.
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * Finds the first character that XML cannot carry.
 *
 * @returns its place (counted from 1, in characters) and its code as U+XXXX, or undefined
 */
export function forbiddenCharacter(text: string): { place: number; code: string } | undefined {
	const match = FORBIDDEN.exec(text);
	if (match === null) return undefined;
	const point = match[0].codePointAt(0) ?? 0;
	return {
		place: [...text.slice(0, match.index)].length + 1,
		code: `U+${point.toString(16).toUpperCase().padStart(4, '0')}`,
	};
}

/** XML's white space, which is less than JavaScript's. */
const BLANKS: ReadonlySet<string> = new Set(['\t', '\n', '\r', ' ']);

/** Whether a text is made of blanks alone (XML's white space), at least one. */
export function isBlank(text: string): boolean {
	return text !== '' && /^[\t\n\r ]*$/.test(text);
}

/**
 * Writes a text as element content so that every parser gives the same text back: a carriage
 * return, which would be read as a line feed, and blanks at the ends, which some parsers trim, go as
 * character references. A text of blanks alone goes as a CDATA section, as PHP's SoapServer drops
 * it in every other form; there a carriage return has no way to go.
 *
 * @param text holds only what XML can carry (see forbiddenCharacter), and is no blanks with a
 * carriage return among them
 */
export function escapeText(text: string): string {
	if (text === '') return '';
	if (isBlank(text)) return `<![CDATA[${text}]]>`;
	const start = text.search(/[^\t\n\r ]/);
	let end = text.length;
	while (end > start && BLANKS.has(text.charAt(end - 1))) end--;
	const references = (blanks: string) =>
		blanks.replace(/[\t\n\r ]/g, (blank) => `&#${blank.charCodeAt(0)};`);
	const middle = text
		.slice(start, end)
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/\r/g, '&#13;');
	return references(text.slice(0, start)) + middle + references(text.slice(end));
}
