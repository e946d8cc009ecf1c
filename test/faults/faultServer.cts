/**
 * Stands in front of a simulator and hands calls and answers on, except for the calls that it is
 * told to spoil: on the way there, in the answer, or by not being there at all.
 */
import { Agent, createServer as createHttp, request as forwardTo } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createNet, type AddressInfo, type Socket } from 'node:net';

import type { Certificates } from './certificates.cts';
import { watchClients } from './clients.cts';

/** An answer as it goes over the wire. */
export interface Reply {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Buffer;
}

/** A call whose answer is spoiled. */
export interface SpoiledCall {
	readonly response: ServerResponse;
	readonly socket: Socket;
	/** The service's own answer; an empty one when the call is kept from the service. */
	readonly own: Reply;
	/** Stops the execution that made the call. */
	readonly stop: () => void;
	/** Lets the client wait for so many seconds, once it has read what there is. */
	readonly wait: (seconds: number) => Promise<void>;
}

/** What is done to a call, and where. */
export type Spoil =
	/** The name of the server is not found: the code that the name service gives. */
	| { readonly at: 'lookup'; readonly code: string }
	/** Nobody listens. */
	| { readonly at: 'port' }
	/** The connection is reset before the request is read. */
	| { readonly at: 'connection' }
	/** The server shows a certificate that nobody vouches for. */
	| { readonly at: 'handshake' }
	| {
			readonly at: 'answer';
			/** Whether the service gets the call and carries it out. */
			readonly reaches: boolean;
			readonly answer: (call: SpoiledCall) => void | Promise<void>;
	  };

/** Which calls are spoiled. */
interface Plan {
	/** How many come before the first. */
	readonly after: number;
	/** How many are. */
	readonly times: number;
}

/** What happens to a call, by its number; undefined lets it through. */
export type Choose = (number: number) => Spoil | undefined;

const EMPTY: Reply = { status: 200, headers: {}, body: Buffer.alloc(0) };

/** Lets the client, which runs in the same process, read what is there. */
export async function clientReads(): Promise<void> {
	for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export async function bytesOf(message: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of message) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks);
}

