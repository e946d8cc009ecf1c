import fc from 'fast-check';

import {
	findObjects,
	type FindBy,
} from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/find';
import { Service, type ServedObject } from './service.cts';

const object = (id: number, fields: Partial<ServedObject> = {}): ServedObject => ({
	id,
	code: `4000${String(id).padStart(7, '0')}`,
	virtual_id: String(id).padStart(9, '0'),
	client_id: null,
	name: `SIA "Nr. ${id}"`,
	...fields,
});

const RIGA = object(1, { name: 'AS "Rīgas siers"', client_id: 'K-1' });
const PIENS = object(2, { name: 'SIA "Rīgas piens"', client_id: 'K-2' });
const BOTH = object(3, { name: 'Siers', client_id: 'k-1' });
const KEYWORD = object(4, { code: 'Jūras tirdzniecība', virtual_id: null, name: null });
const PERSON = object(5, { code: '010180-10001', virtual_id: '010180-10001', name: 'Jānis' });

const world = () =>
	new Service([
		{ id: 10, name: 'Klienti', objects: [RIGA, BOTH, PERSON] },
		{ id: 11, name: 'Partneri', objects: [PIENS, BOTH, KEYWORD] },
		{ id: 12, name: 'Tukšs', objects: [] },
	]);

async function idsOf(by: FindBy, value: string, listId?: number) {
	const found = await findObjects(world().connection(), by, value, listId);
	return found.map(({ object }) => object.id);
}

describe('objects are found', () => {
	test.each<[FindBy, string, number[]]>([
		['code', '40000000001', [1]],
		['code', ' LV 4000-0000001 ', [1]],
		['code', '000000002', [2]],
		['code', '01018010001', [5]],
		['code', 'juras tirdzniecība', [4]],
		['code', '4000', []],
		['clientId', 'K-2', [2]],
		['clientId', 'K-1', [1, 3]],
		['clientId', 'K', []],
		['name', 'rigas', [1, 2]],
		['name', 'siers', [3, 1]],
		['name', 'janis', [5]],
		['name', '\u0301', []],
	])('by %s %s', async (by, value, ids) => {
		expect(await idsOf(by, value)).toEqual(ids);
	});

	test('in one list only', async () => {
		expect(await idsOf('name', 'rigas', 11)).toEqual([2]);
	});

	test('each once, with the lists that hold it', async () => {
		const [found] = await findObjects(world().connection(), 'code', '40000000003');
		expect(found?.lists).toEqual([
			{ id: 10, name: 'Klienti' },
			{ id: 11, name: 'Partneri' },
		]);
	});
});

test('many items read the portfolio once, and a list that is counted as empty not at all', async () => {
	const service = world();
	const connection = service.connection();
	const search = async (value: string) => await findObjects(connection, 'name', value);
	await Promise.all(['rigas', 'siers', 'x'].map(search));
	await findObjects(connection, 'code', '40000000001');
	expect([...service.requests].sort()).toEqual(['get_lists', 'get_objects 10', 'get_objects 11']);
});

test('a list that is deleted while the portfolio is read holds nothing', async () => {
	const service = world();
	const [klienti] = service.lists;
	if (klienti !== undefined) klienti.refused = 2008;
	const found = await findObjects(service.connection(), 'name', 'siers');
	expect(found.map(({ object, lists }) => [object.id, lists])).toEqual([
		[3, [{ id: 11, name: 'Partneri' }]],
	]);
	await expect(findObjects(service.connection(), 'name', 'siers', 10)).rejects.toThrow('not found');
});

test('whatever lists there are, each object is found once with exactly its lists', async () => {
	const placements = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 12 })), { maxLength: 6 });
	await fc.assert(
		fc.asyncProperty(placements, async (lists) => {
			const service = new Service(
				lists.map((ids, index) => ({
					id: index + 1,
					name: `L${index + 1}`,
					objects: ids.map((id) => object(id)),
				})),
			);
			const found = await findObjects(service.connection(), 'name', 'nr.');
			const ids = [...new Set(lists.flat())];
			expect(found.map(({ object }) => object.id).sort()).toEqual(ids.sort());
			for (const { object, lists: named } of found) {
				const holding = lists.flatMap((all, index) =>
					all.includes(Number(object.id)) ? [index + 1] : [],
				);
				expect(named.map(({ id }) => id)).toEqual(holding);
			}
		}),
		{ numRuns: 50 },
	);
});

test('a code is found however it is written', async () => {
	const connection = world().connection();
	const between = fc.array(fc.constantFrom('', ' ', '-', '\u00A0', '–', '\u200B'), {
		minLength: 12,
		maxLength: 12,
	});
	await fc.assert(
		fc.asyncProperty(between, fc.constantFrom('', 'LV', 'lv '), async (separators, country) => {
			const written = country + separators.map((one, at) => one + (RIGA.code?.[at] ?? '')).join('');
			const found = await findObjects(connection, 'code', written);
			expect(found.map(({ object }) => object.id)).toEqual([1]);
		}),
	);
});
