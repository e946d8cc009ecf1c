/** Both triggers: activation, a new event, a poll that fails or hangs, a test run. */
import { createServer, type AddressInfo, type Server } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import type { NodeJson } from '../../dev/engine/harness.cts';
import { sampleKey } from '../../dev/simulators/rivile.cts';
import { byId, Rig, type Type, version } from '../lib/rig.cts';
import { isFrom } from '../lib/versions.cts';

let rig: Rig;
let listId: number;

beforeAll(async () => {
	rig = await Rig.start();
	listId = rig.portfolio.seedList({ name: 'Klienti' }).id;
	rig.portfolio.seedObjects(listId, 1);
	rig.portfolio.seedMonitoringSession(listId, { sent: '2026-01-01 08:00:00', events: 1 });
	rig.gateway.seed(120);
	// An empty register would be looked at again and again.
	clients().add(Array.from({ length: 60 }, (_, index) => client(index + 1, '2026-10-01T08:00:00')));
});
afterAll(async () => await rig.stop());

interface Trigger {
	/** The node's name in the package. */
	readonly node: string;
	readonly of: Type;
	readonly parameters: () => IDataObject;
	/** Makes one new event. */
	readonly happen: () => void;
	/** What tells that it is the new one. */
	readonly isNew: IDataObject;
	/** Makes the next poll fail. */
	readonly fail: () => void;
	readonly words: string;
}

const triggers: Readonly<Record<string, Trigger>> = {
	klientuPortfelisTrigger: {
		node: 'klientuPortfelisTrigger',
		of: 'klientuPortfelis',
		parameters: () => ({ event: 'monitoringEvent', listId: byId(listId) }),
		happen: () =>
			rig.portfolio.seedMonitoringSession(listId, { sent: '2026-01-02 08:00:00', events: 1 }),
		isNew: { sent: '2026-01-02 08:00:00', list_name: 'Klienti' },
		fail: () => rig.portfolio.failNext({ function: 'get_monitoring_sessions', code: 1002 }),
		words: 'The role has no access to this list',
	},
	rivileTrigger: {
		node: 'rivileTrigger',
		of: 'rivile',
		parameters: () => ({ event: 'operationCreated', detail: 'A', filterMode: 'none' }),
		happen: () => rig.gateway.register.add([{ I04_KODAS_CH: sampleKey(121) }]),
		isNew: { operationNumber: sampleKey(121) },
		fail: () =>
			rig.gateway.answerNext({ status: 401, body: '{"errorMessage":"Api key is not valid"}' }),
		words: 'Rivilė did not accept the API key: Api key is not valid',
	},
	'rivileTrigger of clients': {
		node: 'rivileTrigger',
		of: 'rivile',
		parameters: () => ({ event: 'clientChanged', filterMode: 'none' }),
		happen: () => clients().add([client(61, '2026-10-09T11:00:00')]),
		isNew: { clientCode: 'PVZ061', role: 'buyer' },
		fail: () =>
			rig.gateway.answerNext({ status: 401, body: '{"errorMessage":"Api key is not valid"}' }),
		words: 'Rivilė did not accept the API key: Api key is not valid',
	},
};

const clients = () => rig.gateway.registerOf('GET_N08_LIST');

const client = (number: number, changed: string) => ({
	N08_KODAS_KS: `PVZ${String(number).padStart(3, '0')}`,
	N08_PAV: `Pavyzdys ${number}`,
	N08_RUSIS: 1,
	N08_R_DATE: changed,
});

