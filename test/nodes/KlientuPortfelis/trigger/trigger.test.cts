import { byId, startTestRig, type TestRig } from '../helpers.cts';

let bench: TestRig;
let listId: number;

beforeAll(async () => {
	bench = await startTestRig();
});
beforeEach(() => {
	listId = bench.simulator.seedList({ name: 'Klienti' }).id;
	bench.simulator.seedObjects(listId, 1);
});
afterAll(async () => await bench.stop());
afterEach(() => bench.simulator.clearOrders());

interface Settings {
	staticData?: Record<string, unknown>;
	mode?: 'manual' | 'trigger';
	options?: Record<string, unknown>;
	credential?: Record<string, unknown>;
	list?: unknown;
	/** Gets the errors that the trigger reports without failing. */
	told?: Error[];
}

async function poll({
	staticData = {},
	mode = 'trigger',
	options = {},
	credential,
	list,
	told,
}: Settings) {
	const outputs = await bench.engine.poll('klientuPortfelisTrigger', {
		parameters: { event: 'monitoringEvent', listId: list ?? byId(listId), options } as never,
		credentials: {
			klientuPortfelisApi: { ...bench.simulator.credentials, ...credential },
		} as never,
		staticData: staticData as never,
		mode,
		timezone: 'Europe/Riga',
		told,
	});
	return outputs === null ? null : (outputs[0] ?? []).map(({ json }) => json);
}

test('hands on what is new, and keeps its place in the static data', async () => {
	const { simulator } = bench;
	simulator.seedMonitoringSession(listId, { sent: '2026-01-01 08:00:00', events: 2 });
	const staticData = {};
	expect(await poll({ staticData })).toBeNull();
	expect(await poll({ staticData })).toBeNull();
	const { id } = simulator.seedMonitoringSession(listId, {
		sent: '2026-01-02 08:00:00',
		events: 2,
	});
	const items = await poll({ staticData });
	expect(items).toHaveLength(2);
	expect(items?.[0]).toMatchObject({
		event_type: expect.any(String),
		object_code: expect.any(String),
		session_id: id,
		sent: '2026-01-02 08:00:00',
		list_id: listId,
		list_name: 'Klienti',
	});
	expect(await poll({ staticData })).toBeNull();
});

test('starts from a date in the time zone of the workflow', async () => {
	bench.simulator.seedMonitoringSession(listId, { sent: '2026-01-01 23:00:00', events: 1 });
	bench.simulator.seedMonitoringSession(listId, { sent: '2026-01-02 01:00:00', events: 1 });
	const items = await poll({ options: { startDate: '2026-01-01T22:30:00.000Z' } });
	expect(items?.map(({ sent }) => sent)).toEqual(['2026-01-02 01:00:00']);
});

test('a test run shows the latest event and does not move on', async () => {
	const staticData = {};
	await poll({ staticData, mode: 'trigger' }).catch(() => undefined);
	const before = JSON.stringify(staticData);
	await expect(poll({ staticData, mode: 'manual' })).rejects.toThrow('The list has no monitoring');
	bench.simulator.seedMonitoringSession(listId, { sent: '2026-01-01 08:00:00', events: 3 });
	expect(await poll({ staticData, mode: 'manual' })).toHaveLength(1);
	expect(JSON.stringify(staticData)).toBe(before);
});

test('a test run says when there is nothing to show', async () => {
	bench.simulator.seedMonitoringSession(listId, { sent: '2026-01-01 08:00:00', events: 0 });
	await expect(poll({ mode: 'manual' })).rejects.toMatchObject({
		message: 'The list has no matching event yet',
		description: expect.stringContaining('publish the workflow'),
	});
});

test.each<[string, Settings, string]>([
	['a wrong password', { credential: { password: 'x' } }, 'The service did not accept the login'],
	['no list', { list: byId('') }, "'List' is empty"],
	['a list that is gone', { list: byId(999999) }, 'The list was not found'],
])('activation is refused for %s', async (_name, settings, message) => {
	await expect(poll(settings)).rejects.toThrow(message);
});

test('a poll that fails repeats at the next tick', async () => {
	const staticData = {};
	bench.simulator.seedMonitoringSession(listId, { sent: '2026-01-01 08:00:00', events: 1 });
	await poll({ staticData });
	bench.simulator.seedMonitoringSession(listId, { sent: '2026-01-02 08:00:00', events: 2 });
	bench.simulator.failNext({ function: 'get_monitoring_sessions', code: 1000 });
	await expect(poll({ staticData })).rejects.toThrow('The service had an internal fault');
	expect(await poll({ staticData })).toHaveLength(2);
});

test('a session that cannot be read waits for the next poll', async () => {
	const staticData = {};
	bench.simulator.seedMonitoringSession(listId, { sent: '2026-01-01 08:00:00', events: 1 });
	await poll({ staticData });
	bench.simulator.seedMonitoringSession(listId, { sent: '2026-01-02 08:00:00', events: 2 });
	bench.simulator.failNext({ function: 'get_session_events', code: 1000 });
	expect(await poll({ staticData })).toBeNull();
	expect(await poll({ staticData })).toHaveLength(2);
});

test('a poll that has something to tell does so without failing', async () => {
	const told: Error[] = [];
	const staticData = { cursor: { version: 99, listId, latest: '2026-01-01 08:00:00' } };
	bench.simulator.seedMonitoringSession(listId, { sent: '2026-01-01 08:00:00', events: 1 });
	bench.simulator.seedMonitoringSession(listId, { sent: '2026-01-02 08:00:00', events: 2 });
	expect(await poll({ staticData, told })).toHaveLength(2);
	expect(told).toEqual([
		expect.objectContaining({
			message: "The trigger's stored position could not be read",
			description: expect.stringContaining('sessions sent after 2026-01-01 08:00:00'),
		}),
	]);
	expect(await poll({ staticData, told })).toBeNull();
	expect(told).toHaveLength(1);
	// An n8n without such reports is no reason to fail.
	expect(await poll({ staticData: { cursor: 'x' } })).toBeNull();
});

test('the trigger shares the session with the node', async () => {
	const { logins } = bench.simulator;
	await bench.run({ resource: 'list', operation: 'getMany' });
	await poll({}).catch(() => undefined);
	await bench.run({ resource: 'list', operation: 'getMany' });
	expect(bench.simulator.logins).toBe(logins);
});
