/** The built package on n8n-core, and PHP's service for it. */
import type { Engine } from '../../dev/engine/harness.cts';
import { runOn, startEngine, type Run } from '../../test/nodes/KlientuPortfelis/helpers.cts';
import { PhpService, type Form, type PhpCall } from './start.cts';

export interface PhpTestRig {
	readonly php: PhpService;
	readonly engine: Engine;
	/** Runs one Klientu Portfelis node over the given items. */
	readonly run: Run;
	/** The calls since this was last asked; PHP has to have verified each. */
	verifiedCalls(): Promise<PhpCall[]>;
	stop(): Promise<void>;
}

/** @throws Refusal when PHP, or a part of it, is not installed */
export async function startPhpTestRig(form: Form): Promise<PhpTestRig> {
	const php = await PhpService.start(form);
	const engine = await startEngine();
	return {
		php,
		engine,
		run: runOn(engine, php),
		async verifiedCalls() {
			const calls = await php.calls();
			expect(calls.filter(({ verified }) => !verified)).toEqual([]);
			return calls;
		},
		async stop() {
			await engine.close();
			await php.stop();
		},
	};
}
