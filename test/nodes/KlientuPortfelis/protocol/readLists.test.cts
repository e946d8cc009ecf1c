import fc from 'fast-check';

import { LISTS_AT_ONCE, readLists } from '../../../../nodes/KlientuPortfelis/protocol/readLists';
import { connectionTo, range, serviceOf } from './listService.cts';

const idsIn = async (connection: ReturnType<typeof connectionTo>, listIds: readonly number[]) =>
	await readLists(connection, listIds, ({ id }, listId) => `${listId}: ${Number(id)}`);

test('gives the objects of each list, in the order of the lists', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.nat(1500), { maxLength: 12 }), async (sizes) => {
			const lists = new Map(sizes.map((size, index) => [index + 1, range(size, 1 + index * 10)]));
			const service = serviceOf(0, { lists });
			const read = await idsIn(connectionTo(service), [...lists.keys()]);
			expect(read).toEqual([...lists].map(([listId, ids]) => ids.map((id) => `${listId}: ${id}`)));
		}),
		{ numRuns: 20 },
	);
});

test('asks for five pages at a time', async () => {
	const lists = new Map(range(20).map((listId) => [listId, range(1250)]));
	const connection = connectionTo(serviceOf(0, { lists }));
	let [underWay, highest] = [0, 0];
	const { send } = connection.transport;
	const transport = {
		...connection.transport,
		send: async (...given: Parameters<typeof send>) => {
			highest = Math.max(highest, ++underWay);
			const response = await send(...given);
			underWay--;
			return response;
		},
	};
	const read = await idsIn({ ...connection, transport }, [...lists.keys()]);
	expect(read.flat()).toHaveLength(25_000);
	expect(highest).toBe(LISTS_AT_ONCE);
});

test('a list that was deleted meanwhile holds nothing', async () => {
	const service = serviceOf(0, { lists: new Map([[2, range(2)]]) });
	expect(await idsIn(connectionTo(service), [1, 2, 3])).toEqual([[], ['2: 1', '2: 2'], []]);
});

test('a list that cannot be read ends everything with its fault', async () => {
	const lists = new Map(range(30).map((listId) => [listId, range(10)]));
	const refuse = ({ listId }: { listId: number }) => (listId === 3 ? 1002 : undefined);
	const service = serviceOf(0, { lists, refuse });
	await expect(idsIn(connectionTo(service), [...lists.keys()])).rejects.toMatchObject({
		name: 'Fault',
		details: { code: '1002' },
	});
	expect(service.asked.length).toBeLessThan(15);
});
