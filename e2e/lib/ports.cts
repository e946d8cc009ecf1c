import { createServer, type AddressInfo } from 'node:net';

import { Refusal } from './refusal.cts';

/** Listens on a port of the loopback address for a moment; 0 takes a free one. */
async function tryPort(port: number): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const taken = (server.address() as AddressInfo).port;
	await new Promise<void>((resolve) => server.close(() => resolve()));
	return taken;
}

export async function freePort(): Promise<number> {
	return await tryPort(0);
}

export async function requirePort(port: number): Promise<void> {
	try {
		await tryPort(port);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		const command = process.env.npm_lifecycle_event ?? 'editor';
		const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${code})`;
		throw new Refusal(
			`Port ${port} on 127.0.0.1 ${why}.\nStop what uses it, or take another port: npm run ${command} -- --port ${port + 1}`,
		);
	}
}
