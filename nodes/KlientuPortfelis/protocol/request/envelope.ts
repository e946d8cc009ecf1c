import { escapeText } from '../../../shared/xml';
import { functionNamed, type FunctionName } from '../catalogue/functions';
import type { Arguments, Value } from './sign';

/** The namespace of the service, unless its WSDL names another. */
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
 * @param parameters checked (checkParameters): texts contain only characters that XML can carry
 */
export function buildEnvelope(
	name: FunctionName,
	parameters: Arguments,
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
	return text.replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
