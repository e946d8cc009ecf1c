/** How searches for payments rank what they find. */
import fc from 'fast-check';

import type { Row } from '../../../../../nodes/Rivile/protocol/answer/rows';
import { columnsOf } from '../../../../../nodes/Rivile/protocol/catalogue';
import {
	folded,
	matchOf,
	ranked,
	type Search,
} from '../../../../../nodes/Rivile/protocol/payments/score';

const codes = fc.constantFrom('A1', 'B2', 'C3');
const texts = fc.constantFrom('', 'SF-1', 'SF-12', 'Žalia UAB', 'zalia  uab', 'x');
const amounts = fc.integer({ min: 0, max: 400 }).map((cents) => cents / 100);

const rows = fc.record({
	I04_KODAS_CH: fc.integer({ min: 1, max: 99 }).map((number) => String(number).padStart(12, '0')),
	I04_KODAS_KS: codes,
	I04_PAV: texts,
	I04_SUMA: fc.option(amounts),
	I04_SUMA_VAL: fc.option(fc.oneof(amounts, amounts.map(String))),
	I04_DOK_NR: texts,
	I04_APRASYMAS: texts,
	I04_PASTABOS: texts,
	I04_OP_DATA: fc.constantFrom('2026-01-01T00:00:00', '2026-01-02T00:00:00'),
});

const sets = fc.uniqueArray(codes.map(folded), { maxLength: 3 }).map((list) => new Set(list));

const searches: fc.Arbitrary<Search> = fc.record(
	{
		clientCode: codes,
		clientName: texts.filter((text) => text !== ''),
		amount: fc.record({ value: amounts, tolerance: amounts }),
		reference: texts.filter((text) => text !== ''),
		clients: fc.record(
			{ clientName: sets, companyCode: sets, vatCode: sets },
			{ requiredKeys: [] },
		),
		date: fc.boolean(),
	},
	{ requiredKeys: ['clients', 'date'] },
);

const given = ({ clients, date, clientCode, clientName, amount, reference }: Search) =>
	[clientCode, clientName, clients.companyCode, clients.vatCode, amount, reference].filter(
		(part) => part !== undefined,
	).length + Number(date);

describe('the score', () => {
	test('is from 0 to 1, and says how much of the search matches', () => {
		fc.assert(
			fc.property(searches, rows, (search, row) => {
				const { score, matched } = matchOf(search, row);
				const parts = given(search);
				expect(new Set(matched).size).toBe(matched.length);
				expect(matched.length).toBeLessThanOrEqual(parts);
				if (matched.length === 0) expect(score).toBe(0);
				else {
					expect(score).toBeGreaterThan((matched.length - 1) / parts);
					expect(score).toBeLessThanOrEqual(matched.length / parts);
				}
			}),
			{ numRuns: 1000 },
		);
	});

	test('never ranks an operation that matches more below one that matches less', () => {
		fc.assert(
			fc.property(searches, fc.array(rows, { maxLength: 12 }), (search, operations) => {
				const order = ranked(search, operations);
				expect(new Set(order.map(({ row }) => row))).toEqual(new Set(operations));
				expect(order).toHaveLength(operations.length);
				order.slice(1).forEach((below, index) => {
					const above = order[index];
					expect(above?.score).toBeGreaterThanOrEqual(below.score);
					expect(above?.matched.length).toBeGreaterThanOrEqual(below.matched.length);
				});
			}),
			{ numRuns: 500 },
		);
	});

	test('does not depend on the order in which operations come', () => {
		fc.assert(
			fc.property(
				searches,
				fc.uniqueArray(rows, { selector: (row) => row.I04_KODAS_CH, maxLength: 8 }),
				(search, operations) => {
					expect(ranked(search, [...operations].reverse())).toEqual(ranked(search, operations));
				},
			),
		);
	});

	test('rises when the amount comes nearer, and when one more field matches', () => {
		const search: Search = {
			clientCode: 'A1',
			amount: { value: 10, tolerance: 1 },
			clients: {},
			date: false,
		};
		const scoreOf = (row: Row) => matchOf(search, row).score;
		const found: Row[] = [
			{ I04_KODAS_KS: 'B2', I04_SUMA: 20 },
			{ I04_KODAS_KS: 'B2', I04_SUMA: 11 },
			{ I04_KODAS_KS: 'B2', I04_SUMA: 10.5 },
			{ I04_KODAS_KS: 'A1', I04_SUMA: 20 },
			{ I04_KODAS_KS: 'A1', I04_SUMA: 9 },
			{ I04_KODAS_KS: 'a1', I04_SUMA: 1, I04_SUMA_VAL: '10.00' },
		];
		expect(found.map(scoreOf)).toEqual([0, 0.25, 0.375, 0.5, 0.875, 1]);
	});

	test('knows texts without accents, and the name that a client has now', () => {
		const named: Search = {
			clientName: 'zalia uab',
			clients: { clientName: new Set(['b2']) },
			date: false,
		};
		expect(matchOf(named, { I04_PAV: 'ŽALIA  UAB' })).toEqual({
			score: 1,
			matched: ['clientName'],
		});
		expect(matchOf(named, { I04_PAV: 'Senas', I04_KODAS_KS: 'B2' }).score).toBe(0.8);
		const reference: Search = { reference: 'sf-1', clients: {}, date: false };
		const places: Row[] = [
			{ I04_DOK_NR: 'SF-1' },
			{ I04_DOK_NR: 'SF-12' },
			{ I04_APRASYMAS: 'už SF-1' },
			{},
		];
		expect(places.map((row) => matchOf(reference, row).score)).toEqual([
			1,
			0.9,
			expect.closeTo(0.8, 10),
			0,
		]);
	});

	test('no column has the name of what is added to the operations', () => {
		const names = columnsOf('I04').map(({ english }) => english);
		expect(names).not.toContain('score');
		expect(names).not.toContain('matched');
	});
});