describe.each(Object.entries(triggers))('%s', (_title, trigger) => {
	const credentials = (changes?: IDataObject) => ({
		[`${trigger.of}Api`]: rig.credentialOf(trigger.of, changes),
	});
	const poll = async (staticData: IDataObject, more: object = {}) =>
		await rig.n8n.poll(trigger.node, {
			parameters: { ...trigger.parameters(), options: {} } as never,
			credentials: credentials(),
			staticData,
			...more,
		});
	let state: IDataObject = {};

	test('starts from now when it is activated', async () => {
		const { error, items, staticData } = await poll({}, { activation: 'activate' });
		expect(error).toBeUndefined();
		expect(items).toBeNull();
		state = staticData;
		expect(state).toMatchObject({ cursor: expect.any(Object) });
	});

	test('emits a new event once', async () => {
		trigger.happen();
		const { items, staticData } = await poll(state);
		expect(items).toEqual([expect.objectContaining(trigger.isNew)]);
		expect((await poll(staticData)).items).toBeNull();
		state = staticData;
	});

	test('a poll that fails says why and leaves the cursor as it was', async () => {
		trigger.fail();
		const { error, items, staticData } = await poll(state);
		expect(items).toBeNull();
		expect(error?.message).toBe(trigger.words);
		expect(error?.description).not.toBe('');
		expect(staticData).toEqual(state);
		expect((await poll(state)).error).toBeUndefined();
	});

	test('tells n8n why a poll failed, where n8n asks for it', async () => {
		trigger.fail();
		const cause = trigger.of === 'rivile' ? 'credential-invalid' : 'configuration-invalid';
		const asksForIt = isFrom(version.version, '2.37.0');
		expect((await poll(state)).error?.failure).toEqual(asksForIt ? { cause } : undefined);
	});

	test('a test run shows the latest event', async () => {
		const { items, staticData } = await poll({}, { mode: 'manual' });
		expect(items).toEqual([expect.objectContaining(trigger.isNew)]);
		expect(staticData).toEqual({});
	});

	test('starts a workflow', async () => {
		const start: NodeJson = {
			name: 'Start',
			type: `n8n-nodes-klientu-portfelis-rivile.${trigger.node}`,
			typeVersion: 1,
			parameters: { ...trigger.parameters(), pollTimes: { item: [{ mode: 'everyHour' }] } },
			credentials: { [`${trigger.of}Api`]: { id: 'account', name: 'Account' } },
		};
		const next: NodeJson = { name: 'Next', type: 'n8n-nodes-base.noOp', typeVersion: 1 };
		const workflow = {
			nodes: [start, next],
			connections: { Start: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
		};
		const ended = await rig.n8n.run(
			workflow,
			{ credentials: { account: rig.credentialOf(trigger.of) } },
			'Next',
		);
		expect(ended.error).toBeUndefined();
		expect(ended.outputs[0]?.map(({ json }) => json)).toEqual([
			expect.objectContaining(trigger.isNew),
		]);
	});
});

describe('a service that accepts connections and never answers', () => {
	let server: Server;
	const sockets = new Set<{ destroy(): void }>();

	beforeAll(async () => {
		server = createServer((socket) => {
			sockets.add(socket);
			socket.on('error', () => undefined);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	afterAll(async () => {
		for (const socket of sockets) socket.destroy();
		await new Promise((resolve) => server.close(resolve));
	});

	// Before 2.38 n8n does not tell the node how long a poll may take.
	const knowsBudget = isFrom(version.version, '2.38.0');

	test('leaves the triggers with a message in time', async () => {
		const { port } = server.address() as AddressInfo;
		const budgetMs = knowsBudget ? 3000 : 30_000;
		const start = Date.now();
		const outcomes = await Promise.all(
			Object.values(triggers).map(async ({ node, of, parameters }) => {
				const endpoint = `http://127.0.0.1:${port}/`;
				return await rig.n8n.poll(node, {
					parameters: { ...parameters(), options: {} } as never,
					credentials: { [`${of}Api`]: rig.credentialOf(of, { endpoint }) } as never,
					budgetMs,
				});
			}),
		);
		for (const { error } of outcomes) {
			expect(error?.message).toMatch(/did not respond within \d+ seconds/);
			expect(error?.description).not.toBe('');
		}
		expect(Date.now() - start).toBeLessThan(budgetMs);
	}, 45_000);
});
