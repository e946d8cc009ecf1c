import { excerpt, maskSecrets } from '../../../nodes/shared/errors';

test.each([
	['  a \n b  ', 'a b'],
	['abcdefghij', 'abcdefghij'],
	['abcdefghijk', 'abcdefghij…'],
	[`a${' '.repeat(60)}b`, 'a…'],
	[`${' '.repeat(60)}b`, 'b'],
])('an excerpt says whether there was more: %j', (text, expected) => {
	expect(excerpt(text, 10)).toBe(expected);
});

test('a secret that an excerpt cuts among blanks is masked', () => {
	const cut = excerpt(`${' x'.repeat(2)}${' '.repeat(33)}secret`, 10);
	expect(maskSecrets(cut, ['secret'])).not.toContain('secr');
	expect(cut).toBe('x x secr…');
});
