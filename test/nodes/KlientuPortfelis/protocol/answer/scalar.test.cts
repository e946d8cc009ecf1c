/** Numbers and booleans of responses; what is neither stays text, so that nothing is lost. */
import fc from 'fast-check';

import { scalar } from '../../../../../nodes/KlientuPortfelis/protocol/answer/scalar';

test.each<[string, 'int' | 'boolean' | 'string', string | number | boolean | null]>([
	[' 12 ', 'int', 12],
	['-0', 'int', 0],
	['007', 'int', 7],
	['', 'int', null],
	[' ', 'boolean', null],
	['1.5', 'int', '1.5'],
	['9007199254740993', 'int', '9007199254740993'],
	['TRUE', 'boolean', true],
	['1', 'boolean', true],
	['False', 'boolean', false],
	['0', 'boolean', false],
	['yes', 'boolean', 'yes'],
	['12', 'string', '12'],
	['', 'string', ''],
])('%j as %s is %j', (text, type, value) => {
	expect(scalar(text, type)).toBe(value);
});

test('every whole number that JavaScript holds exactly is read', () => {
	fc.assert(
		fc.property(
			fc.maxSafeInteger(),
			(number) => void expect(scalar(`${number}`, 'int')).toBe(number),
		),
	);
});

test('no text is read as a number when it is longer than any', () => {
	const text = '0'.repeat(1001);
	expect(scalar(text, 'int')).toBe(text);
	expect(scalar(text.slice(1), 'int')).toBe(0);
});
