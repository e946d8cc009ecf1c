/**
 * A simulator of the Klientu Portfelis SOAP service for tests, the demo and benches. It reads
 * requests with node-soap and verifies signatures with node-forge, so that both check ours.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { MAX_ROWS } from '../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { Sessions, verifyWithForge, type Role, type Verify } from './klientuPortfelis/access.cts';
import type { ErrorCode } from './klientuPortfelis/errors.cts';
import { Orders, type OrderedAnswer, type OrderedFailure } from './klientuPortfelis/hooks.cts';
import { HttpFront, type Call, type Settings } from './klientuPortfelis/http.cts';
import type { PageLimits } from './klientuPortfelis/lists.cts';
import {
	Portfolio,
	type ListUser,
	type NewList,
	type Right,
	type StoredList,
	type StoredObject,
	type StoredSession,
} from './klientuPortfelis/portfolio.cts';
import { sampleRegister, type Register } from './klientuPortfelis/register.cts';
import { requestReader, type ReadRequest } from './klientuPortfelis/request.cts';
import type { MonitoringEvent } from './klientuPortfelis/samples.cts';
import { generateKeys } from './keys.cts';

export {
	cutDocument,
	delayed,
	droppedConnection,
	emptyBody,
	htmlPage,
	soapFault,
} from './klientuPortfelis/hooks.cts';
export type { OrderedAnswer, OrderedFailure } from './klientuPortfelis/hooks.cts';
export type { Call } from './klientuPortfelis/http.cts';
export { ERROR_CODES, ERRORS, type ErrorCode } from './klientuPortfelis/errors.cts';
export {
	CADASTRE_NOT_FOUND,
	ESTONIAN_NOT_FOUND,
	LIQUIDATED,
	NOT_FOUND,
	REORGANISED,
} from './klientuPortfelis/register.cts';

export interface Options {
	readonly port: number;
	readonly username: string;
	readonly password: string;
	readonly roleId: number;
	/** PEM; a fresh key is made unless it is given. */
	readonly privateKey: string;
	readonly passphrase: string;
	/** The service's clock in milliseconds: sessions' lives and dates go by it. */
	readonly now: () => number;
	readonly alwaysStatus200: boolean;
	readonly objectLimit: number;
	/** In which order get_monitoring_sessions answers; the specification leaves it open. */
	readonly newestSessionsFirst: boolean;
	/** How signatures are checked. */
	readonly verify: Verify;
}

const DEFAULTS: Omit<Options, 'privateKey'> = {
	port: 0,
	username: 'lietotajs',
	password: 'par/ole "ķ" & <1>',
	roleId: 1234,
	passphrase: '',
	now: Date.now,
	alwaysStatus200: false,
	objectLimit: Number.POSITIVE_INFINITY,
	newestSessionsFirst: true,
	verify: verifyWithForge,
};

export interface SeedList extends Partial<NewList> {
	/** The main role's rights to it; null: it belongs to another role alone. */
	readonly rights?: Right | null;
}

export interface SeedSession {
	/** "YYYY-MM-DD hh:mm:ss". */
	readonly sent?: string;
	/** How many sample events, or the events themselves, as far as they matter. */
	readonly events?: number | ReadonlyArray<Partial<MonitoringEvent>>;
}

/** The owner of the lists that the main role shares or has no access to. */
const OTHER_ROLE = { id: 99, name: 'Cita loma' } as const;

export class KlientuPortfelisSimulator {
	/** The role of `credentials`; change it to take away its key or its rights. */
	readonly role: Role;
	readonly portfolio: Portfolio;
	/** How long the pages of get_objects are; change it to have a service with a limit of its own. */
	readonly pages: PageLimits = { largest: Infinity, allowed: MAX_ROWS };
	/** What the registers know; codes that are not in it are found under a made-up name. */
	readonly register: Register = sampleRegister();
	private readonly sessions: Sessions;
	private readonly settings: Settings;
	private readonly front: HttpFront;

