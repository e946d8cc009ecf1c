/** Answers as long as they may be, and longer: read or refused while n8n goes on with other work. */
import { turnsDuring } from '../turns.cts';
import { guardPrototypes, messageOf, outcomeOf, reply, valueOf } from './reading.cts';

guardPrototypes();

const MB = 1024 * 1024;

const fill = (unit: string, megabytes = 20) =>
	unit.repeat(Math.floor((megabytes * MB) / unit.length));

const ITEM =
	'<item xsi:type="ns1:ResponseObject"><id xsi:type="xsd:int">123456</id><code xsi:type="xsd:string">40003000001</code><virtual_id xsi:nil="true"/><name xsi:type="xsd:string">SIA &quot;Paraugs&quot;</name><address xsi:type="xsd:string">Rīga</address></item>';
const COLUMNS = Array.from(
	{ length: 40 },
	(_, index) => [`I04_X${index}`, `value ${index}`] as const,
);
const ROW = `<I04>${COLUMNS.map(([name, value]) => `<${name}>${value}</${name}>`).join('')}</I04>`;
const JSON_ROW = JSON.stringify(Object.fromEntries(COLUMNS));

test('60 MB of objects are read in turns', async () => {
	const document = reply('get_objects', `<list><objects>${fill(ITEM, 60)}</objects></list>`);
	const turns = await turnsDuring(async () => {
		const { list } = (await valueOf('get_objects', document)) as { list: { objects: object[] } };
		expect(list.objects.length).toBeGreaterThan(100_000);
		expect(list.objects.at(-1)).toMatchObject({ id: 123456, virtual_id: null });
	});
	expect(turns).toBeGreaterThan(10);
}, 180_000);

test.each([
	['XML', `<RET_DOK>${fill(ROW)}</RET_DOK>`],
	['JSON', `{"I04":[${fill(`${JSON_ROW},`)}${JSON_ROW}]}`],
])(
	'rows in %s are read in turns',
	async (_name, document) => {
		const turns = await turnsDuring(async () => {
			const rows = (await valueOf('rivile', document)) as object[];
			expect(rows.length).toBeGreaterThan(15_000);
			expect(rows.at(-1)).toEqual(Object.fromEntries(COLUMNS));
		});
		expect(turns).toBeGreaterThan(10);
	},
	180_000,
);

const REFUSALS = {
	get_objects: 'is too large to read',
	wsdl: 'no WSDL at',
	rivile: 'is too large',
};

test.each([
	['get_objects', 'elements', reply('get_objects', fill('<a/>', 60))],
	[
		'get_objects',
		'items',
		reply('get_objects', `<list><objects>${fill('<item/>')}</objects></list>`),
	],
	['wsdl', 'ports', `<definitions>${fill('<service><port/></service>', 60)}</definitions>`],
	['rivile', 'elements', `<RET_DOK>${fill('<I04/>')}</RET_DOK>`],
	['rivile', 'objects', `[${fill('{},', 60)}{}]`],
	['rivile', 'lists', `[${fill('[],')}[]]`],
	['rivile', 'numbers', `[${fill('1,')}1]`],
	['rivile', 'parts', `{"I04":{${fill('"a":1,')}"a":1}}`],
] as const)(
	'too many of %s %s are refused before memory ends',
	async (reader, _what, document) => {
		expect(await messageOf(reader, document)).toContain(REFUSALS[reader]);
	},
	180_000,
);

test.each([
	['text', `<name>${fill('x', 5)}</name>`],
	['references to characters', `<name>${fill('&#8364;', 5)}</name>`],
	['a name without an end', `<${fill('x', 5)}`],
	['an entity without an end', `<name>&${fill('x', 5)}</name>`],
	['a comment without an end', `<!--${fill('- ', 5)}`],
	['dashes', `<${fill('-', 30)}`],
	['brackets without an end', `<![CDATA[${fill(']', 5)}`],
	['declarations', fill('<?a?>', 5)],
	['comments', fill('<!---->', 5)],
])(
	'%s end',
	async (_name, content) => {
		await outcomeOf('get_object', reply('get_object', `<object>${content}</object>`));
		await outcomeOf('rivile', content.startsWith('<') ? content : `<RET_DOK>${content}</RET_DOK>`);
	},
	180_000,
);

test('what is longer than 64 MB is refused unread', async () => {
	const bytes = Buffer.alloc(100 * MB, '<');
	for (const reader of ['get_object', 'wsdl', 'rivile'] as const) {
		expect(await messageOf(reader, bytes)).toBe('The response is longer than 64 MB');
	}
});
