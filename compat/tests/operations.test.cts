/** Every operation of both nodes. */
import type { INodePropertyOptions } from 'n8n-workflow';

import { byId, Rig, type Type, version } from '../lib/rig.cts';

let rig: Rig;
let list: ReturnType<Rig['portfolio']['seedList']>;
let objectId: number;
let sessionId: number;
let services: unknown[];

beforeAll(async () => {
	rig = await Rig.start();
	list = rig.portfolio.seedList({ name: 'Klienti' });
	rig.portfolio.seedObjects(list.id, 3);
	objectId = [...list.objects.keys()][0] ?? 0;
	sessionId = rig.portfolio.seedMonitoringSession(list.id, {
		sent: '2026-01-02 08:00:00',
		events: 2,
	}).id;
	rig.gateway.seed(250);
	rig.gateway
		.registerOf('GET_N08_LIST')
		.add([{ N08_KODAS_KS: 'PVZ001', N08_RUSIS: 1, N08_IM_KODAS: '111222333' }]);
	rig.gateway
		.registerOf('GET_T03_LIST')
		.add([{ T03_KODAS_KS: 'PVZ001', T03_DATA_MOK: '2026-01-10T00:00:00', T03_SUMA_DB: 10 }]);
	const offered = { resource: 'monitoring', operation: 'getServices', listId: byId(list.id) };
	services = (await rig.items('klientuPortfelis', offered)).slice(0, 2).map(({ type }) => type);
});
afterAll(async () => await rig.stop());

const other = () => rig.portfolio.seedList({ name: 'Cits' });
const codeOf = (id: number) => list.objects.get(id)?.code;
const monitoring = () => ({
	emails: 'klienti@example.com',
	emptyMail: true,
	period: 'W',
	startDate: '2026-02-01',
	services,
});

