/** A server that answers both services with any bytes, and keeps what it was sent byte by byte. */
import { createServer, type AddressInfo, type Socket } from 'node:net';

import { successAnswer } from '../../dev/simulators/klientuPortfelis/answers.cts';
import { generateKeys } from '../../dev/simulators/keys.cts';
import { makeWsdl } from '../../dev/simulators/klientuPortfelis/wsdl.cts';

export interface RawRequest {
	/** Everything before the body, as it came over the line. */
	readonly head: string;
	readonly body: string;
}

export interface RawAnswer {
	readonly status?: number;
	/** Header lines, without the length. */
	readonly headers?: readonly string[];
	readonly body: Uint8Array | string;
}

/** What a request is answered with. */
export type Answering = (request: RawRequest) => RawAnswer;

export interface RawServer {
	readonly address: string;
	readonly requests: RawRequest[];
	/** Answers everything but the WSDL and the login, which are those of the service. */
	answer: RawAnswer;
	/** Instead of the service's own. */
	wsdl: string | undefined;
	stop(): Promise<void>;
}

const HEAD_END = '\r\n\r\n';

/** Gives each whole request of a connection. */
function readRequests(socket: Socket, take: (request: RawRequest) => void): void {
	let received = '';
	socket.on('data', (bytes) => {
		received += bytes.toString('latin1');
		for (;;) {
			const end = received.indexOf(HEAD_END);
			if (end < 0) return;
			const head = received.slice(0, end);
			const length = Number(/^content-length:\s*(\d+)/im.exec(head)?.[1] ?? 0);
			const start = end + HEAD_END.length;
			if (received.length < start + length) return;
			const body = Buffer.from(received.slice(start, start + length), 'latin1').toString('utf8');
			received = received.slice(start + length);
			take({ head, body });
		}
	});
}

function send(socket: Socket, { status = 200, headers = [], body }: RawAnswer): void {
	const bytes = Buffer.from(body);
	const lines = [`HTTP/1.1 ${status} OK`, ...headers, `Content-Length: ${bytes.length}`];
	socket.write(lines.join('\r\n') + HEAD_END);
	socket.write(bytes);
}

export async function startRawServer(): Promise<RawServer> {
	const sockets = new Set<Socket>();
	const own = (request: RawRequest): RawAnswer => {
		if (request.head.startsWith('GET '))
			return { body: server.wsdl ?? makeWsdl(`${server.address}/service`) };
		if (/<ns1:login>/.test(request.body))
			return { body: successAnswer('login', { sid: 'sesija1' }) };
		return server.answer;
	};
	const listener = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		readRequests(socket, (request) => {
			server.requests.push(request);
			send(socket, own(request));
		});
	});
	await new Promise<void>((resolve) => {
		listener.listen(0, '127.0.0.1', resolve);
	});
	const { port } = listener.address() as AddressInfo;
	const server: RawServer = {
		address: `http://127.0.0.1:${port}`,
		requests: [],
		answer: { body: '' },
		wsdl: undefined,
		async stop() {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => listener.close(resolve));
		},
	};
	return server;
}

/** Fields of both credentials that belong to a server. */
export async function credentialsFor({ address }: Pick<RawServer, 'address'>) {
	const { privateKeyPem } = await generateKeys();
	return {
		klientuPortfelis: {
			wsdlUrl: `${address}/wsdl`,
			endpoint: '',
			username: 'lietotajs',
			password: 'parole',
			roleId: 1234,
			privateKey: privateKeyPem,
			passphrase: '',
		},
		rivile: { endpoint: `${address}/client/v2`, apiKey: 'RAKTAS.bandomasis' },
	};
}
