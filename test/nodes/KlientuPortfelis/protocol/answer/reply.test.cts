import fc from 'fast-check';

import {
	FUNCTIONS,
	functionNamed,
	type FunctionName,
} from '../../../../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import type { Arguments, Value } from '../../../../../nodes/KlientuPortfelis/protocol/request/sign';
import { readReply } from '../../../../../nodes/KlientuPortfelis/protocol/answer/reply';
import { buildEnvelope } from '../../../../../nodes/KlientuPortfelis/protocol/request/envelope';
import { escapeText, forbiddenCharacter, isBlank, parseXml } from '../../../../../nodes/shared/xml';
import { requestReader } from '../../../../../dev/simulators/klientuPortfelis/request.cts';

const NAMES = Object.keys(FUNCTIONS) as FunctionName[];

/** Text as people type and paste it, and all that XML can carry beyond. */
const carriable = fc
	.oneof(
		fc.string({ unit: 'binary' }),
		fc.string({
			unit: fc.constantFrom(
				' ',
				'\t',
				'\n',
				'\r',
				'&',
				'<',
				'>',
				'"',
				"'",
				']',
				'ā',
				'\u00a0',
				'\u2028',
			),
		}),
	)
	.filter(
		(text) => forbiddenCharacter(text) === undefined && !(isBlank(text) && text.includes('\r')),
	);

const valueOf = (type: string): fc.Arbitrary<Value> =>
	type === 'int'
		? fc.nat(2147483647)
		: type === 'boolean'
			? fc.boolean()
			: type === 'string[]'
				? fc.array(carriable)
				: carriable;

const anyCall: fc.Arbitrary<{ name: FunctionName; parameters: Arguments }> = fc
	.constantFrom(...NAMES)
	.chain((name) =>
		fc.record({
			name: fc.constant(name),
			parameters: fc.record(
				Object.fromEntries(
					functionNamed(name).parameters.map((parameter) => [
						parameter.name,
						valueOf(parameter.type),
					]),
				),
			),
		}),
	);

describe('buildEnvelope', () => {
	test('every call arrives unchanged at another implementation, signature first', async () => {
		const readRequest = await requestReader();
		fc.assert(
			fc.property(anyCall, ({ name, parameters }) => {
				const sent = buildEnvelope(name, parameters, 'c2ln');
				expect(readRequest(Buffer.from(sent))).toEqual({
					function: name,
					signature: 'c2ln',
					parameters,
				});
				expect(sent).toContain(`<ns1:${name}><signature `);
			}),
			{ numRuns: 500 },
		);
	});

	test('looks as the vendor sends it', () => {
		const envelope = buildEnvelope('get_objects', { sid: 'abc', list_id: 6750 }, 'c2ln');
		expect(envelope).toContain('xmlns:ns1="urn:ApiControllerwsdl"');
		expect(envelope).toContain(
			'<ns1:get_objects><signature xsi:type="xsd:string">c2ln</signature><sid xsi:type="xsd:string">abc</sid><list_id xsi:type="xsd:int">6750</list_id></ns1:get_objects>',
		);
	});

	test('types every kind of value', () => {
		const envelope = buildEnvelope(
			'add_list_monitoring',
			{ sid: 's', list_id: 1, email: ['a@b.lv', 'c@d.lv'], empty_mail: false },
			'',
		);
		expect(envelope).toContain('<empty_mail xsi:type="xsd:boolean">false</empty_mail>');
		expect(envelope).toContain(
			'<email SOAP-ENC:arrayType="xsd:string[2]" xsi:type="SOAP-ENC:Array"><item xsi:type="xsd:string">a@b.lv</item><item xsi:type="xsd:string">c@d.lv</item></email>',
		);
	});
});

describe('escapeText', () => {
	test('leaves no raw carriage return, and keeps blanks alone in CDATA, as PHP drops them otherwise', () => {
		expect(escapeText('a\r\nb')).toBe('a&#13;\nb');
		expect(escapeText('   ')).toBe('<![CDATA[   ]]>');
		expect(escapeText(' \u00a0 ')).toBe('&#32;\u00a0&#32;');
		expect(escapeText('\u2028')).toBe('\u2028');
		expect(escapeText('')).toBe('');
		expect(escapeText('\n a \t')).toBe('&#10;&#32;a&#32;&#9;');
	});

	test('is undone by our own parser', async () => {
		await fc.assert(
			fc.asyncProperty(carriable, async (text) => {
				expect((await parseXml(`<a>${escapeText(text)}</a>`)).text).toBe(text);
			}),
		);
	});
});

