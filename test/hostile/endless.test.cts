/** A response without an end, on its way through n8n's engine. */
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';

import { createEngine, type Engine } from '../../dev/engine/harness.cts';
import { chain } from '../../dev/engine/workflows.cts';

const MB = 1024 * 1024;

let engine: Engine;
let server: Server | undefined;
beforeAll(async () => {
	engine = await createEngine({ packageDir: join(__dirname, '../..') });
});
afterAll(async () => await engine.close());
afterEach(() => server?.closeAllConnections());
afterEach(() => server?.close());

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
		server = createServer((_request, response) => {
			sending = sendForever(response, compressed);
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		const workflow = chain({
			name: 'Node',
			type: 'n8n-nodes-klientu-portfelis-rivile.rivile',
			parameters: { resource: 'cashOperation', operation: 'getMany' },
			credentials: { rivileApi: { id: '1', name: 'Account' } },
		});
		const Account = { endpoint: `http://127.0.0.1:${port}/client/v2`, apiKey: 'RAKTAS.bandomasis' };
		const { status, error } = await engine.run(workflow, { credentials: { Account } });
		expect(status).toBe('error');
		expect(error?.message).toContain('longer than 64 MB');
		// What lies between the two ends of the connection was sent in vain.
		expect(await sending).toBeLessThan(most * MB);
	},
	120_000,
);
