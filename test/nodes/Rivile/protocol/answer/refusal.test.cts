import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { faultOfAnswer as faultOf } from './faultOfAnswer.cts';

const SPEC = readFileSync(join(__dirname, '../../../../spec/rivile-get-i04-list.lt.txt'), 'utf8');
const samples = [...SPEC.matchAll(/<\?xml[^]*?<\/(?:RET_DOK|Map)>?/g)].map(([sample]) => sample);

const BAD_COLUMN = "Invalid column name 'i04_kodas_chb'.";

describe("the specification's samples", () => {
	const [, , column = '', key = '', server = ''] = samples;

	test('of a bad column, whose last character is missing', async () => {
		expect(column.endsWith('</RET_DOK')).toBe(true);
		const fault = await faultOf(column);
		expect(fault.kind).toBe('service');
		expect(fault.message).toBe(`Rivilė refused the request: ${BAD_COLUMN}`);
		expect(fault.description).toContain('Only columns of the table I04');
		expect(fault.details).toEqual({ transient: false, cause: 'configuration-invalid' });
	});

	test.each([200, 401, 500])('of a refused key, with status %i', async (status) => {
		const fault = await faultOf(key, status);
		expect(fault.message).toBe('Rivilė did not accept the API key: Api key is not valid');
		expect(fault.description).toContain("Check the 'API Key' in the credential");
		expect(fault.details.transient).toBe(false);
		expect(fault.details.status).toBe(status === 200 ? undefined : status);
	});

	test('of a fault of the server', async () => {
		const STARTING = { status: 500, transient: true, cause: 'temporarily-unavailable' };
		const fault = await faultOf(server, 500);
		expect(fault.message).toBe('Rivilė refused the request: Internal Server Error');
		expect(fault.details).toEqual(STARTING);
		// The status of the document counts where the answer's own is 200.
		expect((await faultOf(server)).details).toEqual(STARTING);
	});
});

