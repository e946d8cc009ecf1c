/** Klientu Portfelis with marked secrets, and every use of it; all output is searched for the secrets. */
import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { createEngine, type Engine, type RunResult } from '../../dev/engine/harness.cts';
import { chain } from '../../dev/engine/workflows.cts';
import { makeCertificates, type Certificates } from '../faults/certificates.cts';
import { FaultServer, type Spoil } from '../faults/faultServer.cts';
import { generateKeys } from '../../dev/simulators/keys.cts';
import {
	startKlientuPortfelis,
	type KlientuPortfelisSimulator,
} from '../../dev/simulators/klientuPortfelis.cts';
import { Marks, watchOutput } from './marks.cts';

export const PASSWORD = 'Žīme-1 "paro/le"  & <slepena> \'ķ\'';
export const PASSPHRASE = 'Atslēgas/vārds \'otrais\' & "trešais" %';

export type Credential = Record<string, unknown>;

/** Does something with a credential that may fail, and searches all output for secrets. */
export type Scenario = (credential: Credential) => Promise<void>;

/** The choices of On Error. */
const ON_ERROR = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

const byId = (value: number) => ({ __rl: true, mode: 'id', value });
const own = (credential: Credential) => ({ klientuPortfelisApi: credential }) as never;
const LOG_IN = { resource: 'session', operation: 'login' };

let runs = 0;

export class SecretsTestRig {
	private constructor(
		readonly marks: Marks,
		private readonly engine: Engine,
		readonly simulator: KlientuPortfelisSimulator,
		private readonly certificates: Certificates,
		private readonly endOutput: () => unknown[],
		private readonly listId: number,
		private readonly objectId: number,
	) {}

	static async open(): Promise<SecretsTestRig> {
		const endOutput = watchOutput();
		const { privateKeyPem } = await generateKeys();
		const privateKey = createPrivateKey(privateKeyPem)
			.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE })
			.toString();
		const marks = new Marks();
		marks.add('the password', PASSWORD);
		marks.add('the passphrase', PASSPHRASE);
		marks.addKey(privateKeyPem);
		marks.addKey(privateKey);
		const engine = await createEngine({ packageDir: join(__dirname, '../..') });
		const simulator = await startKlientuPortfelis({
			password: PASSWORD,
			privateKey,
			passphrase: PASSPHRASE,
		});
		const { id } = simulator.seedList({ type: 'KEYWORDS' });
		const [object] = simulator.seedObjects(id, 1);
		simulator.seedMonitoringSession(id, { events: 1 });
		const certificates = await makeCertificates();
		return new SecretsTestRig(
			marks,
			engine,
			simulator,
			certificates,
			endOutput,
			id,
			object?.id ?? 0,
		);
	}

	/** Gives everything back, and looks through what was printed meanwhile. */
	async close(): Promise<void> {
		await this.engine.close();
		await this.simulator.stop();
		this.certificates.forget();
		this.marks.search('what was printed', this.endOutput());
	}

	/** A credential of its own, so that each run begins without a session. */
	fresh(endpoint = `${this.simulator.serviceUrl}&run=`): Credential {
		const address = { endpoint: `${endpoint}${++runs}`, allowUnencrypted: true };
		return { ...this.simulator.credentials, ...address };
	}

	private async run(
		credential: Credential,
		parameters: object,
		onError: string,
	): Promise<RunResult> {
		const workflow = chain({
			name: 'Node',
			type: 'klientuPortfelis',
			parameters: { ...parameters, options: { timeout: 1 } },
			onError,
			credentials: { klientuPortfelisApi: { id: 'account', name: 'Account' } },
		});
		return await this.engine.run(workflow, { credentials: { account: credential as never } });
	}

	private async runNode(credential: Credential, parameters: object): Promise<void> {
		for (const onError of ON_ERROR) {
			const { run } = await this.run(credential, parameters, onError);
			this.marks.search(onError, run);
		}
	}

	/** What the editor or the scheduler asks for. */
	private async ask(place: string, asked: Promise<unknown>): Promise<void> {
		const [outcome] = await Promise.allSettled([asked]);
		this.marks.search(place, outcome.status === 'fulfilled' ? outcome.value : outcome.reason);
	}

	/** Logs in, which shows the session key; from then on it is a secret. */
	async openSession(credential: Credential): Promise<string> {
		const result = await this.run(credential, LOG_IN, 'stopWorkflow');
		expect(result.error).toBeUndefined();
		const sid = String(result.json('Node')[0]?.sid);
		this.marks.add('a session key', sid);
		return sid;
	}

	readonly read: Scenario = async (credential) =>
		await this.runNode(credential, {
			resource: 'object',
			operation: 'get',
			objectId: this.objectId,
		});

	/** A single run. */
	readonly readOnce: Scenario = async (credential) => {
		const parameters = { resource: 'object', operation: 'get', objectId: this.objectId };
		this.marks.search('a run', (await this.run(credential, parameters, 'stopWorkflow')).run);
	};

	/** To be used where it fails only: a login shows its key. */
	readonly failToLogIn: Scenario = async (credential) => await this.runNode(credential, LOG_IN);

	readonly logout: Scenario = async (credential) =>
		await this.runNode(credential, { resource: 'session', operation: 'logout' });

	private readonly write: Scenario = async (credential) =>
		await this.runNode(credential, {
			resource: 'object',
			operation: 'create',
			listId: byId(this.listId),
			type: 'KEYWORD',
			code: 'vārds',
		});

	private readonly poll: Scenario = async (credential) => {
		const staticData: IDataObject = {};
		const listId = byId(this.listId);
		const parameters = { event: 'monitoringEvent', listId, options: { timeout: 1 } };
		const options = { parameters, credentials: own(credential), staticData };
		await this.ask('poll', this.engine.poll('klientuPortfelisTrigger', options));
		this.marks.search('static data', staticData);
	};

	readonly searchLists: Scenario = async (credential) => {
		const options = { credentials: own(credential) };
		await this.ask('list', this.engine.listSearch('klientuPortfelis', 'searchLists', options));
	};

	private readonly loadServices: Scenario = async (credential) => {
		const options = { parameters: { listId: byId(this.listId) }, credentials: own(credential) };
		await this.ask('options', this.engine.loadOptions('klientuPortfelis', 'getServices', options));
	};

	readonly test: Scenario = async (credential) =>
		await this.ask('test', this.engine.test('klientuPortfelisApi', credential as never));

	readonly scenarios: readonly Scenario[] = [
		this.read,
		this.write,
		this.logout,
		this.poll,
		this.searchLists,
		this.loadServices,
		this.test,
	];

	/** Runs a scenario through a server that spoils all calls, or all but the login. */
	async runSpoiled(spoil: Spoil, scenario: Scenario, isInSession: boolean): Promise<void> {
		const server = new FaultServer(this.simulator.serviceUrl, spoil, this.certificates);
		await server.start();
		try {
			const credential = this.fresh(server.address);
			if (isInSession) await this.openSession(credential);
			server.vary(() => spoil);
			if (spoil.at === 'port') server.begin({ after: 0, times: Infinity });
			await scenario(credential);
		} finally {
			await server.stop();
		}
	}
}
