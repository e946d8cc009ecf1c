/** How lists and objects are named in the fields, through n8n. */
import { byId, startTestRig, type TestRig } from './helpers.cts';

let rig: TestRig;

beforeEach(async () => {
	rig = await startTestRig();
});
afterEach(async () => await rig.stop());

const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const byCode = (value: unknown) => ({ __rl: true, mode: 'code', value });

const asked = (name: string) => rig.simulator.calls.filter((call) => call.function === name).length;

async function itemsOf(parameters: object, input?: Array<Record<string, unknown>>) {
	const result = await rig.run({ ...parameters }, input);
	expect(result.nodeError('Node')?.message).toBeUndefined();
	return result.json('Node');
}
async function errorOf(parameters: object, input?: Array<Record<string, unknown>>) {
	const result = await rig.run({ ...parameters }, input);
	const error = result.nodeError('Node');
	if (error === undefined) throw new Error('The node did not fail');
	return error;
}

describe('an object', () => {
	const get = { resource: 'object', operation: 'get' };

	function seed() {
		const { id } = rig.simulator.seedList({ name: 'Klienti' });
		const object = rig.simulator.seedObjects(id, 3)[1];
		if (object === undefined) throw new Error('Not seeded');
		return { listId: id, object };
	}

	test('is given by its ID in all the ways that workflows store one', async () => {
		const { object } = seed();
		const { id } = object;
		const stored = [
			String(id),
			id,
			` ${id} `,
			'={{ $json.id }}',
			'={{ String($json.id) }}',
			byId(id),
			byId(String(id)),
			byId('={{ $json.id }}'),
			{ __rl: true, mode: 'list', value: id, cachedResultName: 'SIA' },
			{ mode: 'id', value: id },
		];
		for (const objectId of stored) {
			const [found] = await itemsOf({ ...get, objectId }, [{ id }]);
			expect(found).toMatchObject({ id });
		}
		expect(asked('get_objects')).toBe(0);
	});

	test.each([40003053936, '40003053936', 'LV40003053936', '010180-10001', 'SIA', 1.5, '-1'])(
		'is not given by its code as an ID: %s',
		async (code) => {
			const before = rig.simulator.calls.length;
			for (const objectId of ['={{ $json.code }}', byId('={{ $json.code }}')]) {
				const error = await errorOf({ ...get, objectId }, [{ code }]);
				expect(error.name).toBe('NodeOperationError');
				expect(error.message).toBe(`'Object' is not an object ID: ${code}`);
				expect(error.description).toContain("Choose By Code under 'Object'");
			}
			expect(rig.simulator.calls.length).toBe(before);
		},
	);

	test('is given by its code however it is written', async () => {
		const { object } = seed();
		const { id, code, virtual_id } = object;
		for (const written of [
			code,
			Number(code),
			`LV${code}`,
			` ${code.slice(0, 4)}-${code.slice(4)}`,
			virtual_id,
		]) {
			expect(await itemsOf({ ...get, objectId: byCode(written) })).toMatchObject([{ id }]);
		}
	});

	test('by codes reads the portfolio once for all items', async () => {
		const { listId } = seed();
		const objects = rig.simulator.seedObjects(listId, 30);
		const update = {
			resource: 'object',
			operation: 'update',
			objectId: byCode('={{ $json.code }}'),
			updateFields: { phone: '1' },
		};
		const updated = await itemsOf(
			update,
			objects.map(({ code }) => ({ code })),
		);
		expect(updated.map(({ id }) => id)).toEqual(objects.map(({ id }) => id));
		expect([asked('get_lists'), asked('get_objects')]).toEqual([1, 1]);
	});

	test('by a code that fits several says which and asks for the ID', async () => {
		const { object } = seed();
		const partners = rig.simulator.seedList({ name: 'Partneri' });
		const { code, id, name } = object;
		const other = rig.simulator.portfolio.addObject({ type: 'AUTHORITY', code, name: 'Dome' });
		rig.simulator.portfolio.putIn(other, partners);
		rig.simulator.portfolio.putIn(object, partners);
		const error = await errorOf({ ...get, objectId: byCode(code) });
		expect(error.message).toBe(`2 objects have this code: ${code}`);
		expect(error.description).toBe(
			`Choose By ID under 'Object' and give the ID of the object that you mean: ${id} (${name}, in the lists Klienti, Partneri); ${other.id} (Dome, in the list Partneri).`,
		);
	});

	test('by a code that nobody has says what to check', async () => {
		seed();
		const error = await errorOf({ ...get, objectId: byCode('40003053936') });
		expect(error.message).toBe('No object in your lists has this code: 40003053936');
		expect(error.description).toContain('Object → Find');
	});

	test.each(['', ' ', null, undefined])('that is empty is named: %j', async (value) => {
		const field = '={{ $json.value }}';
		for (const objectId of [field, byCode(field), byId(field)]) {
			const { message } = await errorOf({ ...get, objectId }, [{ value }]);
			expect(message).toBe("'Object' is empty");
		}
	});

	test('is deleted by its code from the list, where another list has the same code', async () => {
		const { object, listId } = seed();
		const partners = rig.simulator.seedList({ name: 'Partneri' });
		const { code } = object;
		const other = rig.simulator.portfolio.addObject({ type: 'AUTHORITY', code, name: 'Dome' });
		rig.simulator.portfolio.putIn(other, partners);
		const remove = { resource: 'object', operation: 'delete', objectId: byCode(code) };
		const deleted = await itemsOf({ ...remove, deleteFrom: 'list', listId: byName('partneri') });
		expect(deleted).toEqual([{ deleted: true, id: other.id }]);
		expect(rig.simulator.calls.slice(-1)[0]?.parameters).toMatchObject({
			id: other.id,
			list_id: partners.id,
		});
		expect(await itemsOf({ ...remove, deleteFrom: 'allLists' })).toEqual([
			{ deleted: true, id: object.id },
		]);
		const again = { ...remove, deleteFrom: 'list', listId: byId(listId) };
		const error = await errorOf(again);
		expect(error.message).toBe(`No object in the list has this code: ${code}`);
	});
});

