/** Sees what clients in this process do before a server hears of them: look names up, connect. */
import diagnostics from 'node:diagnostics_channel';
import dns from 'node:dns';
import type { Socket } from 'node:net';

interface Watcher {
	/** Gives the code of the fault that the client is to get, if any. */
	readonly lookedUp: () => string | undefined;
	readonly connecting: () => void;
}

const watchers = new Map<number, Watcher>();

/** Watches the clients of a port of this machine; names are server-<port>.invalid. */
export function watchClients(port: number, watcher: Watcher): () => void {
	watchers.set(port, watcher);
	return () => void watchers.delete(port);
}

function onSocket(message: unknown): void {
	const { socket } = message as { socket: Socket };
	socket.on('connectionAttempt', (_address: string, port: number) =>
		watchers.get(port)?.connecting(),
	);
}

type Lookup = (
	name: string,
	options: dns.LookupAllOptions,
	answer: (error: Error | null, found?: dns.LookupAddress[]) => void,
) => void;

/** From now on clients are seen, and names under .invalid are found on this machine. */
export function startWatching(): () => void {
	const real = dns.lookup;
	const lookup: Lookup = (name, options, answer) => {
		const [, port] = /^server-(\d+)\.invalid$/.exec(name) ?? [];
		if (port === undefined) return real(name, options, answer);
		const code = watchers.get(Number(port))?.lookedUp();
		if (code === undefined) return answer(null, [{ address: '127.0.0.1', family: 4 }]);
		const error = Object.assign(new Error(`getaddrinfo ${code} ${name}`), { code });
		return process.nextTick(answer, error);
	};
	Object.assign(dns, { lookup });
	diagnostics.subscribe('net.client.socket', onSocket);
	return () => {
		Object.assign(dns, { lookup: real });
		diagnostics.unsubscribe('net.client.socket', onSocket);
	};
}
