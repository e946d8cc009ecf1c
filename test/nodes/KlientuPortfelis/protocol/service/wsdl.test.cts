import {
	differences,
	readWsdl,
	type Wsdl,
} from '../../../../../nodes/KlientuPortfelis/protocol/service/wsdl';
import { makeWsdl } from '../../../../../dev/simulators/klientuPortfelis/wsdl.cts';

const read = async (body: string) => await readWsdl({ status: 200, body });

const SOAP_1_1 = 'http://schemas.xmlsoap.org/wsdl/soap/';
const SOAP_1_2 = 'http://schemas.xmlsoap.org/wsdl/soap12/';

/** A WSDL with these elements in it. */
const wsdlOf = (content: string, attributes = '') =>
	`<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="${SOAP_1_1}" xmlns:s12="${SOAP_1_2}" ${attributes}>${content}</definitions>`;

const port = (address: string, binding = 'b', prefix = 's') =>
	`<port binding="tns:${binding}"><${prefix}:address location="${address}"/></port>`;
const service = (...ports: string[]) => `<service>${ports.join('')}</service>`;

describe('a WSDL with an HTTP status other than 200', () => {
	// A server that cannot give the WSDL now is no reason to doubt the URL first.
	test.each([
		[500, /^Try again later\./],
		[503, /^Try again later\./],
		[404, /^Check 'WSDL URL' in the credential\. Lursoft/],
		[301, /^Check 'WSDL URL' in the credential\..* It redirects to https:\/\/x\.example\/wsdl/],
	])('%d says what to do', async (status, description) => {
		const answer = { status, body: '<html></html>', location: 'https://x.example/wsdl' };
		await expect(readWsdl(answer)).rejects.toMatchObject({
			message: `The WSDL could not be read (HTTP status ${status})`,
			description: expect.stringMatching(description),
		});
	});

	test('keeps the wait that the server asks for', async () => {
		const fault = { details: { status: 503, transient: true, retryAfter: 7 } };
		await expect(readWsdl({ status: 503, body: '', retryAfter: 7 })).rejects.toMatchObject(fault);
		await expect(readWsdl({ status: 404, body: '' })).rejects.toMatchObject({
			description: expect.not.stringContaining('redirects'),
			details: { status: 404, transient: false },
		});
	});
});

describe('what is no WSDL', () => {
	test.each([
		['a web page', '<html><body>Sveiki</body></html>', 'There is no WSDL at the WSDL URL'],
		['a text', 'definitions', 'There is no WSDL at the WSDL URL'],
		['another document', '<wsdl/>', 'There is no WSDL at the WSDL URL'],
		['nothing', ' \n', 'The WSDL ends too early'],
		['a part of one', wsdlOf('').slice(0, 150), 'The WSDL ends too early'],
		['one without a service', wsdlOf(''), 'The WSDL has no address of the service'],
		['one without an address', wsdlOf(service('<port/>')), 'has no address'],
		['one with an empty address', wsdlOf(service(port(' '))), 'has no address'],
		['one for SOAP 1.2 alone', wsdlOf(service(port('https://a/', 'b', 's12'))), 'has no address'],
	])('%s is refused', async (_name, body, message) => {
		await expect(read(body)).rejects.toMatchObject({
			kind: 'answer',
			message: expect.stringContaining(message),
		});
	});
});

describe('the address', () => {
	test('is that of the SOAP 1.1 port, wherever its namespace is declared', async () => {
		const other = port('https://other.example/', 'b', 's12');
		const { address } = await read(wsdlOf(service(other, port(' https://right.example/ '))));
		expect(address).toBe('https://right.example/');
		const inPort = `<service><port><address xmlns="${SOAP_1_1}" location="https://in.example/"/></port></service>`;
		expect((await read(wsdlOf(inPort))).address).toBe('https://in.example/');
		const inService = `<service xmlns:x="${SOAP_1_1}"><port><x:address location="https://x.example/"/></port></service>`;
		expect((await read(wsdlOf(inService))).address).toBe('https://x.example/');
	});

	test('is that of the binding with our functions, or the first', async () => {
		const ports = service(port('https://a.example/', 'a'), port('https://b.example/', 'b'));
		const binding = (name: string) =>
			`<binding name="${name}"><operation name="login"/></binding><binding name="c"><operation name="x"/></binding>`;
		expect((await read(wsdlOf(binding('b') + ports))).address).toBe('https://b.example/');
		expect((await read(wsdlOf(binding('z') + ports))).address).toBe('https://a.example/');
	});
});

describe('the functions', () => {
	const operation = (name: string, action: string, namespace: string) =>
		`<operation name="${name}"><s:operation soapAction="${action}"/><input><s:body namespace="${namespace}"/></input></operation>`;

	test('have the actions of their first binding, and the namespace of their body', async () => {
		const bindings = [
			`<binding name="a">${operation('login', 'urn:a#login', 'urn:a')}</binding>`,
			`<binding name="b">${operation('login', 'urn:b#login', 'urn:b')}<operation name="logout"/></binding>`,
		];
		const wsdl = await read(wsdlOf(bindings.join('') + service(port('https://a.example/'))));
		expect([...wsdl.actions]).toEqual([['login', 'urn:a#login']]);
		expect(wsdl.namespace).toBe('urn:b');
	});

	test('have the namespace of the document when their body has none', async () => {
		const content = `<binding><operation name="login"><input/></operation></binding>${service(port('https://a.example/'))}`;
		expect((await read(wsdlOf(content, 'targetNamespace="urn:t"'))).namespace).toBe('urn:t');
		expect((await read(wsdlOf(content))).namespace).toBeUndefined();
	});

	test('have the parameters of their messages', async () => {
		const content = `
			<message name="in"><part name="signature"/><part name="sid"/><documentation/></message>
			<portType>
				<operation name="logout"><input message="tns:in"/></operation>
				<operation name="login"><input message="tns:missing"/></operation>
				<operation name="other"/>
			</portType>${service(port('https://a.example/'))}`;
		const { parameters } = await read(wsdlOf(content));
		expect([...parameters]).toEqual([['logout', ['signature', 'sid']]]);
	});
});

describe('differences to the catalogue', () => {
	let wsdl: Wsdl;
	beforeAll(async () => {
		wsdl = await read(makeWsdl('https://service.example/api'));
	});

	const changed = (name: string, parameters: readonly string[] | undefined) => {
		const all = new Map(wsdl.parameters);
		if (parameters === undefined) all.delete(name);
		else all.set(name, parameters);
		return differences({ ...wsdl, parameters: all });
	};

	test('are none for the WSDL of the specification', () => {
		expect(differences(wsdl)).toEqual({ broken: [], added: [] });
	});

	test('are named: missing functions, other parameters, more parameters', () => {
		expect(changed('logout', undefined)).toEqual({ broken: ['logout is missing'], added: [] });
		expect(changed('logout', ['sid', 'signature'])).toEqual({
			broken: ['logout takes (sid, signature) instead of (signature, sid)'],
			added: [],
		});
		expect(changed('logout', ['signature'])).toEqual({
			broken: ['logout takes (signature) instead of (signature, sid)'],
			added: [],
		});
		expect(changed('logout', ['signature', 'sid', 'a', 'b'])).toEqual({
			broken: [],
			added: ['logout also takes a, b'],
		});
	});
});
