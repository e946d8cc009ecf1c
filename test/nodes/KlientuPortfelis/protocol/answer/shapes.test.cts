import fc from 'fast-check';

import type { FunctionName } from '../../../../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { readReply } from '../../../../../nodes/KlientuPortfelis/protocol/answer/reply';

const read = async (name: FunctionName, content: string) =>
	(
		await readReply(name, {
			status: 200,
			body: `<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/"><E:Body><r:${name}Response xmlns:r="u"><return><success>true</success>${content}</return></r:${name}Response></E:Body></E:Envelope>`,
		})
	).fields;

const record = (id: number) => `<id>${id}</id><name>Saraksts ${id}</name><extra>x</extra>`;
const seen = (id: number) => ({ id, name: `Saraksts ${id}`, extra: 'x', objects: [], users: [] });

/** The ways to write a list that can be told from each other. */
const WAYS: Readonly<Record<string, (ids: readonly number[]) => string>> = {
	'items in a list': (ids) =>
		`<lists>${ids.map((id) => `<item>${record(id)}</item>`).join('')}</lists>`,
	'items named like their list': (ids) =>
		`<lists>${ids.map((id) => `<lists>${record(id)}</lists>`).join('')}</lists>`,
	'items named like their type': (ids) =>
		`<lists>${ids.map((id) => `<ResponseList>${record(id)}</ResponseList>`).join('')}</lists>`,
	'elements that are repeated where a list belongs': (ids) =>
		ids.map((id) => `<lists>${record(id)}</lists>`).join(''),
	'lists that are repeated': (ids) =>
		ids.map((id) => `<lists><item>${record(id)}</item></lists>`).join(''),
	'a map': (ids) =>
		`<lists>${ids.map((id) => `<item><key>${id}</key><value>${record(id)}</value></item>`).join('')}</lists>`,
};

test.each(Object.entries(WAYS))('%s give the same items', async (_name, write) => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.nat(999), { maxLength: 5 }), async (ids) => {
			expect((await read('get_lists', write(ids))).lists).toEqual(ids.map(seen));
		}),
	);
});

test('an only object in a list where one object belongs is read', async () => {
	const { object } = await read('get_object', '<object><item><id>7</id></item></object>');
	expect(object).toEqual({ id: 7 });
});

test.each<[string, FunctionName, string, string]>([
	[
		'a list where one object belongs',
		'get_object',
		'<object><item><id>1</id></item><item><id>2</id></item></object>',
		"'object' contains a list instead of one object",
	],
	[
		'two objects where one belongs',
		'get_object',
		'<object><id>1</id></object><object><id>2</id></object>',
		"'object' contains two objects instead of one object",
	],
	[
		'a text where an object belongs',
		'get_object',
		'<object>7</object>',
		"'object' contains a text instead of one object",
	],
	[
		'a text where a list belongs',
		'get_lists',
		'<lists>none</lists>',
		"'lists' contains a text instead of a list",
	],
	[
		'texts where records belong',
		'get_lists',
		'<lists><item>a</item></lists>',
		"'lists' contains a text instead of one object",
	],
	[
		'an object where a text belongs',
		'get_object',
		'<object><id>1</id><name><first>a</first></name></object>',
		"'name' contains an object or a list instead of a single value",
	],
	[
		'an object where a text belongs, in a list',
		'get_lists',
		'<lists><item><id><value>1</value></id></item></lists>',
		"'id' contains an object or a list instead of a single value",
	],
])('%s is said, with the name of the field', async (_name, call, content, words) => {
	await expect(read(call, content)).rejects.toMatchObject({
		kind: 'answer',
		message: `The response has an unknown structure: ${words}`,
	});
});
