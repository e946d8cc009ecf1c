/** What the values of fields become before a call, and which are refused. */
import type { FunctionName } from '../../../../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { checkParameters } from '../../../../../nodes/KlientuPortfelis/protocol/request/check';
import { inputFaultOf } from '../../../Rivile/faults.cts';

const check = (name: FunctionName, given: Record<string, unknown>) =>
	checkParameters(name, given, 'Europe/Riga');

const MONITORING = {
	list_id: '7',
	email: 'a@example.com; b@example.com',
	empty_mail: 'true',
	period: 'D',
	start_date: '2026-01-31T23:30:00Z',
	services: [{ type: 'UR', name: 'Uzņēmumu reģistrs' }, 'VID'],
};

test('values become what the service takes, in its order, without what is not given', () => {
	const parameters = check('add_list_monitoring', { end_date: null, ...MONITORING });
	expect(Object.entries(parameters)).toEqual([
		['list_id', 7],
		['email', ['a@example.com', 'b@example.com']],
		['empty_mail', true],
		['period', 'D'],
		['start_date', '2026-02-01'],
		['services', ['UR', 'VID']],
	]);
	expect(check('get_lists', { sid: 's', other: 1 })).toEqual({});
});

test.each([
	['with commas', 'a@example.com, b@example.com'],
	['on lines', 'a@example.com\n\nb@example.com'],
	['in JSON', '["a@example.com", "b@example.com"]'],
	['as a list', ['a@example.com ', '', 'b@example.com']],
])('several addresses are given %s', (_name, email) => {
	expect(check('add_list_monitoring', { ...MONITORING, email }).email).toEqual([
		'a@example.com',
		'b@example.com',
	]);
});

test('an empty text clears a detail, and is not sent where it means nothing', () => {
	expect(check('update_object', { id: 1, phone: '', email: undefined })).toEqual({
		id: 1,
		phone: '',
	});
	expect(check('add_object', { list_id: 1, type: 'KEYWORD', code: 'x', name: '' })).toEqual({
		list_id: 1,
		type: 'KEYWORD',
		code: 'x',
	});
});

test.each<[FunctionName, Record<string, unknown>, string]>([
	['delete_list', {}, "'List' is empty"],
	['add_list', { name: ' \n', type: 'PERSONS' }, "'Name' is empty"],
	['add_list', { name: ' \r ', type: 'PERSONS' }, "'Name' is empty"],
	['add_list', { name: ['x'], type: 'PERSONS' }, "'Name' is not text"],
	['add_list', { name: 2 ** 60, type: 'PERSONS' }, "'Name' is a number with too many digits"],
	['add_list', { name: 'a\u0001', type: 'PERSONS' }, "'Name' contains a character"],
	['add_list', { name: 'x', type: 'FIRMS' }, "'Type' must be one of its options, not FIRMS"],
	['update_object', { id: 1, phone: ' \r ' }, "'Phone' contains only whitespace"],
	['update_object', { id: 1, phone: 'x'.repeat(300) }, "'Phone' is too long: 300 characters"],
	['add_list_monitoring', { ...MONITORING, email: [] }, 'is empty'],
	[
		'add_list_monitoring',
		{ ...MONITORING, email: 'ab@cd' },
		'contains an invalid email address: ab@cd',
	],
	['add_list_monitoring', { ...MONITORING, start_date: 'soon' }, 'is not a date'],
	['add_list_monitoring', { ...MONITORING, end_date: '2026-01-01' }, 'is after'],
	['add_list_monitoring', { ...MONITORING, services: [[]] }, 'is not text'],
	['add_object', { list_id: 1, type: 'COMPANY', code: 1.5 }, "'Code' is a number with decimals"],
	[
		'add_object',
		{ list_id: 1, type: 'COMPANY', code: '1' },
		"'Code' does not fit the type Company",
	],
	['login', { username: 'u', password: {}, role_id: 1 }, 'is not text'],
])('%s %j is refused', (name, given, message) => {
	const fault = inputFaultOf(() => check(name, given));
	expect(fault.message).toContain(message);
});

test('a password that is no text is not shown', () => {
	const fault = inputFaultOf(() =>
		check('login', { username: 'u', password: ['slepens'], role_id: 1 }),
	);
	expect(`${fault.message} ${fault.description}`).not.toContain('slepens');
});

test('a code with digits alone may have lost its zeros', () => {
	const adviceFor = (code: string) =>
		inputFaultOf(() => check('add_object', { list_id: 1, type: 'COMPANY', code })).description;
	expect(adviceFor('123')).toContain('leading zeros');
	expect(adviceFor('12a')).not.toContain('leading zeros');
});
