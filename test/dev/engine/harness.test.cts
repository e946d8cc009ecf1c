import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createEngine, type CredentialStore, type Engine } from '../../../dev/engine/harness.cts';
import { NodeApiError, NodeOperationError, safeRegex } from 'n8n-workflow';
import { userFolder } from '../../../dev/engine/environment.cts';
import { type FixturePackage, writeFixturePackage } from './fixturePackage.cts';
import { type FixtureServer, startFixtureServer } from './fixtureServer.cts';
import { chain } from '../../../dev/engine/workflows.cts';

const echo = 'n8n-nodes-fixture.echo';
const tick = 'n8n-nodes-fixture.tick';
const account = { signedApi: { id: 'a1', name: 'My account' } };

let fixture: FixturePackage;
let engine: Engine;
let server: FixtureServer;
let credentials: CredentialStore;

beforeAll(async () => {
	server = await startFixtureServer();
	credentials = { a1: { baseUrl: server.baseUrl, token: 'secret' } };
	fixture = await writeFixturePackage();
	engine = await createEngine({ packageDir: fixture.directory });
});

afterAll(async () => {
	await engine.close();
	await fixture.remove();
	server.close();
	expect(existsSync(userFolder)).toBe(false);
});

beforeEach(() => server.requests.splice(0));

describe('the loaded package', () => {
	test('shows its types as n8n sees them', () => {
		expect(engine.packageName).toBe('n8n-nodes-fixture');
		expect(engine.nodeVersions).toEqual({ [echo]: [1, 2], [tick]: [1] });
		expect(engine.credentialTypes.map(({ name }) => name)).toEqual(['signedApi', 'headerApi']);
		expect(engine.nodeType('echo')).toBe(engine.nodeType(echo, 2));
		expect(engine.nodeType('echo').description.communityNodePackageVersion).toBe('1.2.3');
		expect(engine.nodeType('tick').description.properties[0]?.name).toBe('pollTimes');
	});

	test('an unknown node is a failed run', async () => {
		const result = await engine.run(chain({ name: 'X', type: 'n8n-nodes-fixture.unknown' }));
		expect(result.status).toBe('error');
		expect(result.error?.message).toBe('Unrecognized node type: n8n-nodes-fixture.unknown');
		expect(result.items('X')).toEqual([]);
		expect(() => result.items('Y')).toThrow('no node "Y"');
	});

	test('a required field that is empty keeps the workflow from starting', async () => {
		const result = await engine.run(chain({ name: 'Echo', type: echo, credentials: account }));
		expect(result.error?.message).toContain('has issues');
		expect(server.requests).toEqual([]);
	});
});

describe('a run', () => {
	test('does not fail when the machine is slower than n8n allows regular expressions to be', () => {
		// Takes n8n's 250 ms on any machine: every way to split the text is tried.
		expect(safeRegex.test('^(a+)+$', `${'a'.repeat(25)}!`)).toBe(false);
	}, 60_000);

	test('sends several items with expressions, signed by the credential', async () => {
		const workflow = chain(
			{ name: 'Input', type: 'n8n-nodes-base.noOp' },
			{
				name: 'Echo',
				type: echo,
				credentials: account,
				parameters: { value: '={{ $json.name.toUpperCase() }}-{{ $itemIndex }}' },
			},
			{
				name: 'Back',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: {
					assignments: {
						assignments: [
							{ name: 'from.name', value: "={{ $('Input').item.json.name }}", type: 'string' },
							{ name: 'count', value: '2', type: 'number' },
						],
					},
				},
			},
		);
		const pinData = { Input: [{ json: { name: 'ā' } }, { json: { name: 'b' } }] };
		const result = await engine.run(workflow, { credentials, pinData });

		expect(result.error).toBeUndefined();
		expect(result.status).toBe('success');
		const body = { value: 'Ā-0' };
		const signature = createHash('sha256')
			.update(`secret${JSON.stringify(body)}`)
			.digest('hex');
		expect(result.json('Echo')).toEqual([
			{ body, signature, realm: 'standard' },
			expect.objectContaining({ body: { value: 'B-1' } }),
		]);
		expect(result.items('Echo').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
		expect(result.json('Back')).toEqual([
			{ from: { name: 'ā' }, count: 2 },
			{ from: { name: 'b' }, count: 2 },
		]);
		expect(result.hints('Echo')).toEqual([{ message: '2 sent', location: 'outputPane' }]);
		expect(workflow.nodes[2]?.parameters).not.toHaveProperty('path');
	});

	test("pinned data of the workflow takes a node's place, in a manual run only", async () => {
		const node = { name: 'Echo', type: echo, credentials: account, parameters: { value: 'v' } };
		const workflow = { ...chain(node), pinData: { Echo: [{ pinned: true }] } };
		const manual = await engine.run(workflow, { credentials });
		expect(manual.json('Echo')).toEqual([{ pinned: true }]);
		expect(server.requests).toEqual([]);

		const input = [{ json: {} }, { json: {} }];
		const production = await engine.run(workflow, { credentials, mode: 'trigger', input });
		expect(production.items('Echo')).toHaveLength(2);
		expect(server.requests).toHaveLength(2);
	});

	test('finds credentials by name, too, and resolves expressions in them', async () => {
		const result = await engine.run(
			chain({ name: 'Echo', type: echo, credentials: account, parameters: { value: 'v' } }),
			{
				credentials: {
					'My account': {
						baseUrl: server.baseUrl,
						token: 'secret',
						realm: '={{ "r" + $json.n + $runIndex }}',
					},
				},
				pinData: { Start: [{ json: { n: 1 } }, { json: { n: 2 } }] },
			},
		);
		// The node asks for each item's data, but n8n authenticates every request with the first item's.
		expect(result.json('Echo').map(({ realm }) => realm)).toEqual(['r10', 'r10']);
	});

	test('authenticates with a declarative credential', async () => {
		const node = {
			name: 'Echo',
			type: echo,
			credentials: { headerApi: { id: 'h', name: 'Header' } },
			parameters: { auth: 'header', value: 'v' },
		};
		const result = await engine.run(chain(node), {
			credentials: { h: { baseUrl: server.baseUrl, apiKey: '={{ "k" + 1 }}' } },
		});
		expect(result.json('Echo')).toEqual([{ body: { value: 'v' }, key: 'k1' }]);
	});

	test.each([
		[
			{ id: 'gone', name: 'Gone' },
			'Credential with ID "gone" does not exist for type "signedApi".',
		],
		[{ id: null, name: 'Gone' }, 'Found credential with no ID.'],
		[undefined, 'Node does not have any credentials set'],
	])('fails like n8n without its credential: %j', async (entry, message) => {
		const result = await engine.run(
			chain({
				name: 'Echo',
				type: echo,
				parameters: { value: 'v' },
				...(entry ? { credentials: { signedApi: entry } } : {}),
			}),
			{ credentials },
		);
		expect(result.status).toBe('error');
		expect(result.error?.message).toBe(message);
	});

	test('uses the time zone it is told', async () => {
		const node = {
			name: 'Zone',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				jsonOutput: '={{ { zone: $now.zoneName } }}',
			},
		};
		const result = await engine.run(chain(node), { timezone: 'Europe/Riga' });
		expect(result.json('Zone')).toEqual([{ zone: 'Europe/Riga' }]);
	});
});

