/** What is under way when a fault strikes: the columns of the matrix. */
import type { IDataObject } from 'n8n-workflow';

import { createEngine, type Engine } from '../../dev/engine/harness.cts';
import { chain } from '../../dev/engine/workflows.cts';
import {
	startKlientuPortfelis,
	type KlientuPortfelisSimulator,
} from '../../dev/simulators/klientuPortfelis.cts';
import { sampleKey, startRivile, type RivileSimulator } from '../../dev/simulators/rivile.cts';
import { byId, endingOf, wordsOf, type Ending, type Run, type Scenario } from './scenario.cts';
import {
	gatewayEditorScenarios,
	portfolioEditorScenarios,
	type Credentials,
} from './editorScenarios.cts';

/** Both services behind the built nodes. */
export class Fixture {
	private constructor(
		private readonly engine: Engine,
		readonly portfolio: KlientuPortfelisSimulator,
		readonly gateway: RivileSimulator,
	) {}

	static async open(packageDir: string): Promise<Fixture> {
		const engine = await createEngine({ packageDir });
		return new Fixture(engine, await startKlientuPortfelis(), await startRivile());
	}

	async close(): Promise<void> {
		await this.engine.close();
		await this.portfolio.stop();
		await this.gateway.stop();
	}

	async scenarios(): Promise<Scenario[]> {
		return [...(await this.portfolioScenarios()), ...(await this.gatewayScenarios())];
	}

	private readonly credentials: Credentials = {
		/** The path of the address makes a credential of its own, and so a session of its own. */
		portfolio: ({ address, number }) => ({
			...this.portfolio.credentials,
			endpoint: `${address}${number}`,
			allowUnencrypted: true,
		}),
		gateway: ({ address }) => ({
			...this.gateway.credentials,
			endpoint: address,
			allowUnencrypted: true,
		}),
	};

	private async runPortfolio(
		run: Run,
		parameters: object,
		credentials = this.credentials.portfolio(run),
	): Promise<Ending> {
		const { signal, timeout } = run;
		const result = await this.engine.run(
			chain({
				name: 'Node',
				type: 'klientuPortfelis',
				parameters: { ...parameters, ...(timeout !== undefined && { options: { timeout } }) },
				credentials: { klientuPortfelisApi: { id: 'account', name: 'Account' } },
			}),
			{ credentials: { account: credentials }, signal },
		);
		return endingOf(result);
	}

	private async runGateway(run: Run, parameters: object): Promise<Ending> {
		const { signal, timeout } = run;
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
			{ credentials: { account: this.credentials.gateway(run) }, signal },
		);
		return endingOf(result);
	}

	private async poll(
		{ staticData, timeout }: Pick<Run, 'staticData' | 'timeout'>,
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

	private async portfolioScenarios(): Promise<Scenario[]> {
		const { engine, portfolio } = this;
		const service = 'Klientu Portfelis' as const;
		const long = portfolio.seedList({ name: 'Long' });
		portfolio.seedObjects(long.id, 2010);
		const [first] = long.objects.values();
		const written = portfolio.seedList({ name: 'Written', type: 'KEYWORDS' });
		const watched = portfolio.seedList({ name: 'Watched' });
		portfolio.seedObjects(watched.id, 2);
		portfolio.seedMonitoringSession(watched.id, { sent: '2026-01-01 08:00:00', events: 1 });
		const pollOnce = async (run: Pick<Run, 'address' | 'number' | 'staticData' | 'timeout'>) =>
			await this.poll(
				run,
				'klientuPortfelisTrigger',
				{ event: 'monitoringEvent', listId: byId(watched.id) },
				{ klientuPortfelisApi: this.credentials.portfolio(run) },
			);
		const memory: IDataObject = {};
		// One address for all runs that come before the matrix: the simulator's own.
		await pollOnce({ address: `${portfolio.serviceUrl}&run=`, number: 0, staticData: memory });
		portfolio.seedMonitoringSession(watched.id, { sent: '2026-01-02 08:00:00', events: 3 });

		const codeOf = ({ number }: Run) => `vārds ${number}`;
		const create = async (run: Run) => {
			const ending = await this.runPortfolio(run, {
				resource: 'object',
				operation: 'create',
				listId: byId(written.id),
				type: 'KEYWORD',
				code: codeOf(run),
			});
			// The rest is the run's own.
			return { ...ending, items: ending.items.map(({ code }) => ({ ok: code === codeOf(run) })) };
		};
		const logIn = async (run: Run) => {
			const { words } = await this.runPortfolio(run, { resource: 'session', operation: 'login' });
			if (words !== undefined) throw new Error(words.message);
		};
		const common = {
			service,
			place: 'execution' as const,
			target: portfolio.serviceUrl,
			memory: {},
			prepare: logIn,
			made: (run: Run) =>
				[...written.objects.values()].filter(({ code }) => code === codeOf(run)).length,
		};
		const get = {
			resource: 'object',
			operation: 'get',
			objectId: String(first?.id),
			simplify: false,
		};
		return [
			{
				...common,
				name: 'read',
				before: 0,
				run: async (run) => await this.runPortfolio(run, get),
			},
			{
				...common,
				name: 'wsdl',
				before: 0,
				wsdlUrl: portfolio.wsdlUrl,
				prepare: async () => undefined,
				made: () => 0,
				run: async (run) => {
					const { endpoint: wsdlUrl, ...own } = this.credentials.portfolio(run);
					return await this.runPortfolio(run, get, {
						...own,
						wsdlUrl: wsdlUrl ?? '',
						endpoint: '',
					});
				},
			},
			{
				...common,
				name: 'page',
				before: 1,
				run: async (run) =>
					await this.runPortfolio(run, {
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
			...portfolioEditorScenarios(engine, portfolio, this.credentials, logIn, watched.id),
		];
	}

	private async gatewayScenarios(): Promise<Scenario[]> {
		const { engine, gateway } = this;
		gateway.seed(250);
		const pollOnce = async (run: Pick<Run, 'address' | 'staticData' | 'timeout'>) =>
			await this.poll(
				run,
				'rivileTrigger',
				{ event: 'operationCreated', detail: 'H', filterMode: 'none' },
				{ rivileApi: this.credentials.gateway(run) },
			);
		const memory: IDataObject = {};
		await pollOnce({ address: gateway.endpoint, staticData: memory });
		gateway.register.add([251, 252].map((number) => ({ I04_KODAS_CH: sampleKey(number) })));
		const common = {
			service: 'Rivilė' as const,
			place: 'execution' as const,
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
				run: async (run) => await this.runGateway(run, { limit: 5 }),
			},
			{
				...common,
				name: 'page',
				before: 1,
				run: async (run) => await this.runGateway(run, { returnAll: true }),
			},
			{ ...common, name: 'poll', before: 0, memory, run: pollOnce },
			...gatewayEditorScenarios(engine, gateway, this.credentials),
		];
	}
}
