/** Reads requests with node-soap, so that an implementation other than ours decodes them. */
import { WSDL } from 'soap';
import {
	isFunctionName,
	type FunctionName,
} from '../../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { SoapFaultError } from './errors.cts';
import { FUNCTION_NAMES, NAMESPACE, makeWsdl, requestParts } from './wsdl.cts';
import { xmlText } from './xmlText.cts';

export type Value = string | number | boolean | readonly string[];
export type Parameters = Readonly<Record<string, Value>>;

export interface SoapRequest {
	readonly function: FunctionName;
	readonly signature: string | undefined;
	/** In the documented order; an int or boolean that is none is left as its text. */
	readonly parameters: Parameters;
}

export type ReadRequest = (body: Uint8Array) => SoapRequest;

/**
 * The key of the attributes in node-soap's objects. node-soap keeps a text of blanks only where
 * `Object.keys` finds nothing else in the element, so an xsi:type under a string key would cost
 * the text; a symbol is not counted. Its typings know string keys only.
 */
const ATTRIBUTES = Symbol('attributes');

type Node = Readonly<Record<string | symbol, unknown>>;

function isNode(value: unknown): value is Node {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function firstOf(value: unknown): unknown {
	return Array.isArray(value) ? value[0] : value;
}

/**
 * node-soap looks a message up by the element's name, `login`, not finds it (Yii calls it
 * `loginRequest`) and then takes the answer's; nor does it find the item type of a SOAP-ENC array.
 * So both are registered the way it reads them.
 */
function teachMessages(wsdl: WSDL): void {
	const { messages, schemas } = wsdl.definitions;
	delete schemas[NAMESPACE]?.complexTypes.stringArray;
	for (const name of FUNCTION_NAMES) {
		const message = messages[`${name}Request`];
		if (!message) throw new Error(`No message for ${name} in the WSDL`);
		message.$name = name;
		message.parts = Object.fromEntries(
			requestParts(name).map(([part, type]) => [
				part,
				type === 'string[]' ? { 'item[]': 'xsd:string' } : `xsd:${type}`,
			]),
		);
		messages[name] = message;
	}
}

async function loadWsdl(): Promise<WSDL> {
	const asText = (text: string): string => text;
	const wsdl = new WSDL(makeWsdl('http://127.0.0.1/'), '', {
		// Numbers and booleans are made below, where an xsi:type can outweigh the WSDL's type.
		customDeserializer: { int: asText, boolean: asText },
	});
	await new Promise<void>((resolve, reject) => {
		wsdl.onReady((failure: Error | undefined) => (failure ? reject(failure) : resolve()));
	});
	wsdl.options.preserveWhitespace = true;
	wsdl.options.attributesKey = ATTRIBUTES as unknown as string;
	teachMessages(wsdl);
	return wsdl;
}

/** The type in an element's xsi:type, without its prefix. */
function declaredType(element: unknown): string | undefined {
	const attributes = isNode(element) ? element[ATTRIBUTES] : undefined;
	if (!isNode(attributes)) return undefined;
	const type = Object.entries(attributes).find(([key]) => /^[^:]+:type$/.test(key))?.[1];
	return typeof type === 'string' ? type.slice(type.indexOf(':') + 1) : undefined;
}

function textOf(element: unknown): string {
	const text = isNode(element) ? element.$value : element;
	return typeof text === 'string' ? text : '';
}

/** As PHP decodes: an empty int or boolean is null, which is a parameter that is not there. */
function scalar(text: string, type: string): Value | undefined {
	if (type === 'string') return text;
	const trimmed = text.trim();
	if (trimmed === '') return undefined;
	if (type === 'boolean') {
		if (/^(true|t|1)$/i.test(trimmed)) return true;
		return /^(false|f|0)$/i.test(trimmed) ? false : text;
	}
	const number = Number(trimmed);
	return /^[+-]?\d+$/.test(trimmed) && Number.isSafeInteger(number) ? number : text;
}

function items(element: unknown): string[] {
	const found = isNode(element) ? element.item : undefined;
	return Array.isArray(found) ? found.map(textOf) : [];
}

const SCALARS: ReadonlyMap<string, string> = new Map([
	['string', 'string'],
	['int', 'int'],
	['integer', 'int'],
	['long', 'int'],
	['boolean', 'boolean'],
]);

function parameterValue(element: unknown, type: string): Value | undefined {
	if (element === undefined) return undefined;
	if (type === 'string[]') return items(firstOf(element));
	// SoapServer takes the first of a repeated parameter, and its xsi:type before the WSDL's.
	const first = firstOf(element);
	return scalar(textOf(first), SCALARS.get(declaredType(first) ?? type) ?? type);
}

function bodyOf(wsdl: WSDL, xml: string): Node {
	let envelope: unknown;
	try {
		envelope = wsdl.xmlToObject(xml);
	} catch {
		throw new SoapFaultError('Bad Request');
	}
	const body = isNode(envelope) ? envelope.Body : undefined;
	if (!isNode(body)) throw new SoapFaultError('Bad Request');
	return body;
}

/** A reader of requests; throws SoapFaultError where SoapServer answers with a Fault. */
export async function requestReader(): Promise<ReadRequest> {
	const wsdl = await loadWsdl();
	return (bytes) => {
		const xml = xmlText(bytes);
		const body = bodyOf(wsdl, xml);
		const name = Object.keys(body)[0];
		if (!isFunctionName(name)) {
			throw new SoapFaultError(`Function ("${name ?? ''}") is not a valid method for this service`);
		}
		const sent = isNode(body[name]) ? body[name] : {};
		const parameters: Record<string, Value> = {};
		for (const [part, type] of requestParts(name)) {
			const value = parameterValue(sent[part], type);
			if (value !== undefined) parameters[part] = value;
		}
		const { signature, ...signed } = parameters;
		return {
			function: name,
			signature: typeof signature === 'string' ? signature : undefined,
			parameters: signed,
		};
	};
}
