/** The condition of a search on a real database: it finds every operation that matches, and no other. */
import fc from 'fast-check';

import {
	anyCondition,
	datesCondition,
} from '../../../../../nodes/Rivile/protocol/payments/condition';
import { matchOf, type Search } from '../../../../../nodes/Rivile/protocol/payments/score';
import { and } from '../../../../../nodes/Rivile/protocol/sql/conditions';
import { Register } from '../../../../../dev/simulators/rivile/database.cts';
import { treeOf } from '../../../../../dev/simulators/rivile/judge.cts';

const ZONE = 'Europe/Vilnius';

const texts = fc.constantFrom('SF-1', 'SF-12', 'sf-1', '50%', "O'Brien", '[x]', 'a_b', 'axb', '');
const codes = fc.constantFrom('a1', 'b2', "c'3");
const cents = fc.integer({ min: 0, max: 300 }).map((value) => value / 100);
const days = fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03');

const operations = fc.array(
	fc.record({
		I04_KODAS_KS: fc.option(codes),
		I04_PAV: fc.option(texts),
		I04_SUMA: fc.option(cents),
		I04_SUMA_VAL: fc.option(cents),
		I04_DOK_NR: fc.option(texts),
		I04_APRASYMAS: fc.option(texts),
		I04_PASTABOS: fc.option(texts),
		I04_OP_DATA: days.map((day) => `${day}T00:00:00`),
	}),
	{ minLength: 1, maxLength: 8 },
);

const wanted = texts.filter((text) => text !== '');

const searches = fc.record(
	{
		clientCode: codes,
		clientName: wanted,
		reference: wanted,
		dateFrom: days,
		dateTo: days,
		amount: fc.record({ value: cents, tolerance: cents }),
		companyCode: fc.uniqueArray(codes, { minLength: 1, maxLength: 2 }),
	},
	{ requiredKeys: [] },
);

describe('the condition of a search', () => {
	let register: Register;
	beforeAll(() => {
		register = new Register();
	});
	afterAll(() => register.close());

	test('finds what matches within the dates, and nothing else', () => {
		fc.assert(
			fc.property(operations, searches, (rows, { amount, companyCode, ...given }) => {
				register.clear();
				const keyed = rows.map((row, index) => ({ I04_KODAS_CH: `k${index}`, ...row }));
				register.add(keyed);
				const dates = datesCondition(given, ZONE);
				const any = anyCondition(given, companyCode ?? [], amount, ZONE);
				const sql = and(dates, any ?? '1 = 1');
				expect(() => treeOf(sql)).not.toThrow();
				const { clientCode, clientName, reference, dateFrom, dateTo } = given;
				const search: Search = {
					...(clientCode !== undefined && { clientCode }),
					...(clientName !== undefined && { clientName }),
					...(reference !== undefined && { reference }),
					...(amount !== undefined && { amount }),
					clients: companyCode === undefined ? {} : { companyCode: new Set(companyCode) },
					date: false,
				};
				const expected = keyed.filter((row) => {
					const day = row.I04_OP_DATA.slice(0, 10);
					const isWithin = day >= (dateFrom ?? '') && day <= (dateTo ?? '9');
					return isWithin && (any === undefined || matchOf(search, row).matched.length > 0);
				});
				expect(register.keys(sql)).toEqual(expected.map(({ I04_KODAS_CH }) => I04_KODAS_CH));
			}),
			{ numRuns: 600 },
		);
	});
});
