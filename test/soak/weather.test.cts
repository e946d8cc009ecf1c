/** What the network tells of writes: whose request arrived and got a response, and what a stop ended. */
import { once } from 'node:events';
import { createServer, request as send, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

import { faults, type FaultCase } from '../faults/faults.cts';
import { Proxy } from './proxy.cts';
import { Random } from './random.cts';
import { Weather } from './weather.cts';

const [reset] = faults(() => '').filter(({ spoil }) => spoil.at === 'connection');

let service: Server;
let proxy: Proxy;
let weather: Weather;

beforeEach(async () => {
	service = createServer(
		(request, response) => void request.resume().on('end', () => response.end()),
	);
	service.listen(0, '127.0.0.1');
	await once(service, 'listening');
	proxy = new Proxy(`http://127.0.0.1:${(service.address() as AddressInfo).port}/`);
	weather = new Weather(proxy);
	await weather.set('calm', new Random(1), false);
});

afterEach(async () => {
	jest.restoreAllMocks();
	await proxy.stop();
	service.close();
});

async function ask(name: string): Promise<void> {
	const asked = send(proxy.address, { method: 'POST' }).end(`<code>${name}</code>`);
	const [outcome] = await Promise.allSettled([once(asked, 'response')]);
	if (outcome.status === 'fulfilled') outcome.value[0].resume();
}

/** Spoils the next request. */
function spoilNext(fault: FaultCase | undefined): void {
	jest.spyOn(Random.prototype, 'chance').mockReturnValueOnce(true).mockReturnValueOnce(false);
	jest.spyOn(Random.prototype, 'pick').mockReturnValueOnce(fault);
}

test('a write is lost only if its own request is', async () => {
	await ask('word 1');
	spoilNext(reset);
	await ask('word 12');
	const { seen, unread } = weather.network(false);
	expect(['word 1', 'word 12', 'word 2'].map(seen)).toEqual(['answered', 'lost', 'never']);
	expect(unread).toBe(0);
	expect(weather.network(true).seen('word 1')).toBe('lost');
});

test('a connection that brings no request counts once the execution is stopped', async () => {
	await ask('word 1');
	const socket = connect(Number(new URL(proxy.address).port), '127.0.0.1');
	await once(socket, 'connect');
	socket.destroy();
	await proxy.settled();
	expect(weather.network(true).unread).toBe(1);
	expect(weather.network(false).unread).toBe(0);
	await weather.set('calm', new Random(1), false);
	expect(weather.network(true).unread).toBe(0);
});
