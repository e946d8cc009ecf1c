/** The whole stage: services, n8n with our package installed in it, credentials. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { N8n, type N8nOptions } from './n8n.cts';
import { npmWithTarball, packOurs } from './pack.cts';
import { startServices, type Services } from './services.cts';

export interface Stage {
	readonly folder: string;
	readonly n8n: N8n;
	readonly services: Services;
	/** IDs of the saved credentials, by credential type. */
	readonly credentialIds: Readonly<Record<string, string>>;
	close(): Promise<void>;
}

export interface StageOptions extends Pick<N8nOptions, 'pinned' | 'port' | 'env' | 'signal'> {
	/** Whether credentials are saved for both services; they are unless this is false. */
	readonly withCredentials?: boolean;
	/** Told what is being done. */
	readonly say?: (text: string) => void;
}

export async function temporaryFolder(): Promise<string> {
	return await mkdtemp(join(tmpdir(), 'n8n-e2e-'));
}

/** The folder with an npm that knows our package; see npmWithTarball. */
export async function packInto(folder: string): Promise<string> {
	return await npmWithTarball(join(folder, 'npm'), await packOurs(join(folder, 'packed')));
}

/** Starts everything. When a step does not succeed, what was started before it is stopped. */
export async function setStage({
	say = () => {},
	withCredentials = true,
	...options
}: StageOptions = {}): Promise<Stage> {
	const folder = await temporaryFolder();
	const closing: Array<() => Promise<void>> = [
		async () => await rm(folder, { recursive: true, force: true, maxRetries: 3 }),
	];
	const close = async () => {
		for (let step = closing.pop(); step !== undefined; step = closing.pop()) await step();
	};
	try {
		say('Starting the simulated services');
		const services = await startServices();
		closing.push(services.stop);
		say('Starting n8n');
		const path = [await packInto(folder)];
		const n8n = await N8n.start({ home: join(folder, 'home'), path, ...options });
		closing.push(async () => await n8n.stop());
		say('Installing the package as a community node');
		await n8n.api.setUpOwner();
		await n8n.api.installOurPackage();
		const credentialIds = withCredentials ? await saveCredentials(n8n, services) : {};
		return { folder, n8n, services, credentialIds, close };
	} catch (error) {
		await close();
		throw error;
	}
}

async function saveCredentials(
	{ api }: N8n,
	{ all }: Services,
): Promise<Readonly<Record<string, string>>> {
	const ids: Record<string, string> = {};
	for (const { credentialType, credentialName, simulator } of all) {
		ids[credentialType] = await api.saveCredential(
			credentialType,
			credentialName,
			simulator.credentials,
		);
	}
	return ids;
}
