/** The services that the package speaks to, simulated, with something in them to look at. */
import { join } from 'node:path';

import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { startKlientuPortfelis } from '../../dev/simulators/klientuPortfelis.cts';
import { sampleRows, startRivile } from '../../dev/simulators/rivile.cts';
import type { Json } from './api.cts';
import { ROOT } from './places.cts';

/** What every simulator has. */
interface Simulator {
	readonly credentials: Json;
	stop(): Promise<void>;
}

export interface Service<S extends Simulator = Simulator> {
	/** The name of the credential type. */
	readonly credentialType: string;
	/** Under which the examples know the credential. */
	readonly credentialName: string;
	/** How the node is called in n8n. */
	readonly displayName: string;
	readonly simulator: S;
}

export interface Services {
	readonly klientuPortfelis: Service<Awaited<ReturnType<typeof startKlientuPortfelis>>>;
	readonly rivile: Service<Awaited<ReturnType<typeof startRivile>>>;
	readonly all: readonly Service[];
	stop(): Promise<void>;
}

/** The fields of a credential type, as the built package declares them. */
export function credentialFields(credentialType: string): INodeProperties[] {
	const className = `${credentialType.charAt(0).toUpperCase()}${credentialType.slice(1)}`;
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- built by the command that runs this
	const built = require(join(ROOT, `dist/credentials/${className}.credentials.js`)) as Record<
		string,
		new () => ICredentialType
	>;
	const Type = built[className];
	if (Type === undefined) throw new Error(`dist has no credential ${className}`);
	return new Type().properties;
}

export const credentialTypes = ['klientuPortfelisApi', 'rivileApi'] as const;

/** Receipts and payments of the last three months: more than two of the gateway's pages. */
const RIVILE_ROWS = 250;

const NAMES = ['Ķīpsalas dārzi', 'Žagaru maiznīca', 'Ūdensroze', 'Čiekurs & dēli', 'Ģerboņa nams'];

/** Klientu Portfelis with three lists, one of them monitored. */
async function klientuPortfelisWithLists(): Promise<Services['klientuPortfelis']> {
	const simulator = await startKlientuPortfelis();
	const clients = simulator.seedList({ name: 'Klienti', description: 'Mūsu klienti' });
	for (const [index, object] of simulator.seedObjects(clients.id, 30).entries()) {
		object.name = `SIA "${NAMES[index % NAMES.length]}" (${index + 1})`;
	}
	const addresses = simulator.seedList({ name: 'Adreses Rīgā', type: 'ADDRESS' });
	simulator.seedObjects(addresses.id, 5);
	simulator.seedList({ name: 'Zīmoli', type: 'KEYWORDS' });
	simulator.seedMonitoringSession(clients.id, { events: 3 });
	return {
		credentialType: 'klientuPortfelisApi',
		credentialName: 'Klientu Portfelis account',
		displayName: 'Klientu Portfelis',
		simulator,
	};
}

async function rivileWithRows(): Promise<Services['rivile']> {
	const simulator = await startRivile();
	simulator.seed(sampleRows(RIVILE_ROWS, 1, new Date()));
	return {
		credentialType: 'rivileApi',
		credentialName: 'Rivilė account',
		displayName: 'Rivilė',
		simulator,
	};
}

export async function startServices(): Promise<Services> {
	const klientuPortfelis = await klientuPortfelisWithLists();
	const rivile = await rivileWithRows();
	const all = [klientuPortfelis, rivile];
	const stop = async () => {
		await Promise.all(all.map(({ simulator }) => simulator.stop()));
	};
	return { klientuPortfelis, rivile, all, stop };
}
