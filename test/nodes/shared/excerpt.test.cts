import { excerpt } from '../../../nodes/shared/errors';

test.each([
	['  a \n b  ', 'a b'],
	['abcdefghij', 'abcdefghij'],
	['abcdefghijk', 'abcdefghij…'],
	[`a${' '.repeat(60)}b`, 'a…'],
	[`${' '.repeat(60)}b`, 'b'],
])('an excerpt says whether there was more: %j', (text, expected) => {
	expect(excerpt(text, 10)).toBe(expected);
});
