import fc from 'fast-check';

import { I04_COLUMNS, I05_COLUMNS, type Column } from '../../../nodes/Rivile/protocol/fields';
import { readRows } from '../../../nodes/Rivile/protocol/answer';
import { forbiddenCharacter } from '../../../nodes/shared/xml';
import type { StoredRow } from '../../simulators/rivile/database.cts';
import { JSON_STYLE, toJson, toXml, type JsonStyle } from '../../simulators/rivile/render.cts';

const answer = (body: string, status = 200) => ({ status, body });
const rows = (body: string, numbersAsText = false) => readRows(answer(body), numbersAsText);

const text = fc
	.string({ unit: 'binary', maxLength: 20 })
	.filter((value) => forbiddenCharacter(value) === undefined);

/** A value as the gateway holds it; character columns are filled up with blanks. */
function cell({ type, length, decimals }: Column): fc.Arbitrary<string | null> {
	if (type === 'T') {
		const point = fc.date({
			min: new Date('1900-01-01'),
			max: new Date('2100-01-01'),
			noInvalidDate: true,
		});
		return fc.option(point.map((date) => date.toISOString().slice(0, 19)));
	}
	if (type === 'C') return fc.option(text.map((value) => value.padEnd(length)));
	const max = 10 ** Math.min(length - decimals, 9);
	return fc.option(
		fc
			.tuple(fc.integer({ min: -max, max }), fc.nat(99))
			.map(([whole, part]) =>
				decimals === 0 ? `${whole}` : `${whole}.${String(part).padEnd(decimals, '0')}`,
			),
	);
}

const columns = (table: readonly Column[]) =>
	fc.tuple(...table.map((column) => cell(column).map((value) => [column.name, value] as const)));

const storedRow: fc.Arbitrary<StoredRow> = fc.record({
	columns: columns(I04_COLUMNS),
	lines: fc.array(columns(I05_COLUMNS), { maxLength: 3 }),
});

const style: fc.Arbitrary<JsonStyle> = fc.record({
	jsonRoot: fc.boolean(),
	jsonNumbers: fc.boolean(),
	jsonNone: fc.constantFrom('{}', '""', ''),
	jsonEmpty: fc.constantFrom('', null),
});

test('the same rows give the same items in JSON and XML', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(storedRow, { maxLength: 3 }),
			style,
			fc.boolean(),
			async (stored, jsonStyle, exact) => {
				const fromXml = await rows(toXml(stored), exact);
				expect(await rows(toJson(stored, jsonStyle), exact)).toEqual(fromXml);
				expect(fromXml).toHaveLength(stored.length);
			},
		),
		{ numRuns: 150 },
	);
});

test('nothing that could be an answer does anything but give rows or a fault', async () => {
	const whole = toXml([
		{
			columns: [
				['I04_KODAS_CH', '1'],
				['I04_PAV', 'Ąžuolas & <Co>'],
			],
			lines: [],
		},
	]);
	const json = toJson(
		[
			{
				columns: [
					['I04_KODAS_CH', '1'],
					['I04_SUMA', '1.50'],
				],
				lines: [],
			},
		],
		JSON_STYLE,
	);
	const piece = fc
		.constantFrom(whole, json)
		.chain((document) =>
			fc
				.tuple(fc.nat(document.length), fc.nat(document.length), fc.string({ maxLength: 5 }))
				.map(([start, end, between]) => document.slice(0, start) + between + document.slice(end)),
		);
	await fc.assert(
		fc.asyncProperty(
			fc.oneof(piece, fc.string(), fc.json()),
			fc.constantFrom(200, 404, 500),
			async (body, status) => {
				try {
					expect(Array.isArray(await readRows(answer(body, status)))).toBe(true);
				} catch (fault) {
					expect(fault).toMatchObject({ name: 'Fault' });
				}
			},
		),
		{ numRuns: 500 },
	);
});
