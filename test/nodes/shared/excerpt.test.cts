import { excerpt } from '../../../nodes/shared/fault';
import { unmarked } from '../../../nodes/shared/quote';

test.each([
	['  a \n b  ', 'a b'],
	['abcdefghij', 'abcdefghij'],
	['abcdefghijk', 'abcdefghij…'],
	[`a${' '.repeat(60)}b`, 'a…'],
	[`${' '.repeat(60)}b`, 'b'],
])('an excerpt says whether there was more: %j', (text, expected) => {
	expect(unmarked(excerpt(text, 10))).toBe(expected);
});
