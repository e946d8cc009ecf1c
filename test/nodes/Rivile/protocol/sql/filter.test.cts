import fc from 'fast-check';
import { DateTime } from 'luxon';

import { filterColumns, I04, REGISTERS } from '../../../../../nodes/Rivile/protocol/catalogue';
import {
	buildFilter,
	buildSimple,
	type Condition,
	type Operator,
} from '../../../../../nodes/Rivile/protocol/sql/filter';
import { decimalIn, isoDate } from '../../../../../nodes/Rivile/protocol/sql/writtenValues';
import { inputFaultOf } from '../../faults.cts';

const ZONE = 'Europe/Vilnius';

const filter = (...conditions: Condition[]) => buildFilter(I04, conditions, 'and', ZONE);
const one = (field: string, operator: string, value?: unknown) =>
	filter({ field, operator, value });

describe('the builder writes', () => {
	test.each([
		['I04_PAV', 'equal', "O'Brien", "((I04_PAV = N'O''Brien'))"],
		['I04_PAV', 'notEqual', 'A', "((I04_PAV <> N'A' OR I04_PAV IS NULL))"],
		['I04_KODAS_KS', 'gt', 2710, "((I04_KODAS_KS > N'2710'))"],
		['I04_KODAS_CH', 'gte', '000000000001', "((I04_KODAS_CH >= N'000000000001'))"],
		['I04_PAV', 'contains', '50%_[a]', "((I04_PAV LIKE N'%50[%][_][[]a]%'))"],
		['I04_PAV', 'equal', 'a\\\nb', "((I04_PAV = CONCAT(N'a\\', N'\nb')))"],
		['I04_PAV', 'startsWith', "UAB '", "((I04_PAV LIKE N'UAB ''%'))"],
		['I04_PAV', 'in', 'A, B\nC,,', "((I04_PAV IN (N'A', N'B', N'C')))"],
		['I04_PAV', 'in', ['A, B', 7, ''], "((I04_PAV IN (N'A, B', N'7')))"],
		['I04_PAV', 'isEmpty', 'left over', "((I04_PAV IS NULL OR I04_PAV = N''))"],
		['I04_PAV', 'isNotEmpty', '', "((I04_PAV IS NOT NULL AND I04_PAV <> N''))"],
		['I04_SUMA', 'gt', '100.50', '((I04_SUMA > 100.5))'],
		['I04_SUMA', 'lt', -5, '((I04_SUMA < -5))'],
		['I04_SUMA', 'lte', '+7.00', '((I04_SUMA <= 7))'],
		['I04_KOEF', 'equal', 1e-7, '((I04_KOEF = 0.0000001))'],
		['I04_SUMA', 'in', '1, 2.5', '((I04_SUMA IN (1, 2.5)))'],
		['I04_SUMA', 'isEmpty', '', '((I04_SUMA IS NULL))'],
		['I04_OP_RUSIS', 'notEqual', '1', '((I04_OP_RUSIS <> 1 OR I04_OP_RUSIS IS NULL))'],
		['I04_OP_DATA', 'gte', '2026-01-31', "((I04_OP_DATA >= '2026-01-31T00:00:00'))"],
		['I04_OP_DATA', 'gt', '2026-01-31', "((I04_OP_DATA >= '2026-02-01T00:00:00'))"],
		['I04_OP_DATA', 'lt', '2026-01-31', "((I04_OP_DATA < '2026-01-31T00:00:00'))"],
		['I04_OP_DATA', 'lte', '2026-12-31', "((I04_OP_DATA < '2027-01-01T00:00:00'))"],
		[
			'I04_OP_DATA',
			'equal',
			'2024-02-28',
			"((I04_OP_DATA >= '2024-02-28T00:00:00' AND I04_OP_DATA < '2024-02-29T00:00:00'))",
		],
		['I04_R_DATE', 'gt', '2026-01-31T23:59:59', "((I04_R_DATE >= '2026-02-01T00:00:00'))"],
		['I04_R_DATE', 'lte', '2026-01-31T10:00:00+02:00', "((I04_R_DATE < '2026-01-31T10:00:01'))"],
		['I04_R_DATE', 'gte', '2026-07-01T22:30:00Z', "((I04_R_DATE >= '2026-07-02T01:30:00'))"],
		[
			'I04_R_DATE',
			'in',
			['2026-01-01', '2026-01-03T10:00'],
			"(((I04_R_DATE >= '2026-01-01T00:00:00' AND I04_R_DATE < '2026-01-02T00:00:00') OR (I04_R_DATE >= '2026-01-03T10:00:00' AND I04_R_DATE < '2026-01-03T10:00:01')))",
		],
		['I04_SUMA', 'equal', '1000,50', '((I04_SUMA = 1000.5))'],
		['I04_SUMA', 'gt', '1 000,50', '((I04_SUMA > 1000.5))'],
		['I04_SUMA', 'gt', '-1.234.567,8', '((I04_SUMA > -1234567.8))'],
		['I04_SUMA', 'gt', '1,234.5', '((I04_SUMA > 1234.5))'],
		['I04_SUMA', 'gt', '0,500', '((I04_SUMA > 0.5))'],
		['I04_OP_RUSIS', 'equal', 'receipt', '((I04_OP_RUSIS = 1))'],
		['I04_PERKELTA', 'in', 'Not posted, corrected', '((I04_PERKELTA IN (1, 3)))'],
		['I04_OP_DATA', 'gte', '01.11.2026', "((I04_OP_DATA >= '2026-11-01T00:00:00'))"],
		['I04_OP_DATA', 'gte', '1.2.2026 9:30', "((I04_OP_DATA >= '2026-02-01T09:30:00'))"],
		['I04_OP_DATA', 'gte', '2026.02.01.', "((I04_OP_DATA >= '2026-02-01T00:00:00'))"],
		['I04_OP_DATA', 'gte', '2026/2/1', "((I04_OP_DATA >= '2026-02-01T00:00:00'))"],
		['I04_KODAS_CH', 'equal', '151', "((I04_KODAS_CH IN (N'151', N'000000000151')))"],
		[
			'I04_KODAS_CH',
			'notEqual',
			151,
			"((I04_KODAS_CH NOT IN (N'151', N'000000000151') OR I04_KODAS_CH IS NULL))",
		],
		['I04_KODAS_CH', 'in', 'A1, 7', "((I04_KODAS_CH IN (N'A1', N'7', N'000000000007')))"],
		['I04_KODAS_CH', 'gt', '151', "((I04_KODAS_CH > N'000000000151'))"],
		['I04_KODAS_KS', 'equal', '151', "((I04_KODAS_KS = N'151'))"],
	])('%s %s %j', (field, operator, value, sql) => {
		expect(one(field, operator, value)).toBe(sql);
	});

	test('several conditions, each enclosed, and the whole', () => {
		const conditions = [
			{ field: 'I04_PAV', operator: 'isEmpty' },
			{ field: 'I04_SUMA', operator: 'gt', value: 0 },
		];
		expect(buildFilter(I04, conditions, 'and', ZONE)).toBe(
			"((I04_PAV IS NULL OR I04_PAV = N'') AND (I04_SUMA > 0))",
		);
		expect(buildFilter(I04, conditions, 'or', ZONE)).toBe(
			"((I04_PAV IS NULL OR I04_PAV = N'') OR (I04_SUMA > 0))",
		);
		expect(buildFilter(I04, [], 'and', ZONE)).toBeUndefined();
	});

	test("what n8n gives for a date: the day or the point of time in the workflow's zone", () => {
		const midnight = DateTime.fromISO('2026-03-29T00:00:00', { zone: ZONE });
		const day = "((I04_R_DATE >= '2026-03-29T00:00:00' AND I04_R_DATE < '2026-03-30T00:00:00'))";
		expect(one('I04_R_DATE', 'equal', midnight)).toBe(day);
		expect(one('I04_R_DATE', 'equal', midnight.toJSDate())).toBe(day);
		expect(one('I04_R_DATE', 'equal', midnight.toISO())).toBe(day);
		expect(one('I04_R_DATE', 'equal', '2026-03-29T00:00:00')).toBe(day);
		expect(one('I04_R_DATE', 'gt', midnight)).toBe("((I04_R_DATE >= '2026-03-29T00:00:01'))");
		expect(one('I04_OP_DATA', 'lte', midnight.endOf('month'))).toBe(
			"((I04_OP_DATA < '2026-04-01T00:00:00'))",
		);
		const elsewhere = DateTime.fromISO('2026-01-01T01:30:00', { zone: 'Asia/Tokyo' });
		expect(one('I04_R_DATE', 'gte', elsewhere)).toBe("((I04_R_DATE >= '2025-12-31T18:30:00'))");
	});
});

