/** Every example workflow runs as a user imports it, with the items pinned in it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createEngine, type Engine, type WorkflowJson } from '../dev/engine/harness.cts';
import {
	startKlientuPortfelis,
	type KlientuPortfelisSimulator,
} from '../dev/simulators/klientuPortfelis.cts';

const folder = join(__dirname, '../examples');
const files = readdirSync(folder)
	.filter((file) => file.startsWith('klientu-portfelis-'))
	.sort();

let engine: Engine;
let simulator: KlientuPortfelisSimulator;

beforeAll(async () => {
	engine = await createEngine({ packageDir: join(__dirname, '..') });
	simulator = await startKlientuPortfelis();
});
afterAll(async () => {
	await engine.close();
	await simulator.stop();
});

/** How many items the last node gives, and how many an error output takes. */
const OUTCOMES: Readonly<Record<string, { out: number; refused?: number }>> = {
	'klientu-portfelis-1-create-lists.json': { out: 6 },
	'klientu-portfelis-2-add-objects.json': { out: 12, refused: 2 },
	'klientu-portfelis-3-update-contacts.json': { out: 2 },
	'klientu-portfelis-4-monitor-a-list.json': { out: 1 },
	'klientu-portfelis-5-what-happened.json': { out: 0 },
	'klientu-portfelis-6-all-objects.json': { out: 12 },
	'klientu-portfelis-7-delete-lists.json': { out: 6 },
};

test('every example has an outcome to be held against', () => {
	expect(files).toEqual(Object.keys(OUTCOMES));
});

test.each(files)('%s', async (file) => {
	const workflow = JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowJson;
	const result = await engine.run(workflow, {
		credentials: { 'Klientu Portfelis account': simulator.credentials },
	});
	expect(result.status).toBe('success');
	const last = workflow.nodes[workflow.nodes.length - 1]?.name ?? '';
	const { out, refused = 0 } = OUTCOMES[file] ?? {};
	expect(result.json(last, 0)).toHaveLength(out ?? -1);
	expect(result.json(last, 1)).toHaveLength(refused);
});
