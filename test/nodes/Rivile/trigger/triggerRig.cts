/** The built trigger on n8n-core, against a simulated gateway over HTTP. */
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { createEngine, type Engine } from '../../../../dev/engine/harness.cts';
import type { Register } from '../../../../dev/simulators/rivile/database.cts';
import { startRivile, type RivileSimulator } from '../../../../dev/simulators/rivile.cts';

/** One poll. */
export interface Settings {
	readonly parameters?: Readonly<Record<string, unknown>>;
	/** Where n8n keeps the state from poll to poll. */
	readonly staticData?: Record<string, unknown>;
	readonly mode?: 'manual' | 'trigger';
	readonly apiKey?: string;
	/** Receives what the trigger reports without failing the poll. */
	readonly told?: Error[];
}

export class TriggerRig {
	constructor(
		readonly engine: Engine,
		readonly gateway: RivileSimulator,
	) {}

	/** The register of clients. */
	get clients(): Register {
		return this.gateway.registerOf('GET_N08_LIST');
	}

	/** What the trigger emits; null when it is nothing. */
	async poll(settings: Settings): Promise<IDataObject[] | null> {
		const { parameters, staticData = {}, mode = 'trigger', apiKey, told } = settings;
		const outputs = await this.engine.poll('rivileTrigger', {
			parameters: parameters as never,
			credentials: {
				rivileApi: { ...this.gateway.credentials, ...(apiKey !== undefined && { apiKey }) },
			},
			staticData: staticData as never,
			mode,
			told,
			timezone: 'UTC',
		});
		return outputs === null ? null : (outputs[0] ?? []).map(({ json }) => json);
	}

	async stop(): Promise<void> {
		await this.engine.close();
		await this.gateway.stop();
	}
}

export async function startTriggerRig(): Promise<TriggerRig> {
	const engine = await createEngine({ packageDir: join(__dirname, '../../../..') });
	return new TriggerRig(engine, await startRivile());
}
