/** Which codes mean the same object. */
import * as fc from 'fast-check';

import {
	CodeIndex,
	codeKey,
	fullKeys,
} from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/code';

const digits = fc.stringMatching(/^\d{8,17}$/);
/** What people and programs put between digits. */
const noise = fc.stringMatching(/^[ \u00A0\u202F\t\n\u2010-\u2015\u2212\u00AD\u200B\uFEFF-]{0,3}$/);
const country = fc.constantFrom('', 'LV', 'lv', 'Lv', 'LV-', ' LV ');

/** Writes a code as some person might. */
const written = (code: string) =>
	fc
		.tuple(country, fc.array(noise, { minLength: code.length, maxLength: code.length }))
		.map(
			([prefix, between]) => prefix + [...code].map((digit, at) => digit + between[at]).join(''),
		);

describe('codeKey', () => {
	test('gives the same key however the code is written', () => {
		fc.assert(
			fc.property(
				digits.chain((code) => fc.tuple(fc.constant(code), written(code))),
				([code, text]) => expect(codeKey(text)).toBe(code),
			),
		);
	});

	test('gives different digits different keys, and keeps leading zeros', () => {
		fc.assert(
			fc.property(digits, digits, (a, b) => expect(codeKey(a) === codeKey(b)).toBe(a === b)),
		);
		expect(codeKey('000000001')).toBe('000000001');
	});

	test('never changes a key again', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) =>
				expect(codeKey(codeKey(text))).toBe(codeKey(text)),
			),
		);
	});

	test.each([
		[40003053936, '40003053936'],
		['LV40003053936', '40003053936'],
		['010190-12345', '01019012345'],
		['0100 001 0001', '01000010001'],
		['100 123-456/1', '100123456/1'],
		// A keyword is a text: its spaces and dashes belong to it.
		[' Alfa 2 ', 'Alfa 2'],
		['Alfa-2', 'Alfa-2'],
		['LVRTC', 'LVRTC'],
		['1LV2', '1LV2'],
		['A\u0304da\u017Ei', '\u0100da\u017Ei'],
	])('reads %j as %j', (code, key) => expect(codeKey(code)).toBe(key));

	test.each(['', '   ', '-', null, undefined, {}, [], true, NaN, 1.5, 2 ** 60])(
		'finds no code in %j',
		(value) => expect(codeKey(value)).toBe(''),
	);
});

describe('CodeIndex', () => {
	const paraugs = { id: 1, code: '40003053936', virtual_id: '000305393' };
	const person = { id: 2, code: '010190-12345', virtual_id: '010190-12345' };
	const short = { id: 3, code: '000305393', virtual_id: null };
	const ids = (found: ReadonlyArray<{ id: number }>) => found.map(({ id }) => id);

	test('finds an object by its code and by its nine-digit number', () => {
		const index = new CodeIndex([paraugs, person]);
		expect(ids(index.find('LV 4000-305-3936'))).toEqual([1]);
		expect(ids(index.find('000305393'))).toEqual([1]);
		expect(ids(index.find('01019012345'))).toEqual([2]);
		expect(ids(index.find('40003053937'))).toEqual([]);
		expect(ids(index.find(''))).toEqual([]);
	});

	test.each(['', ' - ', null, undefined])('finds nothing for %j', (code) => {
		expect(ids(new CodeIndex([short, { ...person, code: null }]).find(code))).toEqual([]);
	});

	test('prefers the code to the nine-digit number of another object', () => {
		expect(ids(new CodeIndex([paraugs, short]).find('000305393'))).toEqual([3]);
	});

	test('gives every object that a code fits, and what was added later', () => {
		const index = new CodeIndex([paraugs, { ...paraugs, id: 4, code: '50003053936' }]);
		expect(ids(index.find('000305393'))).toEqual([1, 4]);
		index.add({ ...person, id: 5 });
		expect(ids(index.find('010190-12345'))).toEqual([5]);
	});

	test('finds every object by each of its own codes', () => {
		const object = fc.record({ code: digits, virtual_id: fc.option(digits) });
		fc.assert(
			fc.property(fc.array(object), (objects) => {
				const index = new CodeIndex(objects);
				for (const one of objects) {
					expect(index.find(one.code)).toContain(one);
					const sameNumber = index.find(one.virtual_id);
					const isCode = objects.some(({ code }) => code === one.virtual_id);
					if (one.virtual_id !== null && !isCode) expect(sameNumber).toContain(one);
				}
			}),
		);
	});
});

describe('fullKeys', () => {
	const full = '40003053936';

	test.each([
		[[full], '000305393', full],
		[[full], '003053936', full],
		[[`LV ${full}`], '000305393', full],
		[[full, full], '000305393', full],
		// Several numbers that it may be a part of: nobody knows which is meant.
		[[full, '40003053937'], '000305393', '000305393'],
		[[full, '40003053937', full], '000305393', '000305393'],
		[[full], '000305394', '000305394'],
		[[], '000305393', '000305393'],
		// A number with 12 digits is no registration number, whichever part fits.
		[[`${full}1`], '000305393', '000305393'],
		[[`1${full}`], '400030539', '400030539'],
		[[full], ` ${full}`, full],
	])('with %j, reads %s as %s', async (codes, code, key) => {
		const fullKey = await fullKeys([...codes, code]);
		expect(fullKey(code)).toBe(key);
	});
});
