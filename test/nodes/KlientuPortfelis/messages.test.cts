import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CODES } from '../../../nodes/KlientuPortfelis/protocol/answer/codes';
import { WAITS } from '../../../nodes/shared/retry';
import {
	cutDocument,
	droppedConnection,
	emptyBody,
	ERROR_CODES,
	ERRORS,
	htmlPage,
	soapFault,
} from '../../../dev/simulators/klientuPortfelis.cts';
import { byId, startTestRig, type TestRig } from './helpers.cts';

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

// Nothing waits in earnest between two tries.
const waits: number[] = [];
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => void waits.push(milliseconds),
}));

let bench: TestRig;
let listId: number;

beforeAll(async () => {
	bench = await startTestRig();
	listId = bench.simulator.seedList().id;
	bench.simulator.seedObjects(listId, 1);
});
afterAll(async () => await bench.stop());
beforeEach(() => {
	waits.splice(0);
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => jest.restoreAllMocks());
afterEach(() => bench.simulator.clearOrders());

const getMany = { resource: 'list', operation: 'getMany' };
const create = { resource: 'list', operation: 'create', name: 'Jauns', type: 'PERSONS' };
// Words that n8n asks messages to avoid; On Error is the name of a setting.
const AVOIDED = /\b((?<!On )error|problem|failure|failed|mistake)\b/i;

interface Shown {
	name?: string;
	message?: string;
	description?: string | null;
	httpCode?: string | null;
	context?: { itemIndex?: number };
}

async function errorOf(
	parameters: Record<string, unknown>,
	items?: Array<Record<string, unknown>>,
	settings?: Parameters<TestRig['run']>[2],
): Promise<Shown> {
	const result = await bench.run(parameters, items, settings);
	expect(result.status).toBe('error');
	return (result.nodeError('Node') ?? {}) as Shown;
}

describe("the specification's code table", () => {
	const specification = readFileSync(
		join(__dirname, '../../spec/klientu-portfelis-api.lv.txt'),
		'utf8',
	);
	const table = specification.slice(specification.indexOf('Kļūdu kodi \n'));
	const codes = [...table.matchAll(/^([123]0\d\d) /gm)].map((match) => match[1]);

	test('is explained in full, and nothing else', () => {
		expect(codes.length).toBe(31);
		expect(Object.keys(CODES).sort()).toEqual([...codes].sort());
		expect(ERROR_CODES.map(String).sort()).toEqual([...codes].sort());
	});

	test.each(ERROR_CODES)('%d reaches the user in words', async (code) => {
		bench.simulator.failNext({ function: 'get_lists', code, times: 2 });
		const error = await errorOf(getMany);
		expect(error.name).toBe('NodeApiError');
		expect(error.message).toBe(CODES[code]?.message);
		expect(error.description).toContain(CODES[code]?.description);
		expect(error.description).toContain(`code ${code}`);
		expect(error.description).toContain(ERRORS[code].message);
		expect(error.httpCode).toBe(String(ERRORS[code].status));
		expect(error.context?.itemIndex).toBe(0);
		expect(`${error.message} ${CODES[code]?.description}`).not.toMatch(AVOIDED);
	});

	test('a code it does not have comes with the words of the service', async () => {
		bench.simulator.answerNext({
			status: 400,
			headers: {},
			body: '<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/"><E:Body><x:get_listsResponse xmlns:x="u"><return><success>false</success><code>2099</code><message>Kas jauns</message></return></x:get_listsResponse></E:Body></E:Envelope>',
		});
		expect(await errorOf(getMany)).toMatchObject({
			message: 'The service refused the request',
			description: expect.stringContaining('"Kas jauns" (code 2099)'),
		});
	});
});

describe('responses that are none', () => {
	test.each([
		['a web page', htmlPage(502), 'A web page came back instead of a response from the service'],
		['an empty body', emptyBody(), 'The service sent an empty response'],
		['a document cut in the middle', cutDocument(), 'The response ends too early'],
		['a SOAP Fault', soapFault('Kaut kas'), 'The service could not process the request'],
		['a dropped connection', droppedConnection(), 'Klientu Portfelis closed the connection'],
		[
			'a redirect',
			{ status: 302, headers: { location: 'https://example.com/' }, body: '' },
			'The service redirected the request to another address',
		],
	])('%s', async (_name, answer, message) => {
		const sent = (name: string) => bench.simulator.calls.filter((call) => call.function === name);
		const isCertain = _name === 'a redirect';
		const tries = isCertain ? 1 : 1 + WAITS.length;
		const reads = sent('get_lists').length;
		bench.simulator.answerNext({ function: 'get_lists', times: tries, ...answer });
		const read = await errorOf(getMany);
		expect(read).toMatchObject({ name: 'NodeApiError', message });
		expect(read.description).not.toContain('may have been made');
		expect(sent('get_lists')).toHaveLength(reads + tries);

		const writes = sent('add_list').length;
		bench.simulator.answerNext({ function: 'add_list', ...answer });
		const write = await errorOf(create);
		expect(write.message).toBe(message);
		expect(/may have been made/.test(write.description ?? '')).toBe(!isCertain);
		expect(sent('add_list')).toHaveLength(writes + 1);
	});

	test('one that is over in a moment is not noticed when reading', async () => {
		bench.simulator.answerNext({ function: 'get_lists', times: 3, ...htmlPage(503) });
		const result = await bench.run(getMany);
		expect(result.status).toBe('success');
		expect(sum(waits)).toBe(sum(WAITS));
	});

	test('an internal fault of the service leaves a change in doubt', async () => {
		bench.simulator.failNext({ function: 'add_list', code: 1000 });
		expect((await errorOf(create)).description).toContain('may have been made');
	});
});

describe('what the user filled in is checked before anything is sent', () => {
	const list = byId('1');
	const object = { resource: 'object', operation: 'create', listId: list, type: 'COMPANY' };
	const monitoring = {
		resource: 'monitoring',
		operation: 'create',
		listId: list,
		emails: 'a@b.lv',
		emptyMail: false,
		period: 'D',
		startDate: '2026-01-01',
		services: ['SV_BIRTH'],
	};
	const sessions = { resource: 'monitoringSession', operation: 'getMany', listId: list };
	const update = { resource: 'object', operation: 'update', objectId: '1' };
	const bad = '={{ $json.bad }}';

	test.each<[string, Record<string, unknown>, unknown, string]>([
		['an empty name', { ...create, name: bad }, '', "'Name' is empty"],
		['a name that is not there', { ...create, name: bad }, null, "'Name' is empty"],
		['a long name', { ...create, name: bad }, 'ā'.repeat(101), "'Name' is too long"],
		['a control character', { ...create, name: bad }, 'a\u0007', "'Name' contains a character"],
		['half a symbol', { ...create, name: bad }, '\ud83d', "'Name' contains a character"],
		['a list of names', { ...create, name: bad }, ['a'], "'Name' is not text"],
		['an unknown type', { ...create, type: bad }, 'CARS', "'Type' must be one of its options"],
		['no list', { ...object, listId: byId(bad), code: '1' }, '', "'List' is empty"],
		[
			'a list by its name',
			{ ...object, listId: byId(bad), code: '1' },
			'Mans',
			"'List' is not a whole number",
		],
		[
			'a list ID that is too big',
			{ ...object, listId: byId(bad), code: '1' },
			2147483648,
			"'List' is too large",
		],
		[
			'a short code',
			{ ...object, code: bad },
			'4000305393',
			"'Code' does not fit the type Company",
		],
		['a code with spaces', { ...object, code: bad }, ' 40003053936', "'Code' does not fit"],
		[
			'a code without its zero',
			{ ...object, type: 'CAD_CADASTER', code: bad },
			1000000001,
			"'Code' does not fit",
		],
		[
			'a person with a wrong dash',
			{ ...object, type: 'PERSON', code: bad },
			'0101801-0001',
			"'Code' does not fit",
		],
		[
			'a long pledge',
			{ ...object, type: 'PLEDGE', code: bad },
			'x'.repeat(21),
			"'Code' does not fit",
		],
		[
			'a long keyword',
			{ ...object, type: 'KEYWORD', code: bad },
			'x'.repeat(256),
			"'Code' does not fit",
		],
		[
			'a long object name',
			{ ...object, code: '40003053936', additionalFields: { name: bad } },
			'x'.repeat(256),
			"'Name' is too long",
		],
		[
			'a switch that is none',
			{ ...object, code: '40003053936', additionalFields: { checkUr: bad } },
			'maybe',
			"'Check in Register' must be true or false",
		],
		['nothing to update', { ...update, updateFields: {} }, '', "'Update Fields' is empty"],
		[
			'a long address',
			{ ...update, updateFields: { address: bad } },
			'x'.repeat(201),
			"'Address' is too long",
		],
		['a short e-mail', { ...update, updateFields: { email: bad } }, 'a@b', "'Email' is too short"],
		[
			'no e-mail address',
			{ ...update, updateFields: { email: bad } },
			'name at example.com',
			"'Email' contains an invalid email address",
		],
		[
			'an object by its code',
			{ ...update, objectId: bad, updateFields: { fax: '1' } },
			'40003-1',
			"'Object' is not an object ID: 40003-1",
		],
		['no e-mails', { ...monitoring, emails: bad }, ' , ', "'Emails' is empty"],
		['one bad e-mail', { ...monitoring, emails: bad }, ['a@b.lv', 'c'], "'Emails' is too short"],
		[
			'an unknown period',
			{ ...monitoring, period: bad },
			'Y',
			"'Period' must be one of its options",
		],
		['no start date', { ...monitoring, startDate: bad }, '', "'Start Date' is empty"],
		[
			'a Latvian date',
			{ ...monitoring, startDate: bad },
			'31.01.2026',
			"'Start Date' is not a date",
		],
		[
			'a day that is not',
			{ ...monitoring, startDate: bad },
			'2026-02-30',
			"'Start Date' is not a date",
		],
		[
			'an end before the start',
			{ ...monitoring, additionalFields: { endDate: bad } },
			'2025-12-31',
			"'Start Date' (2026-01-01) is after 'End Date' (2025-12-31)",
		],
		['no services', { ...monitoring, services: bad }, [], "'Service Names or IDs' is empty"],
		[
			'from after to',
			{ ...sessions, filters: { from: bad, to: '2026-01-01' } },
			'2026-01-02',
			"'From' (2026-01-02) is after 'To' (2026-01-01)",
		],
		['a limit of nothing', { ...sessions, limit: bad }, 0, "'Limit' is 0"],
		['a limit that is none', { ...sessions, limit: bad }, null, "'Limit' is not a whole number"],
		['a name of whitespace', { ...create, name: bad }, ' \t', "'Name' is empty"],
		[
			'a description of whitespace and a carriage return',
			{ ...create, additionalFields: { description: bad } },
			' \r\n',
			"'Description' contains only whitespace",
		],
		[
			'a Return All that is neither',
			{ ...sessions, returnAll: bad },
			'maybe',
			"'Return All' must be true or false",
		],
		[
			'no list to delete from',
			{
				resource: 'object',
				operation: 'delete',
				objectId: '1',
				deleteFrom: 'list',
				listId: byId(bad),
			},
			'',
			"'List' is empty",
		],
	])('%s', async (_name, parameters, value, message) => {
		const before = bench.simulator.calls.length;
		const error = await errorOf(parameters, [{ bad: value }]);
		expect(error.name).toBe('NodeOperationError');
		expect(error.message).toContain(message);
		expect(error.description).toMatch(/\w/);
		expect(`${error.message} ${error.description}`).not.toMatch(AVOIDED);
		expect(error.context?.itemIndex).toBe(0);
		expect(bench.simulator.calls.length).toBe(before);
	});
});

describe('dates as n8n gives them', () => {
	test.each([
		['={{ DateTime.fromISO("2026-03-01T23:30:00Z") }}', '2026-03-02'],
		['={{ DateTime.fromISO("2026-03-01T23:30:00", { zone: "America/New_York" }) }}', '2026-03-02'],
		['={{ new Date("2026-03-01T23:30:00Z") }}', '2026-03-02'],
		['2026-03-01T23:30:00', '2026-03-01'],
		['2026-03-01', '2026-03-01'],
		['={{ "2026-03-01T22:30:00.000Z" }}', '2026-03-02'],
		['={{ "2026-03-01T22:30:00.000+02:00" }}', '2026-03-01'],
	])('%s', async (from, date) => {
		await bench.run(
			{
				resource: 'monitoringSession',
				operation: 'getMany',
				listId: byId(listId),
				filters: { from },
			},
			[{}],
			{ timezone: 'Europe/Riga' },
		);
		const { calls } = bench.simulator;
		expect(calls[calls.length - 1]?.parameters).toMatchObject({ from: date });
	});
});

describe('items', () => {
	const inputs = [{ name: 'Pirmais' }, { name: '' }, { name: 'Trešais' }];
	const byName = { ...create, name: '={{ $json.name }}' };

	test('are linked to their input', async () => {
		const result = await bench.run(byName, [{ name: 'A' }, { name: 'B' }]);
		expect(result.items('Node').map(({ json, pairedItem }) => [json.name, pairedItem])).toEqual([
			['A', { item: 0 }],
			['B', { item: 1 }],
		]);
	});

	test('a bad one stops the workflow and is named', async () => {
		expect(await errorOf(byName, inputs)).toMatchObject({
			message: "'Name' is empty",
			context: { itemIndex: 1 },
		});
	});

	test('with On Error: Continue it becomes an item that says why', async () => {
		const result = await bench.run(byName, inputs, { onError: 'continueRegularOutput' });
		expect(result.json('Node')).toEqual([
			expect.objectContaining({ name: 'Pirmais' }),
			{ error: "'Name' is empty", message: expect.any(String) },
			expect.objectContaining({ name: 'Trešais' }),
		]);
		expect(result.items('Node').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	test('with an error output it goes there, with its input', async () => {
		bench.simulator.failNext({ function: 'add_list', code: 1005 });
		const result = await bench.run(
			{ ...byName, type: 'KEYWORDS' },
			[{ name: 'X', row: 7 }, { name: 'Y' }],
			{
				onError: 'continueErrorOutput',
			},
		);
		expect(result.json('Node', 0)).toEqual([expect.objectContaining({ name: 'Y' })]);
		expect(result.json('Node', 1)).toEqual([
			{
				name: 'X',
				row: 7,
				error: 'The role is not allowed to do this',
				message: expect.stringMatching(/^Ask the owner .* \(code 1005\)$/),
			},
		]);
	});
});