/** Each operation with parameters, and what it gives. */
const scenarios: ReadonlyArray<readonly [Type, string, () => object, unknown]> = [
	['klientuPortfelis', 'list.getMany', () => ({ returnAll: true }), { name: expect.any(String) }],
	[
		'klientuPortfelis',
		'list.create',
		() => ({ name: 'Jauns', type: 'PERSONS' }),
		{ name: 'Jauns' },
	],
	[
		'klientuPortfelis',
		'list.update',
		() => ({ listId: byId(other().id), name: 'Mainīts' }),
		{ name: 'Mainīts' },
	],
	['klientuPortfelis', 'list.delete', () => ({ listId: byId(other().id) }), { deleted: true }],
	[
		'klientuPortfelis',
		'list.sync',
		() => ({ listId: byId(other().id), type: 'COMPANY', code: '40000000002', dryRun: false }),
		{ code: '40000000002', action: 'created', dryRun: false },
	],
	[
		'klientuPortfelis',
		'list.compare',
		() => ({ listId: byId(list.id), code: codeOf(objectId) }),
		{ side: 'both', id: expect.any(Number) },
	],
	[
		'klientuPortfelis',
		'object.getMany',
		() => ({ listId: byId(list.id) }),
		{ code: expect.any(String) },
	],
	['klientuPortfelis', 'object.get', () => ({ objectId }), { id: expect.any(Number) }],
	[
		'klientuPortfelis',
		'object.get',
		() => ({ objectId: { __rl: true, mode: 'code', value: codeOf(objectId) } }),
		{ id: expect.any(Number) },
	],
	[
		'klientuPortfelis',
		'object.find',
		() => ({
			value: codeOf(objectId),
			searchIn: 'list',
			listId: { __rl: true, mode: 'name', value: 'KLIENTI' },
		}),
		{ lists: [{ id: expect.any(Number), name: 'Klienti' }] },
	],
	[
		'klientuPortfelis',
		'object.create',
		() => ({ listId: byId(other().id), type: 'COMPANY', code: '40000000001' }),
		{ code: '40000000001' },
	],
	[
		'klientuPortfelis',
		'object.update',
		() => ({ objectId, updateFields: { phone: '+371 60000000' } }),
		{ phone: '+371 60000000' },
	],
	[
		'klientuPortfelis',
		'object.upsert',
		() => ({
			listId: byId(list.id),
			type: 'COMPANY',
			code: codeOf(objectId),
			updateFields: { phone: '+371 60000001' },
		}),
		{ phone: '+371 60000001', action: 'updated' },
	],
	[
		'klientuPortfelis',
		'object.delete',
		() => {
			const from = other();
			rig.portfolio.seedObjects(from.id, 1);
			return { objectId: [...from.objects.keys()][0], listId: byId(from.id) };
		},
		{ deleted: true },
	],
	[
		'klientuPortfelis',
		'monitoring.getServices',
		() => ({ listId: byId(list.id) }),
		{ type: expect.any(String) },
	],
	[
		'klientuPortfelis',
		'monitoring.create',
		() => {
			const watched = other();
			rig.portfolio.seedObjects(watched.id, 1);
			return { listId: byId(watched.id), ...monitoring() };
		},
		{ period: 'W' },
	],
	[
		'klientuPortfelis',
		'monitoring.get',
		() => ({ listId: byId(list.id) }),
		{ monitoring_id: expect.any(Number) },
	],
	[
		'klientuPortfelis',
		'monitoring.update',
		() => ({ listId: byId(list.id), ...monitoring(), period: 'M' }),
		{ period: 'M' },
	],
	[
		'klientuPortfelis',
		'monitoring.upsert',
		() => ({ listId: byId(list.id), ...monitoring() }),
		{ period: 'W', action: 'updated' },
	],
	[
		'klientuPortfelis',
		'monitoringSession.getMany',
		() => ({ listId: byId(list.id) }),
		{ id: expect.any(Number) },
	],
	[
		'klientuPortfelis',
		'monitoringSession.getEvents',
		() => ({ listId: byId(list.id), sessionId }),
		{ event_type: expect.any(String) },
	],
	['klientuPortfelis', 'session.login', () => ({}), { sid: expect.any(String) }],
	['klientuPortfelis', 'session.logout', () => ({}), {}],
	[
		'rivile',
		'cashOperation.getMany',
		() => ({ returnAll: true, detail: 'A' }),
		{ operationNumber: expect.any(String), kind: 'receipt' },
	],
	[
		'rivile',
		'cashOperation.get',
		() => ({ operationNumber: '7' }),
		{ operationNumber: '000000000007' },
	],
	[
		'rivile',
		'cashOperation.find',
		() => ({ search: { reference: 'PVZ-7', dateFrom: '2020-01-01' }, limit: 1 }),
		{ score: 1, matched: ['date', 'reference'], documentNumber: 'PVZ-7' },
	],
	[
		'rivile',
		'client.get',
		() => ({ client: { __rl: true, mode: 'companyCode', value: '111222333' } }),
		{ clientCode: 'PVZ001', role: 'buyer' },
	],
	[
		'rivile',
		'client.getMany',
		() => ({ filterMode: 'simple', simpleFilters: { role: 1 } }),
		{ clientCode: 'PVZ001' },
	],
	[
		'rivile',
		'debt.getMany',
		() => ({ view: 'byDocument', simpleFilters: { companyCode: '111222333' } }),
		{ clientCode: 'PVZ001', paymentDate: '2026-01-10' },
	],
	[
		'rivile',
		'register.getMany',
		() => ({
			register: 'GET_N08_LIST',
			filterMode: 'fields',
			filters: { conditions: [{ field: 'N08_RUSIS', operator: 'in', value: ['1', '2'] }] },
		}),
		{ N08_KODAS_KS: 'PVZ001' },
	],
];

test.each(scenarios)('%s %s', async (type, name, parameters, expected) => {
	const [resource, operation] = name.split('.');
	const items = await rig.items(type, { resource, operation, ...parameters() });
	expect(items[0]).toMatchObject(expected as object);
	if (name === 'cashOperation.getMany') expect(items).toHaveLength(250);
});

test.each(['klientuPortfelis', 'rivile'] as const)('%s has no other operation', async (type) => {
	const { properties, usableAsTool } = await rig.n8n.describe(type);
	expect(usableAsTool).toBe(true);
	const described = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options = [], displayOptions }) =>
			(options as INodePropertyOptions[]).map(
				({ value }) => `${String(displayOptions?.show?.resource?.[0])}.${String(value)}`,
			),
		);
	const tried = scenarios.filter(([of]) => of === type).map(([, name]) => name);
	expect(new Set(described)).toEqual(new Set(tried));
});

test('runs on the Node.js that this n8n was made for', async () => {
	expect(await rig.n8n.nodeVersion()).toBe(`v${version.node}`);
});
