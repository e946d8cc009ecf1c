/** The package as it would be published: packed, unpacked and loaded the way n8n does. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { LICENCES_FILE, packagesIn } from '../build/licences.cjs';
import { createEngine } from '../dev/engine/harness.cts';
import { startKlientuPortfelis } from '../dev/simulators/klientuPortfelis.cts';

const root = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'package-'));
const unpacked = join(folder, 'package');
let files: string[];

beforeAll(() => {
	const [{ filename, files: packed }] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
			cwd: root,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	) as [{ filename: string; files: Array<{ path: string }> }];
	files = packed.map(({ path }) => path);
	execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const manifest = () =>
	JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as Record<string, unknown>;

test('holds what runs, and nothing else', () => {
	const others = files.filter((file) => !/^dist\/.*\.(js|json|svg)$/.test(file));
	expect(others.sort()).toEqual([
		'LICENSE',
		'README.md',
		`dist/${LICENCES_FILE}`,
		'index.js',
		'package.json',
	]);
});

test('holds the licences of exactly the packages that are named in the bundles', () => {
	const named = files
		.filter((file) => file.endsWith('.js'))
		.map((file) => readFileSync(join(unpacked, file), 'utf8'))
		.flatMap((text) => [...text.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)])
		.map(([, name]) => name);
	const licences = readFileSync(join(unpacked, 'dist', LICENCES_FILE), 'utf8');
	const listed = packagesIn(licences).map((entry) => entry.replace(/ .*$/, ''));
	expect(listed.length).toBeGreaterThan(0);
	expect(new Set(listed)).toEqual(new Set(named));
});

test('depends on nothing, and asks for n8n-workflow alone', () => {
	const { dependencies = {}, optionalDependencies = {}, peerDependencies } = manifest();
	expect(dependencies).toEqual({});
	expect(optionalDependencies).toEqual({});
	expect(peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

test('requires n8n-workflow, node:crypto and its own files only', () => {
	for (const file of files.filter((name) => name.endsWith('.js'))) {
		const text = readFileSync(join(unpacked, file), 'utf8');
		for (const [, required] of text.matchAll(/\brequire\("([^"]+)"\)/g)) {
			expect(required).toMatch(/^(n8n-workflow|node:crypto|\.{1,2}\/.+\.js)$/);
		}
	}
});

test('works on n8n', async () => {
	const simulator = await startKlientuPortfelis();
	// A simulator that is left running would keep a failed run from ending.
	try {
		const engine = await createEngine({ packageDir: unpacked });
		expect(Object.keys(engine.nodeVersions)).toContain(
			'n8n-nodes-klientu-portfelis-rivile.klientuPortfelis',
		);
		expect(await engine.test('klientuPortfelisApi', simulator.credentials)).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		await engine.close();
	} finally {
		await simulator.stop();
	}
});

test('is published with provenance, without a token or the address of a registry', () => {
	const workflow = readFileSync(join(root, '.github/workflows/publish.yml'), 'utf8');
	expect(workflow).toContain('id-token: write');
	expect(workflow).toContain('npm publish --provenance');
	expect(workflow).not.toMatch(/secrets\.|TOKEN|https?:|registry-url/);
});
