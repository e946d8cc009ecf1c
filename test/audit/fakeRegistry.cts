/** An npm registry with a few packages and advisories, or without an audit. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';

export interface Advisory {
	readonly id: number;
	readonly url: string;
	readonly title: string;
	readonly severity: string;
	readonly vulnerable_versions: string;
}

export interface Registry {
	/** What npm has to be run with to ask this registry. */
	readonly env: NodeJS.ProcessEnv;
	/** The advisories by package; every package has the versions 1.0.0 and 2.0.0. */
	advisories: Readonly<Record<string, readonly Advisory[]>>;
	/** The status of the audit: 200, or what a registry without one says. */
	status: number;
	stop(): Promise<void>;
}

const AUDIT = '/-/npm/v1/security/advisories/bulk';

const packument = (name: string) => ({
	name,
	'dist-tags': { latest: '2.0.0' },
	versions: Object.fromEntries(
		['1.0.0', '2.0.0'].map((version) => [version, { name, version, dist: {} }]),
	),
});

/** An advisory about the versions below 2.0.0. */
export const advisory = (id: string): Advisory => ({
	id: 1,
	url: `https://github.com/advisories/${id}`,
	title: 'Sample flaw',
	severity: 'high',
	vulnerable_versions: '<2.0.0',
});

export async function startRegistry(): Promise<Registry> {
	const server = createServer(async (request, response) => {
		const { url = '' } = request;
		if (request.method === 'GET') {
			response.end(JSON.stringify(packument(decodeURIComponent(url.slice(1)))));
			return;
		}
		const asked = JSON.parse(await text(request.pipe(createGunzip()))) as object;
		response.statusCode = url === AUDIT ? registry.status : 404;
		const found = Object.entries(registry.advisories).filter(([name]) => name in asked);
		response.end(response.statusCode === 200 ? JSON.stringify(Object.fromEntries(found)) : '');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const registry: Registry = {
		env: {
			...process.env,
			npm_config_registry: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
			npm_config_fetch_retries: '0',
		},
		advisories: {},
		status: 200,
		stop: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
	return registry;
}
