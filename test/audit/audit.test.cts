/** `npm run audit` with npm itself, on a small package and a registry of our own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { audit } from './audit.cts';
import { readAccepted } from './findings.cts';
import { advisory, startRegistry, type Registry } from './fakeRegistry.cts';

// Each test runs npm several times.
jest.setTimeout(30_000);

let folder: string;
let registry: Registry;

beforeAll(async () => {
	registry = await startRegistry();
});
afterAll(async () => await registry.stop());

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'audit-'));
	registry.advisories = {};
	registry.status = 200;
	// "parser" is bundled, "tool" only used in development, "server" by the tests in e2e.
	writePackage('.', { devDependencies: { parser: '1.0.0', tool: '1.0.0' } });
	writePackage('e2e', { dependencies: { server: '1.0.0' } });
	write(
		'dist/THIRD-PARTY-LICENSES.txt',
		`Code of others\n\n${'='.repeat(80)}\nparser 1.0.0 (MIT)\n`,
	);
	accept({ '.': [], e2e: [] });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, content: unknown) {
	mkdirSync(join(folder, file, '..'), { recursive: true });
	writeFileSync(
		join(folder, file),
		typeof content === 'string' ? content : JSON.stringify(content),
	);
}

type Dependencies = Readonly<Record<string, string>>;

function writePackage(
	place: string,
	wanted: { dependencies?: Dependencies; devDependencies?: Dependencies },
) {
	const manifest = { name: 'sample', version: '1.0.0', ...wanted };
	const entries = (['dependencies', 'devDependencies'] as const).flatMap((kind) =>
		Object.entries(wanted[kind] ?? {}).map(([name, version]) => [
			`node_modules/${name}`,
			{
				version,
				resolved: `https://registry.example/${name}.tgz`,
				dev: kind === 'devDependencies',
			},
		]),
	);
	write(`${place}/package.json`, manifest);
	write(`${place}/package-lock.json`, {
		...manifest,
		lockfileVersion: 3,
		requires: true,
		packages: { '': manifest, ...Object.fromEntries(entries) },
	});
}

const accept = (accepted: unknown) => write('test/audit/accepted.json', accepted);

const run = async (strict = false) => {
	const { passed, lines } = await audit(folder, { strict, env: registry.env });
	return { passed, text: lines.join('\n') };
};

test('passes without findings', async () => {
	const { passed, text } = await run(true);
	expect(text).toContain('package-lock.json: 0 findings, 0 accepted');
	expect(text).toContain('e2e/package-lock.json: 0 findings, 0 accepted');
	expect(passed).toBe(true);
});

test('stops at findings that are not accepted, and says where to put them', async () => {
	registry.advisories = { tool: [advisory('GHSA-tool')], server: [advisory('GHSA-server')] };
	const { passed, text } = await run();
	expect(text).toContain(
		'New in package-lock.json: GHSA-tool (high) in tool <2.0.0: Sample flaw (1.0.0 in node_modules/tool)',
	);
	expect(text).toContain('to "." in test/audit/accepted.json');
	expect(text).toContain('New in e2e/package-lock.json: GHSA-server');
	expect(passed).toBe(false);
});

test('passes with findings that are accepted, in their own folder only', async () => {
	registry.advisories = { tool: [advisory('GHSA-tool')], server: [advisory('GHSA-server')] };
	const ofTool = { advisory: 'GHSA-tool', package: 'tool', why: 'Sample reason' };
	const ofServer = { advisory: 'GHSA-server', package: 'server', why: 'Sample reason' };
	accept({ '.': [ofTool], e2e: [ofServer] });
	expect((await run()).passed).toBe(true);
	accept({ '.': [ofTool, ofServer] });
	const { passed, text } = await run();
	expect(text).toContain('New in e2e/package-lock.json: GHSA-server');
	expect(text).toContain('Gone from package-lock.json: GHSA-server in server');
	expect(passed).toBe(false);
});

test('stops at accepted findings and folders that are there no more', async () => {
	accept({ '.': [{ advisory: 'GHSA-tool', package: 'tool', why: 'Sample reason' }], bench: [] });
	const { passed, text } = await run();
	expect(text).toContain('Gone from package-lock.json: GHSA-tool in tool');
	expect(text).toContain('names "bench", which has no lock file');
	expect(passed).toBe(false);
});

test('takes no finding in code that ships', async () => {
	registry.advisories = { parser: [advisory('GHSA-parser')] };
	accept({ '.': [{ advisory: 'GHSA-parser', package: 'parser', why: 'Sample reason' }] });
	const { passed, text } = await run();
	expect(text).toContain('In the bundles: GHSA-parser');
	expect(passed).toBe(false);
});

test('takes no dependency of the package', async () => {
	writePackage('.', { dependencies: { tool: '1.0.0' } });
	registry.advisories = { tool: [advisory('GHSA-tool')] };
	accept({ '.': [{ advisory: 'GHSA-tool', package: 'tool', why: 'Sample reason' }] });
	const { passed, text } = await run();
	expect(text).toContain('What ships: package.json has dependencies');
	expect(text).toContain('What ships: GHSA-tool');
	expect(passed).toBe(false);
});

test.each([404, 405])('says that nothing was checked after status %d', async (status) => {
	registry.status = status;
	const lenient = await run();
	expect(lenient.text).toContain('NOT CHECKED: this registry offers no audit');
	expect(lenient.text).not.toContain('0 findings');
	expect(lenient.passed).toBe(true);
	expect((await run(true)).passed).toBe(false);
});

test('stops when the registry is there but gives no report', async () => {
	registry.status = 503;
	await expect(run()).rejects.toThrow(/npm audit in .* gave no report: .*503/);
});

test('looks at packages for development also where the machine leaves them out', async () => {
	registry.advisories = { tool: [advisory('GHSA-tool')] };
	const env = { ...registry.env, NODE_ENV: 'production', npm_config_offline: 'true' };
	const { lines } = await audit(folder, { strict: false, env });
	expect(lines.join('\n')).toContain('New in package-lock.json: GHSA-tool');
});

test('wants a reason for what is accepted', () => {
	const entry = { advisory: 'GHSA-tool', package: 'tool', why: ' ' };
	expect(() => readAccepted(JSON.stringify({ e2e: [entry] }))).toThrow(
		'An accepted finding of "e2e" has no "why"',
	);
});
