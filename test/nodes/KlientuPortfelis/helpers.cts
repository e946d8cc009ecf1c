import { join } from 'node:path';

import {
	createEngine,
	type Engine,
	type NodeJson,
	type RunResult,
} from '../../../dev/engine/harness.cts';
import { chain } from '../../../dev/engine/workflows.cts';
import {
	startKlientuPortfelis,
	type KlientuPortfelisSimulator,
	type Options,
} from '../../../dev/simulators/klientuPortfelis.cts';

export const TYPE = 'n8n-nodes-klientu-portfelis-rivile.klientuPortfelis';

interface Settings extends Partial<NodeJson> {
	timezone?: string;
	/** Fields of the credential that differ from the right ones. */
	credential?: Record<string, unknown>;
	signal?: AbortSignal;
}

/** Runs one Klientu Portfelis node over the given items. */
export type Run = (
	parameters: Record<string, unknown>,
	items?: ReadonlyArray<Record<string, unknown>>,
	settings?: Settings,
) => Promise<RunResult>;

export interface TestRig {
	readonly engine: Engine;
	readonly simulator: KlientuPortfelisSimulator;
	readonly run: Run;
	stop(): Promise<void>;
}

/** The built package on n8n-core. */
export async function startEngine(): Promise<Engine> {
	return await createEngine({ packageDir: join(__dirname, '../../..') });
}

/** @param service what the credential is for */
export function runOn(
	engine: Engine,
	service: Pick<KlientuPortfelisSimulator, 'credentials'>,
): Run {
	return async (parameters, items = [{}], { timezone, credential, signal, ...settings } = {}) => {
		const workflow = chain({
			name: 'Node',
			type: TYPE,
			parameters: parameters as NodeJson['parameters'],
			credentials: { klientuPortfelisApi: { id: '1', name: 'Account' } },
			...settings,
		});
		return await engine.run(workflow, {
			credentials: { Account: { ...service.credentials, ...credential } },
			pinData: { Start: items.map((json) => ({ json })) } as never,
			timezone,
			signal,
		});
	};
}

/** The built package on n8n-core, and a service of its own. */
export async function startTestRig(options: Partial<Options> = {}): Promise<TestRig> {
	const simulator = await startKlientuPortfelis(options);
	const engine = await startEngine();
	return {
		engine,
		simulator,
		run: runOn(engine, simulator),
		async stop() {
			await engine.close();
			await simulator.stop();
		},
	};
}

/** A list as a resource locator stores it. */
export const byId = (id: number | string) => ({ __rl: true, mode: 'id', value: id });
