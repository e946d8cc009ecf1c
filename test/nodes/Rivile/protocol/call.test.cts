import { I04 } from '../../../../nodes/Rivile/protocol/catalogue';
import {
	checkKey,
	readPage,
	type Connection,
	type Form,
	type HttpRequest,
} from '../../../../nodes/Rivile/protocol/call';
import { excerpt, Fault } from '../../../../nodes/shared/fault';
import { answerTo, connectionFault, type HttpAnswer } from '../../../../nodes/shared/http';
import { retryRead, WAITS } from '../../../../nodes/shared/retry';

const FORM: Form = { detail: 'H', format: 'json', numbersAsText: false };
const ROW = '{"I04":{"I04_KODAS_CH":"1"}}';

/** Each wait is the shortest. */
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

/** A connection that answers in turn, the last answer again and again. */
function connection(
	answers: Array<Partial<HttpAnswer> | Error>,
	endpoint = 'https://x.example/v2',
) {
	const sent: HttpRequest[] = [];
	const waits: number[] = [];
	const made: Connection = {
		endpoint,
		apiKey: 'PAVYZDY.raktas',
		timezone: 'UTC',
		send: async (request) => {
			const answer = answers[Math.min(sent.length, answers.length - 1)] ?? {};
			sent.push(request);
			if (answer instanceof Error) throw answer;
			return { status: 200, body: ROW, ...answer };
		},
		allowUnencrypted: false,
		repeat: async (attempt) =>
			await retryRead(attempt, async (milliseconds) => void waits.push(milliseconds)),
	};
	return { made, sent, waits };
}

async function faultOf(action: Promise<unknown>): Promise<Fault> {
	const [outcome] = await Promise.allSettled([action]);
	if (outcome.status === 'rejected' && outcome.reason instanceof Fault) return outcome.reason;
	throw new Error('No fault');
}

const coded = (code: string) => connectionFault(Object.assign(new Error('x'), { code }), 'Rivilė');

describe('a request', () => {
	test('holds what is asked for, and nothing that is not', async () => {
		const { made, sent } = connection([{}]);
		await readPage(made, I04, FORM, {});
		await readPage(
			made,
			I04,
			{ ...FORM, detail: 'A', format: 'xml' },
			{ fil: "(a = N'ąž')", pagenumber: 3 },
		);
		expect(sent).toEqual([
			{
				url: 'https://x.example/v2',
				headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
				body: '{"method":"GET_I04_LIST","params":{"list":"H"}}',
			},
			{
				url: 'https://x.example/v2',
				headers: { 'Content-Type': 'application/json', Accept: 'application/xml' },
				body: `{"method":"GET_I04_LIST","params":{"list":"A","fil":"(a = N'ąž')","pagenumber":3}}`,
			},
		]);
	});

	test('for lines gives every row a list of them', async () => {
		const { made } = connection([{}]);
		expect(await readPage(made, I04, FORM, {})).toEqual([{ I04_KODAS_CH: '1' }]);
		expect(await readPage(made, I04, { ...FORM, detail: 'A' }, {})).toEqual([
			{ I04_KODAS_CH: '1', I05: [] },
		]);
	});

	test('goes to an address without encryption for those who allow it', async () => {
		const { made, sent } = connection([{}], 'http://gateway.example/');
		await readPage({ ...made, allowUnencrypted: true }, I04, FORM, {});
		expect(sent).toMatchObject([{ url: 'http://gateway.example/' }]);
	});

	test.each([
		['', "'Endpoint' is empty"],
		['x', "'Endpoint' is not a web address"],
		['ftp://x.example', "'Endpoint' is not a web address"],
		['http://x.example', "'Endpoint' is an address without encryption"],
		['http://127.0.0.1.example', "'Endpoint' is an address without encryption"],
	])('is not sent to %j', async (endpoint, message) => {
		const { made, sent } = connection([{}], endpoint);
		const fault = await faultOf(readPage(made, I04, FORM, {}));
		expect([fault.kind, fault.message]).toEqual(['credential', message]);
		expect(sent).toEqual([]);
	});

	test.each(['http://127.0.0.1:5/', 'http://localhost/', 'http://[::1]:8/'])(
		'is sent to %s',
		async (endpoint) => {
			const { made, sent } = connection([{}], endpoint);
			await readPage(made, I04, FORM, {});
			expect(sent[0]?.url).toBe(endpoint);
		},
	);

	test.each([
		[{ status: 401, body: '{"errorMessage":"Api key PAVYZDY.raktas is not valid"}' }],
		[{ body: '<html>ApiKey: PAVYZDY.raktas</html>' }],
		[{ body: `${'x'.repeat(190)}PAVYZDY.raktas` }],
		[new Fault('connection', 'x', excerpt('header PAVYZDY.raktas'))],
	])('keeps the key out of what it quotes: %j', async (answer) => {
		const { made } = connection([answer]);
		const { message, description } = await faultOf(readPage(made, I04, FORM, {}));
		expect(`${message} ${description}`).not.toContain('PAVYZDY');
	});

	test('to check a key asks for no row, once', async () => {
		const { made, sent, waits } = connection([{ body: '{}' }]);
		await checkKey(made);
		expect(sent).toHaveLength(1);
		const down = connection([{ status: 503, body: '' }]);
		await faultOf(checkKey(down.made));
		expect([down.sent.length, waits, down.waits]).toEqual([1, [], []]);
	});
});