describe('forbiddenCharacter', () => {
	test.each([
		['a\u0000', { position: 2, code: 'U+0000' }],
		['😀\u0007', { position: 2, code: 'U+0007' }],
		['\ufffe', { position: 1, code: 'U+FFFE' }],
		['ab\uffff', { position: 3, code: 'U+FFFF' }],
		['a\ud83d b', { position: 2, code: 'U+D83D' }],
		['\ude00', { position: 1, code: 'U+DE00' }],
	])('finds %j', (text, found) => {
		expect(forbiddenCharacter(text)).toEqual(found);
	});

	test.each([
		'',
		'Jānis',
		'😀',
		'\t\n\r',
		'\u007f',
		'\u0085',
		'\u2028',
		'\ufeff',
		'\ue000',
		'\ufffd',
	])('lets %j pass', (text) => {
		expect(forbiddenCharacter(text)).toBeUndefined();
	});
});

const XMLNS =
	'xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="urn:ApiControllerwsdl" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"';
const envelope = (body: string) =>
	`<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope ${XMLNS}><SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>\n`;
const answer = (name: string, fields: string) =>
	envelope(
		`<ns1:${name}Response><return xsi:type="ns1:X">${fields}<success xsi:type="xsd:boolean">true</success><message xsi:type="xsd:string">Labi</message><code xsi:nil="true"/></return></ns1:${name}Response>`,
	);
const read = (name: FunctionName, body: string, status = 200) => readReply(name, { status, body });

