/**
 * Runs on an n8n of any version and does what the tests ask for: it loads the package and runs
 * workflows, polls, credential tests and look-ups on the engine that the other tests use too.
 */
import { createEngine, type Engine, type RunResult } from '../dev/engine/harness.cts';
import dns from 'node:dns';
import type { Ask, Calls, Ended, PlainError } from './lib/protocol.cts';

/** Names under `.enotfound.invalid` and `.eai_again.invalid` are looked up with that outcome. */
const UNKNOWN_NAME = /\.(enotfound|eai_again)\.invalid$/;

function failLookUps(): void {
	const real = dns.lookup;
	const lookup = (name: string, options: object, answer: (error: Error) => void) => {
		const [, outcome] = UNKNOWN_NAME.exec(name) ?? [];
		if (outcome === undefined) return Reflect.apply(real, dns, [name, options, answer]) as unknown;
		const code = outcome.toUpperCase();
		const error = Object.assign(new Error(`getaddrinfo ${code} ${name}`), { code });
		return process.nextTick(answer, error);
	};
	Object.assign(dns, { lookup });
}

function plain(error: unknown): PlainError | undefined {
	if (typeof error !== 'object' || error === null) return undefined;
	const { message, description, name, failure, context } = error as Record<string, unknown>;
	const { itemIndex } = (context ?? {}) as { itemIndex?: number };
	return {
		name: String(name),
		message: String(message),
		description: typeof description === 'string' ? description : '',
		failure: failure as PlainError['failure'],
		itemIndex,
	};
}

function endOf(result: RunResult, node: string): Ended {
	const outputs = [0, 1].map((output) =>
		result.items(node, output).map(({ json, pairedItem }) => ({ json, pairedItem })),
	);
	return { status: result.status, error: plain(result.error), outputs };
}

const stops = new Map<string, AbortController>();

const calls = (engine: Engine): Calls => ({
	describe: async (type) => JSON.parse(JSON.stringify(engine.nodeType(type).description)),
	run: async (workflow, { stopName, ...options }, node) => {
		const stop = new AbortController();
		if (stopName !== undefined) stops.set(stopName, stop);
		return endOf(await engine.run(workflow, { ...options, signal: stop.signal }), node);
	},
	stop: async (stopName) => stops.get(stopName)?.abort(),
	poll: async (type, options) => {
		const { staticData = {} } = options;
		try {
			const output = await engine.poll(type, { ...options, staticData });
			return { items: output?.[0]?.map(({ json }) => json) ?? null, staticData };
		} catch (error) {
			return { items: null, staticData, error: plain(error) };
		}
	},
	testCredential: async (type, data) => await engine.test(type, data),
	listSearch: async (type, method, options) => await engine.listSearch(type, method, options),
	loadOptions: async (type, method, options) => await engine.loadOptions(type, method, options),
	nodeVersion: async () => process.version,
});

async function main(): Promise<void> {
	failLookUps();
	const engine = await createEngine({ packageDir: process.argv[2] ?? '' });
	const all = calls(engine);
	process.on('message', (message) => {
		const { id, method, args } = message as Ask;
		const work = all[method] as (...given: unknown[]) => Promise<unknown>;
		work(...args).then(
			(result) => process.send?.({ id, result }),
			(error: unknown) => process.send?.({ id, error: String(error) }),
		);
	});
	process.on('disconnect', () => void engine.close().then(() => process.exit(0)));
	process.send?.('ready');
}

void main();
