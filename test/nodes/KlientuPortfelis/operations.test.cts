import { byId, startTestRig, type TestRig } from './helpers.cts';

let bench: TestRig;

beforeAll(async () => {
	bench = await startTestRig();
});
afterAll(async () => await bench.stop());
afterEach(() => bench.simulator.clearOrders());

const lastCall = () => bench.simulator.calls[bench.simulator.calls.length - 1];
const sent = () => {
	const { signature, sid, ...parameters } = lastCall()?.parameters ?? {};
	expect(signature).toEqual(expect.any(String));
	if (lastCall()?.function !== 'login') expect(sid).toMatch(/^[0-9a-f]{32}$/);
	return parameters;
};

/** Runs an operation that shall succeed, and gives its items. */
async function items(parameters: Record<string, unknown>, input?: Array<Record<string, unknown>>) {
	const result = await bench.run(parameters, input);
	expect(result.nodeError('Node')?.message).toBeUndefined();
	expect(result.status).toBe('success');
	return result.json('Node');
}

describe('list', () => {
	test('create', async () => {
		const created = await items({
			resource: 'list',
			operation: 'create',
			name: 'Klienti "Ā" & <B> 😀',
			type: 'PERSONS',
			additionalFields: { description: 'Viena\r\nrinda', form: 'OUTERID' },
		});
		expect(created).toEqual([
			expect.objectContaining({
				id: expect.any(Number),
				name: 'Klienti "Ā" & <B> 😀',
				type: 'PERSONS',
				form: 'OUTERID',
				description: 'Viena\r\nrinda',
				object_count: 0,
				objects: [],
			}),
		]);
		expect(created[0]).not.toHaveProperty('success');
		expect(created[0]).not.toHaveProperty('code');
	});

	test('create without optional fields sends none', async () => {
		await items({ resource: 'list', operation: 'create', name: 'A', type: 'KEYWORDS' });
		expect(sent()).toEqual({ name: 'A', type: 'KEYWORDS' });
	});

	test('getMany with a limit and with all', async () => {
		bench.simulator.seedList({ name: 'Otrais' });
		const all = await items({ resource: 'list', operation: 'getMany', returnAll: true });
		expect(all.length).toBeGreaterThan(2);
		const one = await items({ resource: 'list', operation: 'getMany', limit: 1 });
		expect(one).toEqual(all.slice(0, 1));
	});

	test('getMany leaves out the objects, which are counted but not given', async () => {
		bench.simulator.seedObjects(bench.simulator.seedList().id, 2);
		const all = await items({ resource: 'list', operation: 'getMany', returnAll: true });
		for (const list of all) expect(list).not.toHaveProperty('objects');
		expect(all[all.length - 1]).toMatchObject({ object_count: 2, users: [{ rights: 'OWNER' }] });
	});

	test('update', async () => {
		const { id } = bench.simulator.seedList({ name: 'Vecais', description: 'vecs' });
		const update = { resource: 'list', operation: 'update', listId: byId(id), name: 'Jaunais' };
		expect(await items(update)).toEqual([
			expect.objectContaining({ id, name: 'Jaunais', description: 'vecs' }),
		]);
		expect(sent()).toEqual({ id, name: 'Jaunais' });
		expect(await items({ ...update, updateFields: { description: '' } })).toEqual([
			expect.objectContaining({ id, description: '' }),
		]);
		expect(sent()).toEqual({ id, name: 'Jaunais', description: '' });
	});

	test('delete', async () => {
		const { id } = bench.simulator.seedList();
		const deleted = await items({ resource: 'list', operation: 'delete', listId: byId(id) });
		expect(deleted).toEqual([{ deleted: true, id }]);
		expect(bench.simulator.portfolio.lists.has(id)).toBe(false);
	});
});

