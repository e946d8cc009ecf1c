import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { htmlPage, droppedConnection } from '../../../dev/simulators/klientuPortfelis.cts';
import { generateKeys } from '../../../dev/simulators/keys.cts';
import { byId, startTestRig, type TestRig } from './helpers.cts';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => undefined,
}));

let bench: TestRig;
let wsdl: string;

beforeAll(async () => {
	bench = await startTestRig();
	wsdl = await (await fetch(bench.simulator.wsdlUrl)).text();
});
afterAll(async () => await bench.stop());
afterEach(() => bench.simulator.clearOrders());

const test_ = async (credential: Record<string, unknown> = {}) =>
	await bench.engine.test('klientuPortfelisApi', {
		...bench.simulator.credentials,
		...credential,
	} as never);

describe('the credential test', () => {
	test('passes, and leaves no session behind', async () => {
		const before = bench.simulator.calls.length;
		expect(await test_()).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(bench.simulator.calls.slice(before).map((call) => call.function)).toEqual([
			'login',
			'logout',
		]);
	});

	test.each<[string, Record<string, unknown>, string]>([
		['a wrong password', { password: 'x' }, 'The service did not accept the login'],
		['a wrong role', { roleId: 1 }, 'The service did not accept the login'],
		['no username', { username: '' }, "'Username in the credential' is empty"],
		['a role that is no number', { roleId: 'boss' }, "'Role ID in the credential' is not a whole"],
		['no key', { privateKey: '' }, "'Private Key' is empty"],
		['a mangled key', { privateKey: 'MII' }, 'The private key could not be read'],
		['a WSDL URL that is none', { wsdlUrl: 'klientuportfelis' }, "'WSDL URL' is not a web address"],
		['no WSDL URL', { wsdlUrl: '' }, "'WSDL URL' is empty"],
		[
			'an endpoint without encryption',
			{ endpoint: 'http://192.0.2.1/' },
			"'Endpoint' is an address without encryption",
		],
		[
			'a closed port',
			{ wsdlUrl: 'http://127.0.0.1:9/' },
			'Klientu Portfelis refused the connection',
		],
	])('names %s', async (_name, credential, message) => {
		const { status, message: shown } = await test_(credential);
		expect(status).toBe('Error');
		expect(shown).toContain(message);
	});

	test("names a key that is not the role's", async () => {
		const { privateKeyPem } = await generateKeys();
		expect(await test_({ privateKey: privateKeyPem })).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^The service did not accept the signature\. .*code 3002/),
		});
	});

	test('needs no WSDL when an endpoint is given, and says so', async () => {
		const { serviceUrl } = bench.simulator;
		expect(await test_({ endpoint: serviceUrl, wsdlUrl: 'http://127.0.0.1:9/' })).toEqual({
			status: 'OK',
			message: expect.stringContaining('The WSDL could not be read'),
		});
	});

	test('names functions and parameters that differ', async () => {
		const changed = wsdl
			.replace(/(<wsdl:part name="start"[^>]*>)(<wsdl:part name="rows"[^>]*>)/, '$2$1')
			.replace(/<wsdl:operation name="get_lists"><wsdl:documentation>.*?<\/wsdl:operation>/s, '');
		bench.simulator.answerNext({ function: 'wsdl', status: 200, headers: {}, body: changed });
		const { status, message } = await test_();
		expect(status).toBe('Error');
		expect(message).toContain('get_lists is missing');
		expect(message).toContain(
			'get_objects takes (signature, sid, list_id, rows, start) instead of (signature, sid, list_id, start, rows)',
		);
	});
});

