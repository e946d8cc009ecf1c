/** Answers of a service that means harm, or has gone mad: bombs, names, numbers, places. */
import { createServer, type AddressInfo, type Server } from 'node:net';

import {
	envelope,
	guardPrototypes,
	messageOf,
	object,
	outcomeOf,
	reply,
	valueOf,
	type Reader,
} from './reading.cts';

guardPrototypes();

const wsdl = (content: string) =>
	`<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/">${content}<service><port><s:address location="https://service.example/"/></port></service></definitions>`;
const rows = (columns: string) =>
	`<RET_DOK><I04><I04_KODAS_CH>1</I04_KODAS_CH>${columns}</I04></RET_DOK>`;
const jsonRow = (columns: string) => `{"I04":{"I04_KODAS_CH":"1",${columns}}}`;

/** The same content in an answer of each kind that is written in XML. */
const inXml = (content: string): Array<[Reader, string]> => [
	['get_object', object(content)],
	['wsdl', wsdl(content)],
	['rivile', rows(content)],
];

/** What each reader says of a document that is not well-formed XML. */
const NOT_XML = /not well-formed|not valid XML|no WSDL at/;

describe('entities and external documents', () => {
	let listener: Server;
	let connections = 0;
	beforeAll(async () => {
		listener = createServer((socket) => {
			connections++;
			socket.destroy();
		});
		await new Promise<void>((resolve) => {
			listener.listen(0, '127.0.0.1', resolve);
		});
	});
	afterAll(() => {
		expect(connections).toBe(0);
		listener.close();
	});

	const laughs = Array.from(
		{ length: 9 },
		(_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
	).join('');
	const outside = () => `http://127.0.0.1:${(listener.address() as AddressInfo).port}/x`;

	test.each([
		['a billion laughs', () => `[<!ENTITY l0 "lol">${laughs}]`, '&l9;'],
		[
			'one long entity many times',
			() => `[<!ENTITY l "${'x'.repeat(100_000)}">]`,
			'&l;'.repeat(1e5),
		],
		['a parameter entity', () => `[<!ENTITY % p SYSTEM "${outside()}"> %p;]`, 'x'],
		['a file', () => '[<!ENTITY f SYSTEM "file:///etc/passwd">]', '&f;'],
		['an address', () => `[<!ENTITY f SYSTEM "${outside()}">]`, '&f;'],
		['a document type elsewhere', () => `SYSTEM "${outside()}"`, 'x'],
		['a public document type', () => `PUBLIC "-//X//Y" "${outside()}"`, 'x'],
	])('%s: the document is refused', async (_name, declaration, content) => {
		for (const [reader, document] of inXml(`<name>${content}</name>`)) {
			const body = document.replace(/^<\?xml.*\?>\n/, '');
			const typed = `<?xml version="1.0"?><!DOCTYPE x ${declaration()}>${body}`;
			expect(await messageOf(reader, typed)).toMatch(NOT_XML);
		}
	});

	test('what refers to nothing stays as it is, and an inclusion or a style sheet is not fetched', async () => {
		const include = `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${outside()}"/>`;
		const style = `<?xml-stylesheet href="${outside()}"?>`;
		const schema = `<a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="${outside()} ${outside()}"/>`;
		for (const content of [include, style, schema, '<a>&l9;</a>']) {
			for (const [reader, document] of inXml(content)) await valueOf(reader, document);
		}
		expect(await valueOf('get_object', object('<a>&l9;</a>'))).toEqual({ object: { a: '&l9;' } });
		const imports = `<import location="${outside()}"/><types><include schemaLocation="${outside()}"/></types>`;
		await valueOf('wsdl', wsdl(imports));
	});
});

describe('nesting', () => {
	const deep = (start: string, end: string, depth = 10_000) =>
		start.repeat(depth) + end.repeat(depth);

	test('10,000 deep is refused, in XML and JSON, closed or not', async () => {
		for (const nested of [deep('<a>', '</a>'), '<a>'.repeat(10_000), '<a><item>'.repeat(10_000)]) {
			for (const [reader, document] of inXml(nested)) {
				expect(await messageOf(reader, document)).toMatch(NOT_XML);
			}
		}
		const texts = [deep('[', ']'), deep('{"a":', '}').replace('}', '1}'), deep('{"I04":[', ']}')];
		for (const nested of texts) {
			for (const body of [nested, nested.slice(0, 15_000), jsonRow(`"a":${nested}`)]) {
				expect(await messageOf('rivile', body)).toBe("Rivilė's response is not valid JSON");
			}
		}
	});

	test('as deep as documents may be, in every place, ends', async () => {
		const names = ['message', 'errors', 'errorMessage', 'error', 'I04', 'I05', 'RET_DOK', 'Map'];
		for (const outer of names) {
			for (const inner of names) {
				const chain = deep(`{"${inner}":`, '}', 50).replace('}', '{}}');
				await outcomeOf('rivile', `{"${outer}":[{"text":"x"},${chain}]}`);
				await outcomeOf('rivile', `{"${outer}":${chain}}`, { status: 500 });
				await outcomeOf('rivile', `<${outer}>${deep(`<${inner}>`, `</${inner}>`, 50)}</${outer}>`);
			}
		}
		for (const name of ['object', 'item', 'return', 'key', 'value', 'Fault', 'Envelope']) {
			await outcomeOf('get_object', object(deep(`<${name}>`, `</${name}>`, 50)));
			await outcomeOf('get_object', envelope(deep(`<${name}>`, `</${name}>`, 50)));
		}
	});
});

describe('attributes', () => {
	test('of ten megabytes, or with such a name, are passed over', async () => {
		const long = 'x'.repeat(10_000_000);
		for (const content of [
			`<a b="${long}"/>`,
			`<a ${long}="1"/>`,
			`<a b='${'&amp;'.repeat(2e6)}'/>`,
		]) {
			for (const [reader, document] of inXml(content)) await valueOf(reader, document);
		}
		const named = await valueOf('get_object', object(`<${long}>1</${long}>`));
		expect(named).toEqual({ object: { [long]: '1' } });
	}, 60_000);

	test('a million of them are refused', async () => {
		const many = Array.from({ length: 1_000_000 }, (_, index) => `a${index}=""`).join(' ');
		for (const [reader, document] of inXml(`<a ${many}/>`)) {
			expect(await messageOf(reader, document)).toMatch(NOT_XML);
		}
	}, 60_000);

	test.each(['id', 'href', 'nil', 'xsi:nil', 'xmlns', 'xmlns:xsi', 'xsi:type'])(
		'%s with any value is no value and no fault of its own',
		async (name) => {
			for (const value of [
				'',
				'#',
				'#x',
				'__proto__',
				'#__proto__',
				'constructor',
				'true',
				'&#0;',
			]) {
				const document = object(`<a ${name}="${value}">1</a><b href="#elsewhere">2</b>`);
				expect(await valueOf('get_object', document)).toMatchObject({ object: { b: '2' } });
			}
		},
	);
});

describe('names that every object has', () => {
	const NAMES = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', 'length'];
	const ALL = ['__proto__', '__defineGetter__', ...NAMES];

	test.each(ALL)('%s as an element, a key, an attribute and a prefix', async (name) => {
		const inside = `<${name}><polluted>1</polluted></${name}>`;
		const key = `<item><key>${name}</key><value>${inside}</value></item>`;
		const own = name === '__proto__' ? {} : { [name]: { polluted: '1' } };
		const nested = name === '__proto__' ? {} : { [name]: own };
		const read = async (content: string) => await valueOf('get_object', object(content));
		expect(await read(inside)).toEqual({ object: own });
		expect(await read(key)).toEqual({ object: nested });
		expect(await read(`<a ${name}="1" b:${name}="2">x</a>`)).toEqual({ object: { a: 'x' } });
		expect(await read(`<${name}:a>x</${name}:a>`)).toEqual({ object: { a: 'x' } });
		expect(await read(`<a id="${name}">x</a><b href="#${name}"/>`)).toEqual({
			object: { a: 'x', b: 'x' },
		});
		for (const document of [
			inside,
			key,
			`<lists>${inside}</lists>`,
			`<lists><item>${inside}</item></lists>`,
		]) {
			await valueOf('get_lists', reply('get_lists', document));
		}
		await outcomeOf('get_object', envelope(inside));
		expect(
			await messageOf(
				'get_object',
				object('').replace('true', 'false').replace('</success>', `</success><code>${name}</code>`),
			),
		).toBe('The service refused the request');
	});

	test.each(ALL)('%s as a column in XML and JSON', async (name) => {
		const own = name === '__proto__' ? {} : { [name]: { polluted: '1' } };
		const expected = [{ I04_KODAS_CH: '1', ...own }];
		const xml = rows(`<${name}><polluted>1</polluted></${name}>`);
		const json = jsonRow(`"${name}":{"polluted":"1"}`);
		expect(await valueOf('rivile', xml)).toEqual(expected);
		expect(await valueOf('rivile', json)).toEqual(expected);
		const line = `"I05":{"I05_EIL_NR":1,"${name}":{"polluted":"1"}}`;
		expect(await valueOf('rivile', jsonRow(line))).toEqual([
			{ I04_KODAS_CH: '1', I05: [{ I05_EIL_NR: 1, ...own }] },
		]);
		for (const body of [`{"${name}":{"I04":[]}}`, `{"errors":{"${name}":"x"}}`, `<${name}/>`]) {
			await outcomeOf('rivile', body);
		}
	});

	test.each(ALL)('%s in a WSDL', async (name) => {
		const operation = `<operation name="${name}"><s:operation soapAction="x"/><input message="m:${name}"><s:body namespace="${name}"/></input></operation>`;
		const content = `<message name="${name}"><part name="${name}"/></message><portType>${operation}</portType><binding name="${name}">${operation}</binding><${name}/>`;
		expect(await valueOf('wsdl', wsdl(content))).toMatchObject({ namespace: name });
	});
});

describe('numbers', () => {
	test.each([
		['2147483648', 2147483648],
		['9007199254740993', '9007199254740993'],
		['-99999999999999999999', '-99999999999999999999'],
		['1e400', '1e400'],
		['1e5', '1e5'],
		['-0', 0],
		['NaN', 'NaN'],
		['Infinity', 'Infinity'],
		['0x1F', '0x1F'],
		['1.0', '1.0'],
		['١٢', '١٢'],
		['', null],
		['9'.repeat(50), '9'.repeat(50)],
	])('%j as a whole number of Klientu Portfelis', async (text, value) => {
		const document = reply('get_lists', `<list_count>${text}</list_count>`);
		expect(await valueOf('get_lists', document)).toEqual({ list_count: value, lists: [] });
	});

	test.each([
		['1e400', '1e400'],
		['-1e400', '-1e400'],
		['-0', 0],
		['-0.00', 0],
		['1e-400', 0],
		['123456789012345678901234567890.12', 123456789012345678901234567890.12],
	])('%s as an amount of Rivilė', async (text, value) => {
		const expected = [{ I04_KODAS_CH: '1', I04_SUMA: value }];
		expect(await valueOf('rivile', rows(`<I04_SUMA>${text}</I04_SUMA>`))).toEqual(expected);
		expect(await valueOf('rivile', jsonRow(`"I04_SUMA":${text}`))).toEqual(expected);
		expect(await valueOf('rivile', jsonRow(`"I04_SUMA":"${text}"`))).toEqual(expected);
	});

	test.each(['NaN', 'Infinity', '-', '0x1F', '+', '1,5', '.'])(
		'%s, which is none in JSON, as an amount of Rivilė',
		async (text) => {
			const expected = [{ I04_KODAS_CH: '1', I04_SUMA: text }];
			expect(await valueOf('rivile', rows(`<I04_SUMA>${text}</I04_SUMA>`))).toEqual(expected);
			const message = await messageOf('rivile', `{"I04":{"I04_SUMA":${text}}}`);
			expect(message).toBe("Rivilė's response is not valid JSON");
		},
	);
});
