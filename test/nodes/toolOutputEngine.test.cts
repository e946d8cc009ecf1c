/** Output of the nodes as tools of an AI agent, through n8n-core. */
import { join } from 'node:path';

import type { IDataObject, INodeType } from 'n8n-workflow';

import { createEngine, type Engine } from '../../dev/engine/harness.cts';
import { chain } from '../../dev/engine/workflows.cts';
import {
	startKlientuPortfelis,
	type KlientuPortfelisSimulator,
} from '../../dev/simulators/klientuPortfelis.cts';
import { startRivile, type RivileSimulator } from '../../dev/simulators/rivile.cts';

const PACKAGE = 'n8n-nodes-klientu-portfelis-rivile';
const root = join(__dirname, '../..');

/** The built node as n8n's server makes a tool of it; n8n-core knows it by the end of its name. */
function toolOf(folder: string, className: string): INodeType {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- built by the command that runs the tests
	const built = require(join(root, `dist/nodes/${folder}/${className}.node.js`)) as Record<
		string,
		new () => INodeType
	>;
	const Type = built[className];
	if (Type === undefined) throw new Error(`dist has no node ${className}`);
	const tool = new Type();
	tool.description = { ...tool.description, name: `${tool.description.name}Tool` };
	return tool;
}

let engine: Engine;
let portfolio: KlientuPortfelisSimulator;
let gateway: RivileSimulator;

beforeAll(async () => {
	engine = await createEngine({
		packageDir: root,
		nodeTypes: {
			[`${PACKAGE}.klientuPortfelisTool`]: toolOf('KlientuPortfelis', 'KlientuPortfelis'),
			[`${PACKAGE}.rivileTool`]: toolOf('Rivile', 'Rivile'),
		},
	});
	portfolio = await startKlientuPortfelis();
	gateway = await startRivile();
	gateway.seed(3);
});
afterAll(async () => {
	await portfolio.stop();
	await gateway.stop();
	await engine.close();
});

async function run(node: 'klientuPortfelis' | 'rivile', parameters: object) {
	const { credentials } = node === 'rivile' ? gateway : portfolio;
	return await engine.run(
		chain({
			name: 'Tool',
			type: `${PACKAGE}.${node}Tool`,
			parameters: { ...parameters },
			credentials: { [`${node}Api`]: { id: '1', name: 'Account' } },
		}),
		{ credentials: { Account: { ...credentials } } },
	);
}

async function itemsOf(...args: Parameters<typeof run>): Promise<IDataObject[]> {
	const result = await run(...args);
	expect(result.nodeError('Tool')?.message).toBeUndefined();
	return result.json('Tool');
}

const operations = { resource: 'cashOperation', operation: 'getMany', returnAll: true };

describe('Output of Rivilė', () => {
	test.each([{}, { output: 'simplified' }])('is simplified: %j', async (output) => {
		const [first = {}, ...others] = await itemsOf('rivile', { ...operations, ...output });
		expect(others).toHaveLength(2);
		expect(Object.keys(first).length).toBeLessThanOrEqual(10);
		expect(['receipt', 'payment']).toContain(first.kind);
	});

	test('is raw', async () => {
		const [first = {}] = await itemsOf('rivile', { ...operations, output: 'raw' });
		expect(Object.keys(first).length).toBeGreaterThan(30);
		expect([1, 2]).toContain(first.I04_OP_RUSIS);
	});

	test('has the selected fields only', async () => {
		const selected = { output: 'selectedFields', outputFields: 'I04_SUMA, I04_KODAS_KS' };
		const items = await itemsOf('rivile', { ...operations, ...selected });
		expect(items).toHaveLength(3);
		for (const item of items) expect(Object.keys(item)).toEqual(['I04_SUMA', 'I04_KODAS_KS']);
	});
});

describe('Output of Klientu Portfelis', () => {
	const objects = () => {
		const { id } = portfolio.seedList({ name: 'Klienti' });
		const seeded = portfolio.seedObjects(id, 2);
		const listId = { __rl: true, mode: 'id', value: String(id) };
		return { seeded, parameters: { resource: 'object', operation: 'getMany', listId } };
	};

	test('is simplified or raw', async () => {
		const { parameters } = objects();
		const [simplified = {}] = await itemsOf('klientuPortfelis', parameters);
		const [raw = {}] = await itemsOf('klientuPortfelis', { ...parameters, output: 'raw' });
		expect(Object.keys(simplified).length).toBeLessThan(Object.keys(raw).length);
		expect(raw).toMatchObject(simplified);
	});

	test('has the selected fields only', async () => {
		const { seeded, parameters } = objects();
		const selected = { output: 'selectedFields', outputFields: 'code' };
		expect(await itemsOf('klientuPortfelis', { ...parameters, ...selected })).toEqual(
			seeded.map(({ code }) => ({ code })),
		);
	});

	test('that no result has is refused with those that there are', async () => {
		const { parameters } = objects();
		const selected = { output: 'selectedFields', outputFields: 'kods' };
		const error = (await run('klientuPortfelis', { ...parameters, ...selected })).nodeError('Tool');
		expect(error?.message).toBe("'Fields' contains a name that no result has: kods");
		expect(error?.description).toContain('code');
	});
});
