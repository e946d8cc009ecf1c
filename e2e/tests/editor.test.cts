/** `npm run editor`, as a person starts and stops it, and what it says when it cannot. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';

import { Child } from '../lib/children.cts';
import { explain, install } from '../lib/install.cts';
import { E2E, npmEnvironment, plainEnvironment, ROOT } from '../lib/places.cts';
import { freePort } from '../lib/ports.cts';
import { temporaryFolder } from '../lib/stage.cts';
import { until } from '../lib/waiting.cts';

/** Everything that is made is made in here, so that it can be seen that nothing stays. */
let folder: string;
const editors: Child[] = [];

beforeEach(async () => {
	folder = await temporaryFolder();
});
afterEach(async () => {
	// One that a failed test has left behind would keep the run from ending.
	await Promise.all(editors.splice(0).map(async (editor) => await editor.stop('SIGINT', 30_000)));
	await rm(folder, { recursive: true, force: true });
});

function startEditor(port: number | string): Child {
	const { E2E_TARBALL } = process.env;
	const editor = new Child({
		command: process.execPath,
		args: [join(E2E, 'start.cjs'), '--port', String(port)],
		cwd: ROOT,
		env: {
			...plainEnvironment(),
			TMPDIR: folder,
			...(E2E_TARBALL !== undefined && { E2E_TARBALL }),
		},
	});
	editors.push(editor);
	return editor;
}

async function listening(): Promise<{ server: Server; port: number }> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { server, port: (server.address() as AddressInfo).port };
}

describe('npm run editor', () => {
	it('says where n8n is and how to log in, and stops cleanly', async () => {
		const port = await freePort();
		const editor = startEditor(port);
		const told = async () => (editor.output.includes('Ctrl+C') ? true : undefined);
		await until(told, () => `The editor did not start:\n${editor.output}`, 120_000);
		expect(editor.output).toContain(`http://127.0.0.1:${port}`);
		expect(editor.output).toMatch(/Email: .*\n.*Password: .*/);
		expect(editor.output).toMatch(/WSDL URL: http:\/\/127\.0\.0\.1:\d+\//);
		expect(editor.output).toMatch(/Role ID: \d+\n/);
		expect(editor.output).toMatch(/Private Key: \n-----BEGIN [\s\S]+-----END/);
		expect(editor.output).toMatch(/API Key: \S+\n {4}Endpoint: http:\/\/127\.0\.0\.1:\d+\/\S+\n/);
		expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
		await editor.stop('SIGINT', 30_000);
		expect(editor.output).toContain('done.');
		await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
		expect(readdirSync(folder)).toEqual([]);
	});

	it('stops cleanly in the middle of starting, too', async () => {
		const editor = startEditor(await freePort());
		const begun = async () => (readdirSync(folder).length > 0 ? true : undefined);
		await until(begun, () => editor.output);
		await editor.stop('SIGINT', 60_000);
		expect(readdirSync(folder)).toEqual([]);
	});

	it('says that its port is taken', async () => {
		const { server, port } = await listening();
		const editor = startEditor(port);
		expect(await editor.exit()).toBe(1);
		server.close();
		expect(editor.output).toContain(`Port ${port} on 127.0.0.1 is taken by another program.`);
		expect(editor.output).toContain(`npm run editor -- --port ${port + 1}`);
		expect(editor.output).not.toMatch(/^\s+at /m);
	});

	it('says that a port is none', async () => {
		const editor = startEditor('abc');
		expect(await editor.exit()).toBe(1);
		expect(editor.output).toContain('--port takes a number from 1 to 65535.');
	});
});

describe('the installation', () => {
	const LOCK = {
		name: 'sample',
		version: '1.0.0',
		lockfileVersion: 3,
		packages: {
			'': { name: 'sample', version: '1.0.0', dependencies: { 'no-such-sample': '1.0.0' } },
			'node_modules/no-such-sample': { version: '1.0.0' },
		},
	};

	async function sample(): Promise<string> {
		const project = join(folder, 'project');
		await mkdir(project);
		const { name, version, packages } = LOCK;
		const { dependencies } = packages[''];
		await writeFile(join(project, 'package.json'), JSON.stringify({ name, version, dependencies }));
		await writeFile(join(project, 'package-lock.json'), JSON.stringify(LOCK));
		return project;
	}

	it('says that there is no network', async () => {
		const project = await sample();
		const env = {
			...plainEnvironment(),
			npm_config_registry: 'http://127.0.0.1:9/',
			npm_config_cache: join(folder, 'cache'),
		};
		await expect(install({ folder: project, room: 0, rebuild: [], env })).rejects.toThrow(
			/^npm cannot reach its registry\. Check the network/,
		);
		expect(existsSync(join(project, 'node_modules'))).toBe(false);
	});

	it('reaches the registry the way this machine does: by its proxy, certificates and npm settings', () => {
		const network = {
			HTTPS_PROXY: 'http://proxy.example:3128',
			NO_PROXY: 'localhost',
			NODE_EXTRA_CA_CERTS: '/certificates/office.pem',
			npm_config_cafile: '/certificates/office.pem',
		};
		const before = process.env;
		process.env = { ...before, ...network, N8N_PORT: '1' };
		try {
			expect(npmEnvironment()).toMatchObject({ ...network, HOME: before.HOME });
			expect(npmEnvironment()).not.toHaveProperty('N8N_PORT');
		} finally {
			process.env = before;
		}
	});

	it('says in plain words that a certificate of the network is not trusted', () => {
		expect(explain('npm error code SELF_SIGNED_CERT_IN_CHAIN')).toMatch(
			/a proxy of your network may stand in between\. Set NODE_EXTRA_CA_CERTS to the file/,
		);
	});

	it('says beforehand that there is no room on the disk', async () => {
		const project = await sample();
		await expect(install({ folder: project, room: 1e18 })).rejects.toThrow(
			/^n8n [\d.]+: about 1000000000\.0 GB are needed on the disk of .*, and .* GB are free\./,
		);
	});

	it('keeps what was installed when a native part cannot be built, and goes on from there', async () => {
		const project = join(folder, 'project');
		const part = join(project, 'part');
		await mkdir(part, { recursive: true });
		const write = async (file: string, content: unknown) =>
			await writeFile(join(project, file), JSON.stringify(content));
		const sampleProject = {
			name: 'sample',
			version: '1.0.0',
			dependencies: { part: 'file:part' },
		};
		const withScript = (install: string) => ({
			name: 'part',
			version: '1.0.0',
			scripts: { install },
		});
		await write('package.json', sampleProject);
		await write('part/package.json', withScript('exit 1'));
		await write('package-lock.json', {
			...sampleProject,
			lockfileVersion: 3,
			packages: {
				'': sampleProject,
				'node_modules/part': { resolved: 'part', link: true },
				part: { version: '1.0.0', hasInstallScript: true },
			},
		});
		const installing = async () =>
			await install({ folder: project, room: 0, rebuild: ['part'], env: plainEnvironment() });
		await expect(installing()).rejects.toThrow('npm did not succeed');
		const kept = join(project, 'node_modules/kept');
		await writeFile(kept, '');
		await write('part/package.json', withScript('exit 0'));
		await installing();
		// npm would have removed it, had it installed from the beginning.
		expect(existsSync(kept)).toBe(true);
		expect(existsSync(join(project, 'node_modules/.installed'))).toBe(true);
	});

	it('says that the disk has become full meanwhile', () => {
		const message = explain('npm error code ENOSPC\nnpm error syscall write');
		expect(message).toMatch(/^The disk is full\. Make room/);
	});
});
