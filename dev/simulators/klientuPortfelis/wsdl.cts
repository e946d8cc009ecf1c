/**
 * The WSDL of the service, made from the catalogue in the shape that Yii 1.1's CWsdlGenerator
 * gives: RPC/encoded, one message a direction, SOAP-ENC arrays, `xsd:all` structures.
 */
import {
	FUNCTIONS,
	functionNamed,
	type FunctionName,
} from '../../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { STRUCTURES } from '../../../nodes/KlientuPortfelis/protocol/catalogue/structures';

export const NAMESPACE = 'urn:ApiControllerwsdl';
const SERVICE = 'ApiController';
const ENCODING = 'http://schemas.xmlsoap.org/soap/encoding/';

export const FUNCTION_NAMES = Object.keys(FUNCTIONS) as FunctionName[];

/** The name of the structure in a function's answer: `login` → `LoginResponse`. */
export function responseName(name: FunctionName): string {
	const words = name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
	return `${words.join('')}Response`;
}

/** What every answer ends with, in the documented order. */
export const RESULT_FIELDS = { success: 'boolean', message: 'string', code: 'int' } as const;

const isPrimitive = (type: string): boolean => ['string', 'int', 'boolean'].includes(type);

function qualified(type: string): string {
	if (type.endsWith('[]')) return `tns:${type.slice(0, -2)}Array`;
	return `${isPrimitive(type) ? 'xsd' : 'tns'}:${type}`;
}

/** The parameters of a function with their types, `signature` first. */
export function requestParts(name: FunctionName): Array<[string, string]> {
	const parameters = functionNamed(name).parameters.map((parameter): [string, string] => [
		parameter.name,
		parameter.type,
	]);
	return [['signature', 'string'], ...parameters];
}

function structure(name: string, fields: Readonly<Record<string, string>>): string {
	const elements = Object.entries(fields).map(
		([field, type]) => `<xsd:element name="${field}" type="${qualified(type)}"/>`,
	);
	return `<xsd:complexType name="${name}"><xsd:all>${elements.join('')}</xsd:all></xsd:complexType>`;
}

function array(type: string): string {
	const element = `${isPrimitive(type) ? 'xsd' : 'tns'}:${type}`;
	return (
		`<xsd:complexType name="${type}Array"><xsd:complexContent>` +
		'<xsd:restriction base="soap-enc:Array">' +
		`<xsd:attribute ref="soap-enc:arrayType" wsdl:arrayType="${element}[]"/>` +
		'</xsd:restriction></xsd:complexContent></xsd:complexType>'
	);
}

function types(): string {
	const structures = Object.entries(STRUCTURES).map(([name, fields]) => structure(name, fields));
	const responses = FUNCTION_NAMES.map((name) =>
		structure(responseName(name), { ...functionNamed(name).answer, ...RESULT_FIELDS }),
	);
	const arrays = ['string', ...Object.keys(STRUCTURES)].map(array);
	return (
		`<wsdl:types><xsd:schema targetNamespace="${NAMESPACE}">` +
		[...structures, ...arrays, ...responses].join('') +
		'</xsd:schema></wsdl:types>'
	);
}

function messages(name: FunctionName): string {
	const parts = requestParts(name).map(
		([part, type]) => `<wsdl:part name="${part}" type="${qualified(type)}"/>`,
	);
	return (
		`<wsdl:message name="${name}Request">${parts.join('')}</wsdl:message>` +
		`<wsdl:message name="${name}Response">` +
		`<wsdl:part name="return" type="tns:${responseName(name)}"/></wsdl:message>`
	);
}

function portOperation(name: FunctionName): string {
	return (
		`<wsdl:operation name="${name}"><wsdl:documentation></wsdl:documentation>` +
		`<wsdl:input message="tns:${name}Request"/><wsdl:output message="tns:${name}Response"/>` +
		'</wsdl:operation>'
	);
}

function boundOperation(name: FunctionName): string {
	const body = `<soap:body use="encoded" namespace="${NAMESPACE}" encodingStyle="${ENCODING}"/>`;
	return (
		`<wsdl:operation name="${name}">` +
		`<soap:operation soapAction="${NAMESPACE}#${name}" style="rpc"/>` +
		`<wsdl:input>${body}</wsdl:input><wsdl:output>${body}</wsdl:output></wsdl:operation>`
	);
}

export function makeWsdl(serviceUrl: string): string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:tns="${NAMESPACE}" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap-enc="${ENCODING}" name="${SERVICE}" targetNamespace="${NAMESPACE}">${types()}${FUNCTION_NAMES.map(messages).join('')}<wsdl:portType name="${SERVICE}PortType">${FUNCTION_NAMES.map(portOperation).join('')}</wsdl:portType><wsdl:binding name="${SERVICE}Binding" type="tns:${SERVICE}PortType"><soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>${FUNCTION_NAMES.map(boundOperation).join('')}</wsdl:binding><wsdl:service name="${SERVICE}Service"><wsdl:port name="${SERVICE}Port" binding="tns:${SERVICE}Binding"><soap:address location="${serviceUrl.replaceAll('&', '&amp;')}"/></wsdl:port></wsdl:service></definitions>
`;
}
