/** Several executions at once that read the whole register, in one process. */
import { chain } from '../../dev/engine/workflows.cts';
import { openEngine, pinned, RIVILE, succeeded } from '../lib/n8n.cts';
import { serve } from '../lib/task.cts';

export interface Input {
	readonly credential: Record<string, string>;
	readonly rows: number;
	readonly executions: number;
}

const workflow = chain({
	name: 'Get Many',
	type: RIVILE,
	parameters: { resource: 'cashOperation', operation: 'getMany', returnAll: true },
	credentials: { rivileApi: { id: '1', name: 'Account' } },
});

const engine = openEngine();

serve(async ({ credential, rows, executions }: Input) => {
	const options = { credentials: { Account: credential }, pinData: pinned(1) };
	const opened = await engine;
	const started = performance.now();
	await Promise.all(
		Array.from({ length: executions }, async () => {
			const found = succeeded(await opened.run(workflow, options)).json('Get Many').length;
			if (found !== rows) throw new Error(`${found} of ${rows} rows came`);
		}),
	);
	return { time: performance.now() - started };
});