describe('fields for one column', () => {
	const simple = (column: string, operator: Operator, value: unknown) =>
		buildSimple(I04, [{ label: 'Date From', column, operator, value }], ZONE);

	test('mean whole days, whatever a date picker gives', () => {
		const until = "((I04_R_DATE < '2026-02-01T00:00:00'))";
		expect(simple('I04_R_DATE', 'lte', '2026-01-31')).toBe(until);
		expect(simple('I04_R_DATE', 'lte', '2026-01-31T00:00:00')).toBe(until);
		expect(simple('I04_R_DATE', 'gte', '31.01.2026')).toBe(
			"((I04_R_DATE >= '2026-01-31T00:00:00'))",
		);
		expect(buildSimple(I04, [], ZONE)).toBeUndefined();
	});

	test('are named in messages', () => {
		const fault = inputFaultOf(() => simple('I04_OP_DATA', 'gte', 'soon'));
		expect(fault.message).toBe("'Date From' is not a date: soon");
		const empty = inputFaultOf(() => simple('I04_OP_DATA', 'gte', ''));
		expect(empty.message).toBe("'Date From' is empty");
		expect(empty.description).toContain('remove it from the filter');
	});
});

test('whatever is written as a number or a date means one thing: its digits, in one order', () => {
	const groups = fc.integer({ min: 0, max: 999_999_999 });
	const cents = fc.integer({ min: 0, max: 99 }).map((value) => String(value).padStart(2, '0'));
	fc.assert(
		fc.property(groups, cents, (whole, fraction) => {
			const plain = `${whole}.${fraction}`;
			for (const [thousands, point] of [
				['', ','],
				[' ', ','],
				['\u00A0', ','],
				['.', ','],
				[',', '.'],
			]) {
				const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, thousands ?? '');
				expect(decimalIn(`${grouped}${point}${fraction}`)).toBe(plain);
			}
		}),
	);
	const day = fc.date({
		min: new Date('1900-01-01'),
		max: new Date('2100-01-01'),
		noInvalidDate: true,
	});
	fc.assert(
		fc.property(day, (date) => {
			const iso = date.toISOString().slice(0, 10);
			const [year, month, dayOfMonth] = iso.split('-');
			expect(isoDate(`${dayOfMonth}.${month}.${year}`)).toBe(iso);
			expect(isoDate(`${year}.${month}.${dayOfMonth}`)).toBe(iso);
			expect(isoDate(iso)).toBe(iso);
		}),
	);
});

