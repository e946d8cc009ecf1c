/** Calls, one after the other: by the node, by node-soap, by hand. */
import forge from 'node-forge';
import * as soap from 'soap';

import { chain } from '../../dev/engine/workflows.cts';
import { phpLikeJson } from '../../dev/simulators/klientuPortfelis/rawClient.cts';
import { BareClient, type Service } from '../lib/kp.cts';
import { KLIENTU_PORTFELIS, openEngine, pinned, succeeded } from '../lib/n8n.cts';
import { serve } from '../lib/task.cts';
import { scaled } from '../lib/time.cts';

export interface Input {
	readonly who: Contestant;
	readonly service: Service;
	readonly listId: number;
	readonly calls: number;
}

type Caller = (calls: number) => Promise<void>;

async function node({ service, listId }: Input): Promise<Caller> {
	const engine = await openEngine();
	const workflow = chain({
		name: 'Services',
		type: KLIENTU_PORTFELIS,
		parameters: {
			resource: 'monitoring',
			operation: 'getServices',
			listId: { __rl: true, mode: 'id', value: String(listId) },
			options: { batching: { batch: { batchSize: 1, batchInterval: 0 } } },
		},
		credentials: { klientuPortfelisApi: { id: '1', name: 'Account' } },
	});
	const credentials = { Account: service.credentials };
	return async (calls) => {
		const pinData = pinned(calls);
		succeeded(await engine.run(workflow, { credentials, pinData }));
	};
}

async function nodeSoap({ service, listId }: Input): Promise<Caller> {
	const client = await soap.createClientAsync(service.wsdlUrl, { disableCache: true });
	const key = forge.pki.privateKeyFromPem(service.credentials.privateKey);
	const bare = new BareClient(service);
	const parameters = { sid: await bare.login(), list_id: listId };
	return async (calls) => {
		for (let call = 0; call < calls; call++) {
			const digest = forge.md.sha256.create().update(phpLikeJson(parameters), 'utf8');
			const signature = forge.util.encode64(key.sign(digest));
			await client.get_available_servicesAsync({ signature, ...parameters });
		}
	};
}

async function bareFetch({ service, listId }: Input, headers = {}): Promise<Caller> {
	const client = new BareClient(service, headers);
	await client.login();
	return async (calls) => {
		for (let call = 0; call < calls; call++) {
			await client.call('get_available_services', { list_id: listId });
		}
	};
}

const makers = {
	ours: node,
	'node-soap + node-forge': nodeSoap,
	'bare fetch': bareFetch,
	'bare fetch, a connection each': async (input: Input) =>
		await bareFetch(input, { connection: 'close' }),
} satisfies Record<string, (input: Input) => Promise<Caller>>;

export type Contestant = keyof typeof makers;

const callers = new Map<Contestant, Promise<Caller>>();

serve(async (input: Input) => {
	const caller = callers.get(input.who) ?? makers[input.who](input);
	callers.set(input.who, caller);
	const makeCalls = await caller;
	return await scaled(input.calls, async () => await makeCalls(input.calls));
});
