/** What is under way when a fault strikes: the columns of the matrix. */
import { deepCopy, type IDataObject } from 'n8n-workflow';

import { createEngine, type Engine, type RunResult } from '../engine/harness.cts';
import { chain } from '../engine/workflows.cts';
import {
	startKlientuPortfelis,
	type KlientuPortfelisSimulator,
} from '../simulators/klientuPortfelis.cts';
import { sampleKey, startRivile, type RivileSimulator } from '../simulators/rivile.cts';

/** How a run or a poll ended. */
export interface Ending {
	readonly items: readonly IDataObject[];
	/** What the user reads; undefined where all went well. */
	readonly words?: { readonly message: string; readonly description: string };
}

export interface Visit {
	/** Where the service is, as far as the node knows. */
	readonly address: string;
	/** Ends the execution, as Stop in the editor does. */
	readonly signal: AbortSignal;
	/** Seconds that one request may take. */
	readonly timeout?: number;
	/** A number that no other visit has. */
	readonly number: number;
	/** The trigger's memory. */
	readonly staticData: IDataObject;
}

export interface Way {
	readonly service: 'Klientu Portfelis' | 'Rivilė';
	readonly name: 'read' | 'page' | 'login' | 'write' | 'poll';
	/** How many calls come before the one that is spoiled. */
	readonly before: number;
	/** Brings about what is there beforehand, such as a session. */
	prepare(visit: Visit): Promise<void>;
	run(visit: Visit): Promise<Ending>;
	/** How many objects a visit made at the service. */
	made(visit: Visit): number;
	/** The simulator's address. */
	readonly target: string;
	/** The memory that the trigger has before the poll. */
	readonly memory: IDataObject;
}

const byId = (id: number) => ({ __rl: true, mode: 'id', value: id });

function endingOf(result: RunResult): Ending {
	const { error } = result;
	const items = result.json('Node');
	if (error === undefined) return { items };
	return { items, words: wordsOf(error) };
}

function wordsOf(error: object) {
	const message = 'message' in error ? String(error.message) : '';
	const description = 'description' in error ? String(error.description) : '';
	return { message, description };
}

/** Both services behind the built nodes. */
export class Grounds {
	private constructor(
		private readonly engine: Engine,
		readonly portfolio: KlientuPortfelisSimulator,
		readonly gateway: RivileSimulator,
	) {}

	static async open(packageDir: string): Promise<Grounds> {
		const engine = await createEngine({ packageDir });
		return new Grounds(engine, await startKlientuPortfelis(), await startRivile());
	}

	async close(): Promise<void> {
		await this.engine.close();
		await this.portfolio.stop();
		await this.gateway.stop();
	}

	async ways(): Promise<Way[]> {
		return [...(await this.portfolioWays()), ...(await this.gatewayWays())];
	}

	/** The path of the address makes a credential of its own, and so a session of its own. */
	private portfolioCredentials({ address, number }: Pick<Visit, 'address' | 'number'>) {
		const endpoint = `${address}${number}`;
		return { ...this.portfolio.credentials, endpoint, allowUnencrypted: true };
	}

	private gatewayCredentials({ address }: Pick<Visit, 'address'>) {
		return { ...this.gateway.credentials, endpoint: address, allowUnencrypted: true };
	}

	private async runPortfolio(visit: Visit, parameters: object): Promise<Ending> {
		const { signal, timeout } = visit;
		const result = await this.engine.run(
			chain({
				name: 'Node',
				type: 'klientuPortfelis',
				parameters: { ...parameters, ...(timeout !== undefined && { options: { timeout } }) },
				credentials: { klientuPortfelisApi: { id: 'account', name: 'Account' } },
			}),
			{ credentials: { account: this.portfolioCredentials(visit) }, signal },
		);
		return endingOf(result);
	}

	private async runGateway(visit: Visit, parameters: object): Promise<Ending> {
		const { signal, timeout } = visit;
		const result = await this.engine.run(
			chain({
				name: 'Node',
				type: 'rivile',
				parameters: {
					resource: 'cashOperation',
					operation: 'getMany',
					simplify: false,
					...parameters,
					...(timeout !== undefined && { options: { timeout } }),
				},
				credentials: { rivileApi: { id: 'account', name: 'Account' } },
			}),
			{ credentials: { account: this.gatewayCredentials(visit) }, signal },
		);
		return endingOf(result);
	}

