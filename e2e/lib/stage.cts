/** The whole stage: services, n8n with our package installed in it, credentials. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { N8n, packagesFolder, type N8nOptions } from './n8n.cts';
import { npmWithTarball, packOurs, unpackInto } from './pack.cts';
import { ourPackage } from './places.cts';
import { startServices, type Services } from './services.cts';

export interface Stage {
	readonly folder: string;
	readonly n8n: N8n;
	readonly services: Services;
	/** IDs of the saved credentials, by credential type. */
	readonly credentialIds: Readonly<Record<string, string>>;
	/** Where n8n has the package. */
	readonly packageFolder: string;
	close(): Promise<void>;
}

export interface StageOptions extends Pick<N8nOptions, 'pinned' | 'port' | 'env' | 'signal'> {
	/** Whether n8n reloads the package when its files change. It is then not installed, but just there. */
	readonly reloads?: boolean;
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
	reloads = false,
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
		const home = join(folder, 'home');
		const n8n = reloads
			? await startReloading(home, folder, options)
			: await N8n.start({ home, path: [await packInto(folder)], ...options });
		closing.push(async () => await n8n.stop());
		await n8n.api.setUpOwner();
		if (!reloads) {
			say('Installing the package as a community node');
			await n8n.api.installOurPackage();
		}
		const credentialIds = withCredentials ? await saveCredentials(n8n, services) : {};
		const packageFolder = join(packagesFolder(home), 'node_modules', ourPackage.name);
		return { folder, n8n, services, credentialIds, packageFolder, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** n8n watches the packages that it finds when it starts, not those that are installed later. */
async function startReloading(home: string, folder: string, options: Partial<N8nOptions>) {
	await unpackInto(home, await packOurs(join(folder, 'packed')));
	return await N8n.start({ home, ...options, env: { ...options.env, N8N_DEV_RELOAD: 'true' } });
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
