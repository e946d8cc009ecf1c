/** What goes wrong, through n8n; and the credential. */
import { type RivileSimulator } from '../../../dev/simulators/rivile.cts';
import { numbers, startTestRig, type TestRig } from './testRig.cts';

// Nothing waits in earnest between two tries; how long it would is noted, and shown by the clock.
const waits: number[] = [];
let mockTime = 0;
const waited = () => waits.reduce((sum, milliseconds) => sum + milliseconds, 0);
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => {
		mockTime += milliseconds;
		waits.push(milliseconds);
	},
}));

let bench: TestRig;
let gateway: RivileSimulator;

beforeAll(async () => {
	bench = await startTestRig();
	({ gateway } = bench);
});

afterAll(async () => await bench.stop());

beforeEach(() => {
	gateway.reset();
	waits.length = 0;
	jest.spyOn(Math, 'random').mockReturnValue(0);
	jest.spyOn(performance, 'now').mockImplementation(() => mockTime);
});

afterEach(() => jest.restoreAllMocks());

const ALL = { returnAll: true, simplify: false };

describe('what goes wrong', () => {
	const badColumn = { filterMode: 'sql', sql: "i04_kodas_chb = '1'" };

	test.each([
		['own', 'json'],
		[200, 'json'],
		['own', 'xml'],
		[200, 'xml'],
	] as const)(
		"comes in the gateway's words, status %s, as %s",
		async (refusalStatus, responseFormat) => {
			gateway.reset({ refusalStatus });
			const { error } = await bench.run({ ...badColumn, options: { responseFormat } });
			expect(error).toMatchObject({
				name: 'NodeApiError',
				message: "Rivilė refused the request: Invalid column name 'i04_kodas_chb'.",
				description: expect.stringContaining('Only columns of the table I04'),
			});
			const refused = await bench.run(
				{},
				{},
				{ credentials: { r1: { ...gateway.credentials, apiKey: 'wrong' } } },
			);
			expect(refused.error).toMatchObject({
				name: 'NodeApiError',
				message: 'Rivilė did not accept the API key: Api key is not valid',
				description: expect.stringContaining("Check the 'API Key' in the credential"),
			});
			expect(gateway.requests).toHaveLength(2);
			expect(waits).toEqual([]);
			expect(JSON.stringify([error, refused.error])).not.toContain(gateway.credentials.apiKey);
		},
	);

	const pinData = {
		Start: [{ json: { sql: '1 = 1' } }, { json: { sql: '1 = )' } }, { json: { sql: 'x = 1' } }],
	};
	const each = { filterMode: 'sql', sql: '={{ $json.sql }}' };

	test('does not stop the other items when the node continues', async () => {
		gateway.seed(2);
		const result = await bench.run(each, { onError: 'continueRegularOutput' }, { pinData });
		expect(result.json('Rivilė').map((json) => json.error ?? Number(json.operationNumber))).toEqual(
			[
				1,
				2,
				"'SQL Condition' closes a parenthesis that was not opened",
				"Rivilė refused the request: Invalid column name 'x'.",
			],
		);
		expect(result.items('Rivilė').map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 2].map((item) => ({ item })),
		);
	});

	test('goes to the output for it', async () => {
		gateway.seed(2);
		const result = await bench.run(each, { onError: 'continueErrorOutput' }, { pinData });
		expect(numbers(result.json('Rivilė'))).toEqual([1, 2]);
		expect(result.json('Rivilė', 1)).toHaveLength(2);
		expect(result.json('Rivilė', 1)[1]).toMatchObject({
			sql: 'x = 1',
			error: "Rivilė refused the request: Invalid column name 'x'.",
		});
	});

	test.each([
		['a cut connection', { cut: true }],
		['a dropped connection', { drop: true }],
		['a document that ends too early', { truncate: true }],
		['a busy server', { status: 503, body: '' }],
	])('%s midway is tried again', async (_, order) => {
		gateway.seed(350);
		gateway.answerNext({ ...order, after: 2, times: 2 });
		expect(await bench.items({ ...ALL, detail: 'A' })).toHaveLength(350);
		expect(waited()).toBe(2500);
		expect(gateway.requests).toHaveLength(7);
	});

	test.each(['', '{}', '<RET_DOK/>'])('%j three times midway costs no row', async (body) => {
		for (const parameters of [ALL, { limit: 700 }]) {
			gateway.reset();
			gateway.seed(730);
			gateway.answerNext({ status: 200, body, after: 3, times: 3 });
			expect(await bench.items(parameters)).toHaveLength('limit' in parameters ? 700 : 730);
		}
	});

	test('the wait that the gateway asks for is kept', async () => {
		gateway.seed(1);
		gateway.answerNext({
			status: 429,
			headers: { 'retry-after': '7' },
			body: '{"message":"slow"}',
		});
		expect(await bench.items({})).toHaveLength(1);
		expect(waited()).toBe(7000);
	});

	test.each([{}, { body: '{"errorMessage":"Too many requests"}' }])(
		'a blocked request is sent again, by every read: %j',
		async (content) => {
			gateway.seed(350);
			gateway.answerNext({ status: 429, body: '', ...content, after: 2, times: 3 });
			expect(await bench.items(ALL)).toHaveLength(350);
			gateway.answerNext({ status: 429, body: '', ...content, times: 3 });
			expect(await bench.items({ limit: 5 })).toHaveLength(5);
		},
	);

	test('a wait for longer than the time-out ends with a message, for the trigger as well', async () => {
		gateway.seed(1);
		// A key of its own: what comes after would wait too.
		const apiKey = 'UZDARYT.raktas';
		gateway.change({ apiKey });
		gateway.answerNext({ status: 429, headers: { 'retry-after': '3600' }, body: '' });
		const blocked = expect.stringMatching(
			/^Rivilė blocks this API key until 20\d\d-\d\d-\d\d \d\d:/,
		);
		const { error } = await bench.run({});
		expect(error).toMatchObject({
			message: blocked,
			failure: { cause: 'rate-limited', retryAfterMs: 3_600_000 },
		});
		expect(waited()).toBe(0);
		const polling = bench.engine.poll('rivileTrigger', {
			parameters: { event: 'operationCreated', detail: 'H', filterMode: 'none', options: {} },
			credentials: { rivileApi: gateway.credentials },
			staticData: {},
		});
		await expect(polling).rejects.toMatchObject({ message: blocked });
		expect(await bench.engine.test('rivileApi', gateway.credentials)).toMatchObject({
			message: expect.stringContaining('Rivilė blocks this API key until'),
		});
		expect(gateway.requests).toHaveLength(1);
		expect(JSON.stringify(error)).not.toContain(apiKey);
	});

	test('what stays away ends the run, without a part of the rows', async () => {
		gateway.seed(350);
		gateway.answerNext({ cut: true, after: 2, times: 99 });
		for (const responseFormat of ['json', 'xml']) {
			const result = await bench.run({ ...ALL, options: { responseFormat } });
			expect(result.status).toBe('error');
			expect(result.error?.message).toBe('Rivilė closed the connection');
			expect(result.items('Rivilė')).toEqual([]);
		}
		expect(waited()).toBe(15000);
		const continued = await bench.run(ALL, { onError: 'continueRegularOutput' });
		expect(continued.json('Rivilė')).toEqual([
			{ error: 'Rivilė closed the connection', message: expect.any(String) },
		]);
	});

	test('a gateway that is not there, or not safe', async () => {
		const at = async (endpoint: string) =>
			(await bench.run({}, {}, { credentials: { r1: { ...gateway.credentials, endpoint } } }))
				.error;
		expect(await at('http://127.0.0.1:9/')).toMatchObject({
			message: 'Rivilė refused the connection',
		});
		expect(waited()).toBe(7500);
		expect(await at('http://api.example.com/')).toMatchObject({
			message: "'Endpoint' is an address without encryption",
		});
		expect(await at('manorivile')).toMatchObject({ message: "'Endpoint' is not a web address" });
		expect(gateway.requests).toHaveLength(0);
	});

	test('a redirect is not followed, with the key in hand', async () => {
		gateway.answerNext({ status: 307, headers: { location: gateway.endpoint }, body: '' });
		const { error } = await bench.run({});
		expect(error?.message).toBe('Rivilė redirected the request to another address');
		expect(gateway.requests).toHaveLength(1);
	});
});

