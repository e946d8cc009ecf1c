import { excerpt, Fault } from '../../shared/errors';
import type { HttpAnswer } from '../../shared/http';
import {
	attribute,
	child,
	descendants,
	escapeText,
	parseXml,
	XmlFormatError,
	type XmlElement,
} from '../../shared/xml';
import {
	functionNamed,
	STRUCTURES,
	type AnswerType,
	type Fields,
	type FunctionName,
	type StructureName,
} from './functions';
import type { Parameters, Value } from './signer';

/** A decoded value of an answer. */
export type Decoded = string | number | boolean | null | Decoded[] | { [field: string]: Decoded };

/** What the service said to a call: refused or not, its own words, and the answer's fields. */
export interface Reply {
	readonly success: boolean;
	readonly code: string | undefined;
	readonly message: string;
	readonly status: number;
	readonly fields: { [field: string]: Decoded };
}

/** The namespace of the service, unless its WSDL says otherwise. */
export const NAMESPACE = 'urn:ApiControllerwsdl';

const ENVELOPE_ATTRIBUTES = [
	'xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"',
	'xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
	'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
	'xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"',
	'SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"',
].join(' ');

/**
 * The envelope of a call: RPC/encoded, the function in the service's namespace, the parameters
 * unqualified and typed by the catalogue, `signature` first.
 *
 * @param parameters texts hold only what XML can carry (checkParameters sees to it)
 */
export function buildEnvelope(
	name: FunctionName,
	parameters: Parameters,
	signature: string,
	namespace = NAMESPACE,
): string {
	const types = new Map(functionNamed(name).parameters.map(({ name, type }) => [name, type]));
	const content = Object.entries(parameters)
		.map(([key, value]) => element(key, value, types.get(key) ?? 'string'))
		.join('');
	return (
		'<?xml version="1.0" encoding="UTF-8"?>\n' +
		`<SOAP-ENV:Envelope ${ENVELOPE_ATTRIBUTES} xmlns:ns1="${escapeAttribute(namespace)}">` +
		`<SOAP-ENV:Body><ns1:${name}>${element('signature', signature, 'string')}${content}</ns1:${name}>` +
		'</SOAP-ENV:Body></SOAP-ENV:Envelope>'
	);
}

function element(name: string, value: Value, type: string): string {
	if (typeof value !== 'object') {
		return `<${name} xsi:type="xsd:${type}">${escapeText(String(value))}</${name}>`;
	}
	const items = value.map((item) => element('item', item, 'string')).join('');
	return `<${name} SOAP-ENC:arrayType="xsd:string[${value.length}]" xsi:type="SOAP-ENC:Array">${items}</${name}>`;
}

