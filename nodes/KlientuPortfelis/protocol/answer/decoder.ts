import { Fault } from '../../../shared/fault';
import { attribute, attributeNamed, child, type XmlElement } from '../../../shared/xml';
import { scalar } from './scalar';
import {
	elementType,
	isScalarType,
	isStructure,
	STRUCTURES,
	type AnswerType,
	type Fields,
	type StructureName,
} from '../catalogue/structures';
import { unexpected } from './unexpected';

/** A decoded value of a response. */
export type Decoded = string | number | boolean | null | Decoded[] | DecodedFields;

export interface DecodedFields {
	[field: string]: Decoded;
}

/** A field of a structure before it is decoded. */
interface Part {
	readonly name: string;
	readonly node: XmlElement;
}

/** How deep structures are decoded that are not in the catalogue. */
const MAX_DEPTH = 20;

const NO_FIELDS: Fields = {};

/**
 * How much may be read again through references in one response, in characters of text. Otherwise, a
 * small document could expand to more than memory holds.
 */
const MAX_REPEATED = 20_000_000;

/** What an element counts in addition to its text. */
const ELEMENT = 20;

/**
 * Decodes a response by the catalogue's types. Unknown fields stay as they are, nil becomes null, and a
 * list is a list with any number of elements.
 */
export class Decoder {
	/** SOAP encoding writes a value that occurs twice once, with an id, and refers to it by href. */
	private readonly targets = new Map<string, XmlElement>();
	private repeated = 0;
	/** How many references lie between the response and what is being decoded. */
	private following = 0;
	/** Elements with references, which can be followed only when the document is complete. */
	private readonly referring = new Set<XmlElement>();
	/** The records of lists that were decoded while the document was being read. */
	private readonly records = new Map<XmlElement, DecodedFields>();
	private readonly lists: ReadonlyMap<string, StructureName>;

	/** @param types the fields of the response */
	constructor(types: Fields) {
		this.lists = listsIn([types, ...Object.values(STRUCTURES)]);
	}

	/**
	 * Decodes a record of a list as soon as it is complete, so that thousands of them are never held as
	 * a tree (see parseXml). Records with references, or that are referred to, are decoded later.
	 *
	 * @returns whether the element is no longer needed
	 */
	take(element: XmlElement, parent: XmlElement): boolean {
		const id = attributeNamed(element, 'id');
		if (id !== undefined) this.targets.set(`#${id}`, element);
		const isReferring = this.referring.size > 0 && this.referring.delete(element);
		if (isReferring || attribute(element, 'href') !== undefined) {
			this.referring.add(parent);
			return false;
		}
		const type = this.lists.get(parent.name);
		if (type === undefined || id !== undefined || isNil(element) || isEntry(element)) return false;
		// When records have the name of their list, or no list around them, these are a record's fields.
		if (element.children.length === 0 || isFieldOf(type, element)) return false;
		this.records.set(element, this.fieldsOf(element, STRUCTURES[type], 0));
		return true;
	}

	/** The fields of a response: those in its `return`, or its own if it has no such wrapper. */
	resultParts(response: XmlElement): Part[] {
		const whole = this.resolve(response);
		if (child(whole, 'success') !== undefined) return this.partsOf(whole);
		const result = child(whole, 'return') ?? whole.children[0];
		return result === undefined ? [] : this.partsOf(this.resolve(result));
	}

	/** The text of an element; empty when it is nil or missing. */
	text(given: XmlElement | undefined): string {
		if (given === undefined) return '';
		const node = this.resolve(given);
		return isNil(node) ? '' : node.text;
	}

	/**
	 * The fields of a structure.
	 *
	 * @param leaveOut names of fields to leave out
	 */
	fields(parts: Part[], types: Fields, leaveOut: readonly string[] = [], depth = 0): DecodedFields {
		const decoded: DecodedFields = {};
		for (const { name, node } of parts) {
			if (!leaveOut.includes(name)) this.decode(decoded, name, node, types, depth);
		}
		return withLists(decoded, types);
	}

	/** The fields of a structure in an element. */
	private fieldsOf(element: XmlElement, types: Fields, depth: number): DecodedFields {
		if (isMap(element)) return this.fields(this.partsOf(element), types, [], depth);
		const decoded: DecodedFields = {};
		for (const part of element.children) this.decode(decoded, part.name, part, types, depth);
		return withLists(decoded, types);
	}

	private decode(
		decoded: DecodedFields,
		name: string,
		node: XmlElement,
		types: Fields,
		depth: number,
	): void {
		// A key of a map may be any text; this one would replace the object's prototype.
		if (name === '__proto__') return;
		const type = Object.hasOwn(types, name) ? types[name] : undefined;
		const value = depth > MAX_DEPTH ? null : this.value(node, type, depth, name);
		if (type === undefined || isScalarType(type) || !Object.hasOwn(decoded, name)) {
			decoded[name] = value;
			return;
		}
		// Records of a list may follow each other without an element around them.
		const before = decoded[name];
		if (!Array.isArray(before) || !Array.isArray(value))
			throw unexpected(name, 'two objects', type);
		for (const record of value) before.push(record);
	}

	private value(
		given: XmlElement,
		type: AnswerType | undefined,
		depth: number,
		name: string,
	): Decoded {
		// A shortcut for most values: long responses have hundreds of thousands of them.
		if (this.following === 0 && isPlain(given, type)) return scalar(given.text, type);
		const node = this.resolve(given);
		if (node === given) return this.valueOf(node, type, depth, name);
		this.following++;
		const value = this.valueOf(node, type, depth, name);
		this.following--;
		return value;
	}

