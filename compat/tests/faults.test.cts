/** What goes wrong between n8n and the services, told the same by every version. */
import { createServer, type AddressInfo } from 'node:net';

import { faults, type FaultCase } from '../../test/faults/faults.cts';
import { FaultServer } from '../../test/faults/faultServer.cts';
import type { Scenario } from '../../test/faults/scenario.cts';
import { byId, Rig } from '../lib/rig.cts';

let rig: Rig;
let listId: number;

beforeAll(async () => {
	rig = await Rig.start();
	listId = rig.portfolio.seedList({ name: 'Vārdi', type: 'KEYWORDS' }).id;
	rig.gateway.seed(5);
	// The session is there, so the next call is the one that the fault strikes.
	await rig.items('klientuPortfelis', { resource: 'session', operation: 'login' });
});
afterAll(async () => await rig.stop());

/** Faults of the wire and of what comes over it. Names, ports and certificates have tests below. */
const strikes = faults(() => 'http://127.0.0.1:9/').filter(
	({ spoil, name, retryAfter }) =>
		(spoil.at === 'answer' || spoil.at === 'connection') &&
		// These wait in earnest here, and no version has a part in that.
		retryAfter === undefined &&
		!name.includes('execution is stopped'),
);

let codes = 0;

/** A fault strikes once on the way to one of the services. */
async function strike(fault: FaultCase, service: 'read' | 'write' | 'gateway') {
	const target = service === 'gateway' ? rig.gateway.endpoint : rig.portfolio.serviceUrl;
	const server = new FaultServer(target, fault.spoil);
	await server.start();
	const code = `vārds ${++codes}`;
	const options = fault.timeout === undefined ? {} : { options: { timeout: 1 } };
	const credential = { endpoint: server.address };
	try {
		// Another address makes another credential, with a session of its own.
		if (service !== 'gateway') {
			await rig.run(
				'klientuPortfelis',
				{ resource: 'session', operation: 'login' },
				{ credential },
			);
		}
		server.begin({ after: 0, times: 1 });
		const ended =
			service === 'gateway'
				? await rig.run('rivile', { limit: 5, ...options }, { credential })
				: await rig.run(
						'klientuPortfelis',
						service === 'read'
							? { resource: 'list', operation: 'getMany', ...options }
							: {
									resource: 'object',
									operation: 'create',
									listId: byId(listId),
									type: 'KEYWORD',
									code,
									...options,
								},
						{ credential },
					);
		return { ended, sent: server.sent };
	} finally {
		await server.stop();
	}
}

/** What became of a fault, in the words of the fault's case. */
async function outcomeOf(fault: FaultCase, service: 'read' | 'write' | 'gateway') {
	const { ended, sent } = await strike(fault, service);
	const { message = '', description = '' } = ended.error ?? {};
	expect(message).not.toMatch(/could not be reached/);
	if (ended.error === undefined) return sent === 1 ? 'right' : 'again';
	if (service !== 'write') return sent === 1 ? 'stops' : 'again';
	expect(sent).toBe(1);
	return /may have been made/.test(description) ? 'doubt' : 'refused';
}

test.each(strikes.map((fault) => [fault.name, fault] as const))('%s', async (_name, fault) => {
	const isUnknown = fault.isUnknownTo?.({ service: 'Rivilė', name: 'read' } as Scenario) === true;
	const [read, gateway, write] = await Promise.all([
		outcomeOf(fault, 'read'),
		isUnknown ? fault.read : outcomeOf(fault, 'gateway'),
		outcomeOf(fault, 'write'),
	]);
	expect({ read, gateway, write }).toEqual({
		read: fault.read,
		gateway: fault.read,
		write: fault.write,
	});
});

async function unusedPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

describe.each(['klientuPortfelis', 'rivile'] as const)('%s', (type) => {
	const service = type === 'rivile' ? 'Rivilė' : 'Klientu Portfelis';
	const getMany = type === 'rivile' ? {} : { resource: 'list', operation: 'getMany' };
	const at = async (endpoint: string) =>
		(await rig.run(type, getMany, { credential: { endpoint } })).error;

	test('a name that is not found', async () => {
		const error = await at('http://server.enotfound.invalid/');
		expect(error?.message).toBe(`${service} was not found at its address`);
	});

	test('a name server that does not answer', async () => {
		const error = await at('http://server.eai_again.invalid/');
		expect(error?.message).toBe(`${service} could not be looked up: no DNS server responded`);
	});

	test('a connection that is refused', async () => {
		const error = await at(`http://127.0.0.1:${await unusedPort()}/`);
		expect(error?.message).toBe(`${service} refused the connection`);
	});

	test('the connection of a response that is given up is closed', async () => {
		const server = createServer((socket) => {
			socket.on('error', () => undefined).resume();
			socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n');
			// This is no text, and nothing follows it.
			socket.write(Buffer.alloc(1000, 0xff));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const error = await at(`http://127.0.0.1:${port}/`);
		expect(error?.message).toBe('The response is not valid utf-8 text');
		// It waits for all connections to end.
		await new Promise((resolve) => server.close(resolve));
	});

	test('an address without encryption is refused by the credential', async () => {
		const credential = { endpoint: 'http://192.0.2.1/', allowUnencrypted: false };
		const { error } = await rig.run(type, getMany, { credential });
		expect(error?.message).toBe("'Endpoint' is an address without encryption");
	});
});

test('an execution that is stopped ends at once', async () => {
	const server = createServer((socket) => socket.on('error', () => undefined).resume());
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const connected = new Promise((resolve) => server.once('connection', resolve));
	const running = rig.run(
		'rivile',
		{},
		{
			credential: { endpoint: `http://127.0.0.1:${port}/` },
			stopName: 'stopped',
		},
	);
	await connected;
	await rig.n8n.stop('stopped');
	const { status, error } = await running;
	await new Promise((resolve) => server.close(resolve));
	expect(['canceled', 'error']).toContain(status);
	if (status === 'error') {
		expect(error?.message).toBe('Rivilė had not responded yet when the execution was stopped');
	}
});
