/** The simulated gateway itself: what the specification says of the real one. */
import {
	DOCUMENTED_LIMIT,
	sampleKey,
	serverDocument,
	startRivile,
	type Options,
	type RivileSimulator,
} from '../../../dev/simulators/rivile.cts';
import { like, SqlRefusal, toSqlite } from '../../../dev/simulators/rivile/tsql.cts';

let gateway: RivileSimulator;

beforeAll(async () => {
	gateway = await startRivile();
});
afterAll(async () => await gateway.stop());
beforeEach(() => gateway.reset());

async function ask(params: object, headers: Record<string, string> = {}, method = 'GET_I04_LIST') {
	const response = await fetch(gateway.endpoint, {
		method: 'POST',
		headers: { ApiKey: gateway.credentials.apiKey, 'Content-Type': 'application/json', ...headers },
		body: JSON.stringify({ method, params }),
	});
	return {
		status: response.status,
		type: response.headers.get('content-type'),
		text: await response.text(),
	};
}

const JSON_WANTED = { Accept: 'application/json' };

async function keys(fil: string): Promise<number[]> {
	const { text } = await ask({ fil });
	return [...text.matchAll(/<I04_KODAS_CH>(\d+)/g)].map(([, key]) => Number(key));
}

describe('answers', () => {
	test('are XML unless asked otherwise, padded, with lines where wanted', async () => {
		gateway.seed(3);
		const { status, type, text } = await ask({ list: 'A', fil: "i04_kodas_ch='000000000003'" });
		expect(status).toBe(200);
		expect(type).toContain('application/xml');
		expect(text).toContain('<Row_number>1</Row_number>\n<I04_KODAS_CH>000000000003</I04_KODAS_CH>');
		expect(text).toContain('<I04_KODAS_VL>EUR         </I04_KODAS_VL>');
		expect(text).toContain('<I04_SUMA>237.58</I04_SUMA>');
		expect(text).toContain('<I04_KOEF>1.000000000000000</I04_KOEF>');
		expect(text).toContain('<I04_OP_RUSIS>2</I04_OP_RUSIS>');
		expect(text.match(/<I05>/g)).toHaveLength(3);
		expect((await ask({ list: 'H' })).text).not.toContain('<I05>');
	});

	test('are JSON that collapses like XML', async () => {
		gateway.seed(2);
		const read = async (params: object): Promise<{ I04?: unknown; RET_DOK?: unknown }> =>
			JSON.parse((await ask(params, JSON_WANTED)).text) as { I04?: unknown };
		expect((await read({ list: 'A' })).I04).toMatchObject([
			{ I04_KODAS_CH: sampleKey(1), I04_SUMA: '79.20', I05: { I05_EIL_NR: '1' } },
			{ I05: [{ I05_EIL_NR: '1' }, { I05_EIL_NR: '2' }] },
		]);
		expect((await read({ fil: 'I04_SUMA < 100' })).I04).toMatchObject({ I04_SUMA: '79.20' });
		expect(await read({ fil: '1 = 0' })).toEqual({});
		gateway.change({ jsonRoot: true, jsonNumbers: true, jsonNone: '""' });
		expect(await read({ fil: 'I04_SUMA < 100' })).toMatchObject({
			RET_DOK: { I04: { I04_SUMA: 79.2 } },
		});
		expect(await read({ fil: '1 = 0' })).toBe('');
	});

	test.each<[Partial<Options>, number, number, number[]]>([
		[{ newestFirst: true }, 1, 151, [151, 250]],
		[{ newestFirst: true, descending: true }, 1, 151, [250, 151]],
		[{ newestFirst: true }, 3, 1, [1, 50]],
		[{ newestFirst: false }, 1, 1, [1, 100]],
		[{ newestFirst: false, descending: true }, 3, 201, [250, 201]],
	])('%j page %i', async (options, pagenumber, _, [first, last]) => {
		gateway.reset(options);
		gateway.seed(250);
		const { text } = await ask({ pagenumber });
		const found = [...text.matchAll(/<I04_KODAS_CH>(\d+)/g)].map(([, key]) => Number(key));
		expect([found[0], found.at(-1)]).toEqual([first, last]);
		const places = [...text.matchAll(/<Row_number>(\d+)/g)].map(([, place]) => Number(place));
		expect(places[0]).toBe((pagenumber - 1) * 100 + 1);
	});
});

describe('refusals', () => {
	test.each<[object, Record<string, string>, number, string]>([
		[{ fil: "i04_kodas_chb='1'" }, {}, 400, "Invalid column name 'i04_kodas_chb'."],
		[{ fil: '"odd" = 1' }, {}, 400, "Invalid column name 'odd'."],
		[{ fil: 'I04_SUMA >' }, {}, 400, "Incorrect syntax near 'ORDER'."],
		[{ fil: "I04_PAV = 'a" }, {}, 400, "Unclosed quotation mark after the character string 'a"],
		[{ fil: "I04_OP_DATA > 'x'" }, {}, 400, 'Conversion failed when converting date'],
		[{ fil: '1=1; DROP TABLE I04' }, {}, 400, "Incorrect syntax near ';'."],
		[{}, { ApiKey: 'wrong' }, 401, 'Api key is not valid'],
		[{ pagenumber: 0 }, {}, 400, 'Bad pagenumber'],
	])('of %j %j', async (params, headers, status, words) => {
		const refused = await ask(params, headers);
		expect(refused.status).toBe(status);
		expect(refused.text).toContain(`<errorMessage>${words}`);
		gateway.change({ refusalStatus: 200 });
		const json = await ask(params, { ...headers, ...JSON_WANTED });
		expect(json.status).toBe(200);
		expect(JSON.parse(json.text)).toEqual({ errorMessage: expect.stringContaining(words) });
	});

	test('of other methods and addresses', async () => {
		expect((await ask({}, {}, 'GET_PRICE')).text).toContain('Method GET_PRICE does not exist');
		expect((await fetch(gateway.endpoint)).status).toBe(405);
		expect((await fetch(`${gateway.endpoint}/x`, { method: 'POST' })).status).toBe(404);
	});
});