	private valueOf(
		node: XmlElement,
		type: AnswerType | undefined,
		depth: number,
		name: string,
	): Decoded {
		if (this.following > 0) this.count(node);
		const record = this.records.get(node);
		if (record !== undefined) return record;
		if (type?.endsWith('[]') === true) {
			const of = elementType(type);
			if (isNil(node)) return [];
			return this.elementsOf(node, of, name).map((item) => this.value(item, of, depth + 1, name));
		}
		if (isNil(node)) return null;
		if (type !== undefined && isStructure(type)) {
			return this.fieldsOf(this.onlyOne(node, type, name), STRUCTURES[type], depth + 1);
		}
		if (node.children.length === 0) return scalar(node.text, type);
		if (type !== undefined) throw unexpected(name, 'an object or a list', type);
		const isList = !isMap(node) && node.children.every(({ name }) => name === 'item');
		if (!isList) return this.fieldsOf(node, NO_FIELDS, depth + 1);
		if (depth > MAX_DEPTH) return null;
		return node.children.map((item) => this.value(item, undefined, depth + 1, name));
	}

	/**
	 * The elements of a list. PHP writes an array with gaps or keys as a map, and a record may also stand
	 * in place of its list.
	 */
	private elementsOf(node: XmlElement, of: AnswerType, name: string): readonly XmlElement[] {
		if (node.children.length === 0 && node.text.trim() !== '') {
			throw unexpected(name, 'a text', `${of}[]` as AnswerType);
		}
		if (isMap(node)) return node.children.flatMap((item) => child(item, 'value') ?? []);
		if (isStructure(of) && node.children.some((part) => isFieldOf(of, part))) return [node];
		return node.children;
	}

	/** The element of a structure, also when it is the only one in a list. */
	private onlyOne(node: XmlElement, type: StructureName, name: string): XmlElement {
		if (this.records.has(node)) return node;
		const { children, text } = node;
		if (children.length === 0 && text.trim() !== '') throw unexpected(name, 'a text', type);
		if (isMap(node) || children.length === 0) return node;
		if (!children.every((item) => item.name === 'item')) return node;
		const [first] = children;
		if (first === undefined || children.length > 1) throw unexpected(name, 'a list', type);
		return this.resolve(first);
	}

	private resolve(node: XmlElement): XmlElement {
		const href = attribute(node, 'href');
		const target = href === undefined ? undefined : this.targets.get(href);
		if (target === undefined) return node;
		this.count(target);
		return target;
	}

	/** @throws Fault (answer) when too much has been read again */
	private count({ text }: XmlElement): void {
		this.repeated += ELEMENT + text.length;
		if (this.repeated <= MAX_REPEATED) return;
		throw new Fault(
			'answer',
			'The response has too many references to itself',
			'Try again later. If it happens again, check the addresses in the credential.',
		);
	}

	/** The fields of an element, also when PHP wrote them as a map. */
	private partsOf(node: XmlElement): Part[] {
		if (!isMap(node)) return node.children.map((part) => ({ name: part.name, node: part }));
		return node.children.flatMap((item) => {
			const value = child(item, 'value');
			return value === undefined ? [] : [{ name: this.text(child(item, 'key')), node: value }];
		});
	}
}

const namesOfLists = new WeakMap<Fields, readonly string[]>();

/** The names of the fields that are lists; cached, because every record needs them. */
function listNames(types: Fields): readonly string[] {
	const kept = namesOfLists.get(types);
	if (kept !== undefined) return kept;
	const names = Object.keys(types).filter((name) => types[name]?.endsWith('[]') === true);
	namesOfLists.set(types, names);
	return names;
}

/** A list that the response leaves out is empty. */
function withLists(decoded: DecodedFields, types: Fields): DecodedFields {
	for (const name of listNames(types)) {
		if (!Object.hasOwn(decoded, name)) decoded[name] = [];
	}
	return decoded;
}

/** The lists of structures by the names of their fields. */
function listsIn(structures: readonly Fields[]): ReadonlyMap<string, StructureName> {
	const lists = new Map<string, StructureName>();
	for (const [name, type] of structures.flatMap((fields) => Object.entries(fields))) {
		const of = type.endsWith('[]') ? elementType(type) : type;
		if (of !== type && isStructure(of)) lists.set(name, of);
	}
	return lists;
}

function isNil(node: XmlElement): boolean {
	const nil = attribute(node, 'nil');
	return nil === 'true' || nil === '1';
}

function isPlain({ attributes, children }: XmlElement, type: AnswerType | undefined): boolean {
	const isScalar = type === 'string' || type === 'int' || type === 'boolean';
	return isScalar && attributes.length === 0 && children.length === 0;
}

/** PHP's apache:Map: items with a key and a value each. */
function isMap({ children }: XmlElement): boolean {
	return children.length > 0 && children.every(isEntry);
}

function isEntry(item: XmlElement): boolean {
	return item.name === 'item' && child(item, 'key') !== undefined;
}

/** Whether an element is one of the fields of a structure. */
function isFieldOf(type: StructureName, { name }: XmlElement): boolean {
	return Object.hasOwn(STRUCTURES[type], name);
}
