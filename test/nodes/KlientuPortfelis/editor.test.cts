/** What the editor asks the node for while a person fills in the fields. */
import { portfolios } from '../../../nodes/KlientuPortfelis/protocol/memory';
import { byId, startTestRig, type TestRig } from './helpers.cts';

let rig: TestRig;

beforeEach(async () => {
	portfolios.clear();
	rig = await startTestRig();
});
afterEach(async () => await rig.stop());

const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const credentials = () => ({ klientuPortfelisApi: rig.simulator.credentials }) as never;

/** The fields that stand beside the one that is filled in. */
const EVENTS = { resource: 'monitoringSession', operation: 'getEvents' };
const MONITORING = { resource: 'monitoring', operation: 'create' };

async function search(method: string, filter?: string, parameters: object = {}, token?: string) {
	return await rig.engine.listSearch('klientuPortfelis', method, {
		credentials: credentials(),
		parameters: parameters as never,
		...(filter !== undefined && { filter }),
		...(token !== undefined && { paginationToken: token }),
	});
}
async function optionsOf(node: string, method: string, listId: unknown) {
	return await rig.engine.loadOptions(node, method, {
		credentials: credentials(),
		parameters: { ...MONITORING, listId } as never,
	});
}
const asked = (name: string) => rig.simulator.calls.filter((call) => call.function === name).length;

describe('the lists', () => {
	test.each(['riga', 'RĪGA', 'rīgas  kl', 'rigas klienti'])(
		'are found by %s, with their type and number of objects',
		async (filter) => {
			const { id } = rig.simulator.seedList({ name: 'Rīgas klienti' });
			rig.simulator.seedList({ name: 'Parādnieki' });
			rig.simulator.seedObjects(id, 1250);
			expect((await search('searchLists', filter)).results).toEqual([
				{ name: 'Rīgas klienti · Companies and People · 1,250 objects', value: id },
			]);
		},
	);

	test('stand in the order of the Latvian alphabet', async () => {
		for (const name of ['Ģērbtuve', 'Gurķi', 'Hāle']) rig.simulator.seedList({ name });
		const { results } = await search('searchLists');
		expect(results.map(({ name }) => name.split(' ·')[0])).toEqual(['Gurķi', 'Ģērbtuve', 'Hāle']);
	});
});

describe('the objects', () => {
	test('are found by name, code and client ID, with their lists', async () => {
		const clients = rig.simulator.seedList({ name: 'Klienti' });
		const partners = rig.simulator.seedList({ name: 'Partneri' });
		const [first, second] = rig.simulator.seedObjects(clients.id, 3);
		if (first === undefined || second === undefined) throw new Error('Not seeded');
		rig.simulator.portfolio.putIn(first, partners);
		const title = `${first.name} · ${first.code} · Klienti, Partneri`;
		for (const filter of ['kipsala', `LV ${first.code}`, 'k-1', first.virtual_id]) {
			expect((await search('searchObjects', filter)).results).toEqual([
				{ name: title, value: first.id },
			]);
		}
		expect((await search('searchObjects', 'gerbtuve sia')).results).toHaveLength(1);
		expect((await search('searchObjects', 'nobody')).results).toEqual([]);
	});

	test('are read once, page on, and each comes once', async () => {
		const { id } = rig.simulator.seedList();
		const seeded = rig.simulator.seedObjects(id, 250);
		const values: unknown[] = [];
		let token: string | undefined;
		do {
			const page = await search('searchObjects', '', {}, token);
			values.push(...page.results.map(({ value }) => value));
			token = page.paginationToken as string | undefined;
		} while (token !== undefined);
		expect([...values].sort()).toEqual(seeded.map((object) => object.id).sort());
		expect(asked('get_lists')).toBe(1);
	});

	test('are read again after this node has changed something', async () => {
		const { id } = rig.simulator.seedList();
		rig.simulator.seedObjects(id, 1);
		expect((await search('searchObjects')).results).toHaveLength(1);
		const added = await rig.run({
			resource: 'object',
			operation: 'create',
			listId: byId(id),
			type: 'COMPANY',
			code: '40000000001',
		});
		expect(added.status).toBe('success');
		expect((await search('searchObjects')).results).toHaveLength(2);
	});

	test('say what is wrong when the service is away', async () => {
		rig.simulator.answerNext({ function: 'get_lists', drop: true });
		await expect(search('searchObjects')).rejects.toThrow('closed the connection');
	});
});

