/** A response that stops coming in halfway: n8n must not keep its connection. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { createEngine, type Engine } from '../../dev/engine/harness.cts';
import { chain } from '../../dev/engine/workflows.cts';
import { generateKeys } from '../../dev/simulators/keys.cts';
import { makeWsdl } from '../../dev/simulators/klientuPortfelis/wsdl.cts';

let engine: Engine;
let server: Server | undefined;
beforeAll(async () => {
	engine = await createEngine({ packageDir: join(__dirname, '../..') });
});
afterAll(async () => await engine.close());
afterEach(() => server?.closeAllConnections());
afterEach(() => server?.close());

const NODES = {
	klientuPortfelis: { resource: 'list', operation: 'getMany', options: { timeout: 1 } },
	rivile: { resource: 'cashOperation', operation: 'getMany', options: { timeout: 1 } },
} as const;

/**
 * The first request with this method gets half a response. Those after it are refused.
 *
 * @returns whether n8n closes the connection; undefined until there is one
 */
async function listen(method: string, half: Uint8Array | string) {
	let closed: Promise<boolean> | undefined;
	server = createServer((request, response) => {
		if (request.method !== method) response.end(makeWsdl(`${address}/service`));
		else if (closed !== undefined) response.writeHead(404).end('Not here');
		else {
			closed = once(request.socket, 'close').then(() => true);
			response.writeHead(200, { 'Content-Length': '1000000' }).write(half);
		}
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
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
	const { address, closed } = await listen(method, half);
	const { privateKeyPem } = await generateKeys();
	const login = { username: 'lietotajs', password: 'parole', roleId: 1, passphrase: '' };
	const credentials = {
		klientuPortfelis: {
			...login,
			wsdlUrl: `${address}/wsdl`,
			endpoint: '',
			privateKey: privateKeyPem,
		},
		rivile: { endpoint: `${address}/client/v2`, apiKey: 'RAKTAS.bandomasis' },
	};
	const workflow = chain({
		name: 'Node',
		type: `n8n-nodes-klientu-portfelis-rivile.${node}`,
		parameters: NODES[node],
		credentials: { [`${node}Api`]: { id: node, name: node } },
	});
	const { status } = await engine.run(workflow, { credentials });
	expect(status).toBe('error');
	const soon = new Promise<false>((resolve) => setTimeout(() => resolve(false), 1000).unref());
	expect(await Promise.race([closed(), soon])).toBe(true);
});