describe('readReply decodes', () => {
	test("the specification's login answer, without code", async () => {
		const body = envelope(
			'<ns1:loginResponse>\n  <return xsi:type="ns1:LoginResponse">\n    <sid xsi:type="xsd:string">7dde835d8f06bb20e37b286279c7c21c</sid>\n    <success xsi:type="xsd:boolean">true</success>\n    <message xsi:type="xsd:string">Autorizācija veiksmīga</message>\n  </return>\n</ns1:loginResponse>',
		);
		expect(await read('login', body)).toEqual({
			success: true,
			code: undefined,
			message: 'Autorizācija veiksmīga',
			status: 200,
			fields: { sid: '7dde835d8f06bb20e37b286279c7c21c' },
		});
	});

	test('numbers, texts, truth values, nil and lists by the catalogue', async () => {
		const body = answer(
			'get_list_monitoring',
			'<monitoring xsi:type="ns1:ResponseMonitoring"><monitoring_id xsi:type="xsd:int">007</monitoring_id><list_id xsi:nil="true"/><email xsi:type="xsd:string">a@b.lv</email><empty_email xsi:type="xsd:boolean">1</empty_email><object_count>3</object_count><period></period><services SOAP-ENC:arrayType="ns1:ResponseService[1]" xsi:type="ns1:A"><item xsi:type="ns1:ResponseService"><type>00123</type><name> A &amp; B </name></item></services></monitoring>',
		);
		expect((await read('get_list_monitoring', body)).fields).toEqual({
			monitoring: {
				monitoring_id: 7,
				list_id: null,
				email: 'a@b.lv',
				empty_email: true,
				object_count: 3,
				period: '',
				services: [{ type: '00123', name: ' A & B ' }],
			},
		});
	});

	test.each([
		['one element', '<lists><item><id>1</id></item></lists>', [{ id: 1, objects: [], users: [] }]],
		['no element', '<lists SOAP-ENC:arrayType="ns1:ResponseList[0]"/>', []],
		['nil', '<lists xsi:nil="true"/>', []],
		['absent', '', []],
	])('a list with %s as a list', async (_name, fields, lists) => {
		expect((await read('get_lists', answer('get_lists', fields))).fields.lists).toEqual(lists);
	});

	test.each([
		['40003053936', '40003053936'],
		['000000000001', '000000000001'],
		['1e5', '1e5'],
		['0x10', '0x10'],
		[' 1 ', ' 1 '],
		['&#x41;&#66;&lt;&quot;&apos;&#13;', 'AB<"\'\r'],
		['<![CDATA[a&amp;<b>]]>', 'a&amp;<b>'],
		['a<!-- x -->b', 'ab'],
		['&unknown;', '&unknown;'],
		[
			'&constructor;&__proto__;&#0;&#xD800;&#x110000;',
			'&constructor;&__proto__;&#0;&#xD800;&#x110000;',
		],
		['<![CDATA[<!DOCTYPE x>]]>', '<!DOCTYPE x>'],
	])('the code %s as text', async (code, text) => {
		const { fields } = await read(
			'get_object',
			answer('get_object', `<object><code>${code}</code></object>`),
		);
		expect(fields.object).toEqual({ code: text });
	});

	test('a number that is none as the text it is', async () => {
		const body = answer('get_object', '<object><id>12345678901234567890</id></object>');
		expect((await read('get_object', body)).fields.object).toEqual({ id: '12345678901234567890' });
	});

	test('fields that the catalogue does not know, and other prefixes', async () => {
		const body =
			'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body><m:get_objectResponse xmlns:m="urn:x"><result><success>1</success><object><new_field>x</new_field><tags><item>a</item></tags><more><a>1</a></more></object></result></m:get_objectResponse></s:Body></s:Envelope>';
		expect(await read('get_object', body)).toMatchObject({
			success: true,
			fields: { object: { new_field: 'x', tags: ['a'], more: { a: '1' } } },
		});
	});

	test('values that are written once and referred to', async () => {
		const body = answer(
			'get_list_monitoring',
			'<monitoring><services><item id="ref1"><type>A</type><name>a</name></item><item href="#ref1"/></services></monitoring>',
		);
		expect((await read('get_list_monitoring', body)).fields.monitoring).toEqual({
			services: [
				{ type: 'A', name: 'a' },
				{ type: 'A', name: 'a' },
			],
		});
	});

	test('values that refer to each other in a circle, to an end', async () => {
		const circle = '<x href="#a"/><y href="#a"/><z href="#a"/>';
		const body = answer('get_object', `<object id="a">${circle}</object>`);
		await expect(read('get_object', body)).rejects.toThrow('too many references to itself');
	});

	test('an answer whose parts are written elsewhere', async () => {
		const body = envelope(
			'<ns1:delete_listResponse><return href="#r"/></ns1:delete_listResponse><m id="r"><success href="#s"/><code href="#c"/><message>Nav</message></m><m id="s">false</m><m id="c">1002</m>',
		);
		expect(await read('delete_list', body)).toMatchObject({
			success: false,
			code: '1002',
			message: 'Nav',
		});
	});

	test('what PHP writes of an array with keys', async () => {
		const map = (entries: Record<string, string>) =>
			Object.entries(entries)
				.map(([key, value]) => `<item><key>${key}</key><value>${value}</value></item>`)
				.join('');
		const body = envelope(
			`<ns1:get_objectResponse><return xsi:type="ns2:Map">${map({ success: 'true', object: map({ id: '7', code: '01', __proto__x: 'y' }) })}</return></ns1:get_objectResponse>`,
		);
		expect(await read('get_object', body)).toMatchObject({
			success: true,
			fields: { object: { id: 7, code: '01' } },
		});
	});

	test('a list that PHP wrote as an array with keys', async () => {
		const entry = (key: string, type: string) =>
			`<item><key xsi:type="xsd:int">${key}</key><value><type>${type}</type><name>n</name></value></item>`;
		const body = answer(
			'get_available_services',
			`<services xsi:type="ns2:Map">${entry('0', 'A')}${entry('2', 'C')}</services>`,
		);
		expect((await read('get_available_services', body)).fields.services).toEqual([
			{ type: 'A', name: 'n' },
			{ type: 'C', name: 'n' },
		]);
	});

	test('no name that would replace a prototype', async () => {
		const entry = '<item><key>__proto__</key><value><polluted>1</polluted></value></item>';
		const body = answer('get_object', `<object>${entry}</object>`);
		const { object } = (await read('get_object', body)).fields;
		expect(object).toEqual({});
		expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
	});

	test('25,000 objects full of entities', async () => {
		const item =
			'<item><id>1</id><code>40000000001</code><name>SIA &quot;A &amp; B&quot; &#269;</name><client_id xsi:nil="true"/></item>';
		const body = answer(
			'get_objects',
			`<list><object_count>25000</object_count><objects>${item.repeat(25000)}</objects></list>`,
		);
		const list = (await read('get_objects', body)).fields.list as { objects: unknown[] };
		expect(list.objects).toHaveLength(25000);
		expect(list.objects[24999]).toEqual({
			id: 1,
			code: '40000000001',
			name: 'SIA "A & B" č',
			client_id: null,
		});
	});

	test('a refusal with whichever status', async () => {
		const body = envelope(
			'<ns1:get_objectResponse><return><object xsi:nil="true"/><success xsi:type="xsd:boolean">false</success><message>Objekts nav atrasts</message><code xsi:type="xsd:int">2011</code></return></ns1:get_objectResponse>',
		);
		for (const status of [200, 400]) {
			expect(await read('get_object', body, status)).toMatchObject({
				success: false,
				code: '2011',
				message: 'Objekts nav atrasts',
				status,
			});
		}
	});
});

