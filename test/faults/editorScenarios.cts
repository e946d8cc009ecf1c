/** What a person waits for in n8n's editor: the choices of fields, and the tests of credentials. */
import type { Engine } from '../../dev/engine/harness.cts';
import type { KlientuPortfelisSimulator } from '../../dev/simulators/klientuPortfelis.cts';
import type { RivileSimulator } from '../../dev/simulators/rivile.cts';
import { byId, wordsOf, type Ending, type Run, type Scenario } from './scenario.cts';

/** The credentials that a run has of its own. */
export interface Credentials {
	portfolio(run: Pick<Run, 'address' | 'number'>): Record<string, string | number | boolean>;
	gateway(run: Pick<Run, 'address'>): Record<string, string | boolean>;
}

const common = { place: 'editor', memory: {}, made: () => 0 } as const;

/** Shows what a person would see of choices that could not be loaded. */
async function choices(loading: Promise<ReadonlyArray<object>>): Promise<Ending> {
	const [outcome] = await Promise.allSettled([loading]);
	if (outcome.status === 'rejected') return { items: [], words: wordsOf(Object(outcome.reason)) };
	return { items: outcome.value.map((choice) => ({ ...choice })) };
}

/** A test of a credential tells title and description in one text. */
async function tested(testing: ReturnType<Engine['test']>): Promise<Ending> {
	const { status, message } = await testing;
	if (status === 'OK') return { items: [{ message }] };
	const [, title = '', description = ''] = /^(.*?)\. (.*)$/s.exec(message) ?? [];
	return { items: [], words: { message: title, description } };
}

/**
 * @param logIn opens the session of a run beforehand
 * @param listId a list that has services
 */
export function portfolioEditorScenarios(
	engine: Engine,
	portfolio: KlientuPortfelisSimulator,
	credentials: Credentials,
	logIn: Scenario['prepare'],
	listId: number,
): Scenario[] {
	const scenarios = {
		...common,
		service: 'Klientu Portfelis',
		target: portfolio.serviceUrl,
	} as const;
	const given = (run: Run) => ({
		parameters: { resource: 'monitoring', operation: 'create', listId: byId(listId) },
		credentials: { klientuPortfelisApi: credentials.portfolio(run) },
	});
	return [
		{
			...scenarios,
			name: 'list search',
			before: 0,
			prepare: logIn,
			run: async (run) => {
				const search = engine.listSearch('klientuPortfelis', 'searchLists', given(run));
				// Other runs add objects to a list meanwhile: its count is not compared.
				const withoutCounts = search.then(({ results }) =>
					results.map(({ name, value }) => ({ name: name.replace(/\d+ objects?$/, ''), value })),
				);
				return await choices(withoutCounts);
			},
		},
		{
			...scenarios,
			name: 'option loading',
			before: 0,
			prepare: logIn,
			run: async (run) =>
				await choices(engine.loadOptions('klientuPortfelis', 'getServices', given(run))),
		},
		{
			...scenarios,
			name: 'credential test',
			// The WSDL is compared first; with an Endpoint, one that is away is only remarked on.
			before: 1,
			wsdlUrl: portfolio.wsdlUrl,
			prepare: async () => undefined,
			run: async (run) => {
				const own = credentials.portfolio(run);
				const wsdlUrl = String(own.endpoint);
				return await tested(engine.test('klientuPortfelisApi', { ...own, wsdlUrl }));
			},
		},
	];
}

export function gatewayEditorScenarios(
	engine: Engine,
	gateway: RivileSimulator,
	credentials: Credentials,
): Scenario[] {
	return [
		{
			...common,
			service: 'Rivilė',
			name: 'credential test',
			target: gateway.endpoint,
			before: 0,
			prepare: async () => undefined,
			run: async (run) => await tested(engine.test('rivileApi', credentials.gateway(run))),
		},
	];
}
