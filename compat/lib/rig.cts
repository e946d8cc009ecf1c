/** The package on one version of n8n, with both services simulated beside it. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import type { IDataObject } from 'n8n-workflow';

import { plainEnvironment } from '../../e2e/lib/places.cts';
import type { NodeJson } from '../../dev/engine/harness.cts';
import { chain } from '../../dev/engine/workflows.cts';
import {
	startKlientuPortfelis,
	type KlientuPortfelisSimulator,
} from '../../dev/simulators/klientuPortfelis.cts';
import { startRivile, type RivileSimulator } from '../../dev/simulators/rivile.cts';
import { driverOf, nodeOf, packageOf } from './prepare.cts';
import type { Answer, Calls, Ended } from './protocol.cts';
import { versionNamed, type N8nVersion } from './versions.cts';

/** The version that is under test; compat/run.cts names it. */
export const version: N8nVersion = versionNamed(process.env.COMPAT_VERSION ?? '');

/** An n8n in a process of its own. */
class Driver {
	private asked = 0;
	private readonly waiting = new Map<
		number,
		{ resolve: (result: unknown) => void; reject: (error: Error) => void }
	>();

	private constructor(private readonly child: ChildProcess) {
		child.on('message', (message) => this.hear(message as Answer));
		child.on('exit', () => {
			for (const { reject } of this.waiting.values()) reject(new Error('The driver ended'));
		});
	}

	static async start(): Promise<Driver> {
		const child = fork(driverOf(version), [packageOf(version)], {
			execPath: nodeOf(version),
			execArgv: [],
			env: plainEnvironment(),
		});
		const driver = new Driver(child);
		await once(child, 'message');
		return driver;
	}

	readonly calls = new Proxy({} as Calls, {
		get:
			(_target, method) =>
			async (...args: unknown[]) =>
				await this.ask(String(method), args),
	});

	private async ask(method: string, args: unknown[]): Promise<unknown> {
		const id = ++this.asked;
		return await new Promise((resolve, reject) => {
			this.waiting.set(id, { resolve, reject });
			this.child.send({ id, method, args });
		});
	}

	private hear({ id, result, error }: Answer): void {
		const asker = this.waiting.get(id);
		this.waiting.delete(id);
		if (error === undefined) asker?.resolve(result);
		else asker?.reject(new Error(error));
	}

	async stop(): Promise<void> {
		const ended = once(this.child, 'exit');
		this.child.disconnect();
		await ended;
	}
}

export interface RunSettings {
	readonly items?: readonly IDataObject[];
	/** Fields of the credential that differ from the right ones. */
	readonly credential?: IDataObject;
	readonly onError?: NodeJson['onError'];
	/** A name to stop the run by. */
	readonly stopName?: string;
}

export type Type = 'klientuPortfelis' | 'rivile';

export class Rig {
	private constructor(
		private readonly driver: Driver,
		readonly portfolio: KlientuPortfelisSimulator,
		readonly gateway: RivileSimulator,
	) {}

	static async start(): Promise<Rig> {
		return new Rig(await Driver.start(), await startKlientuPortfelis(), await startRivile());
	}

	async stop(): Promise<void> {
		await this.driver.stop();
		await this.portfolio.stop();
		await this.gateway.stop();
	}

	get n8n(): Calls {
		return this.driver.calls;
	}

	/** The decrypted credential of a node or its trigger. */
	credentialOf(type: Type, changes: IDataObject = {}) {
		const { credentials } = type === 'rivile' ? this.gateway : this.portfolio;
		return { ...credentials, allowUnencrypted: true, ...changes };
	}

	/** Runs one node over the given items. */
	async run(
		type: Type,
		parameters: object,
		{ items = [{}], credential, onError, stopName }: RunSettings = {},
	): Promise<Ended> {
		const workflow = chain({
			name: 'Node',
			type,
			parameters,
			credentials: { [`${type}Api`]: { id: 'account', name: 'Account' } },
			...(onError !== undefined && { onError }),
		});
		const options = {
			credentials: { account: this.credentialOf(type, credential) },
			pinData: { Start: items.map((json) => ({ json })) },
			...(stopName !== undefined && { stopName }),
		};
		return await this.n8n.run(workflow, options, 'Node');
	}

	/** The items of a run that has to succeed. */
	async items(type: Type, parameters: object, settings?: RunSettings): Promise<IDataObject[]> {
		const { error, outputs } = await this.run(type, parameters, settings);
		expect(error).toBeUndefined();
		return (outputs[0] ?? []).map(({ json }) => json);
	}
}

/** A list as a resource locator stores it. */
export const byId = (id: number) => ({ __rl: true, mode: 'id', value: String(id) });
