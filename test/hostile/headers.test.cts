/** No text of a credential, a WSDL or a filter changes the head of a request, byte by byte. */
import { join } from 'node:path';

import fc from 'fast-check';

import { createEngine, type Engine, type RunResult } from '../../dev/engine/harness.cts';
import { chain } from '../../dev/engine/workflows.cts';
import { successAnswer } from '../../dev/simulators/klientuPortfelis/answers.cts';
import { makeWsdl } from '../../dev/simulators/klientuPortfelis/wsdl.cts';
import { credentialsFor, startRawServer, type RawServer } from './rawServer.cts';

// The turns of an API key are not waited for in earnest.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => undefined,
}));

let engine: Engine;
let server: RawServer;
let credentials: Awaited<ReturnType<typeof credentialsFor>>;

beforeAll(async () => {
	engine = await createEngine({ packageDir: join(__dirname, '../..') });
	server = await startRawServer();
	credentials = await credentialsFor(server);
});
afterAll(async () => {
	await engine.close();
	await server.stop();
});

type Fields = Record<string, unknown>;

async function run(
	node: 'klientuPortfelis' | 'rivile',
	parameters: Fields,
	credential: Fields,
): Promise<RunResult> {
	server.requests.length = 0;
	const workflow = chain({
		name: 'Node',
		type: `n8n-nodes-klientu-portfelis-rivile.${node}`,
		parameters,
		credentials: { [`${node}Api`]: { id: 'own', name: 'own' } },
	});
	return await engine.run(workflow, {
		credentials: { own: { ...credentials[node], ...credential } },
	});
}

const runRivile = async (credential: Fields, parameters: Fields = {}) => {
	server.answer = {
		headers: ['Content-Type: application/json'],
		body: '{"I04":{"I04_KODAS_CH":"1"}}',
	};
	return await run(
		'rivile',
		{ resource: 'cashOperation', operation: 'getMany', ...parameters },
		credential,
	);
};

const runLists = async (credential: Fields) => {
	server.answer = { body: successAnswer('get_lists', { list_count: 0, lists: [] }) };
	return await run(
		'klientuPortfelis',
		{ resource: 'list', operation: 'getMany', returnAll: true },
		credential,
	);
};

/** The lines of a head by their names, in lower case; a line that is no header stays whole. */
function headers(head: string): Map<string, string> {
	return new Map(
		head
			.split('\r\n')
			.slice(1)
			.map((line) => {
				const [, name, value] = /^([\w-]+): (.*)$/s.exec(line) ?? [];
				return name === undefined ? [line, ''] : [name.toLowerCase(), value ?? ''];
			}),
	);
}

const names = (head: string) => [...headers(head).keys()].sort().join();

const RIVILE =
	'accept,accept-encoding,apikey,connection,content-length,content-type,host,user-agent';
const SOAP =
	'accept,accept-encoding,connection,content-length,content-type,host,soapaction,user-agent';

/** Each head that came has the headers of an honest request, and one request line. */
function checkHeads(): void {
	for (const { head, body } of server.requests) {
		if (head.startsWith('GET ')) continue;
		expect(names(head)).toBe(head.includes('SOAPAction') ? SOAP : RIVILE);
		expect(head.split('\r\n')[0]).toMatch(/^POST \/\S* HTTP\/1\.1$/);
		expect(head.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
		expect(headers(head).get('content-length')).toBe(String(Buffer.byteLength(body)));
	}
}

const SIGNS = [
	'\r\n',
	'\n',
	'\r',
	'X-Evil: 1',
	': ',
	'"',
	"'",
	';',
	' ',
	'\t',
	'\u0000',
	'\u007f',
	'ķ',
	'\u2028',
	'\ud800',
	'😀',
	'{{ 1 }}',
	'={{ 1 }}',
	'$',
	'#',
	'?',
	'/',
	'\\',
	'@',
	'%0d%0a',
	'..',
	'a',
];
const text = fc
	.array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 5 })
	.map((signs) => signs.join(''));

