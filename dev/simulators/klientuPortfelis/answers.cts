/** Answers as PHP's SoapServer writes them: RPC/encoded, an xsi:type on each value. */
import {
	functionNamed,
	type FunctionName,
} from '../../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { STRUCTURES } from '../../../nodes/KlientuPortfelis/protocol/catalogue/structures';
import type { ServiceError } from './errors.cts';
import { NAMESPACE, responseName } from './wsdl.cts';

const ENVELOPE_URI = 'http://schemas.xmlsoap.org/soap/envelope/';
const ENCODING_URI = 'http://schemas.xmlsoap.org/soap/encoding/';

type FieldTypes = ReadonlyArray<readonly [string, string]>;

const STRUCTURE_FIELDS: ReadonlyMap<string, FieldTypes> = new Map(
	Object.entries(STRUCTURES).map(([name, fields]) => [name, Object.entries(fields)]),
);

/** libxml writes a carriage return in text as a reference, as it would be lost otherwise. */
const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'\r': '&#13;',
};

function escapeXml(text: string): string {
	return text.replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? character);
}

function isPrimitive(type: string): boolean {
	return type === 'string' || type === 'int' || type === 'boolean';
}

function fieldsOf(type: string, value: object): string {
	let xml = '';
	for (const [name, fieldType] of STRUCTURE_FIELDS.get(type) ?? []) {
		xml += field(name, fieldType, Reflect.get(value, name));
	}
	return xml;
}

function arrayField(name: string, type: string, items: readonly unknown[]): string {
	const prefixed = `${isPrimitive(type) ? 'xsd' : 'ns1'}:${type}[${items.length}]`;
	const start = `<${name} SOAP-ENC:arrayType="${prefixed}" xsi:type="ns1:${type}Array"`;
	if (items.length === 0) return `${start}/>`;
	return `${start}>${items.map((item) => field('item', type, item)).join('')}</${name}>`;
}

function field(name: string, type: string, value: unknown): string {
	if (value === null || value === undefined) return `<${name} xsi:nil="true"/>`;
	if (Array.isArray(value)) return arrayField(name, type.replace('[]', ''), value);
	if (isPrimitive(type)) {
		return `<${name} xsi:type="xsd:${type}">${escapeXml(String(value))}</${name}>`;
	}
	return `<${name} xsi:type="ns1:${type}">${fieldsOf(type, Object(value))}</${name}>`;
}

function envelope(attributes: string, body: string): string {
	return (
		'<?xml version="1.0" encoding="UTF-8"?>\n' +
		`<SOAP-ENV:Envelope xmlns:SOAP-ENV="${ENVELOPE_URI}"${attributes}>` +
		`<SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>\n`
	);
}

function answer(name: FunctionName, values: object, result: string): string {
	const fields = Object.entries(functionNamed(name).answer).map(([key, type]) =>
		field(key, type, Reflect.get(values, key)),
	);
	return envelope(
		` xmlns:ns1="${NAMESPACE}" xmlns:xsd="http://www.w3.org/2001/XMLSchema"` +
			' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
			` xmlns:SOAP-ENC="${ENCODING_URI}" SOAP-ENV:encodingStyle="${ENCODING_URI}"`,
		`<ns1:${name}Response><return xsi:type="ns1:${responseName(name)}">` +
			`${fields.join('')}${result}</return></ns1:${name}Response>`,
	);
}

const result = (success: boolean, message: string): string =>
	field('success', 'boolean', success) + field('message', 'string', message);

/** The specification's sample of login's answer carries no code; the others carry a nil one. */
export function successAnswer(name: FunctionName, values: object): string {
	if (name === 'login') return answer(name, values, result(true, 'Autorizācija veiksmīga'));
	return answer(
		name,
		values,
		result(true, 'Pieprasījums veiksmīgi izpildīts') + field('code', 'int', null),
	);
}

export function failureAnswer(name: FunctionName, error: ServiceError): string {
	return answer(name, {}, result(false, error.message) + field('code', 'int', error.code));
}

export function faultDocument(text: string, code = 'SOAP-ENV:Server'): string {
	return envelope(
		'',
		`<SOAP-ENV:Fault><faultcode>${code}</faultcode>` +
			`<faultstring>${escapeXml(text)}</faultstring></SOAP-ENV:Fault>`,
	);
}
