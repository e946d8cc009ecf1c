/** Create or Update of objects: what is sent for each item, and what it gives. */
import type { Connection } from '../../../../../nodes/KlientuPortfelis/protocol/call';
import { SharedList } from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/snapshot';
import {
	add,
	upsertObject,
	withoutDetails,
} from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/upsert';
import type { Wanted } from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/wanted';
import { Fault } from '../../../../../nodes/shared/fault';
import { codeOf, company } from './companies.cts';
import { listed, lost, writesTo, type Fate, type Write } from './writes.cts';

const LIST = 7;

const wanted = (number: number, details: Wanted['details'] = {}): Wanted => ({
	code: codeOf(number),
	type: 'COMPANY',
	details,
});

/** A service with a list of companies; the other functions answer as the test says. */
function serviceWith(
	objects: () => ReadonlyArray<ReturnType<typeof company>>,
	answer: (write: Write) => Fate = () => ({ id: 1 }),
) {
	const service = writesTo((write) =>
		write.function === 'get_objects' ? listed(objects()) : answer(write),
	);
	const functions = () => service.sent.map(({ function: name }) => name);
	return { ...service, functions };
}

const upsert = async (connection: Connection, given: Wanted) =>
	await upsertObject(connection, LIST, given);

test('an object that is missing is added, with its details', async () => {
	const { connection, sent, functions } = serviceWith(
		() => [],
		({ function: name }) =>
			name === 'add_object' ? { id: 5, name: 'SIA', phone: '1' } : { id: 5, client_id: 'A' },
	);
	expect(await upsert(connection, wanted(1, { phone: '1', client_id: 'A' }))).toEqual({
		action: 'created',
		object: expect.objectContaining({ id: 5, client_id: 'A' }),
	});
	expect(functions()).toEqual(['get_objects', 'add_object', 'update_object']);
	expect(sent[2]?.parameters).toEqual({ id: 5, client_id: 'A' });
});

test('an object that is there is left alone, or gets the details that differ', async () => {
	const { connection, functions } = serviceWith(
		() => [company(1, { client_id: 'A' })],
		() => ({ id: 1, client_id: 'B' }),
	);
	expect((await upsert(connection, wanted(1))).action).toBe('unchanged');
	expect((await upsert(connection, wanted(1, { client_id: 'A' }))).action).toBe('unchanged');
	expect((await upsert(connection, wanted(1, { client_id: 'B' }))).action).toBe('updated');
	// What an item has written, the next one finds.
	expect((await upsert(connection, wanted(1, { client_id: 'B' }))).action).toBe('unchanged');
	expect(functions()).toEqual(['get_objects', 'update_object']);
});

test('details that the list does not give are compared with the whole object', async () => {
	const { connection, sent, functions } = serviceWith(
		() => [company(1)],
		() => ({ id: 1, phone: '1', email: 'a@example.com' }),
	);
	const details = { phone: '1', email: 'b@example.com' };
	expect((await upsert(connection, wanted(1, details))).action).toBe('updated');
	expect(functions()).toEqual(['get_objects', 'get_object', 'update_object']);
	expect(sent[2]?.parameters).toEqual({ id: 1, email: 'b@example.com' });
});

test('two items with the same new code, at the same time, add one object', async () => {
	const { connection, functions } = serviceWith(
		() => [],
		() => ({ id: 5, code: codeOf(1), client_id: 'A' }),
	);
	const both = await Promise.all([
		upsert(connection, wanted(1)),
		upsert(connection, { ...wanted(1), code: `LV${codeOf(1)}` }),
	]);
	expect(both.map(({ action }) => action)).toEqual(['created', 'unchanged']);
	expect(functions()).toEqual(['get_objects', 'add_object']);
});

describe('an object that somebody else adds meanwhile', () => {
	const alreadyThere = ({ function: name }: Write): Fate =>
		name === 'add_object' ? 2013 : { id: 1, client_id: 'B' };

	test('is found by reading the list again, and changed', async () => {
		let reads = 0;
		const { connection, functions } = serviceWith(
			() => (reads++ === 0 ? [] : [company(1)]),
			alreadyThere,
		);
		expect((await upsert(connection, wanted(1, { client_id: 'B' }))).action).toBe('updated');
		expect(functions()).toEqual(['get_objects', 'add_object', 'get_objects', 'update_object']);
	});

	test('under another code is said, and the list is not read a third time', async () => {
		const { connection, functions } = serviceWith(() => [], alreadyThere);
		for (const number of [1, 2]) {
			await expect(upsert(connection, wanted(number))).rejects.toMatchObject({
				kind: 'input',
				message: `The object is in the list under another code than ${codeOf(number)}`,
				details: { code: '2013' },
			});
		}
		expect(functions().filter((name) => name === 'get_objects')).toHaveLength(2);
	});

	test('is no news for a list that was never read', async () => {
		const { connection, functions } = serviceWith(() => [], alreadyThere);
		const list = SharedList.of(connection, LIST);
		expect(await add(connection, list, { list_id: LIST, code: '1', type: 'KEYWORD' })).toBe(
			undefined,
		);
		expect(await list.findAdded(codeOf(1))).toEqual([]);
		expect(functions()).toEqual(['add_object', 'get_objects']);
	});
});

describe('what fails', () => {
	test('is said as it is, and the object is not taken to be there', async () => {
		const { connection } = serviceWith(() => [], lost);
		await expect(upsert(connection, wanted(1))).rejects.toThrow('The connection was lost');
		expect(await SharedList.of(connection, LIST).find(codeOf(1))).toEqual([]);
	});

	test('after the object was added says that it was', async () => {
		const { connection } = serviceWith(
			() => [],
			({ function: name }) => (name === 'add_object' ? { id: 5 } : 2001),
		);
		await expect(upsert(connection, wanted(1, { phone: '1' }))).rejects.toMatchObject({
			description: expect.stringMatching(
				/^The object was added to the list, but its details were not written\. /,
			),
		});
		const fault = withoutDetails(new Fault('service', 'No', 'Wait.'));
		expect(fault.description).toBe(
			'The object was added to the list, but its details were not written. Wait.',
		);
	});

	test('when several objects have the code, and when a response has no object', async () => {
		const short = codeOf(1).slice(2);
		const twins = serviceWith(() => [company(1), company(2, { virtual_id: short })]);
		const given = { ...wanted(1), code: short };
		await expect(upsert(twins.connection, given)).rejects.toThrow("'Code' fits 2 objects");
		const empty = serviceWith(
			() => [],
			() => null,
		);
		await expect(upsert(empty.connection, wanted(1))).rejects.toThrow('The response has no object');
	});
});

test('lists and connections are kept apart', async () => {
	const { connection } = serviceWith(() => []);
	expect(SharedList.of(connection, 1)).toBe(SharedList.of(connection, 1));
	expect(SharedList.of(connection, 1)).not.toBe(SharedList.of(connection, 2));
	expect(SharedList.of({ ...connection }, 1)).not.toBe(SharedList.of(connection, 1));
});
