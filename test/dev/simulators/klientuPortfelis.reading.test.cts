/** Requests as XML leaves them: envelope styles, types, blanks, characters, arrays. */
import { generateKeys } from '../../../dev/simulators/keys.cts';
import {
	startKlientuPortfelis,
	type KlientuPortfelisSimulator,
} from '../../../dev/simulators/klientuPortfelis.cts';
import {
	RawClient,
	envelope,
	type RawParameters,
} from '../../../dev/simulators/klientuPortfelis/rawClient.cts';

let simulator: KlientuPortfelisSimulator;
let raw: RawClient;

beforeAll(async () => {
	simulator = await startKlientuPortfelis({ privateKey: (await generateKeys()).privateKeyPem });
	raw = new RawClient(simulator);
	await raw.login();
});
afterAll(() => simulator.stop());

const STYLES = [
	{ plain: false, untyped: false },
	{ plain: false, untyped: true },
	{ plain: true, untyped: false },
	{ plain: true, untyped: true },
];

const TEXTS = [
	'Ķīpsala',
	' ',
	' \t\n ',
	'  abi gali  ',
	'\ttabulators\t',
	'rinda\nrinda\n',
	'\r',
	'viena\r\notra\r',
	'\u00a0',
	'\ufeff',
	'\u0085\u2028',
	'& < > " \' ]]> &amp; &lt;',
	'<![CDATA[nav]]>',
	'<?xml version="1.0"?><login/>',
	'😀 𐍈 \u007f',
	'007',
	'true',
	'',
];

describe.each(STYLES)('an envelope with plain: $plain, untyped: $untyped', (style) => {
	it.each(TEXTS)('reads the text %j as it is', async (description) => {
		const parameters = { name: `x${description}`, type: 'KEYWORDS', description };
		const answer = await raw.call('add_list', parameters, style);
		expect(answer.code).toBeNull();
		expect(simulator.calls.at(-1)?.parameters).toMatchObject(parameters);
	});

	it('reads numbers, booleans and lists of none, one and several', async () => {
		for (const services of [[], [' '], ['SV_BIRTH', ' divi  blanki ']]) {
			const parameters: RawParameters = {
				list_id: 6750,
				email: ['a@example.lv'],
				empty_mail: false,
				period: 'D',
				start_date: '2026-01-01',
				services,
			};
			const { code } = await raw.call('add_list_monitoring', parameters, style);
			expect(code).not.toBe(3002);
			expect(simulator.calls.at(-1)?.parameters).toMatchObject(parameters);
		}
	});
});

const signed = (parameters: RawParameters): RawParameters => ({
	signature: raw.sign(parameters),
	...parameters,
});

describe('what the signature is verified over', () => {
	it('is the documented order, whatever order they arrive in', async () => {
		const parameters = { sid: raw.sid, name: 'n', type: 'KEYWORDS', form: 'SIMPLE' };
		const entries = Object.entries(signed(parameters)).reverse();
		const { code } = await raw.post(envelope('add_list', Object.fromEntries(entries)));
		expect(code).toBeNull();
	});

	it('leaves out what is nil or an empty number', async () => {
		const { id: list_id } = simulator.seedList();
		const xml = envelope('get_objects', signed({ sid: raw.sid, list_id }));
		const more = '<start xsi:nil="true"/><rows xsi:type="xsd:int"></rows></ns1:get_objects>';
		expect((await raw.post(xml.replace('</ns1:get_objects>', more))).code).toBeNull();
	});

	it('takes the declared type before the WSDL, as SoapServer does', async () => {
		const types = { list_id: 'xsd:string' };
		const { id: list_id } = simulator.seedList();
		expect((await raw.call('get_objects', { list_id }, { types })).code).toBe(3002);
		expect((await raw.call('get_objects', { list_id: `${list_id}` })).code).toBe(2009);
	});

	it('does not see a carriage return that was sent as such', async () => {
		const parameters = { sid: raw.sid, name: 'a\rb', type: 'KEYWORDS' };
		const xml = envelope('add_list', signed(parameters));
		expect((await raw.post(xml)).code).toBeNull();
		expect((await raw.post(xml.replace('&#13;', '\r'))).code).toBe(3002);
	});

	it('joins text, CDATA and comments', async () => {
		const xml = envelope('add_list', signed({ sid: raw.sid, name: ' a <b> c ', type: 'KEYWORDS' }));
		const pieces = ' a <!-- - --><![CDATA[<b>]]> c ';
		expect((await raw.post(xml.replace(' a &lt;b&gt; c ', pieces))).code).toBeNull();
	});

	it('takes a signature in several lines', async () => {
		const signature = raw.sign({ sid: raw.sid }).replace(/.{64}/g, '$&\n');
		expect((await raw.send('get_lists', { sid: raw.sid }, { signature })).code).toBeNull();
	});
});

describe('a request that no XML parser takes, or that names no function', () => {
	const good = (): string => envelope('get_lists', signed({ sid: raw.sid }));

	it.each([
		['not XML', () => 'nav XML'],
		['an empty body', () => ''],
		['a cut document', () => good().slice(0, -30)],
		['a forbidden character', () => good().replace('</sid>', '\u0001</sid>')],
		['a reference to a forbidden character', () => good().replace('</sid>', '&#1;</sid>')],
		['a bare ampersand', () => good().replace('</sid>', '&</sid>')],
		['an entity of HTML', () => good().replace('</sid>', '&nbsp;</sid>')],
		['a DTD', () => good().replace('?>', '?><!DOCTYPE a>')],
		['an undeclared prefix', () => good().replace(/xmlns:xsi="[^"]*"/, '')],
		['no body', () => good().replaceAll('Body', 'Bode')],
		['an unknown function', () => good().replaceAll('get_lists', 'get_nothing')],
	])('is a Fault: %s', async (_, xml) => {
		const { status, body } = await raw.post(xml());
		expect(status).toBe(500);
		expect(body).toContain('<SOAP-ENV:Fault><faultcode>SOAP-ENV:Client</faultcode>');
	});

	it('is a Fault: bytes that are not UTF-8', async () => {
		const body = Buffer.from(good().replace('</sid>', 'ā</sid>'), 'latin1');
		expect((await fetch(simulator.serviceUrl, { method: 'POST', body })).status).toBe(500);
	});
});
