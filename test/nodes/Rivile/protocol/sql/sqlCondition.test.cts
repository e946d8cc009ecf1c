import { encloseCondition } from '../../../../../nodes/Rivile/protocol/sql/sqlCondition';
import { inputFaultOf } from '../../faults.cts';

describe("the user's own condition", () => {
	test.each([
		['I04_SUMA > 100', '(I04_SUMA > 100)'],
		["  I04_PAV = 'a' OR 1=1  ", "(I04_PAV = 'a' OR 1=1)"],
		['1=1 -- all of them', '(1=1)'],
		['1=1 -- one\nOR 2=2', '(1=1  \nOR 2=2)'],
		['1=1 -- one\rOR 2=2', '(1=1  \rOR 2=2)'],
		['1/* a /* b */ c */=1', '(1 =1)'],
		["'a'/**/'b' = 1", "('a' 'b' = 1)"],
		["I04_PAV = '-- ; /* ('", "(I04_PAV = '-- ; /* (')"],
		["I04_PAV = 'O''Brien'", "(I04_PAV = 'O''Brien')"],
		['[odd]] name(] = 1', '([odd]] name(] = 1)'],
		['"odd"" name;" = 1', '("odd"" name;" = 1)'],
		['((1=1) AND (2=2))', '(((1=1) AND (2=2)))'],
		["I04_PAV = ''", "(I04_PAV = '')"],
		["I04_PAV = 'where'", "(I04_PAV = 'where')"],
		['whereabouts = 1', '(whereabouts = 1)'],
	])('%j', (given, enclosed) => {
		expect(encloseCondition(given)).toBe(enclosed);
	});

	test.each([
		['', "'SQL Condition' is empty"],
		[' -- nothing', "'SQL Condition' is empty"],
		[undefined, "'SQL Condition' is empty"],
		[42, "'SQL Condition' is empty"],
		['1=1) OR (1=1', "'SQL Condition' closes a parenthesis that was not opened"],
		['(1=1', "'SQL Condition' leaves a parenthesis open"],
		["I04_PAV = 'a", "'SQL Condition' leaves a single quote (') open"],
		["I04_PAV = 'a''", "'SQL Condition' leaves a single quote (') open"],
		['[a]] = 1', "'SQL Condition' leaves a square bracket ([) open"],
		['"a = 1', "'SQL Condition' leaves a double quote (\") open"],
		['1=1 /* a /* b */', "'SQL Condition' leaves a comment (/*) open"],
		['1=1; DROP TABLE I04', "'SQL Condition' contains a semicolon outside quotes"],
		['WHERE 1=1', "'SQL Condition' begins with WHERE"],
		[
			'1=1\u0000',
			"'SQL Condition' contains a character that cannot be sent (U+0000 at position 4)",
		],
	])('%j is refused', (given, message) => {
		const fault = inputFaultOf(() => encloseCondition(given));
		expect(fault.message).toBe(message);
		expect(fault.description).not.toMatch(/\b(error|problem|failure|mistake)/i);
	});

	test('is shown where something is wrong with it, and no more of it', () => {
		const [before, after] = ['a'.repeat(30), 'b'.repeat(30)];
		const { kind, description } = inputFaultOf(() => encloseCondition(`${before})${after}`));
		expect(kind).toBe('input');
		expect(description).toContain(`Look near: ${before.slice(10)})${after.slice(11)}. `);
		const open = inputFaultOf(() => encloseCondition('(1=1'));
		expect(open.description).toContain('Look near: (1=1. ');
	});
});