describe('every shape of a refusal', () => {
	test.each([
		[`<RET_DOK><errorMessage>${BAD_COLUMN}</errorMessage></RET_DOK>`],
		[`{"errorMessage":"${BAD_COLUMN}"}`],
		[`{"errorMessage":"${BAD_COLUMN}","I04":[]}`],
		[`{"RET_DOK":{"id":"1","durationMs":25,"errorMessage":"${BAD_COLUMN}"}}`],
		[`{"errors":{"error":"${BAD_COLUMN}"}}`],
		[`{"errors":{"error":["${BAD_COLUMN}"]}}`],
		[`{"errors":{"error":{"message":"${BAD_COLUMN}"}}}`],
		[`{"errors":["${BAD_COLUMN}"]}`],
		[`{"errors":"${BAD_COLUMN}"}`],
		[`{"RET_DOK":{"errors":{"error":[{"message":"${BAD_COLUMN}"}]}}}`],
		[`<errors><error><message>${BAD_COLUMN}</message></error></errors>`],
		[`[{"errorMessage":"${BAD_COLUMN}"}]`],
		[`{"timestamp":"2020","status":400,"message":"${BAD_COLUMN}","path":"/v1"}`],
	])('%s', async (body) => {
		for (const status of [200, 400, 500]) {
			const fault = await faultOf(body, status);
			expect(fault.kind).toBe('service');
			expect(fault.message).toBe(`Rivilė refused the request: ${BAD_COLUMN}`);
			expect(fault.description).toContain('SQL Condition');
			expect(fault.description).toContain(`HTTP status ${status}`);
		}
	});

	test.each([
		[
			'{"errors":{"error":[{"code":5008,"message":"A"},{"code":"7","message":"B"},{"code":7,"message":"B"}]}}',
			'A; B',
			'5008',
		],
		['{"errors":{"error":{"code":"E1","description":"A"}}}', 'A', 'E1'],
		[
			'<RET_DOK><errors><error><code>12</code><text>A</text></error><error>B</error></errors></RET_DOK>',
			'A; B',
			'12',
		],
		['{"errorMessage":"A","errorCode":2011}', 'A', '2011'],
	])('several, and their codes: %s', async (body, words, code) => {
		const fault = await faultOf(body);
		expect(fault.message).toBe(`Rivilė refused the request: ${words}`);
		expect(fault.details.code).toBe(code);
		expect(fault.description).toContain(`code ${code}`);
	});

	const BLOCKED = 'Rivilė blocked the request: too many requests were made with the API key';

	test.each([
		[
			'{"timestamp":1580905,"status":404,"error":"Not Found","message":"No message available","path":"/v1"}',
			404,
			'Rivilė refused the request: Not Found',
			false,
		],
		[
			'{"timestamp":"2020-02-05","status":503,"error":"Service Unavailable","message":"Restarting"}',
			503,
			'Rivilė is not available at the moment: Service Unavailable: Restarting',
			true,
		],
		[
			'<Map><status>502</status><error>Bad Gateway</error><message></message></Map>',
			502,
			"Rivilė's gateway at your company is not running, or Rivilė cannot reach it: Bad Gateway",
			true,
		],
		[
			'Gateway Timeout',
			504,
			"Rivilė's gateway at your company did not respond in time: Gateway Timeout",
			true,
		],
		['{"message":"API rate limit exceeded"}', 429, `${BLOCKED}: API rate limit exceeded`, true],
		['{"errorMessage":"API key: slow down"}', 429, `${BLOCKED}: API key: slow down`, true],
		[
			'{"errorMessage":"Timeout expired"}',
			500,
			'Rivilė refused the request: Timeout expired',
			true,
		],
		[
			'{"errorMessage":"Timeout expired"}',
			502,
			'Rivilė refused the request: Timeout expired',
			true,
		],
	])('of a server: %s', async (body, status, message, transient) => {
		const fault = await faultOf(body, status);
		expect(fault.message).toBe(message);
		expect(fault.details).toMatchObject({ status, transient });
		const cause = status === 429 ? 'rate-limited' : 'temporarily-unavailable';
		expect(fault.details.cause).toBe(cause);
	});

	test('keeps how long the gateway asks to wait', async () => {
		expect(
			(await faultOf('{"message":"slow down"}', 429, { retryAfter: 3 })).details.retryAfter,
		).toBe(3);
		expect((await faultOf('', 503, { retryAfter: 4 })).details.retryAfter).toBe(4);
	});

	test('a key is refused by its status alone too', async () => {
		for (const body of [
			'',
			'<html><body>Forbidden</body></html>',
			'{"message":"Forbidden"}',
			'{"I04":""}',
		]) {
			for (const status of [401, 403]) {
				const fault = await faultOf(body, status);
				expect(fault.message).toMatch(/^Rivilė did not accept the API key/);
				expect(fault.details).toMatchObject({ status, transient: false });
			}
		}
	});

	test('long words are shortened', async () => {
		expect(
			(await faultOf(JSON.stringify({ errorMessage: 'x'.repeat(9000) }))).message.length,
		).toBeLessThan(600);
	});
});