describe('an empty answer', () => {
	const NONE = [
		'',
		' ',
		'{}',
		'[]',
		'null',
		'{"I04":[]}',
		'<RET_DOK/>',
		'<RET_DOK><id>1</id></RET_DOK>',
	];
	const paramsOf = (sent: readonly HttpRequest[]) =>
		sent.map(({ body }) => (JSON.parse(body) as { params: object }).params);
	const fil = "(I04_PAV = 'x')";
	const confirming =
		"(((I04_PAV = 'x') AND I04_KODAS_CH <> '1') OR (I04_KODAS_CH = '1' AND CASE WHEN (I04_PAV = 'x') THEN 0 ELSE 1 END = 1))";

	test.each(NONE)('%j is confirmed by a row that must be there', async (body) => {
		const { made, sent, waits } = connection([{ body }, {}]);
		expect(await readPage(made, I04, FORM, { fil })).toEqual([]);
		expect(paramsOf(sent)).toEqual([
			{ list: 'H', fil },
			{ list: 'H' },
			{ list: 'H', fil: confirming },
		]);
		expect(waits).toEqual([]);
	});

	test('is confirmed by a row that the same connection has seen', async () => {
		const { made, sent } = connection([{}, { body: '' }, {}]);
		await readPage(made, I04, FORM, {});
		expect(await readPage(made, I04, FORM, { fil })).toEqual([]);
		expect(paramsOf(sent).slice(1)).toEqual([
			{ list: 'H', fil },
			{ list: 'H', fil: confirming },
		]);
	});

	test('is asked for again when another row comes than the one that must be there', async () => {
		const { made, sent, waits } = connection([
			{},
			{ body: '' },
			{ body: '{"I04":[{"I04_KODAS_CH":"1"},{"I04_KODAS_CH":"2"}]}' },
		]);
		await readPage(made, I04, FORM, {});
		expect(await readPage(made, I04, FORM, { fil })).toHaveLength(2);
		expect([sent.length, waits]).toEqual([4, [500]]);
		expect(sent[3]).toEqual(sent[1]);
	});

	test.each(NONE)('%j again and again ends with a message once there was a row', async (body) => {
		const { made, waits } = connection([{}, { body }]);
		await readPage(made, I04, FORM, {});
		const fault = await faultOf(readPage(made, I04, FORM, { fil }));
		expect(fault.message).toBe('Rivilė sent an empty response');
		expect(fault.description).toContain('did not confirm that there are none');
		expect(waits).toEqual(WAITS);
	});

	test('six times means that the register is empty', async () => {
		const { made, sent, waits } = connection([{ body: '' }]);
		expect(await readPage(made, I04, FORM, {})).toEqual([]);
		expect([sent.length, waits]).toEqual([6, [500, 2000]]);
	});
});

