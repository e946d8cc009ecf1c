/** Conditions on keys, on a real database: they find what comparing the keys in JavaScript finds. */
import fc from 'fast-check';

import {
	and,
	besides,
	keyAbove,
	keyBelow,
	keyBetween,
	keyFrom,
	keyIn,
	keyIs,
	keyIsNot,
	keyNotIn,
	keyUpTo,
	NO_ROW,
	timeBefore,
	timeFrom,
	type KeyColumn,
} from '../../../../../nodes/Rivile/protocol/sql/conditions';
import { Register, type NewRow } from '../../../../../dev/simulators/rivile/database.cts';

const texts = (...names: readonly string[]): KeyColumn[] =>
	names.map((name) => ({ name, type: 'C' }));
const COLUMNS = texts('I04_DOK_NR', 'I04_KODAS_KS', 'I04_KODAS_SS');
const NUMBER = texts('I04_KODAS_CH');

type Parts = readonly string[];

/** Few different texts, so that columns are often equal. */
const text = fc.constantFrom('a', 'b', "'", "a'", 'ą', '0', '00', '-', ';--');

/** Some columns of a key, keys of rows, and keys to look for. */
const scenario = fc.integer({ min: 1, max: 3 }).chain((length) => {
	const key = fc.array(text, { minLength: length, maxLength: length });
	return fc.record({
		columns: fc.constant(COLUMNS.slice(0, length)),
		rows: fc.array(key, { minLength: 1, maxLength: 12 }),
		keys: fc.array(key, { minLength: 2, maxLength: 4 }),
	});
});

function compare(a: Parts, b: Parts): number {
	const at = a.findIndex((part, index) => part !== b[index]);
	const [first = '', second = ''] = [a[at], b[at]];
	return at === -1 ? 0 : first < second ? -1 : 1;
}

describe('conditions on keys', () => {
	let register: Register;
	beforeAll(() => {
		register = new Register();
	});
	afterAll(() => register.close());

	function fill(columns: readonly KeyColumn[], rows: readonly Parts[]): void {
		register.clear();
		register.add(
			rows.map(
				(row, index): NewRow => ({
					I04_KODAS_CH: `k${index}`,
					...Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? ''])),
				}),
			),
		);
	}

	test('find the same rows as comparing the keys, whatever their number of columns', () => {
		fc.assert(
			fc.property(scenario, ({ columns, rows, keys }) => {
				fill(columns, rows);
				const [one = [], other = []] = keys;
				const isIn = (row: Parts) => keys.some((key) => compare(row, key) === 0);
				const cases: ReadonlyArray<readonly [string, (row: Parts) => boolean]> = [
					[keyAbove(columns, one), (row) => compare(row, one) > 0],
					[keyFrom(columns, one), (row) => compare(row, one) >= 0],
					[keyBelow(columns, one), (row) => compare(row, one) < 0],
					[keyUpTo(columns, one), (row) => compare(row, one) <= 0],
					[keyIs(columns, one), (row) => compare(row, one) === 0],
					[keyIsNot(columns, one), (row) => compare(row, one) !== 0],
					[keyIn(columns, keys), isIn],
					[keyNotIn(columns, keys) ?? '', (row) => !isIn(row)],
					[
						keyBetween(columns, { above: one, below: other }) ?? '',
						(row) => compare(row, one) > 0 && compare(row, other) < 0,
					],
				];
				for (const [condition, meets] of cases) {
					const wanted = rows.flatMap((row, index) => (meets(row) ? [`k${index}`] : []));
					expect([condition, register.keys(condition)]).toEqual([condition, wanted]);
					// Joined to another condition, each still stands for itself.
					expect(register.keys(and(condition, NO_ROW))).toEqual([]);
					expect(register.keys(and("I04_KODAS_CH = 'k0'", condition))).toEqual(
						wanted.filter((key) => key === 'k0'),
					);
				}
			}),
			{ numRuns: 200 },
		);
	});

	test('besides asks for one row more if it does not meet the filter, for one less if it does', () => {
		fill(texts('I04_PAV'), [['a'], ['b'], ['a']]);
		register.add([{ I04_KODAS_CH: 'empty' }]);
		const filter = "(I04_PAV = 'a')";
		expect(register.keys(besides(filter, NUMBER, ['k1']))).toEqual(['k0', 'k1', 'k2']);
		expect(register.keys(besides(filter, NUMBER, ['k2']))).toEqual(['k0']);
		expect(register.keys(besides(filter, NUMBER, ['empty']))).toEqual(['k0', 'k2', 'empty']);
		expect(register.keys(besides(filter, NUMBER, ['gone']))).toEqual(['k0', 'k2']);
	});

	test('points of time', () => {
		register.clear();
		register.add([
			{ I04_KODAS_CH: 'before', I04_R_DATE: '2026-01-30T23:59:59' },
			{ I04_KODAS_CH: 'at', I04_R_DATE: '2026-01-31T00:00:00' },
			{ I04_KODAS_CH: 'never' },
		]);
		expect(register.keys(timeFrom('I04_R_DATE', '2026-01-31T00:00:00'))).toEqual(['at']);
		expect(register.keys(timeBefore('I04_R_DATE', '2026-01-31T00:00:00'))).toEqual(['before']);
	});
});

describe('the text of a condition', () => {
	test.each([
		[keyAbove(NUMBER, ['12']), "I04_KODAS_CH > '12'"],
		[keyUpTo(NUMBER, ["O'1"]), "I04_KODAS_CH <= 'O''1'"],
		[keyIs(NUMBER, ['Ž1']), "I04_KODAS_CH = N'Ž1'"],
		[keyIn(NUMBER, [['1'], ['2']]), "I04_KODAS_CH IN ('1', '2')"],
		[keyIn(NUMBER, []), '1 = 0'],
		[keyNotIn(NUMBER, [['1']]), "I04_KODAS_CH NOT IN ('1')"],
		[keyNotIn(NUMBER, []), undefined],
		[keyBetween(NUMBER, {}), undefined],
		[and(undefined, 'a = 1', undefined, 'b = 2'), '(a = 1 AND b = 2)'],
		[and(undefined, undefined), undefined],
		[
			keyAbove(texts('a', 'b', 'c'), ['1', '2', '3']),
			"(a > '1' OR (a = '1' AND (b > '2' OR (b = '2' AND c > '3'))))",
		],
	])('%s', (condition, expected) => {
		expect(condition).toBe(expected);
	});
});
