import fc from 'fast-check';

import { I04 } from '../../../../../nodes/Rivile/protocol/catalogue';
import { checkParameters } from '../../../../../nodes/KlientuPortfelis/protocol/request/check';
import { buildFilter } from '../../../../../nodes/Rivile/protocol/sql/filter';

const add = (type: string, code: unknown) =>
	checkParameters('add_object', { list_id: 1, type, code }, 'UTC').code;
const filter = (value: unknown) =>
	buildFilter(I04, [{ field: 'I04_KODAS_CH', operator: 'equal', value }], 'and', 'UTC');

const TOO_LONG = 'is a number with too many digits: 4000305393600012';

// 40003053936000123, as JavaScript rounds it.
const ROUNDED = Number('40003053936000123');

test.each(['CAD_PREMISE_GROUP', 'KEYWORD', 'PLEDGE', 'ADDRESS'])(
	'a rounded code of an object of type %s is refused',
	(type) => {
		expect(() => add(type, ROUNDED)).toThrow(`'Code' ${TOO_LONG}`);
	},
);

test('so is any other text, and every element of a list', () => {
	const update = (given: Record<string, unknown>) =>
		checkParameters('update_object', { id: 1, ...given }, 'UTC');
	expect(() => update({ client_id: ROUNDED })).toThrow(`'Client ID' ${TOO_LONG}`);
	const services = [ROUNDED];
	const monitoring = { list_id: 1, email: 'a@b.lv', empty_mail: true, period: 'D' };
	expect(() =>
		checkParameters(
			'add_list_monitoring',
			{ ...monitoring, start_date: '2026-01-01', services },
			'UTC',
		),
	).toThrow(TOO_LONG);
});

test('so is an ID or a key of a session', () => {
	for (const [name, given] of [
		['get_object', { id: ROUNDED }],
		['get_object', { id: '40003053936000123' }],
		['get_session_events', { list_id: 1, session_id: ROUNDED }],
	] as const) {
		expect(() => checkParameters(name, given, 'UTC')).toThrow('is too large');
	}
});

test.each([ROUNDED, [ROUNDED], [`a`, ROUNDED]])('so is a value of a filter: %j', (value) => {
	const operator = Array.isArray(value) ? 'in' : 'equal';
	expect(() =>
		buildFilter(I04, [{ field: 'I04_KODAS_CH', operator, value }], 'and', 'UTC'),
	).toThrow(TOO_LONG);
});

test.each([1.5, 4.0003e-7, 40003053936.5])('a code is no fraction: %d', (code) => {
	expect(() => add('KEYWORD', code)).toThrow("'Code' is a number with decimals");
});

test('a number that is taken arrives with the digits it was written with', () => {
	const digits = fc.bigInt({ min: 0n, max: 10n ** 19n }).map(String);
	fc.assert(
		fc.property(digits, (written) => {
			for (const take of [(value: unknown) => add('KEYWORD', value), filter]) {
				let taken: unknown;
				try {
					taken = take(Number(written));
				} catch {
					continue;
				}
				expect(taken).toBe(take(written));
			}
			expect(add('KEYWORD', written)).toBe(written);
		}),
	);
});
