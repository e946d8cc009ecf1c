/**
 * A simulator of the Rivilė gateway, with every register of the catalogue, for tests, the demo and
 * benches. Conditions, bad columns and syntax are judged by a real SQL engine.
 */
import { I04, registerOf, type Register as Described } from '../../nodes/Rivile/protocol/catalogue';
import { Database, type NewRow, type Register, type StoredRow } from './rivile/database.cts';
import { Orders, type OrderedAnswer } from './rivile/hooks.cts';
import { HttpFront, type LoggedRequest, type Reply } from './rivile/http.cts';
import { readAsTransactSql } from './rivile/judge.cts';
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
export { sampleClients, sampleDebt, sampleKey, sampleRows } from './rivile/samples.cts';

export interface Options extends JsonStyle {
	readonly port: number;
	readonly apiKey: string;
	/** Whether the first page holds the highest keys; the documentation leaves it open. */
	readonly newestFirst: boolean;
	/** The order of the rows inside a page. */
	readonly descending: boolean;
	/** Whether refusals come with a status of their own or with 200. */
	readonly refusalStatus: 'own' | 200;
	/** The methods that the key may use; every one unless told. */
	readonly methods?: readonly string[];
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
	private readonly database = new Database();
	/** The register of receipts and payments; rows may be added and deleted at any time. */
	readonly register = this.database.register(I04);
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
		this.database.close();
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

	/** The rows that a method lists; they may be added and deleted at any time. */
	registerOf(method: string): Register {
		const described = registerOf(method);
		if (described === undefined) throw new Error(`No method ${method}`);
		return this.database.register(described);
	}

	/**
	 * The conditions that the SQL engine took, and a grammar of T-SQL did not: SQLite is not SQL Server.
	 */
	readonly refused: string[] = [];

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
		this.database.clear();
		this.front.requests.length = 0;
		this.orders.clear();
		this.refused.length = 0;
		this.beforeAnswer = undefined;
	}

	private answer(request: LoggedRequest): Reply {
		const asked = String(request.headers.accept ?? '');
		const isJson = asked.includes('application/json') && !this.options.xmlOnly;
		const type = isJson ? 'application/json;charset=UTF-8' : 'application/xml;charset=UTF-8';
		try {
			this.beforeAnswer?.(this.front.requests.length, this.register);
			const described = this.methodOf(request);
			const rows = this.rowsFor(request, described);
			const { table } = described;
			const body = isJson ? toJson(rows, this.options, table) : toXml(rows, this.options, table);
			return { status: 200, type, body };
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

	/** What the method of a request lists. */
	private methodOf({ headers, call }: LoggedRequest): Described {
		if (headers.apikey !== this.options.apiKey) throw new Refusal('Api key is not valid', 401);
		const isJson = String(headers['content-type']).startsWith('application/json');
		if (!isJson) throw new Refusal('Unsupported Media Type', 415);
		const described = registerOf(call);
		if (described === undefined) throw new Refusal(`Method ${call} does not exist`, 400);
		const { methods } = this.options;
		if (methods !== undefined && !methods.includes(described.method)) {
			throw new Refusal(`No permission for method ${described.method}`, 403);
		}
		return described;
	}

	private rowsFor({ params }: LoggedRequest, described: Described): StoredRow[] {
		const { details, always = {}, pageParameter } = described;
		const { fil, [pageParameter]: page = 1, list, group } = params;
		const known = ['fil', pageParameter, ...(details === undefined ? [] : ['list'])];
		if (described.table === 'I17') known.push('group');
		const unknown = Object.keys(params).filter(
			(name) => !known.includes(name) && !(name in always),
		);
		if (unknown.length > 0) throw new Refusal(`Bad parameter ${unknown.join(', ')}`, 400);
		const number = Number(page);
		if (!Number.isInteger(number) || number < 1) throw new Refusal(`Bad ${pageParameter}`, 400);
		if (list !== undefined && list !== 'H' && list !== 'A') throw new Refusal('Bad list', 400);
		const { newestFirst, descending } = this.options;
		const condition = fil === undefined || fil === '' ? {} : { fil: String(fil) };
		if (condition.fil !== undefined) this.readBySecondGrammar(condition.fil);
		const register = this.database.register(described);
		const sums = group === undefined ? {} : { group: String(group) };
		const wanted = { number, newestFirst, descending, ...condition, ...sums };
		return register.page(wanted, list === 'A');
	}

	private readBySecondGrammar(condition: string): void {
		try {
			readAsTransactSql(condition);
		} catch {
			this.refused.push(condition);
		}
	}
}

export async function startRivile(options: Partial<Options> = {}): Promise<RivileSimulator> {
	const simulator = new RivileSimulator({ ...DEFAULTS, ...options });
	await simulator.listen();
	return simulator;
}
