/** The marked API key, every fault of the gateway, also with the key quoted back: it stands nowhere. */
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { createEngine, type Engine } from '../../dev/engine/harness.cts';
import { chain } from '../../dev/engine/workflows.cts';
import { makeCertificates, type Certificates } from '../faults/certificates.cts';
import { faults } from '../faults/faults.cts';
import { FaultServer, type Spoil } from '../faults/faultServer.cts';
import { refusalXml } from '../../dev/simulators/rivile/render.cts';
import { startRivile, type RivileSimulator } from '../../dev/simulators/rivile.cts';
import { FORMS, Marks, watchOutput } from './marks.cts';

// Further tries come at once.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await new Promise((resolve) => setImmediate(resolve)),
}));

const KEY = `PAVYZDY."rakto"/<dalis>&'kita'+%=7c1f`;

const marks = new Marks();
marks.add('the API key', KEY);

let engine: Engine;
let gateway: RivileSimulator;
let certificates: Certificates;
let endOutput: () => unknown[];

beforeAll(async () => {
	endOutput = watchOutput();
	engine = await createEngine({ packageDir: join(__dirname, '../..') });
	gateway = await startRivile({ apiKey: KEY });
	gateway.seed(3);
	certificates = await makeCertificates();
});
afterAll(async () => {
	await engine.close();
	await gateway.stop();
	certificates.forget();
	marks.search('what was printed', endOutput());
	expect(marks.searched).toBeGreaterThan(500);
});

type Credential = Record<string, unknown>;

/** Runs the node with each choice of On Error. */
async function read(credential: Credential): Promise<void> {
	for (const onError of ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput']) {
		const workflow = chain({
			name: 'Node',
			type: 'rivile',
			parameters: { resource: 'cashOperation', operation: 'getMany', options: { timeout: 1 } },
			onError,
			credentials: { rivileApi: { id: 'account', name: 'Account' } },
		});
		const { run } = await engine.run(workflow, { credentials: { account: credential as never } });
		marks.search(onError, run);
	}
}

async function poll(credential: Credential): Promise<void> {
	const staticData: IDataObject = {};
	const options = {
		event: 'operationCreated',
		detail: 'H',
		filterMode: 'none',
		options: { timeout: 1 },
	};
	const [outcome] = await Promise.allSettled([
		engine.poll('rivileTrigger', {
			parameters: options,
			credentials: { rivileApi: credential } as never,
			staticData,
		}),
	]);
	marks.search('poll', [outcome, staticData]);
}

async function testCredential(credential: Credential): Promise<void> {
	marks.search('credential test', await engine.test('rivileApi', credential as never));
}

async function runSpoiled(
	spoil: Spoil,
	scenarios: ReadonlyArray<(credential: Credential) => Promise<void>>,
): Promise<void> {
	const server = new FaultServer(gateway.endpoint, spoil, certificates);
	await server.start();
	try {
		const credential = { endpoint: server.address, apiKey: KEY, allowUnencrypted: true };
		server.vary(() => spoil);
		if (spoil.at === 'port') server.begin({ after: 0, times: Infinity });
		for (const scenario of scenarios) await scenario(credential);
	} finally {
		await server.stop();
	}
}

const SCENARIOS = [read, poll, testCredential];

const spoiling = faults(() => 'http://elsewhere.invalid/').filter(
	({ name, spoil, timeout }) =>
		spoil.at !== 'lookup' &&
		!name.includes('is stopped') &&
		(timeout === undefined || name === 'No answer in time'),
);

test.each(spoiling.map((fault) => [fault.name, fault] as const))(
	'on the way: %s',
	async (_name, { spoil, timeout }) => {
		await runSpoiled(spoil, timeout === undefined ? SCENARIOS : [poll]);
	},
	60_000,
);

interface Quoting {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
}

const ANSWERS: Readonly<Record<string, (quoted: string) => Quoting>> = {
	'a text': (quoted) => ({ body: `Fatal: ${quoted}` }),
	'a page': (quoted) => ({ status: 401, body: `<html><body>${quoted}</body></html>` }),
	'a text that is cut': (quoted) => ({ body: `${'x'.repeat(480)} ${quoted}` }),
	'a refusal in XML': (quoted) => ({ status: 200, body: refusalXml(quoted) }),
	'a refusal in JSON': (quoted) => ({
		status: 200,
		body: JSON.stringify({ errors: { error: { code: quoted, message: quoted } } }),
	}),
	'a refused key': (quoted) => ({ status: 403, body: quoted }),
	'a redirect': (quoted) => ({
		status: 302,
		headers: { location: `http://elsewhere.invalid/?${quoted}` },
	}),
	'a broken document': (quoted) => ({ status: 200, body: `{"I04":"${quoted}` }),
};

describe.each(Object.entries(FORMS))('quoted back as %s', (_form, write) => {
	test.each(Object.entries(ANSWERS))(
		'in %s',
		async (_name, answer) => {
			const { status = 500, headers = {}, body = '' } = answer(write(KEY));
			const quoting: Spoil = {
				at: 'answer',
				reaches: false,
				answer: ({ response }) => {
					response.writeHead(status, { ...headers, connection: 'close' }).end(body);
				},
			};
			await runSpoiled(quoting, SCENARIOS);
		},
		60_000,
	);
});

test.each<[string, Credential]>([
	['a line break in the key', { apiKey: `${KEY}\n${KEY}` }],
	['a blank in the key', { apiKey: `${KEY} ${KEY}` }],
	['the key for an endpoint', { endpoint: KEY }],
	['the key in an endpoint', { endpoint: 'https://[/' }],
])('a credential with %s', async (_name, wrong) => {
	for (const way of SCENARIOS) await way({ endpoint: gateway.endpoint, apiKey: KEY, ...wrong });
});