describe('the builder refuses', () => {
	const text = "'Value' of condition 1 (Client Name, I04_PAV)";
	const amount = "'Value' of condition 1 (Amount, I04_SUMA)";
	const date = "'Value' of condition 1 (Operation Date, I04_OP_DATA)";
	test.each([
		['I04_PAV', 'equal', '', `${text} is empty`],
		['I04_PAV', 'equal', '  ', `${text} is empty`],
		['I04_PAV', 'equal', undefined, `${text} is empty`],
		['I04_PAV', 'in', ' , ', `${text} is empty`],
		['I04_PAV', 'in', [], `${text} is empty`],
		['I04_PAV', 'equal', ['A', 'B'], `${text} is not text: ["A","B"]`],
		['I04_PAV', 'equal', { a: 1 }, `${text} is not text: {"a":1}`],
		['I04_PAV', 'equal', Number.NaN, `${text} is not text: NaN`],
		[
			'I04_PAV',
			'equal',
			'a\u0000',
			`${text} contains a character that cannot be sent (U+0000 at position 2)`,
		],
		[
			'I04_PAV',
			'contains',
			'\ud800',
			`${text} contains a character that cannot be sent (U+D800 at position 1)`,
		],
		['I04_SUMA', 'equal', '1 OR 1=1', `${amount} is not a number: 1 OR 1=1`],
		['I04_SUMA', 'equal', '1,500', `${amount} is not a number: 1,500`],
		['I04_SUMA', 'equal', '1 00', `${amount} is not a number: 1 00`],
		[
			'I04_OP_RUSIS',
			'equal',
			'cheque',
			"'Value' of condition 1 (Kind, I04_OP_RUSIS) is not a number: cheque",
		],
		['I04_SUMA', 'equal', '1e3', `${amount} is not a number: 1e3`],
		['I04_SUMA', 'equal', '0x1', `${amount} is not a number: 0x1`],
		['I04_SUMA', 'equal', [5], `${amount} is not a number: [5]`],
		['I04_SUMA', 'equal', 1e40, `${amount} is not a number: 1e+40`],
		['I04_SUMA', 'equal', true, `${amount} is not a number: true`],
		[
			'I04_SUMA',
			'gt',
			0.1 + 0.2,
			`${amount} has more decimals than the column: 0.30000000000000004`,
		],
		['I04_OP_DATA', 'equal', '01/02/2026', `${date} is not a date: 01/02/2026`],
		['I04_OP_DATA', 'equal', '31.02.2026', `${date} is not a date: 31.02.2026`],
		['I04_OP_DATA', 'equal', '01.02.26', `${date} is not a date: 01.02.26`],
		['I04_OP_DATA', 'equal', '2026-02-30', `${date} is not a date: 2026-02-30`],
		['I04_OP_DATA', 'equal', '2026-01-01T24:00:00', `${date} is not a date: 2026-01-01T24:00:00`],
		['I04_OP_DATA', 'equal', '1752-12-31', `${date} is not a date: 1752-12-31`],
		['I04_OP_DATA', 'equal', 20260131, `${date} is not a date: 20260131`],
		['I04_OP_DATA', 'in', ['2026-01-01', 'x'], `${date} is not a date: x`],
		['I04_OP_DATA', 'equal', new Date(Number.NaN), `${date} is not a date: null`],
	])('%s %s %j', (field, operator, value, message) => {
		const fault = inputFaultOf(() => one(field, operator, value));
		expect(fault.message).toBe(message);
	});

	test.each([
		[{ field: '', operator: 'equal', value: 1 }, "'Field' of condition 2 is empty"],
		[
			{ field: 'I05_SUMA', operator: 'equal', value: 1 },
			"'Field' of condition 2 is not a column of the register: I05_SUMA",
		],
		[
			{ field: '1=1 OR I04_SUMA', operator: 'equal', value: 1 },
			"'Field' of condition 2 is not a column of the register: 1=1 OR I04_SUMA",
		],
		[
			{ field: 'I04_SUMA', operator: '= 1 OR 1', value: 1 },
			"'Operator' of condition 2 does not exist: = 1 OR 1",
		],
		[
			{ field: 'I04_SUMA', operator: 'toString', value: 1 },
			"'Operator' of condition 2 does not exist: toString",
		],
		[
			{ field: 'I04_SUMA', operator: 'contains', value: 1 },
			"'Operator' of condition 2 searches in text, but Amount, I04_SUMA contains numbers",
		],
		[
			{ field: 'I04_OP_DATA', operator: 'startsWith', value: '2026' },
			"'Operator' of condition 2 searches in text, but Operation Date, I04_OP_DATA contains dates",
		],
	])('%j', (condition, message) => {
		const good = { field: 'I04_SUMA', operator: 'gt', value: 0 };
		expect(inputFaultOf(() => filter(good, condition)).message).toBe(message);
	});
});

