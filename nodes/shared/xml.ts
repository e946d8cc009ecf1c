import { SaxesParser } from 'saxes';

import { piecesOf } from './longText';
import { TimeSlice } from './timeSlice';

export interface XmlAttribute {
	/** The full name, prefix included. */
	readonly name: string;
	readonly value: string;
}

/** An element of a parsed document. */
export interface XmlElement {
	/** The local name, without its namespace prefix. */
	readonly name: string;
	readonly prefix: string;
	/** All but xsi:type. */
	readonly attributes: readonly XmlAttribute[];
	readonly children: readonly XmlElement[];
	/** The element's own text, with entities resolved and whitespace kept. */
	readonly text: string;
}

/** Why a text is not a document: it ends too early, is not well-formed XML, or is too large. */
export class XmlFormatError extends Error {
	override readonly name = 'XmlFormatError';

	constructor(
		readonly reason: 'cutOff' | 'malformed' | 'tooLarge',
		message: string,
	) {
		super(message);
	}
}

/** The two services never nest deeper, but a hostile document might. */
const MAX_DEPTH = 60;

/** A small element needs about 150 times its length in memory; this many need 400 MB. */
export const MAX_ELEMENTS = 2_500_000;

/** Every lookup of an attribute searches all attributes of its element. */
const MAX_ATTRIBUTES = 1000;

/**
 * Is called with each element as soon as it is complete, and with its parent.
 *
 * @returns whether the content of the element is no longer needed; it is then removed
 */
export type OnElement = (element: XmlElement, parent: XmlElement) => boolean;

/**
 * Parses a document. A DOCTYPE is rejected: SOAP forbids it, and it allows entity bombs. Long documents
 * are parsed in pieces, between which it yields to the event loop.
 *
 * @param document a text, or its pieces
 * @param onElement allows long documents to be processed without keeping them in memory
 * @returns the root element
 * @throws XmlFormatError when the text ends too early, is not well-formed or has too many elements
 */
export async function parseXml(
	document: string | Iterable<string>,
	onElement?: OnElement,
): Promise<XmlElement> {
	const builder = new TreeBuilder(onElement);
	const timeSlice = new TimeSlice();
	// In a CDATA section, what looks like a tag is text.
	let isLean = true;
	let before = '';
	for (const piece of typeof document === 'string' ? piecesOf(document) : document) {
		await timeSlice.yieldIfDue();
		isLean &&= !piece.includes(CDATA) && !(before + piece.slice(0, CDATA.length)).includes(CDATA);
		before = (before + piece.slice(-CDATA.length)).slice(-CDATA.length);
		builder.write(isLean ? piece.replace(TYPES, '') : piece);
	}
	return builder.end();
}

const CDATA = '<![CDATA[';

/** Every element of a SOAP response has it. It is not needed: the catalogue knows the types. */
const TYPE = 'xsi:type';

/**
 * Most of these attributes, as SOAP servers write them. They make up a third of a long response, and
 * removing them first takes a fraction of the time that the parser needs for them. The limits keep
 * hostile text from slowing the search down.
 */
const TYPES = / (?<=<[\w:.-]{0,99}\w )xsi:type="[\w:.-]{0,100}"(?=[ />])/g;

/** An element while its content is being read. */
interface OpenElement extends XmlElement {
	children: XmlElement[];
	text: string;
}

/** What is accepted although XML forbids it; it stays in the text unchanged. */
const TOLERATED = /(?:undefined entity|malformed character entity|disallowed character)\.$/;

/** Shared by the many elements that have none. */
const NO_CHILDREN: XmlElement[] = [];
const NO_ATTRIBUTES: XmlAttribute[] = [];

/** Builds a tree from the parser's events. */
class TreeBuilder {
	private readonly parser = new SaxesParser({ xmlns: false, position: false });
	/** The attributes of the tag that is being parsed. */
	private attributes = NO_ATTRIBUTES;
	private readonly names = new Map<string, { name: string; prefix: string }>();
	private readonly document = this.element('');
	private readonly open: OpenElement[] = [this.document];
	private current = this.document;
	private isEnd = false;
	private elements = 0;

	constructor(onElement?: OnElement) {
		this.parser.on('error', ({ message }) => {
			if (!TOLERATED.test(message)) throw this.fault(message);
		});
		this.parser.on('doctype', () => {
			throw this.fault('It contains a DOCTYPE.');
		});
		this.parser.on('attribute', (attribute) => {
			if (attribute.name === TYPE) return;
			if (this.attributes === NO_ATTRIBUTES) this.attributes = [attribute];
			else this.attributes.push(attribute);
			if (this.attributes.length > MAX_ATTRIBUTES) throw this.fault('It has too many attributes.');
		});
		this.parser.on('opentag', ({ name }) => this.begin(name));
		this.parser.on('text', (text) => (this.current.text += text));
		this.parser.on('cdata', (text) => (this.current.text += text));
		this.parser.on('closetag', () => this.close(onElement));
	}

