import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';

import { parseXml, type XmlElement } from '../../../nodes/shared/xml';

/** Longer than what is read in one go, so that the beginnings of slices fall anywhere. */
const LONG = 600 * 1024;

describe('parseXml leaves out the types of SOAP', () => {
	test('and nothing that only looks like one', async () => {
		const look = ' xsi:type="xsd:string"';
		const texts = [
			`a${look}>b`,
			`${look} `,
			`&lt;a${look}>`,
			`<!-- <a${look}> -->`,
			look.repeat(3),
		];
		const sections = [`<![CDATA[<a${look}>]]>`, `<![CDATA[<a${look}/><b${look} c="d">]]>`];
		for (const text of [...texts, ...sections]) {
			const root = await parseXml(`<a${look} b='${look} ' c="d"><e${look}>${text}</e></a>`);
			const expected: unknown = new XMLParser({ trimValues: false }).parse(`<e>${text}</e>`).e;
			expect(root.children[0]?.text).toBe(expected);
			expect(root.attributes).toEqual([
				{ name: 'b', value: `${look} ` },
				{ name: 'c', value: 'd' },
			]);
		}
	});

	test.each([
		'<a xsi:type="b"c="d"/>',
		'<a xsi:type="b"d/>',
		'<!-- <a-- xsi:type="b"><a/>',
		'<a xsi:type="b></a>',
		'<a xsi:type="b" xsi:type></a>',
	])('and makes no document of what is none: %s', async (text) => {
		await expect(parseXml(text)).rejects.toMatchObject({ name: 'XmlFormatError' });
	});

	test('wherever they stand', async () => {
		const types = [
			' xsi:type="a:b"',
			" xsi:type='a:b'",
			'\n\txsi:type="a:b"',
			' xsi:type = "ā"',
			'',
		];
		const name = fc.constantFrom('a', 'b:c', 'Īss-1', 'return');
		const tag = fc.record({
			name,
			before: fc.constantFrom('', ' d="e"', " d='>'"),
			type: fc.constantFrom(...types),
			after: fc.constantFrom('', ' ', ' f:id="g"', '\n'),
			text: fc.constantFrom('', 'text', ' xsi:type="a:b"', '&lt;a xsi:type="a:b">'),
			isEmpty: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(tag), fc.nat(LONG), async (tags, length) => {
				const document = (withTypes: boolean) => {
					const elements = tags.map(({ name, before, type, after, text, isEmpty }) => {
						const start = `<${name}${before}${withTypes ? type : ''}${after}`;
						return isEmpty ? `${start}/>` : `${start}>${text}</${name}>`;
					});
					return `<r>${' '.repeat(length)}${elements.join('')}</r>`;
				};
				const seen: string[] = [];
				const root = await parseXml(document(true), ({ name }) => {
					seen.push(name);
					return false;
				});
				expect(root).toEqual(await parseXml(document(false)));
				expect(seen).toHaveLength(tags.length + 1);
			}),
			{ numRuns: 200 },
		);
	});

	test('also where a slice ends in one of them', async () => {
		const item = '<item xsi:type="ns1:A"><id xsi:type="xsd:int" a="1">12</id></item>';
		for (let shift = 0; shift < item.length; shift++) {
			const text = `<r>${' '.repeat(512 * 1024 - 3 - shift)}${item}${item}</r>`;
			const root = await parseXml(text);
			const flat = (element: XmlElement): unknown => [
				element.name,
				element.attributes,
				element.text.trim(),
				element.children.map(flat),
			];
			const id = ['id', [{ name: 'a', value: '1' }], '12', []];
			expect(flat(root)).toEqual(['r', [], '', [0, 1].map(() => ['item', [], '', [id]])]);
		}
	});

	test('in whatever pieces the document comes', async () => {
		const look = ' xsi:type="a:b"';
		const part = fc.constantFrom(
			`<b${look}>text</b>`,
			`<b c="d"${look}/>`,
			`<![CDATA[<b${look}>]]>`,
			`<![CDATA[${look}]]>`,
			`<!--<b${look}>-->`,
			'ķ&amp;',
		);
		const parts = fc.array(part, { maxLength: 6 }).map((found) => `<a>${found.join('')}</a>`);
		await fc.assert(
			fc.asyncProperty(parts, fc.array(fc.nat(200), { maxLength: 8 }), async (text, cuts) => {
				const ends = [...cuts, text.length].sort((one, other) => one - other);
				const pieces = ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
				expect(pieces.join('')).toBe(text);
				expect(await parseXml(pieces)).toEqual(await parseXml(text));
			}),
			{ numRuns: 500 },
		);
	});
});