describe('what a message tells to do', () => {
	const adviceFor = (field: string, operator: string, value: unknown) =>
		inputFaultOf(() => one(field, operator, value)).description;
	const simple = (column: string, value: unknown) => {
		const condition = { label: 'Field', column, operator: 'equal' as const, value };
		return inputFaultOf(() => buildSimple(I04, [condition], ZONE)).description;
	};

	test('fits the field: one for a column alone has no operators', () => {
		expect(adviceFor('I04_PAV', 'equal', '')).toContain('choose the operator Is Empty');
		expect(simple('I04_PAV', '')).not.toContain('operator');
		expect(adviceFor('I04_PAV', 'equal', ['A', 'B'])).toContain('choose the operator In List');
		expect(simple('I04_PAV', { a: 1 })).toBe('Enter a single text.');
	});

	test('fits the column', () => {
		expect(adviceFor('I04_SUMA', 'equal', 'x')).toContain('1250.50');
		expect(adviceFor('I04_OP_RUSIS', 'equal', 'x')).toBe('Enter one of: 1 receipt, 2 payment.');
		expect(adviceFor('I04_SUMA', 'equal', 1.234)).toContain('.toFixed(2)');
		expect(adviceFor('I04_OP_RUSIS', 'equal', 1.5)).toContain('contains whole numbers');
		expect(adviceFor('I04_OP_DATA', 'equal', 'x')).toContain('YYYY-MM-DD');
		expect(adviceFor('I04_SUMA', 'contains', 'x')).toContain('Choose Equal');
	});

	test('names what can be chosen', () => {
		const field = inputFaultOf(() => filter({ field: 'x', operator: 'equal', value: 1 }));
		expect(field.description).toContain('for example I04_KODAS_CH.');
		expect(adviceFor('I04_SUMA', 'is', 1)).toContain('use one of: equal, notEqual, gt, ');
		const combine = inputFaultOf(() => buildFilter(I04, [{}], 'xor', ZONE));
		expect(combine.message).toBe("'Must Match' must be All Conditions or Any Condition: xor");
	});
});