/** The headers of a response that are handed on: its type, and what it says of a rate limit. */
function forwarded(headers: IncomingMessage['headers']): Record<string, string> {
	const entries = Object.entries(headers).filter(([name]) =>
		/^(content-type$|x-ratelimit-)/.test(name),
	);
	return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** A page may be asked for again smaller, which is signed differently: it counts as the same call. */
function withoutPageSize(text: string): string {
	if (!/<rows[ >]/.test(text)) return text;
	return text.replace(/<(rows|signature)([ >][^<]*)<\/\1>/g, '');
}

/** One connection serves one call, so that calls can be counted at every layer. */
export class FaultServer {
	private spoiled = 0;
	/** Calls that were let through after one that was spoiled. */
	private later = 0;
	/** What was sent since begin(), and whether it was the call to be spoiled. */
	private readonly bodies: Array<{ readonly text: string; readonly isSpoiled: boolean }> = [];
	/** Called when a fault stops the execution. */
	onStop: () => void = () => undefined;
	/** Called when a fault lets time pass. */
	onWait: (seconds: number) => void = () => undefined;
	private plan: Plan | undefined;
	private choose: Choose | undefined;
	private seen = 0;
	private port = 0;
	private unwatch: () => void = () => undefined;
	private readonly sockets = new Map<Socket, Spoil | undefined>();
	private readonly gate = createNet({ allowHalfOpen: true, noDelay: true }, (socket) =>
		this.accept(socket),
	);
	private readonly agent = new Agent({ keepAlive: true });
	private readonly plain: Server;
	private readonly trusted: Server | undefined;
	private readonly selfSigned: Server | undefined;

	/**
	 * @param target where calls are handed on to
	 * @param spoil what happens to a call that is spoiled
	 * @param certificates for faults of the handshake
	 * @param wsdlUrl where requests with GET go; the service address in the WSDL becomes this server's
	 */
	constructor(
		private readonly target: string,
		private readonly spoil: Spoil,
		certificates?: Certificates,
		private readonly wsdlUrl?: string,
	) {
		const listener: RequestListener = (request, response) => {
			this.handle(request, response).catch(() => response.destroy());
		};
		this.plain = createHttp(listener);
		if (certificates === undefined) return;
		this.trusted = createHttps(certificates.trusted, listener);
		this.selfSigned = createHttps(certificates.selfSigned, listener);
	}

	async start(): Promise<void> {
		await this.listen(0);
		this.port = (this.gate.address() as AddressInfo).port;
		this.unwatch = watchClients(this.port, {
			lookedUp: () => this.lookedUp(),
			connecting: () => this.connecting(),
		});
	}

	async stop(): Promise<void> {
		this.unwatch();
		this.agent.destroy();
		const closed = new Promise<void>((resolve) => {
			if (this.gate.listening) this.gate.close(() => resolve());
			else resolve();
		});
		for (const socket of this.sockets.keys()) socket.destroy();
		await closed;
	}

	/** Where clients find the server, in the way that the fault needs. */
	get address(): string {
		const { at } = this.spoil;
		if (at === 'handshake') return `https://127.0.0.1:${this.port}/`;
		if (at === 'lookup') return `http://server-${this.port}.invalid:${this.port}/`;
		return `http://127.0.0.1:${this.port}/`;
	}

	/** From now on, calls are counted and spoiled. */
	begin(plan: Plan): void {
		this.plan = plan;
		if (this.spoil.at === 'port' && plan.after === 0) this.gate.close();
	}

	/** From now on, each call is spoiled in its own way, or not. */
	vary(choose: Choose): void {
		this.choose = choose;
	}

	/** How often the call that was spoiled was made, the time that went well included. */
	get sent(): number {
		const call = this.bodies.find(({ isSpoiled }) => isSpoiled);
		// Where nothing could be read, the next call that came through is taken for the same one.
		if (call === undefined) return this.spoiled + Math.min(this.later, 1);
		const wanted = withoutPageSize(call.text);
		return this.bodies.filter(({ text }) => withoutPageSize(text) === wanted).length;
	}

	/** From now on, all calls are let through. */
	async heal(): Promise<void> {
		this.plan = undefined;
		if (!this.gate.listening) await this.listen(this.port);
	}

	/** To be called before the client tries again: whoever was away may be back by then. */
	async clientWaits(): Promise<void> {
		const isOver = this.plan !== undefined && this.spoiled >= this.plan.times;
		if (isOver && !this.gate.listening) await this.listen(this.port);
	}

	private async listen(port: number): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.gate.once('error', reject);
			this.gate.listen(port, '127.0.0.1', resolve);
		});
	}

	/** What happens to the next call. */
	private next(): Spoil | undefined {
		if (this.choose !== undefined) return this.choose(this.seen++);
		if (this.plan === undefined) return undefined;
		const { after, times } = this.plan;
		const number = this.seen++;
		if (number >= after && number < after + times) {
			this.spoiled++;
			return this.spoil;
		}
		if (number >= after) this.later++;
		return undefined;
	}

	private lookedUp(): string | undefined {
		if (this.spoil.at !== 'lookup') return undefined;
		const spoil = this.next();
		return spoil?.at === 'lookup' ? spoil.code : undefined;
	}

	private connecting(): void {
		if (!this.gate.listening) this.next();
	}

	private accept(socket: Socket): void {
		const { at } = this.spoil;
		const spoil = at === 'lookup' ? undefined : this.next();
		// The next one to call finds nobody.
		if (at === 'port' && this.plan !== undefined && this.seen === this.plan.after) {
			this.gate.close();
		}
		this.sockets.set(socket, spoil);
		socket.on('error', () => undefined);
		socket.once('close', () => this.sockets.delete(socket));
		if (spoil?.at === 'connection') {
			socket.resetAndDestroy();
			return;
		}
		if (at !== 'handshake') this.plain.emit('connection', socket);
		else (spoil === undefined ? this.trusted : this.selfSigned)?.emit('connection', socket);
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { socket } = request;
		const spoil = this.sockets.get(socket);
		const body = await bytesOf(request);
		if (this.plan !== undefined) {
			this.bodies.push({ text: body.toString('latin1'), isSpoiled: spoil !== undefined });
		}
		if (spoil?.at !== 'answer') {
			const { status, headers, body: own } = await this.forward(request, body);
			response.writeHead(status, { ...headers, connection: 'close' }).end(own);
			return;
		}
		const own = spoil.reaches ? await this.forward(request, body) : EMPTY;
		const wait = async (seconds: number) => {
			await clientReads();
			this.onWait(seconds);
		};
		await spoil.answer({ response, socket, own, stop: () => this.onStop(), wait });
	}

	private async forward({ method, headers }: IncomingMessage, body: Buffer): Promise<Reply> {
		const isWsdl = method === 'GET' && this.wsdlUrl !== undefined;
		const target = isWsdl ? String(this.wsdlUrl) : this.target;
		const { host } = new URL(target);
		const own = { ...headers, host, connection: 'keep-alive' };
		const answer = await new Promise<IncomingMessage>((resolve, reject) => {
			forwardTo(target, { method, headers: own, agent: this.agent }, resolve)
				.on('error', reject)
				.end(body);
		});
		const bytes = await bytesOf(answer);
		return {
			status: answer.statusCode ?? 0,
			headers: forwarded(answer.headers),
			body: isWsdl ? this.withOwnAddress(bytes) : bytes,
		};
	}

	private withOwnAddress(wsdl: Buffer): Buffer {
		const location = /(<soap:address location=")[^"]*/;
		return Buffer.from(wsdl.toString().replace(location, `$1${this.address}`));
	}
}