describe('another try', () => {
	test.each([
		['a reset connection', coded('ECONNRESET')],
		['an answer that is cut', coded('ERR_BAD_RESPONSE')],
		['a time-out', coded('ETIMEDOUT')],
		['a refused connection', coded('ECONNREFUSED')],
		['a name that cannot be looked up just now', coded('EAI_AGAIN')],
		['a busy server', { status: 503, body: '<html></html>' }],
		['too many requests', { status: 429, body: '{"errorMessage":"Too many requests"}' }],
		['a server without words', { status: 500, body: '' }],
		['a document that ends too early', { body: '{"I04":[' }],
	])('after %s', async (_, answer) => {
		const { made, sent, waits } = connection([answer, answer, answer, {}]);
		expect(await readPage(made, I04, FORM, {})).toHaveLength(1);
		expect(sent).toHaveLength(4);
		expect(waits).toEqual(WAITS);
	});

	test('is the fourth at most; then the fault stands', async () => {
		const { made, sent } = connection([{ status: 502, body: '' }]);
		const fault = await faultOf(readPage(made, I04, FORM, {}));
		expect(fault.message).toContain("Rivilė's gateway at your company is not running");
		expect(sent).toHaveLength(4);
	});

	test.each([
		['a bad column', { body: '{"errorMessage":"Invalid column name \'x\'."}' }],
		[
			'a bad column with status 500',
			{ status: 500, body: '{"errorMessage":"Invalid column name \'x\'."}' },
		],
		['a refused key', { status: 401, body: '' }],
		['a page for people', { body: '<html></html>' }],
		['an address that does not exist', { status: 404, body: '' }],
		['an unknown host', coded('ENOTFOUND')],
		['a bad certificate', coded('CERT_HAS_EXPIRED')],
		['a stopped execution', coded('ERR_CANCELED')],
		['a reason that is not known', connectionFault(new Error('Domain not allowed'), 'Rivilė')],
		['anything that is no fault', new TypeError('x')],
	])('does not follow %s', async (_, answer) => {
		const { made, sent, waits } = connection([answer]);
		await expect(readPage(made, I04, FORM, {})).rejects.toThrow();
		expect([sent.length, waits]).toEqual([1, []]);
	});

	test('waits as long as the service asks, but not forever', async () => {
		const waits: number[] = [];
		const asked = [1, 4, 3600];
		const read = async () => {
			const retryAfter = asked[waits.length];
			throw new Fault('service', 'busy', '', { transient: true, retryAfter });
		};
		const wait = async (milliseconds: number) => void waits.push(milliseconds);
		await expect(retryRead(read, wait)).rejects.toThrow('busy');
		expect(waits).toEqual([1000, 4000, 30_000]);
	});

	test('without a clock of its own waits in earnest', async () => {
		let tries = 0;
		const begun = Date.now();
		const read = async () => {
			if (tries++ === 0) throw new Fault('service', 'busy', '', { transient: true });
			return await Promise.resolve('done');
		};
		expect(await retryRead(read)).toBe('done');
		expect(Date.now() - begun).toBeGreaterThanOrEqual(490);
	});
});

test('Retry-After is read as seconds or as a date', async () => {
	const read = async (value: unknown, date?: string) => {
		const headers = { 'retry-after': value as string, ...(date !== undefined && { date }) };
		const response = { statusCode: 429, headers, body: '' };
		return (await answerTo(async () => response, 'Rivilė')).retryAfter;
	};
	expect(await read('7')).toBe(7);
	expect(await read(undefined)).toBeUndefined();
	expect(await read('soon')).toBeUndefined();
	expect(await read('-5')).toBeUndefined();
	expect(await read(new Date(Date.now() - 60_000).toUTCString())).toBeUndefined();
	const date = await read(new Date(Date.now() + 20_000).toUTCString());
	expect(date).toBeGreaterThan(17);
	expect(date).toBeLessThanOrEqual(20);
	// The server's clock may be off.
	const sent = 'Sat, 31 Jan 2026 12:00:00 GMT';
	expect(await read('Sat, 31 Jan 2026 12:00:07 GMT', sent)).toBe(7);
	expect(await read('7', sent)).toBe(7);
});