	private async poll(
		{ staticData, timeout }: Pick<Visit, 'staticData' | 'timeout'>,
		type: string,
		parameters: object,
		credentials: Record<string, object>,
	): Promise<Ending> {
		const options = timeout === undefined ? {} : { timeout };
		const polling = this.engine.poll(type, {
			parameters: { ...parameters, options } as never,
			credentials: credentials as never,
			staticData,
			timezone: 'UTC',
		});
		const [outcome] = await Promise.allSettled([polling]);
		if (outcome.status === 'rejected') return { items: [], words: wordsOf(Object(outcome.reason)) };
		return { items: (outcome.value?.[0] ?? []).map(({ json }) => json) };
	}

	private async portfolioWays(): Promise<Way[]> {
		const { portfolio } = this;
		const service = 'Klientu Portfelis' as const;
		const long = portfolio.seedList({ name: 'Long' });
		portfolio.seedObjects(long.id, 2010);
		const [first] = long.objects.values();
		const written = portfolio.seedList({ name: 'Written', type: 'KEYWORDS' });
		const watched = portfolio.seedList({ name: 'Watched' });
		portfolio.seedObjects(watched.id, 2);
		portfolio.seedMonitoringSession(watched.id, { sent: '2026-01-01 08:00:00', events: 1 });
		const pollOnce = async (visit: Pick<Visit, 'address' | 'number' | 'staticData' | 'timeout'>) =>
			await this.poll(
				visit,
				'klientuPortfelisTrigger',
				{ event: 'monitoringEvent', listId: byId(watched.id) },
				{ klientuPortfelisApi: this.portfolioCredentials(visit) },
			);
		const memory: IDataObject = {};
		// One address for all visits that come before the matrix: the simulator's own.
		await pollOnce({ address: `${portfolio.serviceUrl}&visit=`, number: 0, staticData: memory });
		portfolio.seedMonitoringSession(watched.id, { sent: '2026-01-02 08:00:00', events: 3 });

		const codeOf = ({ number }: Visit) => `vārds ${number}`;
		const create = async (visit: Visit) => {
			const ending = await this.runPortfolio(visit, {
				resource: 'object',
				operation: 'create',
				listId: byId(written.id),
				type: 'KEYWORD',
				code: codeOf(visit),
			});
			// The rest is the visit's own.
			return { ...ending, items: ending.items.map(({ code }) => ({ ok: code === codeOf(visit) })) };
		};
		const logIn = async (visit: Visit) => {
			const { words } = await this.runPortfolio(visit, { resource: 'session', operation: 'login' });
			if (words !== undefined) throw new Error(words.message);
		};
		const common = {
			service,
			target: portfolio.serviceUrl,
			memory: {},
			prepare: logIn,
			made: (visit: Visit) =>
				[...written.objects.values()].filter(({ code }) => code === codeOf(visit)).length,
		};
		return [
			{
				...common,
				name: 'read',
				before: 0,
				run: async (visit) =>
					await this.runPortfolio(visit, {
						resource: 'object',
						operation: 'get',
						objectId: String(first?.id),
						simplify: false,
					}),
			},
			{
				...common,
				name: 'page',
				before: 1,
				run: async (visit) =>
					await this.runPortfolio(visit, {
						resource: 'object',
						operation: 'getMany',
						listId: byId(long.id),
						returnAll: true,
					}),
			},
			{ ...common, name: 'login', before: 0, prepare: async () => undefined, run: create },
			// What befalls the events of one session is that session's matter (sessions.ts), not the poll's.
			{ ...common, name: 'poll', before: 0, memory, run: pollOnce },
			{ ...common, name: 'write', before: 0, run: create },
		];
	}

	private async gatewayWays(): Promise<Way[]> {
		const { gateway } = this;
		gateway.seed(250);
		const pollOnce = async (visit: Pick<Visit, 'address' | 'staticData' | 'timeout'>) =>
			await this.poll(
				visit,
				'rivileTrigger',
				{ event: 'operationCreated', detail: 'H', filterMode: 'none' },
				{ rivileApi: this.gatewayCredentials(visit) },
			);
		const memory: IDataObject = {};
		await pollOnce({ address: gateway.endpoint, staticData: memory });
		gateway.register.add([251, 252].map((number) => ({ I04_KODAS_CH: sampleKey(number) })));
		const common = {
			service: 'Rivilė' as const,
			target: gateway.endpoint,
			memory: {},
			prepare: async () => undefined,
			made: () => 0,
		};
		return [
			{
				...common,
				name: 'read',
				before: 0,
				run: async (visit) => await this.runGateway(visit, { limit: 5 }),
			},
			{
				...common,
				name: 'page',
				before: 1,
				run: async (visit) => await this.runGateway(visit, { returnAll: true }),
			},
			{ ...common, name: 'poll', before: 0, memory, run: pollOnce },
		];
	}
}

/** The memory of a trigger, for one visit to change. */
export const copyOf = (memory: IDataObject): IDataObject => deepCopy(memory);
