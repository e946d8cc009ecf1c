/** A sync: of objects that are all missing, or of a list that is as it should be already. */
import type { NodeJson } from '../../dev/engine/harness.cts';
import { chain } from '../../dev/engine/workflows.cts';
import type { Service } from '../lib/kp.cts';
import { KLIENTU_PORTFELIS, openEngine, pinned, succeeded } from '../lib/n8n.cts';
import { serve } from '../lib/task.cts';

export interface Input {
	readonly service: Service;
	readonly listId: number;
	/** The codes that the list shall hold. */
	readonly codes: readonly string[];
	/** Writes at the same time, if not as many as usual. */
	readonly batchSize?: number;
	/** Only reads the list, and has n8n give the field for each item. */
	readonly readingAlone?: true;
}

const credentials = { klientuPortfelisApi: { id: '1', name: 'Account' } };
const locator = ({ listId }: Input) => ({ __rl: true, mode: 'id', value: String(listId) });

const sync = (input: Input): NodeJson => ({
	name: 'Node',
	type: KLIENTU_PORTFELIS,
	typeVersion: 1,
	credentials,
	parameters: {
		resource: 'list',
		operation: 'sync',
		listId: locator(input),
		type: 'COMPANY',
		code: '={{ $json.code }}',
		dryRun: false,
		options:
			input.batchSize === undefined ? {} : { batching: { batch: { batchSize: input.batchSize } } },
	},
});

const readList = (input: Input): NodeJson => ({
	name: 'Node',
	type: KLIENTU_PORTFELIS,
	typeVersion: 1,
	credentials,
	parameters: {
		resource: 'object',
		operation: 'getMany',
		listId: locator(input),
		returnAll: true,
	},
});

/** What n8n itself takes to give a field with an expression for each item. */
const readField: NodeJson = {
	name: 'Node',
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		assignments: {
			assignments: [{ id: 'code', name: 'code', type: 'string', value: '={{ $json.code }}' }],
		},
		options: {},
	},
};

const engine = openEngine(['Set/Set']);

async function run(node: NodeJson, { service }: Input, codes: readonly string[]) {
	const pinData = pinned(Math.max(codes.length, 1), (index) => ({ code: codes[index] ?? '' }));
	const options = { credentials: { Account: service.credentials }, pinData };
	const result = succeeded(await (await engine).run(chain(node), options));
	const refused = result.json('Node').filter(({ action }) => action === 'refused');
	if (refused.length > 0) throw new Error(`Refused: ${String(refused[0]?.reason)}`);
}

serve(async (input: Input) => {
	await engine;
	const [started, cpu] = [performance.now(), process.cpuUsage()];
	if (input.readingAlone) {
		await run(readList(input), input, []);
		await run(readField, input, input.codes);
	} else await run(sync(input), input, input.codes);
	const time = performance.now() - started;
	const { user, system } = process.cpuUsage(cpu);
	return { time, cpu: (user + system) / 1000 };
});