describe('the monitoring sessions', () => {
	test('are those of the list, the latest first', async () => {
		const { id } = rig.simulator.seedList({ name: 'Rīga' });
		const sessions = [
			['2026-01-10 08:00:00', 1],
			['2026-02-10 08:00:00', 3],
		].map(([sent, events]) =>
			rig.simulator.seedMonitoringSession(id, { sent: String(sent), events: Number(events) }),
		);
		const expected = [
			{ name: '2026-02-10 08:00:00 · 3 events', value: sessions[1]?.id },
			{ name: '2026-01-10 08:00:00 · 1 event', value: sessions[0]?.id },
		];
		for (const listId of [byId(id), byName('riga'), id]) {
			expect((await search('searchSessions', '', { ...EVENTS, listId })).results).toEqual(expected);
		}
		const january = await search('searchSessions', '2026-01', { ...EVENTS, listId: byId(id) });
		expect(january.results).toEqual([expected[1]]);
	});

	test.each([byId(''), byId('={{ $json.id }}'), undefined])(
		'cannot be shown before a list is chosen: %j',
		async (listId) => {
			await expect(search('searchSessions', '', { ...EVENTS, listId })).rejects.toThrow(
				'Choose a list first',
			);
		},
	);
});

describe('the services and event types', () => {
	test('are those of the list', async () => {
		const { id } = rig.simulator.seedList({ name: 'Klienti' });
		rig.simulator.seedMonitoringSession(id, { sent: '2026-01-10 08:00:00', events: 2 });
		rig.simulator.seedMonitoringSession(id, {
			sent: '2026-02-10 08:00:00',
			events: [
				{ event_type: 'EV_ADDRESS', title: 'Jauna adrese' },
				{ event_type: 'X', title: '' },
			],
		});
		for (const listId of [byId(id), byName('KLIENTI')]) {
			const services = await optionsOf('klientuPortfelis', 'getServices', listId);
			expect(services[0]).toEqual({ name: 'Amatpersonu maiņa', value: 'SV_OFFICERS' });
			expect(await optionsOf('klientuPortfelisTrigger', 'getEventTypes', listId)).toEqual([
				{ name: 'X', value: 'X' },
				{ name: 'Jauna adrese (EV_ADDRESS)', value: 'EV_ADDRESS' },
				{ name: 'Maksātnespējas process (EV_INSOLV)', value: 'EV_INSOLV' },
			]);
		}
	});

	test.each(['', '={{ $json.id }}'])('ask for a list first: %s', async (value) => {
		const first = [{ name: 'Choose a list first', value: '' }];
		expect(await optionsOf('klientuPortfelis', 'getServices', byId(value))).toEqual(first);
		expect(await optionsOf('klientuPortfelisTrigger', 'getEventTypes', byId(value))).toEqual(first);
	});

	test('say when the list has no past events', async () => {
		const { id } = rig.simulator.seedList();
		const none = [{ name: expect.stringContaining('no past sessions'), value: '' }];
		expect(await optionsOf('klientuPortfelisTrigger', 'getEventTypes', byId(id))).toEqual(none);
		rig.simulator.seedMonitoringSession(id, { events: 0 });
		expect(await optionsOf('klientuPortfelisTrigger', 'getEventTypes', byId(id))).toEqual(none);
	});

	test('are found although one session cannot be read', async () => {
		const { id } = rig.simulator.seedList();
		rig.simulator.seedMonitoringSession(id, { sent: '2026-01-10 08:00:00', events: 1 });
		rig.simulator.seedMonitoringSession(id, { sent: '2026-02-10 08:00:00', events: 1 });
		rig.simulator.failNext({ function: 'get_session_events', code: 2020 });
		expect(await optionsOf('klientuPortfelisTrigger', 'getEventTypes', byId(id))).toHaveLength(1);
	});
});
