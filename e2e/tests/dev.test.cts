/** `npm run dev`, on a copy of the project: what is saved in it appears in n8n. */
import { readdirSync } from 'node:fs';
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { N8nApi, OWNER } from '../lib/api.cts';
import { Child } from '../lib/children.cts';
import { E2E, ourPackage, plainEnvironment, ROOT } from '../lib/places.cts';
import { freePort } from '../lib/ports.cts';
import { temporaryFolder } from '../lib/stage.cts';
import { until } from '../lib/waiting.cts';

let folder: string;
let project: string;
let temporary: string;
let dev: Child | undefined;

/** What is linked instead, or not needed. */
const NOT_COPIED = new Set(['node_modules', '.git', 'dist', 'e2e']);

/** Without what was installed for other commands, such as the bench. */
const copy = async (from: string, to: string) => {
	const filter = (file: string) => basename(file) !== 'node_modules';
	await cp(from, to, { recursive: true, filter });
};

beforeAll(async () => {
	folder = await temporaryFolder();
	project = join(folder, 'project');
	temporary = join(folder, 'tmp');
	await mkdir(temporary);
	for (const name of readdirSync(ROOT).filter((name) => !NOT_COPIED.has(name))) {
		await copy(join(ROOT, name), join(project, name));
	}
	await copy(join(ROOT, 'dist'), join(project, 'dist'));
	await symlink(join(ROOT, 'node_modules'), join(project, 'node_modules'));
	for (const name of readdirSync(E2E).filter((name) => !/^(node_modules|oldest)$/.test(name))) {
		await copy(join(E2E, name), join(project, 'e2e', name));
	}
	await symlink(join(E2E, 'node_modules'), join(project, 'e2e/node_modules'));
	await mkdir(join(project, 'e2e/oldest'));
	await cp(join(E2E, 'oldest/package.json'), join(project, 'e2e/oldest/package.json'));
});
afterAll(async () => {
	await dev?.stop('SIGINT', 30_000);
	await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

const NODE = 'nodes/Rivile/RivileTrigger.node.ts';
const NAME = "displayName: 'Rivilė Trigger',";

async function change(from: string, to: string): Promise<void> {
	const file = join(project, NODE);
	const text = await readFile(file, 'utf8');
	expect(text).toContain(from);
	await writeFile(file, text.replace(from, to));
}

it('builds what is saved, n8n reloads it, and a mistake does not end it', async () => {
	const port = await freePort();
	const running = new Child({
		command: process.execPath,
		args: [join(project, 'e2e/start.cjs'), '--watch', '--port', String(port)],
		cwd: project,
		env: { ...plainEnvironment(), TMPDIR: temporary },
	});
	dev = running;
	const prints = async (text: string, patience = 60_000) => {
		const found = async () => (running.output.includes(text) ? true : undefined);
		await until(found, () => `It did not print "${text}":\n${running.output}`, patience);
	};
	await prints('Ctrl+C', 120_000);
	const api = new N8nApi(`http://127.0.0.1:${port}`);
	const { email: emailOrLdapLoginId, password } = OWNER;
	await api.request('POST', '/login', { emailOrLdapLoginId, password });
	const shows = async (displayName: string) => {
		const found = async () => {
			// n8n writes the file anew, so it may be incomplete for a moment.
			const types = await api.nodeTypes().catch(() => []);
			const trigger = types.find(({ name }) => name === `${ourPackage.name}.rivileTrigger`);
			return trigger?.displayName === displayName ? true : undefined;
		};
		const late = () => `n8n does not show "${displayName}":\n${running.output}`;
		await until(found, late, 60_000, 1000);
	};
	await shows('Rivilė Trigger');

	await change(NAME, "displayName: 'Rivilė Trigger, Changed',");
	await shows('Rivilė Trigger, Changed');

	await change("displayName: 'Rivilė Trigger, Changed',", "displayName: 'Rivilė Trigger,");
	await prints('the build failed, so n8n keeps what it has');
	expect(running.output).toMatch(/RivileTrigger\.node\.ts:\d+:\d+/);
	expect(running.output).not.toMatch(/^\s+at /m);
	await shows('Rivilė Trigger, Changed');

	await change("displayName: 'Rivilė Trigger,", NAME);
	await shows('Rivilė Trigger');

	await change('polling: true,', "polling: 'yes',");
	await prints('The type check found mistakes');
	expect(running.output).toContain(`${NODE}(`);

	await running.stop('SIGINT', 30_000);
	expect(running.output).toContain('done.');
	expect(readdirSync(temporary)).toEqual([]);
}, 300_000);
