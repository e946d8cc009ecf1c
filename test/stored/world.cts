/**
 * What the simulated services hold when a stored workflow runs. Everything is fixed: IDs, codes, dates.
 * The expectations depend on all of it, so nothing in here changes.
 */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { generateKeys, type KeyPair } from '../../dev/simulators/keys.cts';
import {
	startKlientuPortfelis,
	type KlientuPortfelisSimulator,
} from '../../dev/simulators/klientuPortfelis.cts';
import { sampleKey, startRivile, type RivileSimulator } from '../../dev/simulators/rivile.cts';

/** The clock of Klientu Portfelis. */
const NOW = Date.parse('2026-03-02T09:00:00Z');

/** Parameters that are others in every run. */
const RANDOM = new Set(['sid', 'signature']);

/** Nobody limits the objects to so many in a stored workflow. */
const WHOLE_PAGE = 100;

/** One of the services, with what it received. */
export interface World {
	readonly credential: ICredentialDataDecryptedObject;
	/** Every request so far, without what differs from run to run. */
	received(): Received[];
	stop(): Promise<void>;
}

/** A request to a service. */
export interface Received {
	/** The function or method. */
	readonly call: string;
	readonly parameters: Readonly<Record<string, unknown>>;
}

/** A key takes long to make, so all share it. */
let key: Promise<KeyPair> | undefined;

/** Klientu Portfelis as it is before a stored workflow runs. */
export async function openPortfolio(): Promise<World> {
	key ??= generateKeys();
	const { privateKeyPem: privateKey } = await key;
	const simulator = await startKlientuPortfelis({ now: () => NOW, privateKey });
	fillPortfolio(simulator);
	return {
		credential: simulator.credentials,
		received: () =>
			simulator.calls.map(({ function: call = '', parameters }) => {
				const kept = Object.entries(parameters).filter(([name, value]) => {
					// How long the pages of a whole list are is not what a workflow stores.
					return name === 'rows' ? Number(value) < WHOLE_PAGE : !RANDOM.has(name);
				});
				return { call, parameters: Object.fromEntries(kept) };
			}),
		stop: async () => await simulator.stop(),
	};
}

/** Rivilė as it is before a stored workflow runs. */
export async function openGateway(): Promise<World> {
	const simulator = await startRivile();
	fillGateway(simulator);
	return {
		credential: simulator.credentials,
		received: () => simulator.requests.map(({ call, params }) => ({ call, parameters: params })),
		stop: async () => await simulator.stop(),
	};
}

const EMPTY_LISTS = [
	['Adreses', 'ADDRESS'],
	['Ķīlas', 'PLEDGES'],
	['Atslēgvārdi', 'KEYWORDS'],
	['Igaunijas uzņēmumi', 'ESTONIAS'],
] as const;

/** Lists 6751 to 6758, objects from 1000001 on, and monitoring sessions 901 to 903. */
export function fillPortfolio(simulator: KlientuPortfelisSimulator): void {
	const clients = simulator.seedList({ name: 'Klienti 2026', description: 'Paraugs' });
	const [first] = simulator.seedObjects(clients.id, 3);
	const suppliers = simulator.seedList({ name: 'Piegādātāji' });
	simulator.seedObjects(suppliers.id, 2);
	if (first !== undefined) simulator.portfolio.putIn(first, suppliers);
	const properties = simulator.seedList({ name: 'Īpašumi', type: 'CADASTERS' });
	simulator.seedObjects(properties.id, 1);
	simulator.seedList({ name: 'Vecais saraksts' });
	for (const [name, type] of EMPTY_LISTS) simulator.seedList({ name, type });
	simulator.seedMonitoringSession(clients.id, { sent: '2026-02-02 08:00:00', events: 2 });
	simulator.seedMonitoringSession(clients.id, { sent: '2026-02-09 08:00:00', events: 3 });
	simulator.seedMonitoringSession(clients.id, { sent: '2026-03-02 08:30:00', events: 2 });
}

const CLIENTS = [
	{ code: 'PVZ001', name: 'Pavyzdinė įmonė, UAB', role: 1, company: '111222333' },
	{ code: 'PVZ002', name: 'Pavyzdys ir sūnūs, MB', role: 2, company: '111222344' },
	{ code: 'PVZ003', name: 'Bandymas, UAB', role: 3, company: '111222355' },
];

/** Receipts and payments 1 to 30, three clients, their debts, and two sales documents. */
export function fillGateway(gateway: RivileSimulator): void {
	gateway.seed(30);
	gateway.registerOf('GET_N08_LIST').add(
		CLIENTS.map(({ code, name, role, company }, index) => ({
			N08_KODAS_KS: code,
			N08_PAV: name,
			N08_RUSIS: role,
			N08_IM_KODAS: company,
			N08_PVM_KODAS: `LT${company}0`,
			N08_R_DATE: `2026-02-0${index + 1}T10:00:00`,
			lines: [{ N33_PAV: name, N33_TEL: '+370 600 00000' }],
		})),
	);
	gateway.registerOf('GET_T03_LIST').add(
		CLIENTS.map(({ code }, index) => ({
			T03_KODAS_KS: code,
			T03_DOK_NR: `PVZ-SF-${index + 1}`,
			T03_DATA_DOK: '2026-01-10T00:00:00',
			T03_DATA_MOK: `2026-02-1${index}T00:00:00`,
			T03_KODAS_VL: 'EUR',
			T03_SUMA_DB: 100 + index,
			T03_SUMA_DB_VL: 100 + index,
		})),
	);
	gateway.registerOf('GET_I06_LIST').add(
		[1, 2].map((number) => ({
			I06_KODAS_PO: sampleKey(number),
			I06_DOK_NR: `PVZ-PARD-${number}`,
			I06_OP_DATA: `2026-02-0${number}T00:00:00`,
			I06_KODAS_KS: 'PVZ001',
			I06_PAV: 'Pavyzdinė įmonė, UAB',
			I06_SUMA: 250.5 * number,
		})),
	);
}