describe('a status that tells enough', () => {
	const NONE = ['', '<html><body>x<br></body></html>', '{"I04":[', '{"I04":[]}', '<RET_DOK/>'];

	test.each([
		[429, 'Rivilė blocked the request', 'separate API key', 'rate-limited'],
		[502, "Rivilė's gateway at your company is not running", 'Ask the person', undefined],
		[503, 'Rivilė is not available at the moment', 'Try again later', undefined],
		[504, "Rivilė's gateway at your company did not respond in time", 'Narrow', undefined],
	])('%i, whatever comes with it', async (status, message, description, cause) => {
		for (const body of NONE) {
			const fault = await faultOf(body, status);
			expect(fault.message).toContain(message);
			expect(fault.description).toContain(description);
			expect(fault.description).toContain(`HTTP status ${status}`);
			expect(fault.details).toMatchObject({
				status,
				transient: true,
				cause: cause ?? 'temporarily-unavailable',
			});
		}
	});

	test.each([403, 503])(
		'%i is a block where no token remains and no word comes',
		async (status) => {
			const said = async (body: string, remaining: string) => {
				const headers = { 'X-RateLimit-Remaining': remaining };
				return await faultOf(body, status, { headers });
			};
			const blocked = await said('', '0');
			expect(blocked.message).toMatch(/^Rivilė blocked the request/);
			expect(blocked.details).toMatchObject({ status, transient: true, cause: 'rate-limited' });
			for (const other of [await said('', '1'), await said('no', '0'), await said('', '-1')]) {
				expect(other.message).not.toContain('blocked');
			}
		},
	);
});

describe('answers that are none of the gateway', () => {
	test.each([
		[
			'<!DOCTYPE html><html><body>x<br></body></html>',
			200,
			'A web page came back instead of a response from Rivilė',
			false,
		],
		[
			'<!-- x --><html></html>',
			200,
			'A web page came back instead of a response from Rivilė',
			false,
		],
		['<RET_DOK><I04><I04_PAV>Ąžu', 200, "Rivilė's response ends too early", true],
		['<RET_DOK><I04></I04>', 200, "Rivilė's response ends too early", true],
		['{"I04":[{"I04_PAV":"Ąž', 200, "Rivilė's response ends too early", true],
		['{"I04":[{"I04_SUMA":12.', 200, "Rivilė's response ends too early", true],
		['{"I04":[{"I04_SUMA":12', 200, "Rivilė's response ends too early", true],
		['{"I04":[]]}', 200, "Rivilė's response is not valid JSON", false],
		['{"I04":1 2}', 200, "Rivilė's response is not valid JSON", false],
		['<RET_DOK><a></b></RET_DOK>', 200, "Rivilė's response is not valid XML", false],
		[
			'<!DOCTYPE x [<!ENTITY a "b">]><RET_DOK>&a;</RET_DOK>',
			200,
			"Rivilė's response is not valid XML",
			false,
		],
		['Hello', 200, 'The response did not come from Rivilė', false],
		['"Hello"', 200, 'The response did not come from Rivilė', false],
		['{"foo":1}', 200, 'The response did not come from Rivilė', false],
		['[1]', 200, 'The response did not come from Rivilė', false],
		['<soap><I04/></soap>', 200, 'The response did not come from Rivilė', false],
		['', 500, 'Rivilė refused the request with an empty response', true],
		['', 404, 'Rivilė refused the request with an empty response', false],
		['{"I04":[]}', 500, 'Rivilė refused the request without a reason', true],
		[
			'{"a":'.repeat(500) + '1' + '}'.repeat(500),
			200,
			"Rivilė's response is not valid JSON",
			false,
		],
	])('%s', async (body, status, message, transient) => {
		const fault = await faultOf(body, status);
		expect(fault.kind).toBe('answer');
		expect(fault.message).toBe(message);
		expect(fault.details.transient).toBe(transient);
		expect(fault.description).toContain(`HTTP status ${status}`);
	});

	test('a redirect', async () => {
		const fault = await faultOf('', 302, { location: 'https://elsewhere.example/' });
		expect(fault.message).toBe('Rivilė redirected the request to another address');
		expect(fault.description).toContain('https://elsewhere.example/');
	});

	test('no message of ours uses the words that n8n avoids', async () => {
		for (const body of ['', 'x', '<html>', '{"I04":[', '{"errorMessage":"?"}', '<a></b>']) {
			const { message, description } = await faultOf(body, 500);
			expect(`${message} ${description}`).not.toMatch(/\b(error|problem|failure|mistake)/i);
		}
	});
});
