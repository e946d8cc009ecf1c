/** What a person waits for in n8n's editor: the choices of fields, and the tests of credentials. */
import type { Engine } from '../../dev/engine/harness.cts';
import type { KlientuPortfelisSimulator } from '../../dev/simulators/klientuPortfelis.cts';
import type { RivileSimulator } from '../../dev/simulators/rivile.cts';
import { byId, wordsOf, type Ending, type Visit, type Way } from './way.cts';

/** The credentials that a visit has of its own. */
export interface Credentials {
	portfolio(visit: Pick<Visit, 'address' | 'number'>): Record<string, string | number | boolean>;
	gateway(visit: Pick<Visit, 'address'>): Record<string, string | boolean>;
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
 * @param logIn opens the session of a visit beforehand
 * @param listId a list that has services
 */
export function portfolioEditorWays(
	engine: Engine,
	portfolio: KlientuPortfelisSimulator,
	credentials: Credentials,
	logIn: Way['prepare'],
	listId: number,
): Way[] {
	const ways = { ...common, service: 'Klientu Portfelis', target: portfolio.serviceUrl } as const;
	const given = (visit: Visit) => ({
		parameters: { resource: 'monitoring', operation: 'create', listId: byId(listId) },
		credentials: { klientuPortfelisApi: credentials.portfolio(visit) },
	});
	return [
		{
			...ways,
			name: 'list search',
			before: 0,
			prepare: logIn,
			run: async (visit) => {
				const search = engine.listSearch('klientuPortfelis', 'searchLists', given(visit));
				return await choices(search.then(({ results }) => results));
			},
		},
		{
			...ways,
			name: 'option loading',
			before: 0,
			prepare: logIn,
			run: async (visit) =>
				await choices(engine.loadOptions('klientuPortfelis', 'getServices', given(visit))),
		},
		{
			...ways,
			name: 'credential test',
			// The WSDL is compared first; with an Endpoint, one that is away is only remarked on.
			before: 1,
			wsdlUrl: portfolio.wsdlUrl,
			prepare: async () => undefined,
			run: async (visit) => {
				const own = credentials.portfolio(visit);
				const wsdlUrl = String(own.endpoint);
				return await tested(engine.test('klientuPortfelisApi', { ...own, wsdlUrl }));
			},
		},
	];
}

export function gatewayEditorWays(
	engine: Engine,
	gateway: RivileSimulator,
	credentials: Credentials,
): Way[] {
	return [
		{
			...common,
			service: 'Rivilė',
			name: 'credential test',
			target: gateway.endpoint,
			before: 0,
			prepare: async () => undefined,
			run: async (visit) => await tested(engine.test('rivileApi', credentials.gateway(visit))),
		},
	];
}
