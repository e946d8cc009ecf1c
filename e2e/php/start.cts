/** Starts the service of `server.php` or `framework/server.php` in PHP's own web server. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { generateKeys } from '../../dev/simulators/keys.cts';
import type { KlientuPortfelisSimulator } from '../../dev/simulators/klientuPortfelis.cts';
import { makeWsdl } from '../../dev/simulators/klientuPortfelis/wsdl.cts';
import { Child } from '../lib/children.cts';
import { plainEnvironment } from '../lib/places.cts';
import { freePort } from '../lib/ports.cts';
import { Refusal } from '../lib/refusal.cts';
import { until } from '../lib/waiting.cts';

/** The service on SoapServer alone, and the service as the vendor's framework runs SoapServer. */
export const FORMS = ['plain', 'framework'] as const;

export type Form = (typeof FORMS)[number];

const SCRIPTS: Readonly<Record<Form, string>> = {
	plain: 'server.php',
	framework: 'framework/server.php',
};

/** What a breakdown in a call is: the framework answers with a SOAP fault and HTTP status 500. */
export const IN_CALLS = ['exception', 'type error', 'warning'] as const;

/**
 * What a breakdown outside a call leaves: a PHP warning in front of the envelope or by itself, the
 * exception's name as a heading (all three with HTTP status 200), or a page with status 500.
 */
export const PAGES = ['warning in front', 'warning page', 'exception page', 'error page'] as const;

export type Breakdown = (typeof IN_CALLS)[number] | (typeof PAGES)[number];

/** What PHP saw of a value: texts as the hexadecimal digits of their bytes. */
export type Seen = string | number | boolean | readonly Seen[];

export interface PhpCall {
	readonly function: string;
	/** Path and query of the request. */
	readonly address: string;
	/** The header SOAPAction. */
	readonly action: string;
	/** Whether openssl_verify found the signature to fit json_encode of the parameters. */
	readonly verified: boolean;
	/** Those that were sent, in the specification's order. */
	readonly parameters: Readonly<Record<string, Seen>>;
}

/** A text as PHP notes it. */
export const hex = (text: string): string => Buffer.from(text, 'utf8').toString('hex');

const BREAKDOWNS = 'breakdowns.json';

const NEEDED = ['json', 'mbstring', 'openssl', 'soap'];

function requirePhp(env: NodeJS.ProcessEnv): void {
	const { error, stdout } = spawnSync('php', ['-m'], { encoding: 'utf8', env });
	const there = new Set((stdout ?? '').split('\n'));
	const missing = NEEDED.filter((extension) => !there.has(extension));
	if (error === undefined && missing.length === 0) return;
	const what = error === undefined ? `PHP lacks ${missing.join(', ')}` : 'There is no PHP';
	throw new Refusal(`${what}. Install it (Debian: apt-get install php-cli php-soap php-mbstring).`);
}

export class PhpService {
	private constructor(
		private readonly server: Child,
		private readonly folder: string,
		/** The fields of the credential. The service takes any username and password. */
		readonly credentials: KlientuPortfelisSimulator['credentials'],
	) {}

	/** @throws Refusal when PHP, or a part of it, is not installed */
	static async start(form: Form): Promise<PhpService> {
		const env = plainEnvironment();
		requirePhp(env);
		const folder = await mkdtemp(join(tmpdir(), 'n8n-e2e-php-'));
		const address = `127.0.0.1:${await freePort()}`;
		const wsdlUrl = `http://${address}/api/wsdl`;
		const { privateKeyPem: privateKey, publicKeyPem } = await generateKeys();
		// The framework makes its own.
		if (form === 'plain') {
			await writeFile(join(folder, 'service.wsdl'), makeWsdl(`${wsdlUrl}?ws=1`));
		}
		await writeFile(join(folder, 'public.pem'), publicKeyPem);
		const args = ['-S', address, '-t', folder, join(__dirname, SCRIPTS[form])];
		const server = new Child({ command: 'php', args, env });
		const who = { username: 'a', password: 'b', roleId: 1234 };
		const credentials = { wsdlUrl, endpoint: '', ...who, privateKey, passphrase: '' };
		const service = new PhpService(server, folder, credentials);
		try {
			await service.answers();
		} catch (error) {
			await service.stop();
			throw error;
		}
		return service;
	}

	/** The calls since this was last asked, oldest first. */
	async calls(): Promise<PhpCall[]> {
		const file = join(this.folder, 'calls.jsonl');
		const text = await readFile(file, 'utf8').catch(() => '');
		await rm(file, { force: true });
		const lines = text.split('\n').filter(Boolean);
		return lines.map((line) => JSON.parse(line) as PhpCall);
	}

	/**
	 * The framework breaks down at the next requests of a kind, one after the other.
	 *
	 * @param at a function, or `wsdl`
	 */
	async planBreakdowns(at: string, kinds: readonly Breakdown[]): Promise<void> {
		const planned = kinds.map((kind) => ({ at, kind }));
		await writeFile(join(this.folder, BREAKDOWNS), JSON.stringify(planned));
	}

	/** How many of the planned breakdowns have not happened yet. */
	async breakdownsLeft(): Promise<number> {
		const planned: unknown = JSON.parse(await readFile(join(this.folder, BREAKDOWNS), 'utf8'));
		return Array.isArray(planned) ? planned.length : 0;
	}

	/** From now on no session exists. */
	async forgetSessions(): Promise<void> {
		const files = await readdir(this.folder);
		const sessions = files.filter((file) => file.startsWith('sid-'));
		await Promise.all(sessions.map(async (file) => await rm(join(this.folder, file))));
	}

	async stop(): Promise<void> {
		await this.server.stop();
		await rm(this.folder, { recursive: true, force: true });
	}

	private async answers(): Promise<void> {
		const answer = async () => {
			if (!this.server.running) throw new Error(`PHP did not start:\n${this.server.output}`);
			const response = await fetch(this.credentials.wsdlUrl).catch(() => undefined);
			return response?.ok === true ? true : undefined;
		};
		await until(answer, () => `PHP does not answer:\n${this.server.output}`);
	}
}