describe('the address of the service', () => {
	const getMany = { resource: 'list', operation: 'getMany' };
	let server: Server;
	let answer: { status: number; body: string; headers?: Record<string, string> };
	let origin: string;

	beforeAll(async () => {
		server = createServer((_request, response) => {
			response.writeHead(answer.status, { 'content-type': 'text/xml', ...answer.headers });
			response.end(answer.body);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => server.close());

	let asked = 0;
	/** Runs a node with a WSDL of its own, under a URL that was not asked for before. */
	async function runWith(given: typeof answer, credential: Record<string, unknown> = {}) {
		answer = given;
		const wsdlUrl = `${origin}/wsdl/${++asked}`;
		return await bench.run(getMany, [{}], { credential: { wsdlUrl, ...credential } });
	}
	const addressed = (address: string) => ({
		status: 200,
		body: wsdl.replace(bench.simulator.serviceUrl.replace(/&/g, '&amp;'), address),
	});

	test('comes from the WSDL, read once', async () => {
		const { engine, simulator } = bench;
		await bench.run(getMany);
		const { wsdlRequests } = simulator;
		await bench.run(getMany);
		const credentials = { klientuPortfelisApi: simulator.credentials } as never;
		await engine.listSearch('klientuPortfelis', 'searchLists', { credentials });
		expect(simulator.wsdlRequests).toBe(wsdlRequests);
		expect(bench.simulator.calls[bench.simulator.calls.length - 1]?.headers.soapaction).toBe(
			'"urn:ApiControllerwsdl#get_lists"',
		);
	});

	test('may have another port on the same host', async () => {
		const result = await runWith({ status: 200, body: wsdl });
		expect(result.status).toBe('success');
	});

	test.each<[string, () => typeof answer, string]>([
		[
			'is missing',
			() => ({ status: 404, body: 'Not here' }),
			'The WSDL could not be read (HTTP status 404)',
		],
		[
			'is a web page',
			() => ({ status: 200, body: '<html><p>Hello<br></html>' }),
			'There is no WSDL at the WSDL URL',
		],
		['is empty', () => ({ status: 200, body: '' }), 'The WSDL ends too early'],
		['is cut off', () => ({ status: 200, body: wsdl.slice(0, 900) }), 'The WSDL ends too early'],
		[
			'has no address',
			() => ({ status: 200, body: wsdl.replace(/<wsdl:service.*<\/wsdl:service>/, '') }),
			'The WSDL has no address',
		],
		[
			'names another host',
			() => addressed('https://evil.example.com/'),
			'The WSDL of 127.0.0.1 sends requests to another host: evil.example.com',
		],
		[
			'names something else',
			() => addressed('ftp://127.0.0.1/'),
			'The WSDL contains an invalid address',
		],
		[
			'moved',
			() => ({ status: 301, body: '', headers: { location: 'https://x.example/wsdl' } }),
			'The WSDL could not be read (HTTP status 301)',
		],
	])('a WSDL that %s gets its own message', async (_name, given, message) => {
		const before = bench.simulator.calls.length;
		const error = (await runWith(given())).nodeError('Node');
		expect(error?.message).toContain(message);
		expect(bench.simulator.calls.length).toBe(before);
	});

	test('a WSDL that could not be had is asked for again', async () => {
		bench.simulator.answerNext({ function: 'wsdl', ...htmlPage(404) });
		const wsdlUrl = bench.simulator.wsdlUrl.replace('127.0.0.1', 'localhost');
		const credential = { wsdlUrl, endpoint: '' };
		const first = await bench.run(getMany, [{}], { credential });
		expect(first.nodeError('Node')?.message).toContain('HTTP status 404');
		const second = await bench.run(getMany, [{}], { credential });
		expect(second.nodeError('Node')?.message).toContain('to another host');
	});

	test('an endpoint is used as it is, without the WSDL', async () => {
		const { serviceUrl } = bench.simulator;
		const result = await runWith({ status: 500, body: '' }, { endpoint: serviceUrl });
		expect(result.status).toBe('success');
	});
});

describe('lists to choose from', () => {
	const credentials = () => ({ klientuPortfelisApi: bench.simulator.credentials }) as never;

	test('the services of the chosen list', async () => {
		const { id } = bench.simulator.seedList();
		const options = await bench.engine.loadOptions('klientuPortfelis', 'getServices', {
			credentials: credentials(),
			parameters: { resource: 'monitoring', operation: 'create', listId: byId(id) } as never,
		});
		expect(options.length).toBeGreaterThan(0);
		expect(options[0]).toEqual({ name: expect.any(String), value: expect.any(String) });
	});

	test('a message when the service is not there', async () => {
		bench.simulator.answerNext(droppedConnection());
		await expect(
			bench.engine.listSearch('klientuPortfelis', 'searchLists', { credentials: credentials() }),
		).rejects.toThrow('Klientu Portfelis closed the connection');
	});
});
