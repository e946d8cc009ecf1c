/** Return All, once, in a process that has done nothing but start n8n's engine. */
import type { NodeJson, RunResult } from '../../dev/engine/harness.cts';
import { chain } from '../../dev/engine/workflows.cts';
import type { Service } from '../lib/kp.cts';
import { longestBlock } from '../lib/blocks.cts';
import { growthOf } from '../lib/memory.cts';
import { KLIENTU_PORTFELIS, openEngine, pinned, RIVILE, succeeded } from '../lib/n8n.cts';
import { serve } from '../lib/task.cts';

export type Input = {
	readonly records: number;
	/** Reads so many only, to have everything started. */
	readonly limit?: number;
} & (
	| { readonly from: 'rivile'; readonly credential: Record<string, string> }
	| { readonly from: 'klientuPortfelis'; readonly service: Service; readonly listId: number }
);

function nodeFor(input: Input): Pick<NodeJson, 'name' | 'type' | 'parameters' | 'credentials'> {
	const name = 'Get Many';
	const wanted = input.limit === undefined ? { returnAll: true } : { limit: input.limit };
	if (input.from === 'rivile') {
		return {
			name,
			type: RIVILE,
			parameters: { resource: 'cashOperation', operation: 'getMany', ...wanted },
			credentials: { rivileApi: { id: '1', name: 'Account' } },
		};
	}
	const listId = { __rl: true, mode: 'id', value: String(input.listId) };
	return {
		name,
		type: KLIENTU_PORTFELIS,
		parameters: { resource: 'object', operation: 'getMany', listId, ...wanted },
		credentials: { klientuPortfelisApi: { id: '1', name: 'Account' } },
	};
}

const engine = openEngine();

serve(async (input: Input) => {
	const workflow = chain(nodeFor(input));
	const Account = input.from === 'rivile' ? input.credential : input.service.credentials;
	const options = { credentials: { Account }, pinData: pinned(1) };
	const opened = await engine;
	let result: RunResult | undefined;
	let [time, block] = [0, 0];
	const memory = await growthOf(async () => {
		block = await longestBlock(async () => {
			const started = performance.now();
			result = succeeded(await opened.run(workflow, options));
			time = performance.now() - started;
		});
	});
	const found = result?.json('Get Many').length;
	if (found !== (input.limit ?? input.records))
		throw new Error(`${String(found)} of ${input.records} records came`);
	return { time, memory, block };
});