describe('object', () => {
	test.each([
		['PERSONS', 'COMPANY', '40000000001'],
		['PERSONS', 'PERSON', '010180-10001'],
		['PERSONS', 'PERSON', '01018010002'],
		['PERSONS', 'AUTHORITY', '90000000001'],
		['ADDRESS', 'ADDRESS', '101234567'],
		['PLEDGES', 'PLEDGE', '100123456/1'],
		['KEYWORDS', 'KEYWORD', ' vārds ar atstarpēm '],
		['ESTONIAS', 'EST_COMPANY', '10000001'],
		['CADASTERS', 'CAD_CADASTER', '01000000001'],
		['CADASTERS', 'CAD_BUILD', '01000000000001'],
		['CADASTERS', 'CAD_PARCEL', '01000000002'],
		['CADASTERS', 'CAD_PARCEL_PART', '010000000000001'],
		['CADASTERS', 'CAD_PREMISE_GROUP', '01000000000000001'],
	] as const)('create in a list of type %s: %s %s', async (listType, type, code) => {
		const { id } = bench.simulator.seedList({ type: listType });
		const [created] = await items({
			resource: 'object',
			operation: 'create',
			listId: byId(id),
			type,
			code,
		});
		expect(created).toMatchObject({ id: expect.any(Number), code, virtual_id: expect.any(String) });
		expect(sent()).toEqual({ list_id: id, code, type });
	});

	test('create outside the register', async () => {
		const { id } = bench.simulator.seedList();
		const [created] = await items({
			resource: 'object',
			operation: 'create',
			listId: byId(id),
			type: 'COMPANY',
			code: '40000000014',
			additionalFields: { name: 'Likvidēts', checkUr: false },
		});
		expect(created).toMatchObject({ name: 'Likvidēts', code: '40000000014' });
		expect(sent()).toMatchObject({ name: 'Likvidēts', check_ur: false });
	});

	test('getMany simplified and whole', async () => {
		const { id } = bench.simulator.seedList();
		bench.simulator.seedObjects(id, 3);
		const getMany = { resource: 'object', operation: 'getMany', listId: byId(id) };
		const whole = await items({ ...getMany, simplify: false, returnAll: true });
		expect(whole).toHaveLength(3);
		expect(Object.keys(whole[0] ?? {})).toEqual([
			'id',
			'code',
			'virtual_id',
			'client_id',
			'name',
			'status',
			'created',
			'updated',
			'address',
		]);
		expect(whole[0]).toMatchObject({ id: expect.any(Number), code: expect.any(String) });
		const simple = await items({ ...getMany, limit: 2 });
		expect(simple).toHaveLength(2);
		expect(Object.keys(simple[0] ?? {}).slice(0, 3)).toEqual(['id', 'code', 'name']);
		expect(sent()).toEqual({ list_id: id, start: 0, rows: 2 });
		const skipped = await items({ ...getMany, limit: 50, options: { start: 2 } });
		expect(skipped.map((object) => object.id)).toEqual([whole[2]?.id]);
	});

	test('getMany with Simplify keeps less than two thirds, and what an object is known by', async () => {
		const { id } = bench.simulator.seedList();
		bench.simulator.seedObjects(id, 20);
		const getMany = { resource: 'object', operation: 'getMany', listId: byId(id) };
		const simple = await items(getMany);
		expect(Object.keys(simple[0] ?? {})).toEqual(['id', 'code', 'name', 'status', 'client_id']);
		const whole = await items({ ...getMany, simplify: false });
		expect(Object.keys(whole[0] ?? {})).toHaveLength(9);
		const sizeOf = (all: unknown) => JSON.stringify(all).length;
		expect(sizeOf(simple)).toBeLessThan((sizeOf(whole) * 2) / 3);
	});

	test('getMany with Return All on 3,456 objects gives each once', async () => {
		const { id } = bench.simulator.seedList();
		const seeded = bench.simulator.seedObjects(id, 3456);
		const all = await items({
			resource: 'object',
			operation: 'getMany',
			listId: byId(id),
			returnAll: true,
		});
		expect(all.map((object) => object.id)).toEqual(seeded.map((object) => object.id));
	});

	test('get, update, delete', async () => {
		const { id: listId } = bench.simulator.seedList();
		const { id: otherId } = bench.simulator.seedList();
		const object = bench.simulator.seedObjects(listId, 1)[0];
		const objectId = String(object?.id);
		const [whole] = await items({
			resource: 'object',
			operation: 'get',
			objectId,
			simplify: false,
		});
		expect(Object.keys(whole ?? {})).toHaveLength(15);
		const [simple] = await items({ resource: 'object', operation: 'get', objectId });
		expect(Object.keys(simple ?? {})).toHaveLength(9);

		const updateFields = {
			address: 'Matīsa iela 8/10',
			phone: '+371 1',
			fax: '2',
			email: 'a@b.lv',
			www: 'https://x.lv/?a=1&b=2',
			contactPerson: 'Jānis',
			clientId: '007',
		};
		const [updated] = await items({
			resource: 'object',
			operation: 'update',
			objectId,
			updateFields,
		});
		expect(updated).toMatchObject({
			user_address: 'Matīsa iela 8/10',
			contact_person: 'Jānis',
			client_id: '007',
		});
		expect(Object.keys(sent())).toEqual([
			'id',
			'address',
			'phone',
			'fax',
			'email',
			'www',
			'contact_person',
			'client_id',
		]);

		const remove = { resource: 'object', operation: 'delete', objectId };
		const deleted = await items({ ...remove, deleteFrom: 'list', listId: byId(listId) });
		expect(deleted).toEqual([{ deleted: true, id: object?.id }]);
		expect(sent()).toEqual({ id: object?.id, list_id: listId });

		const second = bench.simulator.seedObjects(otherId, 1)[0];
		await items({ ...remove, objectId: second?.id, deleteFrom: 'allLists' });
		expect(sent()).toEqual({ id: second?.id });
	});
});

