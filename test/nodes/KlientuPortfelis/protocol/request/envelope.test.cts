/** A whole request, byte for byte, and who may ask for one. */
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';

import {
	buildEnvelope,
	NAMESPACE,
} from '../../../../../nodes/KlientuPortfelis/protocol/request/envelope';
import { signedEnvelope } from '../../../../../nodes/KlientuPortfelis/protocol/request/signedEnvelope';
import { phpJson } from '../../../../../dev/simulators/klientuPortfelis/phpJson.cts';
import { requestReader } from '../../../../../dev/simulators/klientuPortfelis/request.cts';

const START =
	'<?xml version="1.0" encoding="UTF-8"?>\n' +
	'<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"';
const END = '</SOAP-ENV:Body></SOAP-ENV:Envelope>';

const bodyOf = (envelope: string) =>
	envelope.slice(envelope.indexOf('<SOAP-ENV:Body>') + '<SOAP-ENV:Body>'.length, -END.length);

describe('buildEnvelope', () => {
	test('writes this, byte for byte', () => {
		const parameters = { sid: 's', list_id: 1, email: ['a@b.lv', ''], empty_mail: false };
		expect(buildEnvelope('add_list_monitoring', parameters, 'c2ln')).toBe(
			`${START} xmlns:ns1="urn:ApiControllerwsdl"><SOAP-ENV:Body><ns1:add_list_monitoring>` +
				'<signature xsi:type="xsd:string">c2ln</signature>' +
				'<sid xsi:type="xsd:string">s</sid>' +
				'<list_id xsi:type="xsd:int">1</list_id>' +
				'<email SOAP-ENC:arrayType="xsd:string[2]" xsi:type="SOAP-ENC:Array"><item xsi:type="xsd:string">a@b.lv</item><item xsi:type="xsd:string"></item></email>' +
				'<empty_mail xsi:type="xsd:boolean">false</empty_mail>' +
				`</ns1:add_list_monitoring>${END}`,
		);
	});

	test('takes another namespace, in which nothing can end the attribute', () => {
		const envelope = buildEnvelope('logout', { sid: 's' }, '', 'urn:a"<b>&\t\n\r\'');
		expect(envelope).toContain(
			`${START} xmlns:ns1="urn:a&#34;&#60;b&#62;&#38;&#9;&#10;&#13;'"><SOAP-ENV:Body><ns1:logout>`,
		);
	});

	test('writes a parameter that the catalogue does not know as a text', () => {
		expect(bodyOf(buildEnvelope('logout', { other: 'x' }, ''))).toContain(
			'<other xsi:type="xsd:string">x</other>',
		);
	});
});

describe('signedEnvelope', () => {
	const PASSPHRASE = 'parole';
	const { privateKey, publicKey } = generateKeyPairSync('rsa', {
		modulusLength: 2048,
		privateKeyEncoding: {
			type: 'pkcs8',
			format: 'pem',
			cipher: 'aes-256-cbc',
			passphrase: PASSPHRASE,
		},
		publicKeyEncoding: { type: 'spki', format: 'pem' },
	});
	const credential = {
		username: 'lietotājs',
		password: 'p/w',
		roleId: '7',
		privateKey,
		passphrase: PASSPHRASE,
	};

	/** What the service reads of an envelope, after it has verified the signature. */
	async function received(envelope: string) {
		const { signature, ...call } = (await requestReader())(Buffer.from(envelope));
		const text = Buffer.from(phpJson(call.parameters as never));
		const key = createPublicKey(publicKey);
		expect(verify('sha256', text, key, Buffer.from(String(signature), 'base64'))).toBe(true);
		return call;
	}

	test('signs a call as it is given', async () => {
		const call = { function: 'get_objects', parameters: { sid: 'ā/b', list_id: 6750 } };
		const envelope = signedEnvelope(credential, call);
		expect(await received(envelope)).toEqual(call);
		expect(envelope).toContain(`xmlns:ns1="${NAMESPACE}"`);
	});

	test('uses the namespace that the WSDL names', () => {
		const call = { function: 'logout', parameters: { sid: 's' }, namespace: 'urn:other' };
		expect(signedEnvelope(credential, call)).toContain('xmlns:ns1="urn:other"');
	});

	test('fills in the login from the credential alone', async () => {
		const parameters = { username: 'x', password: 'x', role_id: 1, sid: 'x' };
		expect(await received(signedEnvelope(credential, { function: 'login', parameters }))).toEqual({
			function: 'login',
			parameters: { username: 'lietotājs', password: 'p/w', role_id: 7 },
		});
	});

	test('needs no passphrase for a key without one, and a key in any case', () => {
		const plain = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
		const call = { function: 'logout', parameters: { sid: 's' } };
		const pem = String(plain.export({ type: 'pkcs8', format: 'pem' }));
		expect(signedEnvelope({ privateKey: pem }, call)).toContain('<ns1:logout>');
		expect(() => signedEnvelope({}, call)).toThrow("'Private Key' is empty");
		expect(() => signedEnvelope({ privateKey }, call)).toThrow('passphrase');
	});

	test.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['a text', '{"function":"logout","parameters":{}}'],
		['no function', { parameters: {} }],
		['an unknown function', { function: 'drop', parameters: {} }],
		['a function that is a part of every object', { function: 'toString', parameters: {} }],
		['no parameters', { function: 'logout' }],
		['parameters that are a text', { function: 'logout', parameters: 'sid=1' }],
	])('signs nothing for a body with %s', (_name, body) => {
		expect(() => signedEnvelope(credential, body)).toThrow(
			expect.objectContaining({ name: 'Fault', kind: 'credential' }),
		);
	});
});
