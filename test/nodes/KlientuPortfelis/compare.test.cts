/** List → Compare. */
import * as fc from 'fast-check';

import { codeKey } from '../../../nodes/KlientuPortfelis/protocol/portfolio/code';
import { compareWith } from '../../../nodes/KlientuPortfelis/protocol/portfolio/compare';
import { byId, startTestRig, type TestRig } from './helpers.cts';
import { codeOf, SyncedList } from './syncedList.cts';

describe('on n8n', () => {
	let rig: TestRig;
	let list: SyncedList;
	let other: SyncedList;

	beforeAll(async () => {
		rig = await startTestRig();
		list = new SyncedList(rig, [{ code: codeOf(1) }, { code: codeOf(2) }]);
		other = new SyncedList(rig, [{ code: codeOf(3) }, { code: codeOf(2) }]);
	});
	afterAll(async () => await rig.stop());

	const compare = (more: Record<string, unknown> = {}) => ({
		resource: 'list',
		operation: 'compare',
		listId: byId(list.list.id),
		code: '={{ $json.code }}',
		...more,
	});

	test('with the input items: each code once, with its side and pairs', async () => {
		const items = [`LV${codeOf(2)}`, codeOf(4), codeOf(2).slice(2)].map((code) => ({ code }));
		const result = await rig.run(compare(), items);
		expect(result.items('Node').map(({ json, pairedItem }) => ({ ...json, pairedItem }))).toEqual([
			{
				code: codeOf(2),
				name: `SIA ${codeOf(2)}`,
				id: expect.any(Number),
				side: 'both',
				pairedItem: [{ item: 0 }, { item: 2 }],
			},
			{ code: codeOf(4), name: null, id: null, side: 'onlyOther', pairedItem: { item: 1 } },
			{
				code: codeOf(1),
				name: `SIA ${codeOf(1)}`,
				id: expect.any(Number),
				side: 'onlyList',
				pairedItem: { item: 0 },
			},
		]);
	});

	test('with another list, read once however many items there are', async () => {
		const before = rig.simulator.calls.length;
		const more = { compareWith: 'list', otherListId: byId(other.list.id) };
		const result = await rig.run(compare(more), [{}, {}, {}]);
		expect(result.json('Node')).toEqual([
			{ code: codeOf(3), name: expect.any(String), id: expect.any(Number), side: 'onlyOther' },
			{ code: codeOf(2), name: expect.any(String), id: expect.any(Number), side: 'both' },
			{ code: codeOf(1), name: expect.any(String), id: expect.any(Number), side: 'onlyList' },
		]);
		const names = rig.simulator.calls.slice(before).map((call) => call.function);
		expect(names.filter((name) => name === 'get_objects')).toHaveLength(2);
	});

	test('an item without a code stops the run, or says so', async () => {
		const items = [{ code: codeOf(1) }, {}];
		const stopped = await rig.run(compare(), items);
		expect(stopped.nodeError('Node')).toMatchObject({
			message: "'Code' is empty",
			context: { itemIndex: 1 },
		});
		const settings = { onError: 'continueRegularOutput' };
		const result = await rig.run(compare(), items, settings);
		expect(
			result.items('Node').map(({ json, pairedItem }) => [json.side, json.error, pairedItem]),
		).toEqual([
			['both', undefined, { item: 0 }],
			['onlyList', undefined, { item: 0 }],
			[undefined, "'Code' is empty", { item: 1 }],
		]);
	});

	test.each([
		[{ compareWith: 'both' }, "'Compare With' must be"],
		[{ compareWith: 'list', otherListId: byId('={{ "" }}') }, "'Other List' is empty"],
	])('%p is refused', async (more, message) => {
		const result = await rig.run(compare(more), [{ code: codeOf(1) }]);
		expect(result.nodeError('Node')?.message).toContain(message);
	});
});

test('every code of both sides comes out once, on its side', async () => {
	const code = fc.integer({ min: 0, max: 12 }).map(codeOf);
	const written = code.chain((text) =>
		fc.constantFrom(text, `LV${text}`, `${text.slice(0, 4)} ${text.slice(4)}`, text.slice(2)),
	);
	await fc.assert(
		fc.asyncProperty(fc.uniqueArray(code), fc.array(written), async (listed, others) => {
			const objects = listed.map((text, id) => ({
				id,
				code: text,
				virtual_id: text.slice(2),
				name: null,
				client_id: null,
			}));
			const compared = await compareWith(
				objects,
				others.map((text) => ({ code: text })),
			);
			const codes = [...listed, ...others.map(codeKey)].filter((one) => one.length === 11);
			const full = (text: string) => codes.find((one) => one.endsWith(text)) ?? text;
			const of = (side: string) =>
				compared
					.filter((one) => one.side === side)
					.map((one) => codeKey(one.code))
					.sort();
			const wanted = new Set(others.map((text) => full(codeKey(text))));
			expect(of('both')).toEqual(listed.filter((text) => wanted.has(text)).sort());
			expect(of('onlyList')).toEqual(listed.filter((text) => !wanted.has(text)).sort());
			expect(of('onlyOther')).toEqual([...wanted].filter((text) => !listed.includes(text)).sort());
		}),
	);
});