function escapeAttribute(text: string): string {
	return escapeText(text).replace(/"/g, '&quot;');
}

/**
 * Reads the answer to a call.
 *
 * @throws Fault (answer) when it is not an answer of the service: nothing, a page for people, a
 * document that is cut off or not SOAP; Fault (service) when it is a SOAP Fault
 */
export function readReply(name: FunctionName, answer: HttpAnswer): Reply {
	const body = bodyOf(answer);
	const response = body.children[0];
	if (response?.name === 'Fault') throw soapFault(response, answer.status);
	const result = resultOf(response);
	if (result === undefined) {
		throw answerFault(
			answer,
			`The service's answer does not belong to the call ${name}`,
			'Check the WSDL URL and the Endpoint in the credential.',
		);
	}
	const references = referencesIn(body, answer.body);
	const decode = decoder(references);
	const success = scalarText(child(result, 'success'));
	const code = scalarText(child(result, 'code'));
	return {
		success: success === '' ? code === '' || code === '0' : /^(true|1)$/i.test(success),
		code: code === '' ? undefined : code,
		message: scalarText(child(result, 'message')),
		status: answer.status,
		fields: decode.structure(result, functionNamed(name).answer, ['success', 'message', 'code']),
	};
}

function answerFault(answer: HttpAnswer, message: string, description: string): Fault {
	const text = excerpt(answer.body);
	const begins = text === '' ? '' : ` The answer begins: ${text}`;
	return new Fault('answer', message, `${description} (HTTP status ${answer.status})${begins}`, {
		status: answer.status,
	});
}

/** The fields stand in the response's `return`; a service without that wrapper is read as well. */
function resultOf(response: XmlElement | undefined): XmlElement | undefined {
	if (child(response, 'success') !== undefined) return response;
	return child(response, 'return') ?? response?.children[0];
}

const ASK_OR_WAIT =
	'Try again later. If it stays, check the addresses in the credential, and whether a proxy or firewall stands between n8n and the service.';

function bodyOf(answer: HttpAnswer): XmlElement {
	const text = answer.body.trimStart();
	if (text === '') throw answerFault(answer, 'The service gave an empty answer', ASK_OR_WAIT);
	if (/^(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/is.test(text)) {
		throw answerFault(answer, 'A web page came instead of an answer of the service', ASK_OR_WAIT);
	}
	if (!text.startsWith('<')) {
		throw answerFault(answer, 'The answer is not one of the service', ASK_OR_WAIT);
	}
	const envelope = documentOf(answer, text);
	const body = envelope.name === 'Envelope' ? child(envelope, 'Body') : undefined;
	if (body === undefined) {
		throw answerFault(answer, "The answer is not one of the service's documents", ASK_OR_WAIT);
	}
	return body;
}

function documentOf(answer: HttpAnswer, text: string): XmlElement {
	let reason: string;
	try {
		return parseXml(text);
	} catch (error) {
		reason = error instanceof XmlFormatError ? error.reason : 'malformed';
	}
	if (reason === 'cutOff') {
		throw answerFault(
			answer,
			"The service's answer ends too early",
			'The connection was probably cut while it was being sent. Try again; for long lists, ask for fewer rows.',
		);
	}
	throw answerFault(answer, "The service's answer is not well-formed", ASK_OR_WAIT);
}

function soapFault(fault: XmlElement, status: number): Fault {
	const words =
		descendants(fault, 'faultstring')[0]?.text ?? descendants(fault, 'Text')[0]?.text ?? '';
	return new Fault(
		'service',
		'The service could not process the call',
		`Try again later; if it stays, ask Lursoft's support. The service answered: ${excerpt(words) || 'a fault without words'} (HTTP status ${status})`,
		{ status },
	);
}

const isNil = (node: XmlElement) => /^(true|1)$/.test(attribute(node, 'nil') ?? '');

function scalarText(node: XmlElement | undefined): string {
	return node === undefined || isNil(node) ? '' : node.text.trim();
}

type References = ReadonlyMap<string, XmlElement>;

/** SOAP encoding writes a value that occurs twice once, with an id, and refers to it by href. */
function referencesIn(body: XmlElement, text: string): References {
	const references = new Map<string, XmlElement>();
	if (!text.includes('href=')) return references;
	const visit = (node: XmlElement) => {
		const id = node.attributes.get('id');
		if (id !== undefined) references.set(`#${id}`, node);
		node.children.forEach(visit);
	};
	visit(body);
	return references;
}

function isStructure(type: string): type is StructureName {
	return Object.hasOwn(STRUCTURES, type);
}

/** Decodes elements by the catalogue's types; fields it does not know come as they are. */
function decoder(references: References) {
	function resolve(node: XmlElement): XmlElement {
		const href = attribute(node, 'href');
		return (href === undefined ? undefined : references.get(href)) ?? node;
	}

	function value(given: XmlElement, type: AnswerType | undefined, depth: number): Decoded {
		const node = resolve(given);
		if (type?.endsWith('[]') === true) {
			const of = type.slice(0, -2) as AnswerType;
			return isNil(node) ? [] : node.children.map((item) => value(item, of, depth + 1));
		}
		if (isNil(node)) return null;
		if (type !== undefined && isStructure(type)) {
			return structure(node, STRUCTURES[type], [], depth + 1);
		}
		if (node.children.length > 0) return unknownValue(node, depth + 1);
		return scalar(node.text, type);
	}

	/** What the catalogue does not know: a list of items, or an object of fields. */
	function unknownValue(node: XmlElement, depth: number): Decoded {
		// Elements that refer to each other in a circle would never end.
		if (depth > 20) return null;
		const isList = node.children.every(({ name }) => name === 'item');
		if (isList) return node.children.map((item) => value(item, undefined, depth));
		return structure(node, {}, [], depth);
	}

	function structure(node: XmlElement, fields: Fields, leaveOut: string[], depth = 0) {
		const decoded: { [field: string]: Decoded } = {};
		for (const part of node.children) {
			if (leaveOut.includes(part.name)) continue;
			const type = Object.hasOwn(fields, part.name) ? fields[part.name] : undefined;
			decoded[part.name] = depth > 20 ? null : value(part, type, depth);
		}
		for (const [name, type] of Object.entries(fields)) {
			if (type.endsWith('[]') && !Object.hasOwn(decoded, name)) decoded[name] = [];
		}
		return decoded;
	}

	return { structure };
}

/** A number or truth value that cannot be told stays the text it came as: nothing is lost. */
function scalar(text: string, type: AnswerType | undefined): Decoded {
	if (type === 'int') {
		const trimmed = text.trim();
		if (trimmed === '') return null;
		return /^-?\d+$/.test(trimmed) && Number.isSafeInteger(Number(trimmed))
			? Number(trimmed)
			: text;
	}
	if (type === 'boolean') {
		const trimmed = text.trim().toLowerCase();
		if (trimmed === '') return null;
		if (trimmed === 'true' || trimmed === '1') return true;
		return trimmed === 'false' || trimmed === '0' ? false : text;
	}
	return text;
}
