import fc from 'fast-check';

import { fold, similarity } from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/fold';

/** Letters of the names that people have around here, with every accent that they can carry. */
const letter = fc.constantFrom(
	...'aābcčdeēfgģhiījkķlļmnņoōpqrŗsštuūvwxyzžąęėįųäöüõéèáółøđ',
	...' .&-"\'0123456789',
);
const name = fc.array(letter, { maxLength: 30 }).map((letters) => letters.join(''));

/** As a keyboard without accents writes it, apart from how the code folds. */
const ACCENTS: Readonly<Record<string, string>> = Object.fromEntries(
	[
		['a', 'āąäá'],
		['c', 'č'],
		['e', 'ēęėéè'],
		['g', 'ģ'],
		['i', 'īį'],
		['k', 'ķ'],
		['l', 'ļł'],
		['n', 'ņ'],
		['o', 'ōöõóø'],
		['r', 'ŗ'],
		['s', 'š'],
		['u', 'ūųü'],
		['z', 'ž'],
		['d', 'đ'],
	].flatMap(([plain = '', accented = '']) => [...accented].map((one) => [one, plain])),
);
const typed = (text: string) => [...text].map((one) => ACCENTS[one] ?? one).join('');

describe('names are compared', () => {
	test.each([
		['Rīga', 'riga'],
		['ŠĶŪŅU IELA', 'skunu iela'],
		['UAB „Žalgiris“', 'uab "zalgiris"'],
		['OÜ Õunapuu', 'ou ounapuu'],
		['  SIA\u00A0 "Ādaži"\t', 'sia "adazi"'],
		['Straße', 'STRASSE'],
		['Łódź', 'lodz'],
		['Ievas’s', "ievas's"],
	])('%s like %s', (one, other) => {
		expect(fold(one)).toBe(fold(other));
	});

	test('whatever their case and accents, composed or not', () => {
		fc.assert(
			fc.property(name, (text) => {
				const folded = fold(text);
				expect(fold(text.toUpperCase())).toBe(folded);
				expect(fold(text.normalize('NFD'))).toBe(folded);
				expect(fold(typed(text))).toBe(folded);
				expect(fold(folded)).toBe(folded);
			}),
		);
	});

	test('and any text can be, once as well as twice', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(fold(fold(text))).toBe(fold(text));
			}),
		);
	});

	test('and stay apart where their letters differ', () => {
		const plain = fc.string({ unit: fc.constantFrom(...'abcdefghij'), minLength: 1 });
		fc.assert(
			fc.property(plain, plain, (one, other) => {
				expect(fold(one) === fold(other)).toBe(one === other);
			}),
		);
	});
});

describe('likeness', () => {
	test('is 1 for the same name, 0 without anything in common, and the same both ways', () => {
		expect(similarity('Rīga', 'RIGA')).toBe(1);
		expect(similarity('abc', 'xyz')).toBe(0);
		fc.assert(
			fc.property(name, name, (one, other) => {
				const likeness = similarity(one, other);
				expect(likeness).toBeCloseTo(similarity(other, one));
				expect(likeness).toBeGreaterThanOrEqual(0);
				expect(likeness).toBeLessThanOrEqual(1);
			}),
		);
	});

	test('is higher for a misspelling than for another name', () => {
		expect(similarity('Klienti 2026', 'Kleinti 2026')).toBeGreaterThan(
			similarity('Piegādātāji', 'Kleinti 2026'),
		);
	});
});
