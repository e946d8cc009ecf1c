/**
 * What belongs to one run of one cell: many run at once, and the waits between tries, which are not
 * waited in earnest, have to be told apart.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

import type { FaultServer } from './faultServer.cts';

export interface Lane {
	readonly server: FaultServer;
	/** How long each wait would have been, in milliseconds. */
	readonly waits: number[];
}

export const lanes = new AsyncLocalStorage<Lane>();

/** In the place of n8n's sleep. */
export async function pretendToSleep(milliseconds: number): Promise<void> {
	const lane = lanes.getStore();
	lane?.waits.push(milliseconds);
	await lane?.server.clientWaits();
}
