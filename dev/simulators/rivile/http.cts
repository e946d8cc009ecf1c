/** The HTTP side of the gateway: one address, POST only, and a log of what came. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Orders, OrderedAnswer } from './hooks.cts';
import type { Verdict } from './limit.cts';

/** A request as it arrived. */
export interface LoggedRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: IncomingMessage['headers'];
	readonly body: string;
	/** The gateway's method; empty in a request that could not be read. */
	readonly call: string;
	/** The parameters of a request that could be read. */
	readonly params: Readonly<Record<string, unknown>>;
	/** The HTTP status; 0 until the answer is sent, and where the connection was dropped. */
	status: number;
}

export interface Reply {
	readonly status: number;
	readonly type: string;
	readonly body: string;
}

const PATH = '/client/v2';

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks).toString('utf8');
}

/** What a request asks for. */
function callIn(body: string): Pick<LoggedRequest, 'call' | 'params'> {
	try {
		const parsed: unknown = JSON.parse(body);
		const isRequest = typeof parsed === 'object' && parsed !== null && 'params' in parsed;
		if (!isRequest) return { call: '', params: {} };
		const call = 'method' in parsed ? String(parsed.method) : '';
		return { call, params: { ...Object(parsed.params) } };
	} catch {
		return { call: '', params: {} };
	}
}

function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

export class HttpFront {
	readonly requests: LoggedRequest[] = [];
	endpoint = '';
	private readonly server: Server;
	private readonly stopping = new AbortController();

	constructor(
		private readonly answer: (request: LoggedRequest) => Reply,
		private readonly orders: Orders,
		private readonly limit: (request: LoggedRequest) => Verdict,
	) {
		this.server = createServer((request, response) => {
			this.handle(request, response).catch(() => response.destroy());
		});
	}

	async start(port: number): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.server.once('error', reject);
			this.server.listen(port, '127.0.0.1', resolve);
		});
		const { port: taken } = this.server.address() as AddressInfo;
		this.endpoint = `http://127.0.0.1:${taken}${PATH}`;
	}

	/** Ends the server and each connection, answered or not. */
	async stop(): Promise<void> {
		this.stopping.abort();
		const closed = new Promise<void>((resolve) => {
			this.server.close(() => resolve());
		});
		this.server.closeAllConnections();
		await closed;
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { method = '', url = '', headers } = request;
		const body = await bodyOf(request);
		const logged: LoggedRequest = { method, url, headers, body, ...callIn(body), status: 0 };
		if (url !== PATH || method !== 'POST') {
			response.writeHead(url === PATH ? 405 : 404).end();
			return;
		}
		this.requests.push(logged);
		const { blockedAs, headers: limitHeaders } = this.limit(logged);
		if (blockedAs !== undefined) {
			logged.status = blockedAs;
			response.writeHead(blockedAs, limitHeaders).end();
			return;
		}
		const order = this.orders.take();
		// Something that stands before the gateway knows nothing of its limit.
		if (order.status === undefined) setHeaders(response, limitHeaders);
		const own = order.body === undefined && !order.drop ? this.answer(logged) : undefined;
		logged.status = await this.send(response, own, order);
	}

	/** Sends the gateway's own reply, as far as the order leaves it; gives the status sent. */
	private async send(
		response: ServerResponse,
		own: Reply | undefined,
		order: OrderedAnswer,
	): Promise<number> {
		if (typeof order.wait === 'number') {
			await sleep(order.wait, undefined, { signal: this.stopping.signal });
		} else await order.wait;
		if (order.drop) {
			response.socket?.destroy();
			return 0;
		}
		const { status, type, body } = own ?? { status: 200, type: 'application/json', body: '' };
		const whole = Buffer.from(order.body ?? body);
		const half = whole.subarray(0, Math.floor(whole.length / 2));
		response.writeHead(order.status ?? status, { 'content-type': type, ...order.headers });
		if (order.cut) {
			response.write(half, () => response.socket?.destroy());
		} else {
			response.end(order.truncate ? half : whole);
		}
		return order.status ?? status;
	}
}
