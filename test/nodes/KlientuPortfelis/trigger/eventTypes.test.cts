import fc from 'fast-check';

import { typesIn, typesMark } from '../../../../nodes/KlientuPortfelis/trigger/eventTypes';
import { byId, startTestRig, type TestRig } from '../helpers.cts';

let rig: TestRig;
let listId: number;

beforeAll(async () => {
	rig = await startTestRig();
});
afterAll(async () => await rig.stop());
beforeEach(() => {
	listId = rig.simulator.seedList({ name: 'Klienti' }).id;
	rig.simulator.seedObjects(listId, 1);
});

interface Settings {
	eventTypes: unknown;
	allowOtherTypes?: boolean;
	staticData?: Record<string, unknown>;
	mode?: 'manual' | 'trigger';
	activation?: 'activate' | 'create' | 'update' | 'init' | 'leadershipChange';
}

async function poll({ staticData = {}, mode = 'trigger', activation, ...options }: Settings) {
	const outputs = await rig.engine.poll('klientuPortfelisTrigger', {
		parameters: { event: 'monitoringEvent', listId: byId(listId), options } as never,
		credentials: { klientuPortfelisApi: rig.simulator.credentials } as never,
		staticData: staticData as never,
		mode,
		...(activation !== undefined && { activation }),
	});
	return outputs?.[0]?.map(({ json }) => json.event_type) ?? null;
}

const seed = (sent: string, ...types: string[]) =>
	rig.simulator.seedMonitoringSession(listId, {
		sent,
		events: types.map((type) => ({ event_type: type, title: `Notikums ${type}` })),
	});
const sessionLists = () =>
	rig.simulator.calls.filter((call) => call.function === 'get_monitoring_sessions').length;

describe('the event types of the trigger', () => {
	test.each<[string, unknown]>([
		['a list', ['EV_A', 'EV_B']],
		['a text with commas', 'EV_A, EV_B'],
		['lines', 'EV_A;\nEV_B'],
		['a list in JSON', '["EV_A", "EV_B"]'],
	])('are stored as %s', async (_name, eventTypes) => {
		seed('2026-01-01 08:00:00', 'EV_A', 'EV_B', 'EV_C');
		const staticData = {};
		expect(await poll({ eventTypes, staticData })).toBeNull();
		seed('2026-01-02 08:00:00', 'EV_A', 'EV_B', 'EV_C');
		expect(await poll({ eventTypes, staticData })).toEqual(['EV_A', 'EV_B']);
	});

	test.each([[], '', null, undefined, ['']])('are all types when empty: %j', async (eventTypes) => {
		seed('2026-01-01 08:00:00', 'EV_A', 'EV_B');
		expect(await poll({ eventTypes, mode: 'manual' })).toHaveLength(1);
	});

	test.each(['activate', 'create', 'update'] as const)(
		'refuse the activation when one is unknown, with the types found (%s)',
		async (activation) => {
			seed('2026-01-01 08:00:00', 'EV_A', 'EV_B');
			const staticData = {};
			const eventTypes = ['EV_A', 'EV_INSOLVENCY'];
			await expect(poll({ eventTypes, staticData, activation })).rejects.toMatchObject({
				message:
					"'Event Type Names or IDs' contains a type that past sessions of the list did not find: EV_INSOLVENCY. They found: EV_A, EV_B",
				description: expect.stringContaining('EV_A (Notikums EV_A), EV_B (Notikums EV_B)'),
			});
			expect(staticData).toEqual({});
		},
	);

	test('refuse a test run as well', async () => {
		seed('2026-01-01 08:00:00', 'EV_A');
		await expect(poll({ eventTypes: 'EV_X', mode: 'manual' })).rejects.toThrow('EV_X');
	});

	test.each(['init', 'leadershipChange'] as const)(
		'never stop a trigger when n8n starts again (%s)',
		async (activation) => {
			seed('2026-01-01 08:00:00', 'EV_A');
			expect(await poll({ eventTypes: 'EV_X', activation })).toBeNull();
		},
	);

	test('may be others when the user says so', async () => {
		seed('2026-01-01 08:00:00', 'EV_A');
		const staticData = {};
		const settings = { eventTypes: 'EV_X', allowOtherTypes: true, staticData };
		expect(await poll(settings)).toBeNull();
		seed('2026-01-02 08:00:00', 'EV_X');
		expect(await poll(settings)).toEqual(['EV_X']);
	});

	test('are not checked where there are no past events', async () => {
		rig.simulator.seedMonitoringSession(listId, { sent: '2026-01-01 08:00:00', events: 0 });
		expect(await poll({ eventTypes: 'EV_X' })).toBeNull();
	});

	test('are checked once, and again only when they are changed', async () => {
		seed('2026-01-01 08:00:00', 'EV_A', 'EV_B');
		const staticData = {};
		const requests = async (eventTypes: unknown) => {
			const before = sessionLists();
			await poll({ eventTypes, staticData });
			return sessionLists() - before;
		};
		// One is the poll's own; a check asks for the sessions once more.
		expect(await requests('EV_A, EV_B')).toBe(2);
		expect(await requests(['EV_B', 'EV_A'])).toBe(1);
		expect(await requests('')).toBe(1);
		expect(await requests('EV_B')).toBe(2);
		await expect(poll({ eventTypes: 'EV_X', staticData })).rejects.toThrow('EV_X');
		expect(await requests('EV_B')).toBe(1);
		expect(JSON.stringify(staticData).length).toBeLessThan(1000);
	});
});

test('a list of types and the text of it with commas mean the same', () => {
	const type = fc.stringMatching(/^[A-Z_0-9]{1,12}$/);
	fc.assert(
		fc.property(fc.array(type), (types) => {
			expect(typesIn(types)).toEqual(types);
			expect(typesIn(types.join(', '))).toEqual(types);
			expect(typesMark([...types].reverse())).toBe(typesMark(types));
		}),
	);
});
