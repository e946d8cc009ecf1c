/** n8n's command line: credentials and examples imported as files, and one executed. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { Json } from '../lib/api.cts';
import { buildingBlocks, readExample, withCredentials } from '../lib/examples.cts';
import { setStage, type Stage } from '../lib/stage.cts';

let stage: Stage;

beforeAll(async () => {
	stage = await setStage();
});
afterAll(async () => await stage?.close());

/** The ID of the imported credential of a type. */
const importedId = (type: string) => `imported-${type}`;

async function importCredentials(): Promise<void> {
	const credentials = stage.services.all.map(
		({ credentialType: type, credentialName: name, simulator }): Json => ({
			id: importedId(type),
			name,
			type,
			data: simulator.credentials,
		}),
	);
	const file = join(stage.folder, 'credentials.json');
	await writeFile(file, JSON.stringify(credentials));
	await stage.n8n.command('import:credentials', `--input=${file}`);
}

async function importExamples(): Promise<void> {
	const folder = join(stage.folder, 'examples');
	await mkdir(folder);
	const ids = Object.fromEntries(
		stage.services.all.map(({ credentialType: type }) => [type, importedId(type)]),
	);
	for (const file of buildingBlocks()) {
		const workflow = withCredentials(readExample(file), ids);
		await writeFile(join(folder, basename(file)), JSON.stringify(workflow));
	}
	await stage.n8n.command('import:workflow', '--separate', `--input=${folder}`);
}

it('imports the examples and executes one', async () => {
	await importCredentials();
	await importExamples();
	const saved = await stage.n8n.api.request<Json[]>('GET', '/workflows');
	expect(new Set(saved.map(({ name }) => name))).toEqual(
		new Set(buildingBlocks().map((file) => readExample(file).name)),
	);
	const all = saved.find(({ name }) => name === 'Klientu Portfelis: all objects of all lists');
	const printed = await stage.n8n.command('execute', `--id=${String(all?.id)}`, '--rawOutput');
	// n8n may print messages before and after the result.
	const json = printed.slice(printed.indexOf('{\n'), printed.lastIndexOf('\n}') + 2);
	const result = JSON.parse(json) as {
		data: { resultData: { runData: Record<string, Array<{ data: { main: unknown[][] } }>> } };
	};
	const [run] = result.data.resultData.runData['Get Objects'] ?? [];
	// The three lists of the simulated service hold 35 objects.
	expect(run?.data.main[0]).toHaveLength(35);
});
