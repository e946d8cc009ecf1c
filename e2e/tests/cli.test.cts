/** n8n's command line: credentials and examples imported as files, and one executed. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Json } from '../lib/api.cts';
import { exampleFiles, readExample } from '../lib/examples.cts';
import { setStage, type Stage } from '../lib/stage.cts';

let stage: Stage;

beforeAll(async () => {
	stage = await setStage();
});
afterAll(async () => await stage?.close());

/** The credentials as the examples name them, IDs included, so that they are imported untouched. */
async function importCredentials(): Promise<void> {
	const named = new Map<string, Json>();
	for (const file of exampleFiles(Object.keys(stage.credentialIds))) {
		for (const { credentials } of readExample(file).nodes) {
			for (const [type, { id, name }] of Object.entries(credentials ?? {})) {
				const service = stage.services.all.find(({ credentialType }) => credentialType === type);
				named.set(type, { id, name, type, data: service?.simulator.credentials });
			}
		}
	}
	const file = join(stage.folder, 'credentials.json');
	await writeFile(file, JSON.stringify([...named.values()]));
	await stage.n8n.command('import:credentials', `--input=${file}`);
}

async function importExamples(): Promise<void> {
	const folder = join(stage.folder, 'examples');
	await mkdir(folder);
	for (const file of exampleFiles(Object.keys(stage.credentialIds))) {
		await writeFile(join(folder, file), JSON.stringify(readExample(file)));
	}
	await stage.n8n.command('import:workflow', '--separate', `--input=${folder}`);
}

it('imports the examples and executes one', async () => {
	await importCredentials();
	await importExamples();
	const saved = await stage.n8n.api.request<Json[]>('GET', '/workflows');
	const files = exampleFiles(Object.keys(stage.credentialIds));
	expect(new Set(saved.map(({ name }) => name))).toEqual(
		new Set(files.map((file) => readExample(file).name)),
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
