/** Stands between n8n and a simulator, spoils requests, and lets data grow between two of them. */
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { Agent, createServer, request as forwardTo, type IncomingMessage } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import type { FaultCase } from '../faults/faults.cts';
import { bytesOf, type Reply } from '../faults/faultServer.cts';
import { clock } from './clock.cts';

const EMPTY: Reply = { status: 200, headers: {}, body: Buffer.alloc(0) };

/** How long n8n waits for a response at most, in milliseconds. */
const LONGEST_WAIT = 120_000;

/** After so many turns in which nothing happened, nothing more happens until a deadline passes. */
const QUIET_TURNS = 50;

/** The event loop and the thread pool, which decompresses responses, both come round. */
async function turn(): Promise<void> {
	await stat(__dirname);
	await new Promise((resolve) => setImmediate(resolve));
}

export class Proxy {
	/** What is done to the next request, by its body; undefined lets it through. */
	choose: (body: string) => FaultCase | undefined = () => undefined;
	/** Called before a request reaches the service. */
	onRequest: (body: string) => void = () => undefined;
	/** Changes what the service answers. */
	adjust: (reply: Reply) => Reply = (reply) => reply;
	/** Stops the execution that waits. */
	onStop: () => void = () => undefined;
	/** How many requests were spoiled so far. */
	spoiled = 0;
	/**
	 * How many connections brought no whole request so far: n8n opened them, and a stop of the
	 * execution closed them. Each has one request at most.
	 */
	unread = 0;
	/** Requests that the service has not answered yet, heard or unheard. */
	private underWay = 0;
	/** Those of them that get no response until their deadline passes. */
	private hanging = 0;
	private port = 0;
	private readonly sockets = new Set<Socket>();
	private readonly agent = new Agent({ keepAlive: true });
	private readonly server = createServer((request, response) => {
		this.handle(request, response).catch(() => response.destroy());
	});

	constructor(private readonly target: string) {
		this.server.on('connection', (socket) => {
			this.unread++;
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

	/** Waits until the service has answered all that was sent, also where nobody waits for it. */
	async settled(): Promise<void> {
		do await this.quiet();
		while (this.underWay > 0);
	}

	async stop(): Promise<void> {
		this.agent.destroy();
		await this.close();
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		this.underWay++;
		try {
			const body = await bytesOf(request);
			this.unread--;
			await this.answer(request, response, body);
		} finally {
			this.underWay--;
		}
	}

	private async answer(
		request: IncomingMessage,
		response: ServerResponse,
		body: Buffer,
	): Promise<void> {
		const latest = clock.now + LONGEST_WAIT;
		const fault = this.choose(body.toString());
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
		// Time passes only when the deadline does, which ends the connection.
		const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
		const wait = async () => await closed;
		const answered = spoil.answer({ response, socket, own, stop: () => this.onStop(), wait });
		if (timeout !== undefined) await this.hang(socket, latest);
		await answered;
	}

	/** The response, or a part of it, does not come until n8n gives the request up. */
	private async hang(socket: Socket, latest: number): Promise<void> {
		this.hanging++;
		try {
			await this.quiet();
			clock.passDeadline(latest);
			socket.destroy();
		} finally {
			this.hanging--;
		}
	}

	/**
	 * Waits until nothing is left to happen but deadlines. Everything else takes less time than they
	 * do: other responses come first, and so do further requests of those who got one.
	 */
	private async quiet(): Promise<void> {
		for (let turns = 0, then = clock.now; turns < QUIET_TURNS; turns++) {
			await turn();
			// Each request and each wait moves the clock.
			if (this.underWay === this.hanging && clock.now === then) continue;
			turns = 0;
			then = clock.now;
		}
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
