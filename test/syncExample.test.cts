/** The example that keeps a list in step with a CRM: a dry run, an approval, the sync, a report. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

import { createEngine, type Engine, type WorkflowJson } from '../dev/engine/harness.cts';
import { summarize } from '../dev/engine/summarize.cts';
import {
	startKlientuPortfelis,
	type KlientuPortfelisSimulator,
} from '../dev/simulators/klientuPortfelis.cts';

const root = join(__dirname, '..');
const workflow = JSON.parse(
	readFileSync(join(root, 'examples/sync/klientu-portfelis-crm-to-list.json'), 'utf8'),
) as WorkflowJson;

type Execute = NonNullable<INodeType['execute']>;

/** A stand-in for a built-in node. */
function builtIn(name: string, shape: object, execute: Execute): INodeType {
	return {
		description: {
			displayName: name,
			name: `n8n-nodes-base.${name}`,
			group: ['transform'],
			version: [2.1, 2.2, 3.1],
			description: name,
			defaults: { name },
			inputs: ['main'],
			outputs: ['main'],
			properties: ['message', 'conditions'].map((property) => ({
				displayName: property,
				name: property,
				type: 'json' as const,
				default: '',
			})),
			...shape,
		},
		execute,
	};
}

let approved = true;
const messages: string[] = [];

const nodeTypes = {
	'n8n-nodes-base.summarize': summarize,
	'n8n-nodes-base.emailSend': builtIn('emailSend', {}, async function (this: IExecuteFunctions) {
		messages.push(String(this.getNodeParameter('message', 0)));
		return await Promise.resolve([[{ json: { data: { approved } } }]]);
	}),
	'n8n-nodes-base.if': builtIn(
		'if',
		{ outputs: ['main', 'main'] },
		async function (this: IExecuteFunctions) {
			const [condition] = this.getNodeParameter('conditions.conditions', 0) as IDataObject[];
			const items = this.getInputData();
			return await Promise.resolve(condition?.leftValue === true ? [items, []] : [[], items]);
		},
	),
	'n8n-nodes-base.merge': builtIn(
		'merge',
		{ inputs: ['main', 'main'], requiredInputs: [0, 1] },
		async function (this: IExecuteFunctions) {
			return await Promise.resolve([this.getInputData(0)]);
		},
	),
};

let engine: Engine;
let simulator: KlientuPortfelisSimulator;

beforeAll(async () => {
	engine = await createEngine({ packageDir: root, nodeTypes });
});
afterAll(async () => await engine.close());
beforeEach(async () => {
	simulator = await startKlientuPortfelis();
	const { id } = simulator.seedList({ name: 'Sample: clients' });
	const { portfolio } = simulator;
	const list = portfolio.lists.get(id);
	for (const code of ['40000000002', '40000000009', '40000000003']) {
		const object = portfolio.addObject({ type: 'COMPANY', code, name: 'SIA', client_id: 'K-2' });
		if (list !== undefined) portfolio.putIn(object, list);
	}
});
afterEach(async () => await simulator.stop());

const run = async () =>
	await engine.run(workflow, {
		credentials: {
			'Klientu Portfelis account': simulator.credentials,
			'SMTP account': {},
		},
	});

const writes = () =>
	simulator.calls.filter(({ function: name }) =>
		['add_object', 'update_object', 'delete_object'].includes(name ?? ''),
	);

test('makes the changes that were approved, and reports them', async () => {
	approved = true;
	const result = await run();
	expect(result.error).toBeUndefined();
	expect(messages.at(-1)).toBe('To be added: 1, changed: 1, deleted: 1. Refused: 1.');
	const actions = (name: string) => result.json(name).map(({ code, action }) => [code, action]);
	expect(actions('Sync')).toEqual([
		['40000000001', 'refused'],
		['40000000002', 'unchanged'],
		['40000000003', 'updated'],
		['40000000001', 'created'],
		['40000000009', 'deleted'],
	]);
	expect(actions('What Would Change')).toEqual(actions('Sync'));
	const report = result.json('Report').map(({ action, count_code: count }) => [action, count]);
	expect(Object.fromEntries(report)).toEqual({
		refused: 1,
		unchanged: 1,
		updated: 1,
		created: 1,
		deleted: 1,
	});
	expect(writes()).toHaveLength(4);
});

test('changes nothing when it is declined', async () => {
	approved = false;
	const result = await run();
	expect(result.error).toBeUndefined();
	expect(result.runs('Sync')).toEqual([]);
	expect(writes()).toEqual([]);
});

test('has numbered notes and no node with code', () => {
	const notes = workflow.nodes.filter(({ type }) => type.endsWith('.stickyNote'));
	const texts = notes.map(({ parameters }) => String((parameters as IDataObject).content));
	expect(texts.map((text) => text.slice(0, 5))).toEqual(['## 1.', '## 2.', '## 3.', '## 4.']);
	expect(workflow.nodes.filter(({ type }) => /code|function/i.test(type))).toEqual([]);
});
