import { createEngine, type Engine } from '../../../dev/engine/harness.cts';
import { type FixturePackage, writeFixturePackage } from './fixturePackage.cts';
import { type FixtureServer, startFixtureServer } from './fixtureServer.cts';
import { chain } from '../../../dev/engine/workflows.cts';

const echo = 'n8n-nodes-fixture.echo';
const tick = 'n8n-nodes-fixture.tick';

let fixture: FixturePackage;
let engine: Engine;
let server: FixtureServer;

beforeAll(async () => {
	server = await startFixtureServer();
	fixture = await writeFixturePackage();
	engine = await createEngine({ packageDir: fixture.directory });
});

afterAll(async () => {
	await engine.close();
	await fixture.remove();
	server.close();
});

describe('credential tests', () => {
	test('of a node get defaults and resolved expressions', async () => {
		expect(
			await engine.test('signedApi', { baseUrl: server.baseUrl, token: '={{ "sec" + "ret" }}' }),
		).toEqual({
			status: 'OK',
			message: 'Welcome to standard',
		});
		expect(await engine.test('signedApi', { baseUrl: server.baseUrl, token: 'x' })).toEqual({
			status: 'Error',
			message: 'Unknown token',
		});
	});

	test.each([
		['right', 'OK', 'Connection successful!'],
		['wrong', 'Error', 'The key is wrong'],
		['closed', 'Error', 'Closed'],
		['odd', 'Error', "I'm a Teapot"],
	])('of a credential type follow its rules: %s', async (apiKey, status, message) => {
		expect(await engine.test('headerApi', { baseUrl: server.baseUrl, apiKey })).toEqual({
			status,
			message,
		});
	});

	test('report an unreachable server', async () => {
		const result = await engine.test('headerApi', { baseUrl: 'http://127.0.0.1:1', apiKey: 'x' });
		expect(result).toEqual({ status: 'Error', message: 'ECONNREFUSED' });
	});
});

describe('methods', () => {
	test('search a list, page by page', async () => {
		const options = { credentials: { signedApi: { realm: 'my' } } };
		const first = await engine.listSearch('echo', 'search', options);
		expect(first).toEqual({
			results: [
				{ name: 'my one', value: 'one' },
				{ name: 'my two', value: 'two' },
			],
			paginationToken: '2',
		});
		const { paginationToken } = first;
		const second = await engine.listSearch(echo, 'search', { ...options, paginationToken });
		expect(second.results.map(({ value }) => value)).toEqual(['three']);
		const filtered = await engine.listSearch(echo, 'search', { ...options, filter: 'w' });
		expect(filtered.results.map(({ value }) => value)).toEqual(['two']);
		await expect(engine.listSearch(echo, 'none')).rejects.toThrow('does not have method');
		await expect(engine.listSearch(echo, 'search')).rejects.toThrow('any credentials set');
	});

	test('load options with the chosen parameters', async () => {
		const options = await engine.loadOptions('echo', 'letters', {
			credentials: { signedApi: { baseUrl: server.baseUrl, token: 't' } },
			parameters: { listId: { __rl: true, mode: 'list', value: 'ab' } },
		});
		expect(options.map(({ value }) => value)).toEqual(['a', 'b']);
	});
});

describe('polls', () => {
	test('keep their state from one to the next, and not that of a failed one', async () => {
		const staticData = {};
		const options = { staticData, budgetMs: 1000 };
		expect(await engine.poll('tick', options)).toBeNull();
		expect(staticData).toEqual({ count: 1 });
		expect(await engine.poll('tick', options)).toEqual([[{ json: { count: 2, budget: 1000 } }]]);
		expect(await engine.poll('tick', { ...options, parameters: { every: 3 } })).toHaveLength(1);
		await expect(engine.poll('tick', options)).rejects.toThrow('Too many polls');
		expect(staticData).toEqual({ count: 3 });
	});

	test('by hand leave no state', async () => {
		const staticData = {};
		const output = await engine.poll('tick', { staticData, mode: 'manual' });
		expect(output?.[0]?.[0]?.json).toEqual({ count: 1, budget: 300_000 });
		expect(staticData).toEqual({});
	});

	test('start a workflow', async () => {
		const { nodes, connections } = chain({ name: 'Next', type: 'n8n-nodes-base.noOp' });
		const workflow = {
			nodes: [{ ...nodes[0], name: 'Start', type: tick, typeVersion: 1 }, ...nodes.slice(1)],
			connections,
		};
		const manual = await engine.run(workflow);
		expect(manual.json('Next')).toEqual([{ count: 1, budget: 300_000 }]);
		const input = [{ json: { count: 7 } }];
		const triggered = await engine.run(workflow, { mode: 'trigger', input });
		expect(triggered.json('Next')).toEqual([{ count: 7 }]);
	});
});
