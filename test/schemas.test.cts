/** The schemas in the package, against what the operations give in n8n. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { SCHEMAS, schemaFiles } from '../build/schemas/index.cts';
import type { JsonSchema, ObjectSchema } from '../build/schemas/jsonSchema.cts';
import { operations as portfolioOperations } from '../nodes/KlientuPortfelis/resources';
import { operations as registerOperations } from '../nodes/Rivile/resources';
import { startTestRig as startPortfolio } from './nodes/KlientuPortfelis/helpers.cts';
import { startTestRig as startRegister } from './nodes/Rivile/testRig.cts';

const names = (operations: Readonly<Record<string, object>>) =>
	Object.entries(operations).flatMap(([resource, ofResource]) =>
		Object.keys(ofResource).map((operation) => `${resource}/${operation}`),
	);

const schemaOf = (node: 'KlientuPortfelis' | 'Rivile', resource: string, operation: string) =>
	SCHEMAS[node]?.operations[resource]?.[operation];

/** Whether a value fits: null fits everywhere, as every field of both services may be empty. */
function fits(value: unknown, schema: JsonSchema | undefined): boolean {
	if (schema === undefined) return false;
	if (value === null) return true;
	if (schema.type === 'array') {
		return Array.isArray(value) && value.every((part) => fits(part, schema.items));
	}
	if (schema.type === 'object') {
		return Object.entries(Object(value)).every(([name, part]) =>
			fits(part, schema.properties[name]),
		);
	}
	if (schema.type === 'integer') return Number.isInteger(value);
	return typeof value === schema.type;
}

function expectFitting(items: readonly IDataObject[], schema: ObjectSchema | undefined): void {
	expect(items.length).toBeGreaterThan(0);
	for (const item of items) {
		const unfitting = Object.entries(item).filter(
			([name, value]) => !fits(value, schema?.properties[name]),
		);
		expect(unfitting).toEqual([]);
	}
}

// A rig that a failed test leaves behind would keep the run from ending.
const rigs: Array<{ stop(): Promise<void> }> = [];
afterAll(async () => await Promise.all(rigs.map(async (rig) => await rig.stop())));

function stopLater<Rig extends { stop(): Promise<void> }>(rig: Rig): Rig {
	rigs.push(rig);
	return rig;
}

test('every operation has one, where its output does not depend on a choice', () => {
	const described = ({ operations }: { operations: Readonly<Record<string, object>> }) =>
		names(operations).sort();
	expect(SCHEMAS.KlientuPortfelis && described(SCHEMAS.KlientuPortfelis)).toEqual(
		names(portfolioOperations).sort(),
	);
	expect(SCHEMAS.Rivile && described(SCHEMAS.Rivile)).toEqual(
		names(registerOperations)
			.filter((name) => name !== 'register/getMany')
			.sort(),
	);
});

test('they are in the package', () => {
	for (const [file, schema] of schemaFiles()) {
		const built = readFileSync(join(__dirname, '../dist/nodes', file), 'utf8');
		expect(JSON.parse(built)).toEqual(schema);
	}
});

test('Klientu Portfelis gives what they say', async () => {
	const rig = stopLater(await startPortfolio());
	const { id } = rig.simulator.seedList({ name: 'Klienti' });
	rig.simulator.seedObjects(id, 2);
	rig.simulator.seedMonitoringSession(id, { events: 2 });
	const listId = { __rl: true, mode: 'id', value: String(id) };
	const [first] = rig.simulator.seedObjects(id, 1);
	const cases: Array<[resource: string, operation: string, parameters: object]> = [
		['list', 'getMany', {}],
		['list', 'create', { name: 'New', type: 'KEYWORDS' }],
		['list', 'sync', { listId, type: 'COMPANY', code: first?.code }],
		['list', 'compare', { listId, code: first?.code }],
		['object', 'getMany', { listId }],
		['object', 'get', { objectId: String(first?.id) }],
		['object', 'find', { findBy: 'code', value: first?.code }],
		['object', 'upsert', { listId, type: 'COMPANY', code: first?.code }],
		['monitoring', 'getServices', { listId }],
		['monitoringSession', 'getMany', { listId }],
		['session', 'login', {}],
	];
	for (const [resource, operation, parameters] of cases) {
		const result = await rig.run({ resource, operation, ...parameters });
		expect(result.error).toBeUndefined();
		expectFitting(result.json('Node'), schemaOf('KlientuPortfelis', resource, operation));
	}
});

test('Rivilė gives what they say', async () => {
	const rig = stopLater(await startRegister());
	rig.gateway.seed(3);
	const client = { N08_KODAS_KS: 'PVZ001', N08_PAV: 'Pavyzdys', N08_RUSIS: 1 };
	rig.gateway.registerOf('GET_N08_LIST').add([client]);
	const debt = { T03_KODAS_KS: 'PVZ001', T03_DOK_NR: 'A-1', T03_SUMA_DB: 12.5 };
	rig.gateway.registerOf('GET_T03_LIST').add([{ ...debt, T03_KODAS_VL: 'EUR' }]);
	const cases: Array<[resource: string, operation: string, parameters: object]> = [
		['cashOperation', 'getMany', {}],
		['cashOperation', 'get', { operationNumber: '1' }],
		['cashOperation', 'find', { search: { dateFrom: '2000-01-01' } }],
		['client', 'getMany', {}],
		['client', 'get', { client: { __rl: true, mode: 'code', value: 'PVZ001' } }],
		['debt', 'getMany', { view: 'byDocument' }],
	];
	for (const [resource, operation, parameters] of cases) {
		const found = await rig.items({ resource, operation, ...parameters });
		expectFitting(found, schemaOf('Rivile', resource, operation));
	}
});
