/** Modules required in a process that has required nothing but what n8n has at hand anyway. */
import { createRequire } from 'node:module';

import { serve } from '../lib/task.cts';

export interface Input {
	/** Required before, and not counted. */
	readonly atHand: readonly string[];
	readonly modules: readonly string[];
}

const load = createRequire(__filename);

serve(async ({ atHand, modules }: Input) => {
	atHand.forEach(load);
	const started = performance.now();
	modules.forEach(load);
	return { time: performance.now() - started };
});
