/** Simulated time: a deadline passes only for those who would wait for it, however slow the others are. */
import { once } from 'node:events';
import { createServer, request as send, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { faults } from '../faults/faults.cts';
import { clock } from './clock.cts';
import { Proxy } from './proxy.cts';

const TIMEOUT = 120_000;
const hanging = faults(() => '').filter(({ timeout }) => timeout !== undefined);
const [silent] = hanging;

/** Turns of the event loop. */
async function turns(count: number): Promise<void> {
	for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

let service: Server;
let proxy: Proxy;

beforeEach(async () => {
	// The first request is answered at once, later ones slowly.
	let requests = 0;
	service = createServer(async (request, response) => {
		request.resume();
		if (requests++ > 0) await turns(60);
		response.end('done');
	}).listen(0, '127.0.0.1');
	await once(service, 'listening');
	proxy = new Proxy(`http://127.0.0.1:${(service.address() as AddressInfo).port}/`);
	await proxy.open();
});

afterEach(async () => {
	await proxy.stop();
	service.close();
	clock.forgetDeadlines();
});

/** @returns the response, or what became of a request without one */
async function ask(body: string): Promise<string> {
	const deadline = clock.deadline(TIMEOUT);
	return await new Promise((resolve) => {
		deadline.addEventListener('abort', () => resolve('timeout'));
		send(proxy.address, { method: 'POST' }, async (response) => {
			const chunks: Buffer[] = [];
			response.on('error', () => resolve('cut off'));
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () => resolve(Buffer.concat(chunks).toString()));
		})
			.on('error', () => resolve('cut off'))
			.end(body);
	});
}

test.each(hanging)('$name: requests of the same batch get their response', async (fault) => {
	proxy.choose = (body) => (body === 'spoiled' ? fault : undefined);
	const before = clock.now;
	const batch = [ask('spoiled'), ask('slow'), ask('slow too')];
	expect(await Promise.all(batch)).toEqual(['timeout', 'done', 'done']);
	expect(clock.now).toBe(before + TIMEOUT);
	await proxy.settled();
});

test('requests that hang together time out together, and leave the next ones alone', async () => {
	proxy.choose = (body) => (body === 'spoiled' ? silent : undefined);
	const first = await Promise.all([ask('spoiled'), ask('spoiled'), ask('spoiled')]);
	expect(first).toEqual(['timeout', 'timeout', 'timeout']);
	expect(await Promise.all([ask('next'), ask('and next')])).toEqual(['done', 'done']);
	await proxy.settled();
});