describe('the credential', () => {
	test.each(['own', 200] as const)(
		'is tested by a request without rows, status %s',
		async (refusalStatus) => {
			gateway.reset({ refusalStatus });
			gateway.seed(3);
			expect(await bench.engine.test('rivileApi', gateway.credentials)).toEqual({
				status: 'OK',
				message: 'Connection successful!',
			});
			expect(gateway.requests[0]?.params).toEqual({
				list: 'H',
				fil: "(I04_KODAS_CH = '' AND 1 = 0)",
			});
			const refused = await bench.engine.test('rivileApi', {
				...gateway.credentials,
				apiKey: 'wrong',
			});
			expect(refused).toMatchObject({
				status: 'Error',
				message: expect.stringContaining('Rivilė did not accept the API key: Api key is not valid'),
			});
			expect(gateway.requests).toHaveLength(2);
		},
	);

	test('says what is wrong with its address', async () => {
		const at = async (endpoint: string) =>
			(await bench.engine.test('rivileApi', { ...gateway.credentials, endpoint })).message;
		expect(await at('http://127.0.0.1:9/')).toContain('Rivilė refused the connection');
		expect(await at('')).toContain("'Endpoint' is empty");
		gateway.answerNext({ status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: '' });
		expect(await at(gateway.endpoint)).toContain('redirected the request to another address');
	});
});
