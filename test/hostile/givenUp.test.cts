/** Responses that stop halfway or never end: they are given up, and n8n does not keep their connection. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';

import { createEngine, type Engine } from '../../dev/engine/harness.cts';
import { chain } from '../../dev/engine/workflows.cts';
import { makeWsdl } from '../../dev/simulators/klientuPortfelis/wsdl.cts';
import { credentialsFor } from './rawServer.cts';

const MB = 1024 * 1024;

let engine: Engine;
let server: Server | undefined;
beforeAll(async () => {
	engine = await createEngine({ packageDir: join(__dirname, '../..') });
});
afterAll(async () => await engine.close());
afterEach(() => server?.closeAllConnections());
afterEach(() => server?.close());

const NODES = {
	klientuPortfelis: { resource: 'list', operation: 'getMany' },
	rivile: { resource: 'cashOperation', operation: 'getMany' },
} as const;

/** Starts the server; gives its address. */
async function listen(answer: RequestListener): Promise<string> {
	server = createServer(answer).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function run(node: keyof typeof NODES, address: string, options = {}) {
	const workflow = chain({
		name: 'Node',
		type: `n8n-nodes-klientu-portfelis-rivile.${node}`,
		parameters: { ...NODES[node], options },
		credentials: { [`${node}Api`]: { id: node, name: node } },
	});
	return await engine.run(workflow, { credentials: await credentialsFor({ address }) });
}

/**
 * The first request with this method gets half a response. Those after it are refused.
 *
 * @returns whether n8n closes the connection; undefined until there is one
 */
async function answerHalf(method: string, half: Uint8Array | string) {
	let closed: Promise<boolean> | undefined;
	const address = await listen((request, response) => {
		if (request.method !== method) response.end(makeWsdl(`${address}/service`));
		else if (closed !== undefined) response.writeHead(404).end('Not here');
		else {
			closed = once(request.socket, 'close').then(() => true);
			response.writeHead(200, { 'Content-Length': '1000000' }).write(half);
		}
	});
	return { address, closed: () => closed };
}

test.each([
	['rivile', 'POST', 'when the time is up', '{"I04":'],
	['klientuPortfelis', 'GET', 'when the time is up', '<definitions'],
	['klientuPortfelis', 'POST', 'when the time is up', '<Envelope'],
	['rivile', 'POST', 'when it is no text', Buffer.alloc(1000, 0xff)],
	['klientuPortfelis', 'GET', 'when it is no text', Buffer.alloc(1000, 0xff)],
	['klientuPortfelis', 'POST', 'when it is no text', Buffer.alloc(1000, 0xff)],
] as const)('%s, %s: its connection is closed %s', async (node, method, _when, half) => {
	const { address, closed } = await answerHalf(method, half);
	const { status } = await run(node, address, { timeout: 1 });
	expect(status).toBe('error');
	const soon = new Promise<false>((resolve) => setTimeout(() => resolve(false), 1000).unref());
	expect(await Promise.race([closed(), soon])).toBe(true);
});

/** Sends until the other side closes the connection; gives how many bytes that were. */
async function sendForever(response: ServerResponse, compressed: boolean): Promise<number> {
	response.writeHead(200, compressed ? { 'Content-Encoding': 'gzip' } : {});
	const sink = compressed ? createGzip() : response;
	if (compressed) sink.pipe(response);
	const closed = once(response, 'close').then(() => true);
	let sent = 0;
	while (!response.destroyed) {
		sent += MB;
		if (sink.write(Buffer.alloc(MB, '<a/>'))) await new Promise((resolve) => setImmediate(resolve));
		else await Promise.race([closed, once(sink, 'drain')]);
	}
	return sent;
}

test.each([
	['as it is', false, 150],
	// A megabyte takes next to nothing on its way.
	['compressed', true, 3000],
])(
	'%s: it is given up after 64 MB',
	async (_name, compressed, most) => {
		let sending: Promise<number> | undefined;
		const address = await listen((_request, response) => {
			sending = sendForever(response, compressed);
		});
		const { status, error } = await run('rivile', address);
		expect(status).toBe('error');
		expect(error?.message).toContain('longer than 64 MB');
		// What lies between the two ends of the connection was sent in vain.
		expect(await sending).toBeLessThan(most * MB);
	},
	120_000,
);