describe('monitoring', () => {
	const settings = {
		emails: 'anna@example.com, janis@example.com',
		emptyMail: true,
		period: 'W',
		startDate: '2026-01-01T00:00:00',
	};

	test('getServices, create, get, update', async () => {
		const { id } = bench.simulator.seedList();
		bench.simulator.seedObjects(id, 1);
		const listId = byId(id);
		const services = await items({ resource: 'monitoring', operation: 'getServices', listId });
		expect(services[0]).toEqual({ type: expect.any(String), name: expect.any(String) });

		const types = services.slice(0, 2).map(({ type }) => type);
		const [created] = await items({
			resource: 'monitoring',
			operation: 'create',
			listId,
			...settings,
			services: types,
			additionalFields: { endDate: '2026-12-31' },
		});
		expect(created).toMatchObject({
			monitoring_id: expect.any(Number),
			list_id: id,
			period: 'W',
			start_date: '2026-01-01',
			end_date: '2026-12-31',
			empty_email: true,
			services: services.slice(0, 2),
		});
		expect(sent()).toEqual({
			list_id: id,
			email: ['anna@example.com', 'janis@example.com'],
			empty_mail: true,
			period: 'W',
			start_date: '2026-01-01',
			services: types,
			end_date: '2026-12-31',
		});

		const [got] = await items({ resource: 'monitoring', operation: 'get', listId });
		expect(got).toEqual(created);

		const [updated] = await items(
			{
				resource: 'monitoring',
				operation: 'update',
				listId,
				...settings,
				emails: '={{ $json.emails }}',
				services: '={{ $json.services }}',
				emptyMail: false,
			},
			[{ emails: ['x@example.com'], services }],
		);
		expect(updated).toMatchObject({ email: 'x@example.com', end_date: null, services });
	});
});

describe('monitoringSession', () => {
	test('getMany and getEvents', async () => {
		const { id } = bench.simulator.seedList();
		bench.simulator.seedObjects(id, 1);
		const first = bench.simulator.seedMonitoringSession(id, {
			sent: '2026-01-10 08:00:00',
			events: 3,
		});
		const second = bench.simulator.seedMonitoringSession(id, {
			sent: '2026-02-10 08:00:00',
			events: 0,
		});
		const listId = byId(id);
		const getMany = {
			resource: 'monitoringSession',
			operation: 'getMany',
			listId,
			returnAll: true,
		};
		expect(await items(getMany)).toEqual(
			expect.arrayContaining([
				{ id: first.id, sent: '2026-01-10 08:00:00', sent_events_count: 3 },
				{ id: second.id, sent: '2026-02-10 08:00:00', sent_events_count: 0 },
			]),
		);
		expect(sent()).toEqual({ list_id: id });
		const filtered = await items({
			...getMany,
			filters: { from: '2026-02-01T00:00:00', to: '' },
		});
		expect(filtered.map((session) => session.id)).toEqual([second.id]);
		expect(sent()).toEqual({ list_id: id, from: '2026-02-01' });

		const getEvents = { resource: 'monitoringSession', operation: 'getEvents', listId };
		const events = await items({ ...getEvents, sessionId: String(first.id), limit: 2 });
		expect(events).toHaveLength(2);
		expect(events[0]).toMatchObject({
			event_type: expect.any(String),
			object_code: expect.any(String),
		});
		expect(await items({ ...getEvents, sessionId: second.id, returnAll: true })).toEqual([]);
	});
});

describe('session', () => {
	test('login gives the key, logout ends the session', async () => {
		const [session] = await items({ resource: 'session', operation: 'login' });
		expect(session).toEqual({ sid: expect.stringMatching(/^[0-9a-f]{32}$/) });
		expect(await items({ resource: 'session', operation: 'logout' })).toEqual([
			{ loggedOut: true },
		]);
		expect(lastCall()).toMatchObject({
			function: 'logout',
			parameters: { sid: session?.sid },
			code: null,
		});
		const { logins } = bench.simulator;
		await items({ resource: 'list', operation: 'getMany' });
		expect(bench.simulator.logins).toBe(logins + 1);
	});

	test('one login serves items, nodes, executions and list searches', async () => {
		const { logins } = bench.simulator;
		const { id } = bench.simulator.seedList();
		const input = Array.from({ length: 20 }, () => ({ id }));
		await items(
			{ resource: 'monitoring', operation: 'getServices', listId: byId('={{ $json.id }}') },
			input,
		);
		const credentials = { klientuPortfelisApi: bench.simulator.credentials };
		await bench.engine.listSearch('klientuPortfelis', 'searchLists', { credentials });
		expect(bench.simulator.logins).toBe(logins);
		expect(bench.simulator.wsdlRequests).toBe(1);
	});
});