test.each([10, 50_000, 600_000])(
	'readReply ignores whitespace before the document: %d characters',
	async (length) => {
		const whole = answer('login', '<sid>abc</sid>');
		expect(whole).toMatch(/^<\?xml /);
		const { fields } = await read('login', '\n'.repeat(length) + whole);
		expect(fields).toEqual({ sid: 'abc' });
		const crash = '<b>Fatal error</b>: Uncaught Exception in /srv/api.php:1';
		await expect(read('login', '\n'.repeat(length) + crash + whole)).rejects.toMatchObject({
			message: expect.stringContaining('crashed'),
			description: expect.stringContaining('begins with: <b>Fatal'),
		});
	},
);

describe('readReply refuses', () => {
	const whole = answer('get_lists', '<lists><item><name>x</name></item></lists>');

	test.each([
		['an empty response', '', 'empty response'],
		['whitespace', ' \n', 'empty response'],
		[
			'a web page',
			'<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1><br></body></html>',
			'web page',
		],
		['a web page after a comment', '<!-- proxy -->\n<HTML><body>', 'web page'],
		['XHTML', '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x" "y"><html/>', 'web page'],
		['a piece of a page', '<br />\n<b>Warning</b>: something in <b>x.php</b>', 'crashed'],
		['comments without end', `${'<!-- a -->'.repeat(5000)}<!-- b`, 'ends too early'],
		['an answer to another call', answer('login', '<sid>x</sid>'), 'does not say whether'],
		['an answer without success', whole.replace(/<success.*?success>/, ''), 'does not say whether'],
		[
			'an answer that says nothing',
			answer('get_lists', '').replace(/<return.*return>/, '<return/>'),
			'does not say',
		],
		['JSON', '{"error":"x"}', 'did not come from the service'],
		['another document', '<?xml version="1.0"?><rss><channel/></rss>', 'not a SOAP envelope'],
		['an envelope without body', '<Envelope/>', 'not a SOAP envelope'],
		['an envelope with an empty body', envelope(''), 'does not say whether get_lists succeeded'],
		[
			'a document with a DOCTYPE',
			`<!DOCTYPE x [<!ENTITY a "b">]>${whole.slice(39)}`,
			'not well-formed',
		],
		['a document that is wrong inside', whole.replace('</name>', '</nome>'), 'not well-formed'],
	])('%s', async (_name, body, message) => {
		await expect(read('get_lists', body, 502)).rejects.toMatchObject({
			kind: 'answer',
			message: expect.stringContaining(message),
			description: expect.stringContaining('502'),
		});
	});

	test('a document cut off anywhere', async () => {
		const text = whole.trimEnd();
		const start = text.indexOf('<SOAP-ENV:Body>');
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: start, max: text.length - 1 }), async (end) => {
				await expect(read('get_lists', text.slice(0, end))).rejects.toMatchObject({
					kind: 'answer',
					message: expect.stringContaining('ends too early'),
				});
			}),
		);
	});

	test.each([
		[
			'SOAP 1.1',
			'<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>SoapServer::handle() &amp; co</faultstring></SOAP-ENV:Fault>',
		],
		[
			'SOAP 1.2',
			'<SOAP-ENV:Fault><SOAP-ENV:Code/><SOAP-ENV:Reason><SOAP-ENV:Text>SoapServer::handle() &amp; co</SOAP-ENV:Text></SOAP-ENV:Reason></SOAP-ENV:Fault>',
		],
	])('a fault of %s, with its words', async (_version, fault) => {
		await expect(read('get_lists', envelope(fault), 500)).rejects.toMatchObject({
			kind: 'answer',
			message: 'The service could not process the request',
			details: { transient: true },
			description: expect.stringContaining('SoapServer::handle() & co'),
		});
	});
});