describe('a list by its name', () => {
	const getMany = { resource: 'object', operation: 'getMany' };

	test('is found for each item by an expression, and the lists are read once', async () => {
		const names = ['Rīgas klienti', 'Parādnieki'];
		const lists = names.map((name) => rig.simulator.seedList({ name }));
		for (const { id } of lists) rig.simulator.seedObjects(id, 1);
		const input = ['rigas klienti', 'PARĀDNIEKI', 'Rīgas klienti'].map((name) => ({ name }));
		const parameters = { ...getMany, listId: byName('={{ $json.name }}') };
		expect(await itemsOf(parameters, input)).toHaveLength(3);
		expect(asked('get_lists')).toBe(1);
		const read = rig.simulator.calls.filter((call) => call.function === 'get_objects');
		expect(read.map(({ parameters: { list_id } }) => list_id).sort()).toEqual(
			[lists[0]?.id, lists[0]?.id, lists[1]?.id].sort(),
		);
	});

	test('is taken in every operation that has a list', async () => {
		const { id } = rig.simulator.seedList({ name: 'Klienti' });
		rig.simulator.seedObjects(id, 1);
		const session = rig.simulator.seedMonitoringSession(id, { events: 2 });
		const listId = byName('klienti');
		const monitoring = {
			resource: 'monitoring',
			listId,
			emails: 'a@b.lv',
			startDate: '2026-01-01',
			services: ['SV_BIRTH'],
		};
		const operations = [
			{ resource: 'list', operation: 'update', listId, name: 'Klienti' },
			{ resource: 'object', operation: 'create', listId, type: 'COMPANY', code: '40000000001' },
			{ resource: 'object', operation: 'find', listId, searchIn: 'list', value: '40000000001' },
			{ ...monitoring, operation: 'create' },
			{ ...monitoring, operation: 'update' },
			{ ...monitoring, operation: 'get' },
			{ ...monitoring, operation: 'getServices' },
			{ resource: 'monitoringSession', operation: 'getMany', listId },
			{
				resource: 'monitoringSession',
				operation: 'getEvents',
				listId,
				sessionId: byId(session.id),
			},
			{ resource: 'list', operation: 'delete', listId },
		];
		for (const parameters of operations) {
			expect((await itemsOf(parameters)).length).toBeGreaterThan(0);
		}
		expect(rig.simulator.portfolio.lists.has(id)).toBe(false);
	});

	test('that several lists have is refused with their IDs', async () => {
		const ids = [1, 2].map(() => rig.simulator.seedList({ name: 'Klienti' }).id);
		const error = await errorOf({ ...getMany, listId: byName('Klienti') });
		expect(error.name).toBe('NodeOperationError');
		for (const id of ids) expect(error.description).toContain(String(id));
	});

	test('that no list has is refused with the closest names', async () => {
		rig.simulator.seedList({ name: 'Klienti' });
		const error = await errorOf({ ...getMany, listId: byName('Kleinti') });
		expect(error.message).toBe("'List' has no list with this name: Kleinti");
		expect(error.description).toContain('Klienti (ID ');
	});

	test('that is empty is named', async () => {
		const listId = byName('={{ $json.none }}');
		expect((await errorOf({ ...getMany, listId })).message).toBe("'List' is empty");
	});

	test('works in the trigger', async () => {
		const { id } = rig.simulator.seedList({ name: 'Rīgas klienti' });
		rig.simulator.seedMonitoringSession(id, { sent: '2026-01-10 08:00:00', events: 1 });
		const poll = async (name: string) =>
			await rig.engine.poll('klientuPortfelisTrigger', {
				parameters: { event: 'monitoringEvent', listId: byName(name) } as never,
				credentials: { klientuPortfelisApi: rig.simulator.credentials } as never,
				mode: 'manual',
			});
		const [[item] = []] = (await poll('rigas klienti')) ?? [];
		expect(item?.json).toMatchObject({ list_id: id, list_name: 'Rīgas klienti' });
		await expect(poll('Klienti')).rejects.toThrow("'List' has no list with this name");
	});
});
