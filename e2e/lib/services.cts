/** The services that the package speaks to, simulated, with something in them to look at. */
import { join } from 'node:path';

import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { startKlientuPortfelis } from '../../dev/simulators/klientuPortfelis.cts';
import {
	sampleClients,
	sampleDebt,
	sampleRows,
	startRivile,
} from '../../dev/simulators/rivile.cts';
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

/** What monitoring has found, by the number of the object; the latest is an insolvency. */
const EVENTS = [
	{ event_type: 'EV_ADDRESS', title: 'Adreses maiņa', object: 3 },
	{ event_type: 'EV_OFFICERS', title: 'Amatpersonu maiņa', object: 1 },
	{ event_type: 'EV_INSOLV', title: 'Maksātnespējas process', object: 0 },
];

/** The company that the insolvency is about, as Rivilė knows it: with three documents, one of them paid. */
const INSOLVENT = { code: 'PVZ006', debts: [1250, 480.5, 99] };

/** Klientu Portfelis with three lists, one of them monitored. */
async function klientuPortfelisWithLists(): Promise<Services['klientuPortfelis']> {
	const simulator = await startKlientuPortfelis();
	const clients = simulator.seedList({ name: 'Klienti', description: 'Mūsu klienti' });
	const objects = simulator.seedObjects(clients.id, 30);
	for (const [index, object] of objects.entries()) {
		object.name = `SIA "${NAMES[index % NAMES.length]}" (${index + 1})`;
	}
	const addresses = simulator.seedList({ name: 'Adreses Rīgā', type: 'ADDRESS' });
	simulator.seedObjects(addresses.id, 5);
	simulator.seedList({ name: 'Zīmoli', type: 'KEYWORDS' });
	simulator.seedMonitoringSession(clients.id, {
		events: EVENTS.map(({ object, ...event }) => ({
			...event,
			object_name: objects[object]?.name ?? '',
			object_code: objects[object]?.code ?? '',
		})),
	});
	return {
		credentialType: 'klientuPortfelisApi',
		credentialName: 'Klientu Portfelis account',
		displayName: 'Klientu Portfelis',
		simulator,
	};
}

type Company = Readonly<Record<'name' | 'code', string>>;

/** The company that the latest event of Klientu Portfelis is about. */
function companyIn({ simulator }: Services['klientuPortfelis']): Company {
	const lists = [...simulator.portfolio.lists.values()];
	const event = lists.flatMap(({ sessions }) => sessions.flatMap(({ events }) => events)).at(-1);
	return { name: event?.object_name ?? '', code: event?.object_code ?? '' };
}

/** @param insolvent the name and code of the company that owes something */
async function rivileWithRows(insolvent: Company): Promise<Services['rivile']> {
	const simulator = await startRivile();
	simulator.seed(sampleRows(RIVILE_ROWS, 1, new Date()));
	const owing = {
		N08_KODAS_KS: INSOLVENT.code,
		N08_PAV: insolvent.name,
		N08_RUSIS: 1,
		N08_IM_KODAS: insolvent.code,
		N08_R_DATE: '2026-01-31T11:28:48',
	};
	simulator.registerOf('GET_N08_LIST').add([...sampleClients(), owing]);
	const debts = INSOLVENT.debts.map((amount, index) =>
		sampleDebt(INSOLVENT.code, index + 1, amount, index === 2 ? amount : 0),
	);
	simulator.registerOf('GET_T03_LIST').add(debts);
	return {
		credentialType: 'rivileApi',
		credentialName: 'Rivilė account',
		displayName: 'Rivilė',
		simulator,
	};
}

export async function startServices(): Promise<Services> {
	const klientuPortfelis = await klientuPortfelisWithLists();
	const rivile = await rivileWithRows(companyIn(klientuPortfelis));
	const all = [klientuPortfelis, rivile];
	const stop = async () => {
		await Promise.all(all.map(({ simulator }) => simulator.stop()));
	};
	return { klientuPortfelis, rivile, all, stop };
}