	constructor(
		private readonly options: Options,
		read: ReadRequest,
	) {
		const { now, privateKey, passphrase } = options;
		this.role = {
			id: options.roleId,
			name: 'Galvenā loma',
			username: options.username,
			password: options.password,
			publicKeyPem: createPublicKey(createPrivateKey({ key: privateKey, passphrase }))
				.export({ type: 'spki', format: 'pem' })
				.toString(),
			apiAllowed: true,
			objectLimit: options.objectLimit,
		};
		this.portfolio = new Portfolio(now);
		this.sessions = new Sessions(now);
		const { alwaysStatus200, newestSessionsFirst, verify } = options;
		this.settings = { orders: new Orders(), alwaysStatus200, clientAddress: null };
		const { pages, portfolio, register, sessions } = this;
		const roles = new Map([[this.role.id, this.role]]);
		const world = { pages, portfolio, register, sessions, roles };
		const service = { ...world, now, newestSessionsFirst, verify };
		this.front = new HttpFront(service, read, this.settings);
	}

	/** Part of startKlientuPortfelis. */
	async listen(): Promise<void> {
		await this.front.start(this.options.port);
	}

	/** Ends the server and each connection, answered or not. */
	async stop(): Promise<void> {
		await this.front.stop();
	}

	get wsdlUrl(): string {
		return this.front.wsdlUrl;
	}

	get serviceUrl(): string {
		return this.front.serviceUrl;
	}

	/** The fields of the credential, with values that the simulator accepts. */
	get credentials() {
		const { username, password, roleId, privateKey, passphrase } = this.options;
		const { wsdlUrl } = this;
		return { wsdlUrl, endpoint: '', username, password, roleId, privateKey, passphrase };
	}

	/** The calls so far, oldest first. */
	get calls(): readonly Call[] {
		return this.front.calls;
	}

	get logins(): number {
		return this.calls.filter((call) => call.function === 'login').length;
	}

	get wsdlRequests(): number {
		return this.front.wsdlRequests;
	}

	/** The next call, or the next one of a function, is refused with a code. */
	failNext(failure: ErrorCode | OrderedFailure): void {
		this.settings.orders.add(typeof failure === 'number' ? { code: failure } : failure);
	}

	/** The next call, or the next one of a function, is answered with something else. */
	answerNext(answer: OrderedAnswer): void {
		this.settings.orders.add(answer);
	}

	/** Forgets what failNext and answerNext ordered and no request used. */
	clearOrders(): void {
		this.settings.orders.clear();
	}

	/** One session, or each, is past its 30 minutes (2007). */
	expireSession(sid?: string): void {
		this.sessions.expire(sid);
	}

	/** From now on clients seem to come from this address (2006); null: from their own. */
	changeAddress(address: string | null): void {
		this.settings.clientAddress = address;
	}

	/** No session exists any more (2005). */
	forgetSessions(): void {
		this.sessions.forget();
	}

	seedList({ rights = 'OWNER', ...list }: SeedList = {}): StoredList {
		const users: ListUser[] = [];
		if (rights !== 'OWNER') users.push({ ...OTHER_ROLE, rights: 'OWNER' });
		if (rights !== null) users.push({ id: this.role.id, name: this.role.name, rights });
		return this.portfolio.addList({ name: 'Paraugu saraksts', type: 'PERSONS', ...list }, users);
	}

	seedObjects(listId: number, count: number): StoredObject[] {
		return this.portfolio.seedObjects(this.listNamed(listId), count);
	}

	/** Adds a session, and a monitoring where the list has none. */
	seedMonitoringSession(listId: number, { sent, events }: SeedSession = {}): StoredSession {
		return this.portfolio.seedSession(this.listNamed(listId), sent, events);
	}

	private listNamed(listId: number): StoredList {
		const list = this.portfolio.lists.get(listId);
		if (!list) throw new Error(`No list ${listId} in the simulator`);
		return list;
	}
}

export async function startKlientuPortfelis(
	options: Partial<Options> = {},
): Promise<KlientuPortfelisSimulator> {
	const privateKey = options.privateKey ?? (await generateKeys()).privateKeyPem;
	const read = await requestReader();
	const simulator = new KlientuPortfelisSimulator({ ...DEFAULTS, ...options, privateKey }, read);
	await simulator.listen();
	return simulator;
}