describe('conditions', () => {
	beforeEach(() => {
		gateway.seed(10);
		gateway.register.add([{ I04_KODAS_CH: sampleKey(99) }], 2);
	});

	test('are read as T-SQL', async () => {
		expect(
			await keys("I04_OP_DATA BETWEEN '20260127' AND '2026-01-28T00:00:00' AND I04_SUMA > 1"),
		).toEqual([2, 3]);
		expect(await keys("[I04_KODAS_KS] = N'PVZ001' /* a /* nested */ one */")).toEqual([5, 10]);
		expect(await keys("I04_PAV LIKE '%50[%] [[]nuolaida]%'")).toEqual([2, 7]);
		expect(await keys("I04_PAV LIKE N'bandymas 50[%] [[]nuolaida][_]x%'\n")).toEqual([2, 7]);
		expect(await keys("I04_PAV LIKE N'[ab]andymas%[^a]'")).toEqual([2, 7]);
	});

	test('that end in a comment swallow what follows them', async () => {
		gateway.seed(110);
		expect(await keys('1 = 1')).toHaveLength(100);
		expect(await keys('1 = 1 -- all of them')).toHaveLength(120);
		expect(await keys('1 = 1 -- all of them\n')).toHaveLength(100);
	});

	test('that are not enclosed reach what is beside them', async () => {
		expect(await keys('(1 = 0 OR 1 = 1)')).toHaveLength(10);
		expect(await keys('1 = 0 OR 1 = 1')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99]);
	});

	test('match texts literally where brackets say so', () => {
		for (const [pattern, text, found] of [
			['a[%]%', 'a%b', true],
			['a[%]%', 'ab', false],
			['[[]x', '[x', true],
			['a[', 'a[', true],
			['_[a-c]', 'xB', true],
			['_[^a-c]', 'xB', false],
			['%-%', 'a-b', true],
			['😀_', '😀\n', true],
		] as const) {
			expect([pattern, text, like(pattern, text)]).toEqual([pattern, text, found]);
		}
	});

	test('keep their texts and lose their comments', () => {
		expect(toSqlite("a = N'x''--' -- b")).toBe("a = 'x''--'  ");
		expect(() => toSqlite('a /* b')).toThrow(SqlRefusal);
	});
});

test('ordered answers take the place of its own', async () => {
	gateway.seed(5);
	gateway.answerNext(serverDocument());
	expect((await ask({})).text).toContain('<error>Internal Server Error</error>');
	gateway.answerNext({ truncate: true });
	expect((await ask({})).text).not.toContain('</RET_DOK>');
	for (const order of [{ cut: true }, { drop: true }]) {
		gateway.answerNext(order);
		await expect(ask({})).rejects.toThrow();
	}
	gateway.answerNext({ wait: 30, after: 1 });
	await ask({});
	const begun = Date.now();
	expect((await ask({})).status).toBe(200);
	expect(Date.now() - begun).toBeGreaterThanOrEqual(29);
	expect(gateway.requests.map(({ status }) => status)).toEqual([500, 200, 200, 0, 200, 200]);
});

describe('the rate limit', () => {
	const limitOf = (headers: Headers) =>
		['remaining', 'requested-tokens', 'burst-capacity', 'replenish-rate'].map((name) =>
			headers.get(`x-ratelimit-${name}`),
		);
	const send = async (apiKey = gateway.credentials.apiKey) =>
		await fetch(gateway.endpoint, {
			method: 'POST',
			headers: { ApiKey: apiKey, 'Content-Type': 'application/json' },
			body: '{"method":"GET_I04_LIST","params":{}}',
		});

	test('is told in headers, and counted for each key', async () => {
		gateway.reset({ limit: { ...DOCUMENTED_LIMIT, perSecond: 1 } });
		expect(limitOf((await send()).headers)).toEqual(['29', '1', '30', '1']);
		expect(limitOf((await send('another')).headers)).toEqual(['29', '1', '30', '1']);
	});

	test.each([undefined, '7'])('blocks what is beyond it, Retry-After %s', async (retryAfter) => {
		const limit = { ...DOCUMENTED_LIMIT, burst: 3, perSecond: 1, cost: 2, retryAfter };
		gateway.reset({ limit });
		expect((await send()).status).toBe(200);
		const blocked = await send();
		expect([blocked.status, await blocked.text()]).toEqual([429, '']);
		expect(blocked.headers.get('retry-after')).toBe(retryAfter ?? null);
		expect(limitOf(blocked.headers).slice(1)).toEqual(['2', '3', '1']);
		expect(gateway.limit.blocked).toBe(1);
		expect(gateway.requests.map(({ status }) => status)).toEqual([200, 429]);
	});

	test('may be told of in no header', async () => {
		gateway.reset({ limit: { ...DOCUMENTED_LIMIT, headers: false } });
		expect(limitOf((await send()).headers)).toEqual([null, null, null, null]);
	});
});
