/** Which details of an object are written, and which are left alone. */
import fc from 'fast-check';

import {
	changesTo,
	changesToListed,
	isEmpty,
	needsObject,
	type Details,
} from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/details';

/** The parameters of update_object, and the fields of get_object that hold them. */
const FIELDS = {
	address: 'user_address',
	phone: 'phone',
	fax: 'fax',
	email: 'email',
	www: 'www',
	contact_person: 'contact_person',
	client_id: 'client_id',
};
const NAMES = Object.keys(FIELDS) as Array<keyof typeof FIELDS>;

const value = fc.constantFrom(undefined, null, '', ' ', 'a', ' a ', 'b', 1, '1');
const details: fc.Arbitrary<Details> = fc.record(
	Object.fromEntries(NAMES.map((name) => [name, value])),
	{ requiredKeys: [] },
);
const object = fc.record(
	Object.fromEntries([...Object.values(FIELDS), 'address', 'id'].map((name) => [name, value])),
	{ requiredKeys: [] },
);

const textOf = (given: unknown) => String(given ?? '').trim();

test('what is written is what is given and differs, whitespace at the ends aside', () => {
	fc.assert(
		fc.property(object, details, (given, wanted) => {
			const expected = NAMES.filter((name) => {
				const present = (given as Record<string, unknown>)[FIELDS[name]];
				return (wanted[name] ?? null) !== null && textOf(wanted[name]) !== textOf(present);
			});
			const changes = changesTo(given, wanted);
			expect(changes).toStrictEqual(
				Object.fromEntries(expected.map((name) => [name, wanted[name]])),
			);
			expect(isEmpty(changes)).toBe(expected.length === 0);
			const listed = changesToListed(given, wanted);
			expect(Object.keys(listed)).toEqual(expected.filter((name) => name === 'client_id'));
		}),
	);
});

test('a detail that is a list or an object differs from every text, so that it gets refused', () => {
	expect(changesTo({ phone: '' }, { phone: [] })).toEqual({ phone: [] });
	expect(changesTo({ phone: '[object Object]' }, { phone: {} })).toEqual({ phone: {} });
});

test.each<[Details, boolean]>([
	[{}, false],
	[{ client_id: 'A' }, false],
	[{ phone: '1' }, true],
	[{ client_id: 'A', email: '' }, true],
	[{ phone: undefined, fax: null as never }, false],
])('the object has to be read to compare %j: %p', (given, expected) => {
	expect(needsObject(given)).toBe(expected);
});
