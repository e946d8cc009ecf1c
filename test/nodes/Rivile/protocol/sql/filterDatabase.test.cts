/** Filters on a real database: what they find is what the operators mean, whatever the values are. */
import fc from 'fast-check';

import { columnsOf, I04 } from '../../../../../nodes/Rivile/protocol/catalogue';
import {
	buildFilter,
	OPERATORS,
	type Condition,
} from '../../../../../nodes/Rivile/protocol/sql/filter';
import { encloseCondition } from '../../../../../nodes/Rivile/protocol/sql/sqlCondition';
import { forbiddenCharacter } from '../../../../../nodes/shared/xml';
import { Register, type NewRow } from '../../../../../dev/simulators/rivile/database.cts';
import { expected, type ModelRow } from './filterModel.cts';

const ZONE = 'Europe/Vilnius';

const one = (field: string, operator: string, value?: unknown) =>
	buildFilter(I04, [{ field, operator, value }], 'and', ZONE);

// Everything that means something to SQL, to LIKE or to the documents.
const SIGNS = [
	"'",
	"''",
	'"',
	'%',
	'_',
	'[',
	']',
	'[^',
	'-',
	'--',
	'/*',
	'*/',
	';',
	'(',
	')',
	',',
	'\\',
	'\n',
	'\r',
	' ',
	'N',
	"N'",
	'OR 1=1',
	'&',
	'<',
	'a',
	'B',
	'ą',
	'Š',
	'€',
	'😀',
	'0',
	'7',
];

const tricky = fc
	.array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 6 })
	.map((signs) => signs.join(''));

const TEXTS = ['I04_PAV', 'I04_KODAS_KS'] as const;
const POINTS = [
	'2025-12-31T00:00:00',
	'2025-12-31T23:59:59',
	'2026-01-01T00:00:00',
	'2026-01-01T10:20:30',
	'2026-01-02T00:00:00',
];

const rowsOf = fc.array(
	fc.record({
		I04_PAV: fc.option(fc.oneof(tricky, fc.constant(''))),
		I04_KODAS_KS: fc.option(fc.oneof(tricky, fc.constant(''))),
		I04_SUMA: fc.option(fc.integer({ min: -300, max: 300 }).map((cents) => cents / 100)),
		I04_R_DATE: fc.option(fc.constantFrom(...POINTS)),
	}),
	{ minLength: 1, maxLength: 8 },
);

const comparing = fc.constantFrom('equal', 'notEqual', 'gt', 'gte', 'lt', 'lte', 'in');
const present = (value: string) => value.trim() !== '';

const condition: fc.Arbitrary<Condition> = fc.oneof(
	fc.record({
		field: fc.constantFrom(...TEXTS),
		operator: fc.oneof(comparing, fc.constantFrom('contains', 'startsWith')),
		value: tricky.filter(present),
	}),
	fc.record({
		field: fc.constant('I04_SUMA'),
		operator: comparing,
		value: fc.integer({ min: -300, max: 300 }).map((cents) => cents / 100),
	}),
	fc.record({
		field: fc.constant('I04_R_DATE'),
		operator: comparing,
		value: fc.constantFrom(...POINTS, '2025-12-31', '2026-01-01', '2026-01-02'),
	}),
	fc.record({
		field: fc.constantFrom(...TEXTS, 'I04_SUMA', 'I04_R_DATE'),
		operator: fc.constantFrom('isEmpty', 'isNotEmpty'),
	}),
);

/** A list of texts is written with commas, which the value may hold itself: it goes as an array. */
const asGiven = ({ operator, value, ...rest }: Condition): Condition =>
	operator === 'in' ? { ...rest, operator, value: [value] } : { ...rest, operator, value };