test('an honest request has the headers that are expected', async () => {
	expect((await runRivile({})).error).toBeUndefined();
	expect(server.requests).toHaveLength(1);
	checkHeads();
	expect((await runLists({})).error).toBeUndefined();
	expect(server.requests).toHaveLength(3);
	checkHeads();
});

test('any text in the API key is refused, or is the whole of its header', async () => {
	await fc.assert(
		fc.asyncProperty(text, fc.boolean(), async (signs, isAlone) => {
			const apiKey = isAlone ? signs : `RAKTAS${signs}X`;
			const { error } = await runRivile({ apiKey });
			checkHeads();
			const [request] = server.requests;
			if (request === undefined)
				expect(error?.message).toMatch(/^'API Key' (?:is empty|contains characters)/);
			else if (!apiKey.startsWith('='))
				expect(headers(request.head).get('apikey')).toBe(apiKey.trim());
		}),
		{ numRuns: 150 },
	);
}, 120_000);

test('an API key that an expression gives as a number is sent', async () => {
	await runRivile({ apiKey: '={{ 1234 }}' });
	expect(headers(server.requests[0]?.head ?? '').get('apikey')).toBe('1234');
});

test.each([
	['after the address', (signs: string) => `${server.address}/client/v2${signs}`],
	['before the address', (signs: string) => `${signs}${server.address}/client/v2`],
	['in the place of the path', (signs: string) => `${server.address}${signs}`],
])(
	'any text %s reaches no header',
	async (_name, endpointWith) => {
		await fc.assert(
			fc.asyncProperty(text, async (signs) => {
				const endpoint = endpointWith(signs);
				for (const { error } of [await runRivile({ endpoint }), await runLists({ endpoint })]) {
					if (error !== undefined) expect(error.message).not.toBe('');
				}
				checkHeads();
			}),
			{ numRuns: 60 },
		);
	},
	120_000,
);

test('any text in username, password and WSDL URL reaches no header', async () => {
	await fc.assert(
		fc.asyncProperty(text, async (signs) => {
			await runLists({
				username: signs,
				password: signs,
				wsdlUrl: `${server.address}/wsdl?${signs}`,
			});
			checkHeads();
		}),
		{ numRuns: 60 },
	);
}, 120_000);

test.each(['soapAction', 'namespace', 'location'] as const)(
	'any text in the %s of a WSDL is refused or stays in its header',
	async (attribute) => {
		const references = (signs: string) =>
			[...signs]
				.map((sign) => (/[\w :/.?]/.test(sign) ? sign : `&#${sign.codePointAt(0) ?? 0};`))
				.join('');
		let count = 0;
		try {
			await fc.assert(
				fc.asyncProperty(text, async (signs) => {
					const honest = makeWsdl(`${server.address}/service`);
					server.wsdl = honest.replaceAll(
						new RegExp(`${attribute}="`, 'g'),
						`${attribute}="${attribute === 'location' ? `${server.address}/` : ''}${references(signs)}`,
					);
					const { error } = await runLists({
						wsdlUrl: `${server.address}/wsdl/${attribute}/${count++}`,
					});
					checkHeads();
					const calls = server.requests.filter(({ head }) => head.startsWith('POST'));
					if (calls.length === 0) expect(error?.message).toMatch(/WSDL/);
					for (const { head } of calls)
						expect(headers(head).get('soapaction')).toMatch(/^"[^"]*"$/);
				}),
				{ numRuns: 80 },
			);
		} finally {
			server.wsdl = undefined;
		}
	},
	120_000,
);

test('any text in a filter stays in the condition', async () => {
	await fc.assert(
		fc.asyncProperty(text, async (value) => {
			const conditions = [
				{ field: 'I04_PAV', operator: 'equal', value: value.replace(/^=/, ' =') },
			];
			await runRivile({}, { filterMode: 'fields', filters: { conditions } });
			checkHeads();
			for (const { body } of server.requests) {
				const { method, params, ...others } = JSON.parse(body) as Record<string, object>;
				expect([method, Object.keys(params ?? {}), others]).toEqual([
					'GET_I04_LIST',
					['list', 'fil'],
					{},
				]);
			}
		}),
		{ numRuns: 60 },
	);
}, 120_000);
