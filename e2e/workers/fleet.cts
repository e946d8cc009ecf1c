/** n8n's queue mode: a main that takes requests, and workers that execute. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { N8n, N8nWorker } from '../lib/n8n.cts';
import { startServices, type Services } from '../lib/services.cts';
import { packInto, temporaryFolder } from '../lib/stage.cts';
import { until } from '../lib/waiting.cts';
import { startPostgres, startRedis } from './databases.cts';

/** How many executions a worker runs at a time. */
export const CONCURRENCY = 5;

export interface Fleet {
	readonly main: N8n;
	readonly workers: readonly N8nWorker[];
	readonly services: Services;
	readonly versions: readonly string[];
	close(): Promise<void>;
}

/** So that a worker's death is noticed within seconds; n8n's defaults take a minute and a half. */
const WATCHFUL = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

export async function startFleet(workerCount: number): Promise<Fleet> {
	const closing: Array<() => Promise<void>> = [];
	const close = async () => {
		for (let step = closing.pop(); step !== undefined; step = closing.pop()) await step();
	};
	try {
		const folder = await temporaryFolder();
		closing.push(async () => await rm(folder, { recursive: true, force: true, maxRetries: 3 }));
		const databases = [];
		for (const start of [startPostgres, startRedis]) {
			const database = await start();
			closing.push(database.stop);
			databases.push(database);
		}
		const services = await startServices();
		closing.push(services.stop);
		const path = [await packInto(folder)];
		const env = {
			...Object.assign({}, ...databases.map((database) => database.env)),
			...WATCHFUL,
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: 'only for this test',
		};
		const main = await N8n.start({ home: join(folder, 'main'), path, env });
		closing.push(async () => await main.stop());
		const workers = await Promise.all(
			Array.from({ length: workerCount }, async (_, index) => {
				const home = join(folder, `worker-${index + 1}`);
				const worker = await N8nWorker.start({ home, path, env }, CONCURRENCY);
				closing.push(async () => await worker.stop());
				return worker;
			}),
		);
		await installEverywhere(main, workers);
		const versions = databases.map(({ version }) => version);
		return { main, workers, services, versions, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** Installed once, at the main: n8n has every worker install the package too. */
async function installEverywhere(main: N8n, workers: readonly N8nWorker[]): Promise<void> {
	await main.api.setUpOwner();
	await main.api.installOurPackage();
	for (const worker of workers) {
		const done = async () =>
			worker.log.includes('Community package installed') ? true : undefined;
		await until(
			done,
			() => `The worker has not installed the package:\n${worker.log.slice(-4000)}`,
		);
	}
}