describe('the edges of values', () => {
	test('a condition without an operator means equal, and undefined means all conditions', () => {
		const conditions = [{ field: 'I04_SUMA', value: 1 }];
		expect(buildFilter(I04, [...conditions, ...conditions], undefined, ZONE)).toBe(
			'((I04_SUMA = 1) AND (I04_SUMA = 1))',
		);
	});

	test('a long text is compared by LIKE', () => {
		const long = REGISTERS.flatMap((register) =>
			filterColumns(register)
				.filter(({ type }) => type === 'M')
				.map(({ name }) => ({ register, name })),
		);
		expect(long.length).toBeGreaterThan(0);
		for (const { register, name } of long) {
			const write = (operator: string) =>
				buildFilter(register, [{ field: name, operator }], 'and', ZONE);
			expect(write('isEmpty')).toBe(`((${name} IS NULL OR ${name} LIKE N''))`);
			expect(write('isNotEmpty')).toBe(`((${name} IS NOT NULL AND ${name} NOT LIKE N''))`);
		}
	});

	test.each([
		["'Field' of condition 1", { field: 'x'.repeat(99), value: 1 }],
		["'Operator' of condition 1", { field: 'I04_PAV', operator: 'x'.repeat(99), value: 1 }],
	])('%s that is long is shortened', (start, condition) => {
		const { message } = inputFaultOf(() => filter(condition));
		expect(message.startsWith(start)).toBe(true);
		expect(message).toMatch(/[^x]x{60}$/);
	});

	test.each([undefined, null, ''])('no field (%p) is said to be empty', (field) => {
		const { message } = inputFaultOf(() => filter({ field, operator: 'equal', value: 1 }));
		expect(message).toBe("'Field' of condition 1 is empty");
	});

	test('a text with a number that has lost digits is refused', () => {
		expect(() => one('I04_PAV', 'equal', 2 ** 60)).toThrow('too many digits');
	});

	test('a word for a code is read in any case', () => {
		expect(one('I04_PERKELTA', 'equal', 'notPOSTED')).toBe('((I04_PERKELTA = 1))');
		expect(one('I04_PERKELTA', 'equal', 'NOT posted')).toBe('((I04_PERKELTA = 1))');
	});

	test('a column that the register does not have is a mistake of the program', () => {
		const condition = { label: 'X', column: 'X_Y', operator: 'equal' as const, value: 1 };
		expect(() => buildSimple(I04, [condition], ZONE)).toThrow('X_Y is not a column of I04');
	});

	test.each([
		[
			'I04_OP_DATA',
			'notEqual',
			'2026-01-31',
			"I04_OP_DATA < '2026-01-31T00:00:00' OR I04_OP_DATA >= '2026-02-01T00:00:00' OR I04_OP_DATA IS NULL",
		],
		['I04_OP_DATA', 'isEmpty', '', 'I04_OP_DATA IS NULL'],
		['I04_OP_DATA', 'isNotEmpty', '', 'I04_OP_DATA IS NOT NULL'],
		['I04_SUMA', 'isNotEmpty', '', 'I04_SUMA IS NOT NULL'],
		['I04_PAV', 'contains', 7, "I04_PAV LIKE N'%7%'"],
		['I04_PAV', 'equal', true, "I04_PAV = N'true'"],
		['I04_KODAS_CH', 'equal', '000000000001', "I04_KODAS_CH = N'000000000001'"],
		['I04_KODAS_CH', 'equal', ' 151 ', "I04_KODAS_CH IN (N'151', N'000000000151')"],
		['I04_KODAS_CH', 'in', '["A", "B"]', "I04_KODAS_CH IN (N'A', N'B')"],
		['I04_SUMA', 'equal', '-0.50', 'I04_SUMA = -0.5'],
		['I04_SUMA', 'equal', '9'.repeat(38), `I04_SUMA = ${'9'.repeat(38)}`],
		['I04_SUMA', 'equal', Number.MAX_SAFE_INTEGER, 'I04_SUMA = 9007199254740991'],
		['I04_OP_DATA', 'gte', '1753-01-01', "I04_OP_DATA >= '1753-01-01T00:00:00'"],
		['I04_OP_DATA', 'lte', '9998-12-31', "I04_OP_DATA < '9999-01-01T00:00:00'"],
		['I04_OP_DATA', 'lt', '2026-01-31T10:20:30', "I04_OP_DATA < '2026-01-31T10:20:30'"],
		['I04_OP_DATA', 'lte', '2026-01-31T10:20:30', "I04_OP_DATA < '2026-01-31T10:20:31'"],
	])('%s %s %j', (field, operator, value, sql) => {
		expect(one(field, operator, value)).toBe(`((${sql}))`);
	});

	test.each([
		['I04_SUMA', '9'.repeat(39)],
		['I04_SUMA', Number.MAX_SAFE_INTEGER + 1],
		['I04_SUMA', '1; 2'],
		['I04_SUMA', 'x1'],
		['I04_SUMA', '1x'],
		['I04_OP_DATA', '1752-12-31'],
		['I04_OP_DATA', '9999-01-01'],
	])('%s %j is beyond them', (field, value) => {
		expect(() => one(field, 'equal', value)).toThrow(/is not a (number|date)/);
	});
});

test.each([[{ toString: '' }], [[{ toString: '' }]], [Object.create(null)]])(
	'a value that cannot be written as text is compared as it is or refused in words: %#',
	(value) => {
		for (const operator of ['equal', 'contains', 'in', 'gt']) {
			const build = () => buildFilter(I04, [{ field: 'I04_PAV', operator, value }], 'and', 'UTC');
			try {
				expect(build()).toMatch(/^\(/);
			} catch (error) {
				expect(error).toMatchObject({ name: 'Fault', kind: 'input' });
			}
		}
	},
);
