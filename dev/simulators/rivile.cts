/**
 * A simulator of the Rivilė gateway (GET_I04_LIST) for tests, the demo and benches. Conditions, bad
 * columns and syntax are judged by a real SQL engine.
 */
import { Register, type NewRow, type StoredRow } from './rivile/database.cts';
import { Orders, type OrderedAnswer } from './rivile/hooks.cts';
import { HttpFront, type LoggedRequest, type Reply } from './rivile/http.cts';
import { GENEROUS_LIMIT, RateLimit, type Limit } from './rivile/limit.cts';
import {
	JSON_STYLE,
	refusalJson,
	refusalXml,
	toJson,
	toXml,
	type JsonStyle,
} from './rivile/render.cts';
import { sampleRows } from './rivile/samples.cts';
import { SqlRefusal } from './rivile/tsql.cts';

export { PAGE_SIZE, type NewRow } from './rivile/database.cts';
export { htmlPage, serverDocument, type OrderedAnswer } from './rivile/hooks.cts';
export type { LoggedRequest } from './rivile/http.cts';
export { DOCUMENTED_LIMIT } from './rivile/limit.cts';
export { sampleKey, sampleRows } from './rivile/samples.cts';

export interface Options extends JsonStyle {
	readonly port: number;
	readonly apiKey: string;
	/** Whether the first page holds the highest keys; the documentation leaves it open. */
	readonly newestFirst: boolean;
	/** The order of the rows inside a page. */
	readonly descending: boolean;
	/** Whether refusals come with a status of their own or with 200. */
	readonly refusalStatus: 'own' | 200;
	/** A gateway before version 1.1.0 answers XML whatever it is asked for. */
	readonly xmlOnly: boolean;
	/** The rate limit; generous unless told, so that no test waits for its turn. */
	readonly limit: Limit;
}

const DEFAULTS: Options = {
	...JSON_STYLE,
	port: 0,
	// Not a key of anyone.
	apiKey: 'PAVYZDY.bandomasisRaktas0123456789',
	newestFirst: true,
	descending: false,
	refusalStatus: 'own',
	xmlOnly: false,
	limit: GENEROUS_LIMIT,
};

/** Called before a request is answered, with its number; the first one is 1. */
export type BeforeAnswer = (number: number, register: Register) => void;

/** The gateway's refusal, in its words. */
class Refusal extends Error {
	constructor(
		message: string,
		readonly status: number,
	) {
		super(message);
	}
}

export class RivileSimulator {
	/** The gateway's database; rows may be added and deleted at any time. */
	readonly register = new Register();
	/** For rows that are added between two requests. */
	beforeAnswer: BeforeAnswer | undefined;
	/** The rate limit as it stands. */
	limit: RateLimit;
	private readonly orders = new Orders();
	private readonly front: HttpFront;

	constructor(private options: Options) {
		this.limit = new RateLimit(options.limit);
		this.front = new HttpFront(
			(request) => this.answer(request),
			this.orders,
			({ headers }) => this.limit.take(String(headers.apikey)),
		);
	}

	/** Part of startRivile. */
	async listen(): Promise<void> {
		await this.front.start(this.options.port);
	}

	async stop(): Promise<void> {
		await this.front.stop();
		this.register.close();
	}

	get endpoint(): string {
		return this.front.endpoint;
	}

	/** The fields of the credential, with values that the simulator accepts. */
	get credentials(): { endpoint: string; apiKey: string } {
		return { endpoint: this.endpoint, apiKey: this.options.apiKey };
	}

	/** The requests so far, oldest first. */
	get requests(): readonly LoggedRequest[] {
		return this.front.requests;
	}

	/** Another gateway from now on, with the same rows. */
	change(options: Partial<Omit<Options, 'port'>>): void {
		this.options = { ...this.options, ...options };
		if (options.limit !== undefined) this.limit = new RateLimit(options.limit);
	}

	/** Adds rows, or so many sample rows. */
	seed(rows: number | readonly NewRow[]): void {
		this.register.add(typeof rows === 'number' ? sampleRows(rows, this.register.size + 1) : rows);
	}

	/** The next request, or some of those to come, is answered with something else. */
	answerNext(answer: OrderedAnswer): void {
		this.orders.add(answer);
	}

	/** Forgets rows, requests, orders and hooks, and is the gateway of the defaults again. */
	reset(options: Partial<Omit<Options, 'port'>> = {}): void {
		const { port } = this.options;
		this.options = { ...DEFAULTS, ...options, port };
		this.limit = new RateLimit(this.options.limit);
		this.register.clear();
		this.front.requests.length = 0;
		this.orders.clear();
		this.beforeAnswer = undefined;
	}

	private answer(request: LoggedRequest): Reply {
		const asked = String(request.headers.accept ?? '');
		const isJson = asked.includes('application/json') && !this.options.xmlOnly;
		const type = isJson ? 'application/json;charset=UTF-8' : 'application/xml;charset=UTF-8';
		try {
			this.beforeAnswer?.(this.front.requests.length, this.register);
			const rows = this.rowsFor(request);
			return { status: 200, type, body: isJson ? toJson(rows, this.options) : toXml(rows) };
		} catch (error) {
			if (!(error instanceof Refusal) && !(error instanceof SqlRefusal)) throw error;
			const status = error instanceof Refusal ? error.status : 400;
			return {
				status: this.options.refusalStatus === 200 ? 200 : status,
				type,
				body: isJson ? refusalJson(error.message) : refusalXml(error.message),
			};
		}
	}

	private rowsFor({ headers, body, params }: LoggedRequest): StoredRow[] {
		if (headers.apikey !== this.options.apiKey) throw new Refusal('Api key is not valid', 401);
		const isJson = String(headers['content-type']).startsWith('application/json');
		if (!isJson) throw new Refusal('Unsupported Media Type', 415);
		if (!/"method"\s*:\s*"GET_I04_LIST"/.test(body)) throw new Refusal('Unknown method', 400);
		const { list = 'H', fil, pagenumber = 1 } = params;
		const number = Number(pagenumber);
		if (!Number.isInteger(number) || number < 1) throw new Refusal('Bad pagenumber', 400);
		if (list !== 'H' && list !== 'A') throw new Refusal('Bad list', 400);
		const { newestFirst, descending } = this.options;
		const condition = fil === undefined || fil === '' ? {} : { fil: String(fil) };
		return this.register.page({ number, newestFirst, descending, ...condition }, list === 'A');
	}
}

export async function startRivile(options: Partial<Options> = {}): Promise<RivileSimulator> {
	const simulator = new RivileSimulator({ ...DEFAULTS, ...options });
	await simulator.listen();
	return simulator;
}
