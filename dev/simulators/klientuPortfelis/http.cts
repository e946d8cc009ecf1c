/** The HTTP side: the WSDL at one address, the calls at another, and the log of both. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FunctionName } from '../../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { faultDocument } from './answers.cts';
import { ServiceError, SoapFaultError, type ErrorCode } from './errors.cts';
import type { OrderedAnswer, Orders } from './hooks.cts';
import type { Parameters, ReadRequest, SoapRequest } from './request.cts';
import { answerTo, failure, type Service, type ServiceAnswer } from './service.cts';
import { makeWsdl } from './wsdl.cts';

/** A call as it arrived, and what became of it. */
export interface Call {
	/** Undefined where the request could not be read. */
	function: FunctionName | undefined;
	/** With the signature, without the password. */
	parameters: Parameters;
	readonly envelope: string;
	readonly headers: IncomingMessage['headers'];
	/** The error code of the answer; null for a success or something that is no answer. */
	code: ErrorCode | null;
	/** The HTTP status; 0 until the answer is sent, and where the connection was dropped. */
	status: number;
	/** Whether the service carried the call out, whatever the client was told. */
	performed: boolean;
}

export interface Settings {
	readonly orders: Orders;
	readonly alwaysStatus200: boolean;
	/** The address that clients seem to have, instead of their own. */
	clientAddress: string | null;
}

const WSDL_PATH = '/api/wsdl';
const SERVICE_PATH = '/api/service';
const XML = { 'content-type': 'text/xml; charset=utf-8' };

interface Reply {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks);
}

function shown({ signature, parameters }: SoapRequest): Parameters {
	const open = Object.entries(parameters).filter(([name]) => name !== 'password');
	return { ...(signature !== undefined && { signature }), ...Object.fromEntries(open) };
}

export class HttpFront {
	readonly calls: Call[] = [];
	wsdlRequests = 0;
	wsdlUrl = '';
	serviceUrl = '';
	private readonly server: Server;
	private readonly sockets = new Set<Socket>();
	private readonly stopping = new AbortController();

	constructor(
		private readonly service: Service,
		private readonly read: ReadRequest,
		private readonly settings: Settings,
	) {
		this.server = createServer((request, response) => {
			this.handle(request, response).catch(() => response.destroy());
		});
		this.server.on('connection', (socket) => {
			this.sockets.add(socket);
			socket.once('close', () => this.sockets.delete(socket));
		});
	}

	async start(port: number): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.server.once('error', reject);
			this.server.listen(port, '127.0.0.1', resolve);
		});
		const { port: taken } = this.server.address() as AddressInfo;
		this.wsdlUrl = `http://127.0.0.1:${taken}${WSDL_PATH}`;
		this.serviceUrl = `http://127.0.0.1:${taken}${SERVICE_PATH}?ws=1`;
	}

	async stop(): Promise<void> {
		this.stopping.abort();
		const closed = new Promise<void>((resolve) => {
			this.server.close(() => resolve());
		});
		for (const socket of this.sockets) socket.destroy();
		await closed;
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? '/', 'http://127.0.0.1');
		const isService = url.pathname === SERVICE_PATH && url.searchParams.get('ws') === '1';
		if (url.pathname === WSDL_PATH && request.method === 'GET') return this.sendWsdl(response);
		if (isService && request.method === 'POST') return this.sendAnswer(request, response);
		request.resume();
		const known = isService || url.pathname === WSDL_PATH;
		response.writeHead(known ? 405 : 404).end();
	}

	private async sendWsdl(response: ServerResponse): Promise<void> {
		this.wsdlRequests++;
		const order = this.settings.orders.take('wsdl');
		const own = { status: 200, headers: XML, body: makeWsdl(this.serviceUrl) };
		await this.send(response, own, order && !('code' in order) ? order : {});
	}

	private async sendAnswer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await bodyOf(request);
		const address = this.settings.clientAddress ?? request.socket.remoteAddress ?? '';
		const call: Call = {
			function: undefined,
			parameters: {},
			envelope: body.toString('utf8'),
			headers: request.headers,
			code: null,
			status: 0,
			performed: false,
		};
		this.calls.push(call);
		const soap = this.readInto(call, body);
		const order = this.settings.orders.take(call.function) ?? {};
		if ('code' in order && !(soap instanceof SoapFaultError)) {
			const failed = failure(soap.function, new ServiceError(order.code));
			call.status = await this.send(response, this.reply(call, failed), {});
			return;
		}
		const ordered = 'code' in order ? {} : order;
		const replaced = ordered.body !== undefined || ordered.drop === true;
		const own =
			replaced && !ordered.performed
				? { status: 200, headers: XML, body: '' }
				: this.perform(call, soap, address);
		call.status = await this.send(response, own, ordered);
	}

	private readInto(call: Call, body: Buffer): SoapRequest | SoapFaultError {
		try {
			const soap = this.read(body);
			call.function = soap.function;
			call.parameters = shown(soap);
			return soap;
		} catch (error) {
			if (error instanceof SoapFaultError) return error;
			throw error;
		}
	}

	private perform(call: Call, soap: SoapRequest | SoapFaultError, address: string): Reply {
		if (soap instanceof SoapFaultError) {
			const body = faultDocument(soap.message, 'SOAP-ENV:Client');
			return { status: 500, headers: XML, body };
		}
		const answer = answerTo(this.service, soap, address);
		call.performed = answer.code === null;
		return this.reply(call, answer);
	}

	private reply(call: Call, { xml, status, code }: ServiceAnswer): Reply {
		call.code = code;
		return { status: this.settings.alwaysStatus200 ? 200 : status, headers: XML, body: xml };
	}

	/** Sends the service's own reply, as far as the order leaves it; gives the status sent. */
	private async send(response: ServerResponse, own: Reply, order: OrderedAnswer): Promise<number> {
		if (typeof order.wait === 'number') {
			await sleep(order.wait, undefined, { signal: this.stopping.signal });
		} else await order.wait;
		if (order.drop) {
			response.socket?.destroy();
			return 0;
		}
		const whole = order.body ?? own.body;
		const body = order.cut ? whole.slice(0, Math.floor(whole.length / 2)) : whole;
		const status = order.status ?? own.status;
		response.writeHead(status, { ...own.headers, ...order.headers }).end(body);
		return status;
	}
}
