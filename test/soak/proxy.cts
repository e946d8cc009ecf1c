/** Stands between n8n and a simulator, spoils requests, and lets data grow between two of them. */
import { once } from 'node:events';
import { Agent, createServer, request as forwardTo, type IncomingMessage } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import type { FaultCase } from '../faults/faults.cts';
import { bytesOf, type Reply } from '../faults/faultServer.cts';
import { clock } from './clock.cts';

const EMPTY: Reply = { status: 200, headers: {}, body: Buffer.alloc(0) };

export class Proxy {
	/** What is done to the next request; undefined lets it through. */
	choose: () => FaultCase | undefined = () => undefined;
	/** Called before a request reaches the service. */
	onRequest: (body: string) => void = () => undefined;
	/** Changes what the service answers. */
	adjust: (reply: Reply) => Reply = (reply) => reply;
	/** Stops the execution that waits. */
	onStop: () => void = () => undefined;
	/** How many requests were spoiled so far. */
	spoiled = 0;
	/** Requests that the service has not answered yet, heard or unheard. */
	private underWay = 0;
	private port = 0;
	private readonly sockets = new Set<Socket>();
	private readonly agent = new Agent({ keepAlive: true });
	private readonly server = createServer((request, response) => {
		this.handle(request, response).catch(() => response.destroy());
	});

	constructor(private readonly target: string) {
		this.server.on('connection', (socket) => {
			this.sockets.add(socket);
			socket.on('error', () => undefined);
			socket.once('close', () => this.sockets.delete(socket));
		});
	}

	get address(): string {
		return `http://127.0.0.1:${this.port}/`;
	}

	/** Takes connections: the first time at any port, later at the same. */
	async open(): Promise<void> {
		if (this.server.listening) return;
		this.server.listen(this.port, '127.0.0.1');
		await once(this.server, 'listening');
		this.port = (this.server.address() as AddressInfo).port;
	}

	/** Refuses connections from now on. */
	async close(): Promise<void> {
		if (!this.server.listening) return;
		const closed = new Promise((resolve) => this.server.close(resolve));
		this.dropConnections();
		await closed;
	}

	/** Ends what is still open, such as answers that never came. */
	dropConnections(): void {
		for (const socket of this.sockets) socket.destroy();
	}

	/** Waits until the service has answered all that reached it, also where nobody waits for it. */
	async settled(): Promise<void> {
		while (this.underWay > 0) await new Promise((resolve) => setImmediate(resolve));
	}

	async stop(): Promise<void> {
		this.agent.destroy();
		await this.close();
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		this.underWay++;
		try {
			await this.answer(request, response, await bytesOf(request));
		} finally {
			this.underWay--;
		}
	}

	private async answer(
		request: IncomingMessage,
		response: ServerResponse,
		body: Buffer,
	): Promise<void> {
		const fault = this.choose();
		if (fault === undefined) {
			const { status, headers, body: own } = await this.forward(request, body);
			response.writeHead(status, { ...headers, connection: 'close' }).end(own);
			return;
		}
		this.spoiled++;
		const { spoil, timeout } = fault;
		const { socket } = request;
		if (spoil.at !== 'answer') {
			socket.resetAndDestroy();
			return;
		}
		const own = spoil.reaches ? await this.forward(request, body) : EMPTY;
		// The deadline passes below, whatever the fault would have to wait for.
		const wait = async () => await Promise.resolve();
		const answered = spoil.answer({ response, socket, own, stop: () => this.onStop(), wait });
		if (timeout !== undefined) {
			// The answer, or the part of it that comes, gets there first.
			await new Promise((resolve) => setImmediate(resolve));
			clock.passDeadline();
			socket.destroy();
		}
		await answered;
	}

	private async forward({ method, headers }: IncomingMessage, body: Buffer): Promise<Reply> {
		this.onRequest(body.toString());
		const { host } = new URL(this.target);
		const own = { ...headers, host, connection: 'keep-alive' };
		const answer = await new Promise<IncomingMessage>((resolve, reject) => {
			forwardTo(this.target, { method, headers: own, agent: this.agent }, resolve)
				.on('error', reject)
				.end(body);
		});
		const type = answer.headers['content-type'];
		return this.adjust({
			status: answer.statusCode ?? 0,
			headers: type === undefined ? {} : { 'content-type': type },
			body: await bytesOf(answer),
		});
	}
}
