/** Answers in strange forms: encodings, references, comments where none belong, names that come twice. */
import {
	envelope,
	guardPrototypes,
	messageOf,
	object,
	outcomeOf,
	reply,
	valueOf,
} from './reading.cts';

guardPrototypes();

const NAME = 'SIA "Ķīša ąžuolas"';
/** Windows-1257 and ISO 8859-13 agree on the letters of NAME. */
const BALTIC: Readonly<Record<string, number>> = {
	Ķ: 0xcd,
	ī: 0xee,
	š: 0xf0,
	ą: 0xe0,
	ž: 0xfe,
};
const baltic = (text: string) =>
	Buffer.from([...text].map((letter) => BALTIC[letter] ?? letter.charCodeAt(0)));
const utf16 = (text: string, isBig = false) => {
	const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
	return isBig ? bytes.swap16() : bytes;
};

const declared = (encoding: string) => object(`<name>${NAME}</name>`).replace('UTF-8', encoding);
const XML = declared('UTF-8');
const JSON_TEXT = `{"I04":{"I04_PAV":${JSON.stringify(NAME)}}}`;

describe('encodings', () => {
	test.each([
		['UTF-8', Buffer.from(XML), ''],
		['UTF-8 with its mark', Buffer.from(`\ufeff${XML}`), ''],
		['the mark against the header', Buffer.from(`\ufeff${XML}`), 'text/xml; charset=utf-16'],
		['UTF-16', utf16(declared('UTF-16')), 'text/xml'],
		['UTF-16, high bytes first', utf16(XML, true), 'text/xml; charset=utf-8'],
		['a declaration that is not true', Buffer.from(declared('utf-16')), 'text/xml'],
		['a header that is not true', Buffer.from(XML), 'text/xml; charset="UTF-16LE"'],
		['Windows-1257 in the header', baltic(XML), 'text/xml; charset=windows-1257'],
		['Windows-1257 in the declaration', baltic(declared('windows-1257')), ''],
		['ISO 8859-13 in the declaration', baltic(declared('iso-8859-13')), 'text/xml'],
		['ISO 8859-13 in the header', baltic(XML), 'text/xml; charset=ISO-8859-13'],
		['a name of no encoding', Buffer.from(declared('klingon')), 'text/xml; charset=klingon'],
		['an encoding that is for no text', Buffer.from(XML), 'text/xml; charset=iso-2022-kr'],
	])('%s', async (_name, body, contentType) => {
		const value = await valueOf('get_object', body, { contentType });
		expect(value).toEqual({ object: { name: NAME } });
	});

	test.each([
		['UTF-8 with its mark', Buffer.from(`\ufeff${JSON_TEXT}`), 'application/json'],
		['UTF-16', utf16(JSON_TEXT), 'application/json'],
		['Windows-1257', baltic(JSON_TEXT), 'application/json;charset=windows-1257'],
	])('%s, in JSON', async (_name, body, contentType) => {
		expect(await valueOf('rivile', body, { contentType })).toEqual([{ I04_PAV: NAME }]);
	});

	test.each([
		['Baltic letters without a word about it', baltic(XML)],
		['a byte that is none', Buffer.concat([Buffer.from(XML), Buffer.from([0xff])])],
		['an overlong slash', Buffer.concat([Buffer.from('<a>'), Buffer.from([0xc0, 0xaf])])],
		['half of a symbol', Buffer.concat([Buffer.from(XML), Buffer.from([0xed, 0xa0, 0x80])])],
		['UTF-16 of an odd length', utf16(XML).subarray(0, -1)],
		['UTF-16 with half of a symbol', utf16(`${XML}\ud800 `)],
	])('%s: not text', async (_name, body) => {
		for (const reader of ['get_object', 'wsdl', 'rivile'] as const) {
			expect(await messageOf(reader, body)).toMatch(/not valid \S+ text|middle of a character/);
		}
	});

	test.each([
		['UTF-16 without its mark', utf16(XML).subarray(2)],
		['UTF-32', Buffer.from([...`\ufeff${XML}`].flatMap((c) => [0, 0, 0, c.charCodeAt(0)]))],
		['zeros', Buffer.alloc(1000)],
		['nothing but a mark', Buffer.from('\ufeff')],
		['bytes of a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
	])('%s: no answer', async (_name, body) => {
		for (const reader of ['get_object', 'wsdl'] as const) await messageOf(reader, body);
		await outcomeOf('rivile', body);
	});
});

describe('references in a document', () => {
	const referring = (content: string, targets: string) =>
		envelope(
			`<get_objectResponse><return><object>${content}</object><success>1</success></return></get_objectResponse>${targets}`,
		);
	const AGAIN = 'The response has too many references to itself';
	const many = (count: number) => '<i href="#a"/>'.repeat(count);

	test.each([
		[
			'to many fields',
			referring(`<x>${many(50_000)}</x>`, `<m id="a">${'<b>1</b>'.repeat(10_000)}</m>`),
		],
		[
			'to a long text',
			referring(`<x>${many(50_000)}</x>`, `<m id="a">${'x'.repeat(1_000_000)}</m>`),
		],
		[
			'to a long key',
			referring(
				`<x>${'<item><key href="#a"/><value>1</value></item>'.repeat(1000)}</x>`,
				`<m id="a">${'k'.repeat(1_000_000)}</m>`,
			),
		],
		[
			'that double with every step',
			referring(
				'<x href="#l15"/>',
				Array.from({ length: 16 }, (_, level) => {
					const next = `<b href="#l${level - 1}"/>`;
					return `<m id="l${level}">${next.repeat(40)}</m>`;
				}).join(''),
			),
		],
		[
			'in a circle',
			referring('<x href="#a"/>', '<m id="a"><p href="#a"/><q href="#a"/><r href="#a"/></m>'),
		],
	])(
		'%s: an end is made',
		async (_name, document) => {
			expect(document.length).toBeLessThan(5_000_000);
			expect(await messageOf('get_object', document)).toBe(AGAIN);
		},
		60_000,
	);

	test('to the whole, to itself, to nothing and to one of two end', async () => {
		const whole = `<a href="#o"/><b href="#b" id="b"/><c href="#nowhere">c</c><d href="#twice"/>`;
		const twice = '<m id="twice">1</m><m id="twice">2</m>';
		const document = referring(whole, twice).replace('<object>', '<object id="o">');
		const value = await valueOf('get_object', document);
		expect(value).toMatchObject({ object: { b: '', c: 'c', d: '2' } });
	});

	test('as many as an honest answer has are followed', async () => {
		const count = 25_000;
		const items = Array.from({ length: count }, (_, index) => `<item href="#r${index}"/>`).join('');
		const targets = Array.from(
			{ length: count },
			(_, index) =>
				`<m id="r${index}"><id>${index}</id><code>40003000001</code><name>SIA Paraugs</name></m>`,
		).join('');
		const document = envelope(
			`<get_objectsResponse><return><list><objects>${items}</objects></list><success>1</success></return></get_objectsResponse>${targets}`,
		);
		const { list } = (await valueOf('get_objects', document)) as { list: { objects: object[] } };
		expect(list.objects).toHaveLength(count);
		expect(list.objects[24_999]).toEqual({ id: 24_999, code: '40003000001', name: 'SIA Paraugs' });
	});
});

describe('what stands where it does not belong', () => {
	const NOISE = ['<!-- x -->', '<?php echo "<object>"; ?>', '\n\t ', '<!---->'];

	test.each(NOISE)('%j between all elements', async (noise) => {
		const noisy = XML.replace(/></g, `>${noise}<`);
		expect(await valueOf('get_object', noisy)).toEqual({ object: { name: NAME } });
		const rows = `<RET_DOK><I04><I04_PAV>${NAME}</I04_PAV><I04_SUMA>1</I04_SUMA></I04></RET_DOK>`;
		expect(await valueOf('rivile', rows.replace(/></g, `>${noise}<`))).toEqual([
			{ I04_PAV: NAME, I04_SUMA: 1 },
		]);
	});

	test.each([
		['<![CDATA[SIA <b>]]>', 'SIA <b>'],
		['SI<!-- x -->A', 'SIA'],
		['SI<?x?>A', 'SIA'],
		['<![CDATA[a]]]]><![CDATA[>b]]>', 'a]]>b'],
		['<![CDATA[]]>', ''],
		['<![CDATA[<!DOCTYPE x []>]]>', '<!DOCTYPE x []>'],
		['<!-- </name> -->x', 'x'],
		['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
		['&#x26;#60;', '&#60;'],
	])('%s as a text', async (content, text) => {
		const value = await valueOf('get_object', object(`<name>${content}</name>`));
		expect(value).toEqual({ object: { name: text } });
		const rows = `<RET_DOK><I04><I04_PAV>${content}</I04_PAV></I04></RET_DOK>`;
		expect(await valueOf('rivile', rows)).toEqual([{ I04_PAV: text }]);
	});

	test.each([
		['a text after the root', `${XML}x`],
		['a second root', `${XML}${XML.slice(XML.indexOf('<E:'))}`],
		['an element that is closed twice', XML.replace('</name>', '</name></name>')],
		['elements that cross', XML.replace('</name></object>', '</object></name>')],
		['an attribute that comes twice', XML.replace('<name>', '<name a="1" a="2">')],
		['an attribute without quotes', XML.replace('<name>', '<name a=1>')],
		['two dashes in a comment', XML.replace('<name>', '<!-- -- --><name>')],
		['a declaration in the middle', XML.replace('<name>', '<?xml version="1.0"?><name>')],
		['a bare less-than', XML.replace('Ķ', '< Ķ')],
	])('%s is refused', async (_name, document) => {
		expect(await messageOf('get_object', document)).toBe('The response is not well-formed XML');
	});

	test('what comes twice: the first of what the service says, the last of a field, all of a list, no column', async () => {
		const twice = reply(
			'get_object',
			'<object><id>1</id><id>2</id></object><success>true</success><success>false</success>',
		);
		expect(await valueOf('get_object', twice)).toEqual({ object: { id: 2 } });
		const lists = '<lists><item><id>1</id></item></lists><lists><item><id>2</id></item></lists>';
		expect(await valueOf('get_lists', reply('get_lists', lists))).toMatchObject({
			lists: [{ id: 1 }, { id: 2 }],
		});
		const rows = '<RET_DOK><I04><I04_PAV>a</I04_PAV><I04_PAV>b</I04_PAV></I04></RET_DOK>';
		for (const body of [rows, '{"I04":{"I04_PAV":"a","I04_PAV":"b"}}']) {
			expect(await messageOf('rivile', body)).toBe("Rivilė's response has an unexpected structure");
		}
	});
});