describe('on a database', () => {
	let register: Register;
	beforeAll(() => {
		register = new Register();
	});
	afterAll(() => register.close());

	function fill(rows: ReadonlyArray<Omit<ModelRow, 'key'>>): ModelRow[] {
		register.clear();
		const keyed = rows.map((row, index) => ({ key: `k${index}`, ...row }));
		register.add(keyed.map(({ key, ...row }): NewRow => ({ I04_KODAS_CH: key, ...row })));
		return keyed;
	}

	test("no value changes a filter's meaning", () => {
		fc.assert(
			fc.property(
				rowsOf,
				fc.array(condition.map(asGiven), { minLength: 1, maxLength: 3 }),
				fc.constantFrom('and', 'or'),
				(rows, conditions, combine) => {
					const stored = fill(rows);
					const sql = buildFilter(I04, conditions, combine, ZONE) ?? '';
					expect(register.keys(sql)).toEqual(expected(stored, conditions, combine));
				},
			),
			{ numRuns: 600 },
		);
	});

	test('every text finds its own row and no other', () => {
		const text = fc
			.string({ unit: 'binary', minLength: 1, maxLength: 12 })
			.filter((value) => forbiddenCharacter(value) === undefined && present(value));
		fc.assert(
			fc.property(
				text,
				fc.constantFrom('equal', 'in', 'startsWith', 'contains'),
				(value, operator) => {
					fill([{ I04_PAV: value }, { I04_PAV: 'other' }, { I04_PAV: null }]);
					const given = operator === 'in' ? [value] : value;
					const wanted = operator === 'contains' && 'other'.includes(value) ? ['k0', 'k1'] : ['k0'];
					const begins =
						operator === 'startsWith' && 'other'.startsWith(value) ? ['k0', 'k1'] : wanted;
					expect(register.keys(one('I04_PAV', operator, given) ?? '')).toEqual(begins);
				},
			),
			{ numRuns: 300 },
		);
	});

	test('a list finds what stands in it, however it is written, and nothing else', () => {
		const texts = fc.uniqueArray(
			tricky.filter((text) => present(text) && text.trim() === text && !/[,\n\r]/.test(text)),
			{ minLength: 1, maxLength: 4, selector: (text) => text.trim() },
		);
		const written: ReadonlyArray<(list: readonly string[]) => unknown> = [
			(list) => list,
			(list) => JSON.stringify(list),
			(list) => ` ${list.join(' , ')},`,
			(list) => list.join('\n'),
		];
		fc.assert(
			fc.property(texts, fc.constantFrom(...written), (list, write) => {
				const value = write(list);
				// A text that begins like JSON is taken for it only when it is a whole list.
				fc.pre(typeof value !== 'string' || value.startsWith('["') || !value.startsWith('['));
				fill([...list, `${list[0] ?? ''}x`, 'other'].map((text) => ({ I04_PAV: text })));
				const found = register.keys(one('I04_PAV', 'in', value) ?? '');
				const wanted = [...list, `${list[0] ?? ''}x`, 'other'].flatMap((text, index) =>
					list.includes(text) ? [`k${index}`] : [],
				);
				expect(found).toEqual(wanted);
			}),
			{ numRuns: 300 },
		);
	});

	test('whatever is given, the filter is one condition or is refused', () => {
		const anything = fc.oneof(tricky, fc.anything(), fc.double(), fc.date());
		const names = columnsOf('I04').map(({ name }) => name);
		fc.assert(
			fc.property(
				fc.oneof(fc.constantFrom(...names), tricky),
				fc.oneof(fc.constantFrom(...OPERATORS), tricky),
				anything,
				(field, operator, value) => {
					fill([{ I04_PAV: 'a' }, { I04_PAV: 'b' }]);
					let sql: string | undefined;
					try {
						sql = one(field, operator, value);
					} catch (fault) {
						expect(fault).toMatchObject({ name: 'Fault', kind: 'input' });
						return;
					}
					expect(register.keys(`${sql} AND 1 = 0`)).toEqual([]);
					expect(register.keys(`I04_PAV = 'a' OR ${sql}`)).toContain('k0');
				},
			),
			{ numRuns: 600 },
		);
	});

	test("the user's own condition changes nothing outside of it", () => {
		const piece = fc.constantFrom(
			"I04_PAV = 'a'",
			"'",
			"''",
			'"',
			'(',
			')',
			'[I04_PAV]',
			'[',
			']',
			' OR ',
			' AND ',
			'--',
			'\n',
			'\r',
			'/*',
			'*/',
			';',
			'1 = 1',
			'1 = 0',
			'x',
			' ',
			'NOT ',
		);
		const sql = fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join(''));
		let accepted = 0;
		fc.assert(
			fc.property(sql, (given) => {
				fill([{ I04_PAV: 'a' }, { I04_PAV: 'b' }]);
				let enclosed: string;
				try {
					enclosed = encloseCondition(given);
				} catch (fault) {
					expect(fault).toMatchObject({ name: 'Fault', kind: 'input' });
					return;
				}
				const keys = (condition: string) => {
					try {
						return register.keys(condition);
					} catch {
						return 'refused';
					}
				};
				const alone = keys(enclosed);
				if (alone !== 'refused') accepted++;
				const impossible = alone === 'refused' ? 'refused' : [];
				const certain = alone === 'refused' ? 'refused' : ['k0', 'k1'];
				expect(keys(`${enclosed} AND 1 = 0`)).toEqual(impossible);
				expect(keys(`1 = 0 AND ${enclosed}`)).toEqual(impossible);
				expect(keys(`${enclosed} OR 1 = 1`)).toEqual(certain);
				expect(keys(`1 = 1 OR ${enclosed}`)).toEqual(certain);
			}),
			{ numRuns: 1500 },
		);
		expect(accepted).toBeGreaterThan(50);
	});
});