	write(slice: string): void {
		this.parser.write(slice);
	}

	/** What is reported from here on is missing at the end, so the document was cut off. */
	end(): XmlElement {
		this.isEnd = true;
		this.parser.close();
		const root = this.document.children[0];
		if (root === undefined) throw this.fault('It contains no element.');
		return root;
	}

	private begin(tag: string): void {
		if (this.open.length > MAX_DEPTH) throw this.fault('It is nested too deeply.');
		if (++this.elements > MAX_ELEMENTS) {
			throw new XmlFormatError('tooLarge', 'It has too many elements.');
		}
		const element = this.element(tag);
		const parent = this.current;
		if (parent.children === NO_CHILDREN) parent.children = [element];
		else parent.children.push(element);
		this.open.push(element);
		this.current = element;
	}

	private close(onElement?: OnElement): void {
		const element = this.current;
		this.open.pop();
		this.current = this.open[this.open.length - 1] ?? this.document;
		if (onElement?.(element, this.current) !== true) return;
		element.children = NO_CHILDREN;
		element.text = '';
	}

	private element(tag: string): OpenElement {
		let parts = this.names.get(tag);
		if (parts === undefined) {
			const colon = tag.indexOf(':');
			parts = { name: tag.slice(colon + 1), prefix: tag.slice(0, Math.max(colon, 0)) };
			this.names.set(tag, parts);
		}
		const { name, prefix } = parts;
		const { attributes } = this;
		this.attributes = NO_ATTRIBUTES;
		return { name, prefix, attributes, children: NO_CHILDREN, text: '' };
	}

	private fault(message: string): XmlFormatError {
		return new XmlFormatError(this.isEnd ? 'cutOff' : 'malformed', message);
	}
}

/**
 * Removes what may come before the first element: the declaration, comments and whitespace.
 *
 * @returns the rest, which starts with the first element or a DOCTYPE
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

/** The value of an attribute by its local name, whatever its prefix. */
export function attribute({ attributes }: XmlElement, wanted: string): string | undefined {
	for (const { name, value } of attributes) {
		const start = name.length - wanted.length;
		const isLocal = start === 0 || name.charCodeAt(start - 1) === COLON;
		if (isLocal && name.endsWith(wanted)) return value;
	}
	return undefined;
}

const COLON = ':'.charCodeAt(0);

/** The value of an attribute by its full name. */
export function attributeNamed({ attributes }: XmlElement, name: string): string | undefined {
	for (const candidate of attributes) if (candidate.name === name) return candidate.value;
	return undefined;
}

/** The first child with that local name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
	return element?.children.find((candidate) => candidate.name === name);
}

/** An element and all elements below it, as far as they have that local name, in document order. */
export function descendants(element: XmlElement, name: string): XmlElement[] {
	const found = element.name === name ? [element] : [];
	return [...found, ...element.children.flatMap((below) => descendants(below, name))];
}

// What XML 1.0 does not allow in any form (section 2.2): most control characters, U+FFFE and U+FFFF,
// and halves of surrogate pairs.
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * Finds the first character that XML does not allow.
 *
 * @returns its position in characters, counted from 1, and its code as U+XXXX; undefined if none
 */
export function forbiddenCharacter(text: string): { position: number; code: string } | undefined {
	const match = FORBIDDEN.exec(text);
	if (match === null) return undefined;
	const point = match[0].codePointAt(0) ?? 0;
	return {
		position: [...text.slice(0, match.index)].length + 1,
		code: `U+${point.toString(16).toUpperCase().padStart(4, '0')}`,
	};
}

/** The whitespace of XML, which is less than that of JavaScript. */
const WHITESPACE: ReadonlySet<string> = new Set(['\t', '\n', '\r', ' ']);

/** Whether a text consists only of XML's whitespace, and is not empty. */
export function isBlank(text: string): boolean {
	return text !== '' && /^[\t\n\r ]*$/.test(text);
}

/**
 * Writes a text as element content so that every parser returns the same text. A carriage return, which
 * would be read as a line feed, and whitespace at the ends, which some parsers trim, become character
 * references. Text that is only whitespace becomes a CDATA section, because PHP's SoapServer drops it
 * in every other form; a carriage return cannot be written there.
 *
 * @param text contains only what XML allows (see forbiddenCharacter), and is not whitespace with a
 * carriage return in it
 */
export function escapeText(text: string): string {
	if (text === '') return '';
	if (isBlank(text)) return `<![CDATA[${text}]]>`;
	const start = text.search(/[^\t\n\r ]/);
	let end = text.length;
	while (end > start && WHITESPACE.has(text.charAt(end - 1))) end--;
	const references = (whitespace: string) =>
		whitespace.replace(/[\t\n\r ]/g, (character) => `&#${character.charCodeAt(0)};`);
	const middle = text
		.slice(start, end)
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/\r/g, '&#13;');
	return references(text.slice(0, start)) + middle + references(text.slice(end));
}
