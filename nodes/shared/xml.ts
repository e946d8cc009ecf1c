import { SaxesParser } from 'saxes';

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
	/** The element's own text, entities resolved, blanks kept. */
	readonly text: string;
}

/** Why a text is not a document: it ends too early, is not well-formed XML, or holds too much. */
export class XmlFormatError extends Error {
	override readonly name = 'XmlFormatError';

	constructor(
		readonly reason: 'cutOff' | 'malformed' | 'tooLarge',
		message: string,
	) {
		super(message);
	}
}

/** Nothing the two services send nests deeper; a hostile document does. */
const MAX_DEPTH = 60;

/** A document of small elements needs some 150 times its length in memory: this many need 400 MB. */
export const MAX_ELEMENTS = 2_500_000;

/** Each of them is looked through whenever one of an element's attributes is asked for. */
const MAX_ATTRIBUTES = 1000;

/** Characters that are read in one go: some milliseconds. */
const SLICE = 512 * 1024;

/**
 * Is told of each element as soon as it is complete, with its parent.
 *
 * @returns whether the element has been used up: its content is let go then, and it stays empty
 */
export type OnElement = (element: XmlElement, parent: XmlElement) => boolean;

/**
 * Parses a document without a DOCTYPE (SOAP forbids one, and it is the way to entity bombs). Long
 * ones are read in slices, between which other work of the process goes on.
 *
 * @param text the document
 * @param onElement keeps long documents from being held as a whole
 * @returns its root element
 * @throws XmlFormatError when the text ends too early, is not well-formed or holds too many elements
 */
export async function parseXml(text: string, onElement?: OnElement): Promise<XmlElement> {
	const builder = new TreeBuilder(onElement);
	const timeSlice = new TimeSlice();
	// In a CDATA section, tags are text.
	const isLean = !text.includes('<![CDATA[');
	for (let start = 0; start < text.length; start += SLICE) {
		await timeSlice.yieldIfDue();
		const slice = text.slice(start, start + SLICE);
		builder.write(isLean ? slice.replace(TYPES, '') : slice);
	}
	return builder.end();
}

/** Stands on every element of SOAP's answers, and is not needed: types are known from the catalogue. */
const TYPE = 'xsi:type';

/**
 * Most of those attributes, as SOAP's servers write them. They are a third of a long answer, and
 * leaving them out beforehand takes a fraction of the time in which the parser reads them. The bounds
 * keep a hostile text from taking long.
 */
const TYPES = / (?<=<[\w:.-]{0,99}\w )xsi:type="[\w:.-]{0,100}"(?=[ />])/g;

/** An element while its content is being read. */
interface OpenElement extends XmlElement {
	children: XmlElement[];
	text: string;
}

/** What documents may hold although XML forbids it: it stays in the text as it came. */
const TOLERATED = /(?:undefined entity|malformed character entity|disallowed character)\.$/;

/** Shared by all elements without any, of which there are many. */
const NO_CHILDREN: XmlElement[] = [];
const NO_ATTRIBUTES: XmlAttribute[] = [];

/** Makes a tree of what the parser reports. */
class TreeBuilder {
	private readonly parser = new SaxesParser({ xmlns: false, position: false });
	/** Those of the element whose tag is being read. */
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
			throw this.fault('It holds a DOCTYPE.');
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

	/** What is missing at the end was cut off; what is wrong before it is wrong. */
	end(): XmlElement {
		this.isEnd = true;
		this.parser.close();
		const root = this.document.children[0];
		if (root === undefined) throw this.fault('It holds no element.');
		return root;
	}

	private begin(tag: string): void {
		if (this.open.length > MAX_DEPTH) throw this.fault('It nests too deep.');
		if (++this.elements > MAX_ELEMENTS) {
			throw new XmlFormatError('tooLarge', 'It holds too many elements.');
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

/** All elements below (and with) an element that have that local name, in document order. */
export function descendants(element: XmlElement, name: string): XmlElement[] {
	const found = element.name === name ? [element] : [];
	return [...found, ...element.children.flatMap((below) => descendants(below, name))];
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
