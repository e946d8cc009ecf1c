/** Refusals in shapes that the specification does not show, and what may pass by itself. */
import { I04 } from '../../../../../nodes/Rivile/protocol/catalogue';
import { readRows } from '../../../../../nodes/Rivile/protocol/answer/answer';
import { checkKey } from '../../../../../nodes/Rivile/protocol/call';
import { once } from '../../../../../nodes/shared/retry';
import { faultOfAnswer as faultOf } from './faultOfAnswer.cts';

const KEY = 'Rivilė did not accept the API key: Api key is not valid';
const REFUSED = 'Rivilė refused the request: ';

describe('words in lists and records', () => {
	test.each([
		['{"RET_DOK":{"errorMessage":["Api key is not valid","x"]}}', `${KEY}; x`],
		['{"errorMessage":{"message":"Api key is not valid"}}', KEY],
		['{"errorMessage":[{"text":["Api key is not valid"]}]}', KEY],
		['{"I04":[],"errorMessage":{"any":{"name":"Api key is not valid"}}}', KEY],
		[
			'<RET_DOK><errorMessage>Api key is not valid</errorMessage><errorMessage>x</errorMessage></RET_DOK>',
			`${KEY}; x`,
		],
		['<RET_DOK><errorMessage><text>Api key is not valid</text></errorMessage></RET_DOK>', KEY],
		['{"errorMessage":"Api key is not valid","errorMessage":""}', KEY],
		['{"errors":{"FIELD":["Bad","Worse"],"OTHER":["Bad"]}}', `${REFUSED}Bad; Worse`],
		['{"errors":{"error":{"error":{"message":"Bad"}}}}', `${REFUSED}Bad`],
		['{"errors":{"error":{"code":5}}}', `${REFUSED}no reason was given`],
		['{"error":{"code":5,"message":"Bad"}}', `${REFUSED}Bad`],
	])('%s', async (body, message) => {
		const fault = await faultOf(body);
		expect(fault.kind).toBe('service');
		expect(fault.message).toBe(message);
		if (body.includes('"code":5')) expect(fault.details.code).toBe('5');
	});

	test('records in records without any words are looked through once', async () => {
		const depth = 55;
		const nested = `${'{"message":'.repeat(depth)}{}${'}'.repeat(depth)}`;
		expect((await faultOf(`{"errors":[{"text":"Bad"},${nested}]}`)).message).toBe(`${REFUSED}Bad`);
	});

	test('the check of the key sees them too', async () => {
		const connection = {
			send: async () =>
				await Promise.resolve({ status: 200, body: '{"errorMessage":["Api key is not valid"]}' }),
			endpoint: 'https://gateway.example/',
			timezone: 'UTC',
			apiKey: 'a.b.c',
			allowUnencrypted: false,
			repeat: once,
		};
		await expect(checkKey(connection)).rejects.toThrow(KEY);
	});

	test.each([
		'{"errorMessage":[],"I04":[]}',
		'{"errors":{"FIELD":[""]}}',
		'{"RET_DOK":{"id":1,"errorMessage":{"text":" "}}}',
	])('none: %s', async (body) => {
		expect(await readRows(I04, { status: 200, body })).toEqual([]);
	});
});

describe('words alone', () => {
	test.each([
		['Invalid column name', 400],
		['"Invalid column name"', 500],
		['[Microsoft][ODBC SQL Server Driver] Invalid column name', 500],
	])('%s', async (body, status) => {
		const fault = await faultOf(body, status);
		expect(fault.message).toBe(`${REFUSED}${body.replaceAll('"', '')}`);
		expect(fault.description).toContain('Only columns of the table I04');
		expect(fault.details).toEqual({ status, transient: false, cause: 'configuration-invalid' });
	});

	test('of a server that is starting', async () => {
		expect((await faultOf('Service Unavailable', 503)).message).toBe(
			'Rivilė is not available at the moment: Service Unavailable',
		);
		for (const status of [500, 503, 520, 524]) {
			expect((await faultOf('Unavailable', status)).details).toMatchObject({
				status,
				transient: true,
			});
		}
	});

	test.each(['x'.repeat(600), `Oops <b>bold</b>`])(
		'are not shown when they are long or a page: %#',
		async (body) => {
			expect(await faultOf(body, 400)).toMatchObject({
				kind: 'answer',
				message: 'Rivilė refused the request without a reason',
			});
		},
	);
});

describe('what may be over in a moment', () => {
	test.each([
		'Transaction (Process ID 52) was deadlocked on lock resources',
		'Execution Timeout Expired.',
		'The wait operation timed out',
		'Lock request time out period exceeded.',
		'The connection is closed.',
		'The connection was reset',
		'max pool size was reached',
	])('%s', async (errorMessage) => {
		for (const status of [200, 400, 500]) {
			const { details, description } = await faultOf(JSON.stringify({ errorMessage }), status);
			expect(details.transient).toBe(true);
			expect(description).toContain('was busy');
			expect(description).not.toContain('Check the filter');
		}
	});

	test('a name that only looks like it is not', async () => {
		const body = JSON.stringify({ errorMessage: "Invalid column name 'timeout'." });
		expect((await faultOf(body, 500)).details.transient).toBe(false);
	});

	test.each([500, 503])('the status %i in the document, under 200', async (status) => {
		const xml = `<Map><status>${status}</status><error>Unavailable</error></Map>`;
		expect((await faultOf(xml)).details).toMatchObject({ status, transient: true });
		expect((await faultOf(`{"status":${status},"error":"Unavailable"}`)).details.transient).toBe(
			true,
		);
	});

	test('a busy server says nothing about the filter', async () => {
		const { description } = await faultOf('{"errorMessage":"busy"}', 503);
		expect(description).toContain('Try again later');
		expect(description).not.toContain('filter');
		expect((await faultOf('{"errorMessage":"?"}', 400)).description).toContain('Check the filter');
	});
});

test.each(['Invalid column name', 'Incorrect syntax near x', 'Conversion failed'])(
	'the advice fits both ways to filter: %s',
	async (errorMessage) => {
		const { description } = await faultOf(JSON.stringify({ errorMessage }));
		expect(description).toMatch(/^[^.]*\bfilter\b/);
		expect(description).toContain('SQL Condition');
		expect(description).toContain('By Fields');
	},
);
