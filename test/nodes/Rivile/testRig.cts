/** The built node on n8n-core, against a simulated gateway over HTTP. */
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import {
	createEngine,
	type Engine,
	type RunOptions,
	type RunResult,
} from '../../../dev/engine/harness.cts';
import { chain } from '../../../dev/engine/workflows.cts';
import { startRivile, type RivileSimulator } from '../../../dev/simulators/rivile.cts';

export class TestRig {
	constructor(
		readonly engine: Engine,
		readonly gateway: RivileSimulator,
	) {}

	/** Runs one Rivilė node. */
	async run(
		parameters: object,
		settings: object = {},
		options: RunOptions = {},
	): Promise<RunResult> {
		const node = {
			name: 'Rivilė',
			type: 'n8n-nodes-klientu-portfelis-rivile.rivile',
			parameters: { resource: 'cashOperation', operation: 'getMany', ...parameters },
			credentials: { rivileApi: { id: 'r1', name: 'Rivilė account' } },
			...settings,
		};
		const credentials = { r1: this.gateway.credentials };
		return await this.engine.run(chain(node), { credentials, ...options });
	}

	/** The items that the node gives, where the run succeeded. */
	async items(parameters: object, options: RunOptions = {}): Promise<IDataObject[]> {
		const result = await this.run(parameters, {}, options);
		expect(result.error).toBeUndefined();
		return result.json('Rivilė');
	}

	async stop(): Promise<void> {
		await this.gateway.stop();
		await this.engine.close();
	}
}

export async function startTestRig(): Promise<TestRig> {
	const engine = await createEngine({ packageDir: join(__dirname, '../../..') });
	return new TestRig(engine, await startRivile());
}

/** The operation numbers of items. */
export const numbers = (found: readonly IDataObject[]) =>
	found.map(({ I04_KODAS_CH, operationNumber }) => Number(I04_KODAS_CH ?? operationNumber));

export const upTo = (count: number, first = 1) =>
	Array.from({ length: count }, (_, index) => first + index);

/** Filter: By Fields. */
export const filters = (...conditions: object[]) => ({
	filterMode: 'fields',
	filters: { conditions },
});