describe('errors', () => {
	const failing = {
		name: 'Echo',
		type: echo,
		credentials: account,
		parameters: { value: 'v', path: '=/{{ $json.path }}' },
	};
	const pinData = { Start: [{ json: { path: 'fail' } }, { json: { path: 'echo' } }] };

	test('stop the workflow', async () => {
		const result = await engine.run(chain(failing), { credentials, pinData });
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({ name: 'NodeApiError', httpCode: '500' });
		expect(result.nodeError('Echo')?.message).toBe(result.error?.message);
		expect(server.requests).toEqual(['/fail']);
	});

	test.each([{ onError: 'continueRegularOutput' }, { continueOnFail: true }])(
		'become items: %j',
		async (setting) => {
			const workflow = chain({ ...failing, ...setting });
			const result = await engine.run(workflow, { credentials, pinData });
			expect(result.status).toBe('success');
			const [first, second] = result.items('Echo');
			expect(first?.json).toEqual({ error: expect.stringMatching(/./) });
			// One n8n-workflow for n8n, the package and this test, or the node could not tell errors.
			expect(first?.error).toBeInstanceOf(NodeApiError);
			expect(second?.json).toMatchObject({ body: { value: 'v' } });
		},
	);

	test('go to the error output', async () => {
		const workflow = chain({ ...failing, onError: 'continueErrorOutput' });
		const result = await engine.run(workflow, { credentials, pinData });
		expect(result.json('Echo', 0)).toMatchObject([{ body: { value: 'v' } }]);
		expect(result.json('Echo', 1)).toEqual([{ error: expect.stringMatching(/./) }]);
	});

	test('of an expression are errors of the node', async () => {
		const parameters = { value: "={{ $('Nowhere').item.json.x }}" };
		const workflow = chain({ ...failing, parameters, onError: 'continueRegularOutput' });
		const result = await engine.run(workflow, { credentials, pinData });
		expect(result.items('Echo')[0]?.error).toBeInstanceOf(NodeOperationError);
	});

	test('are tried again', async () => {
		const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const workflow = chain({ ...failing, ...retry, parameters: { value: 'v', path: '/flaky' } });
		const result = await engine.run(workflow, { credentials });
		expect(result.json('Echo')).toEqual([{ tries: 2 }]);
		expect(server.requests).toEqual(['/flaky', '/flaky']);
	});

	test('are met once if the node runs once', async () => {
		const workflow = chain({ ...failing, executeOnce: true, onError: 'continueRegularOutput' });
		const result = await engine.run(workflow, { credentials, pinData });
		expect(result.items('Echo')).toHaveLength(1);
	});

	test('do not stand for a cancelled run', async () => {
		const workflow = chain({ ...failing, parameters: { value: 'v', path: '/slow' } });
		const stop = new AbortController();
		const running = engine.run(workflow, { credentials, signal: stop.signal });
		while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		stop.abort();
		const result = await running;
		expect(result.status).toBe('canceled');
		while (server.aborted() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		const late = await engine.run(workflow, { credentials, signal: stop.signal });
		expect(late.status).toBe('canceled');
		expect(server.requests).toEqual(['/slow']);
	});
});

test('outside of jest nothing is printed and nothing keeps the process', async () => {
	// n8n loads packages in another way there, and evaluates expressions in an isolate.
	const env = { ...process.env, NODE_ENV: undefined };
	const program = [require.resolve('tsx/cli'), join(__dirname, 'outsideJest.cts'), server.baseUrl];
	const { stdout, stderr } = await promisify(execFile)(process.execPath, program, { env });
	expect(stderr).toBe('');
	expect(JSON.parse(stdout)).toEqual({
		status: 'success',
		bodies: [{ value: '2-1' }, { value: '3-1' }],
		typeKept: true,
		test: { status: 'OK', message: 'Welcome to standard' },
		folderGone: true,
	});
}, 30_000);
