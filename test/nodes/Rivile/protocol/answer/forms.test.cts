import fc from 'fast-check';

import { type Column, columnsOf, I04 } from '../../../../../nodes/Rivile/protocol/catalogue';
import { readRows } from '../../../../../nodes/Rivile/protocol/answer/answer';
import { forbiddenCharacter } from '../../../../../nodes/shared/xml';
import type { StoredRow } from '../../../../../dev/simulators/rivile/database.cts';
import {
	JSON_STYLE,
	toJson,
	toXml,
	type JsonStyle,
} from '../../../../../dev/simulators/rivile/render.cts';

const answer = (body: string, status = 200) => ({ status, body });
const rows = (body: string, numbersAsText = false) => readRows(I04, answer(body), numbersAsText);

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
	columns: columns(columnsOf('I04')),
	lines: fc.array(columns(columnsOf('I05')), { maxLength: 3 }),
});

const style: fc.Arbitrary<JsonStyle> = fc.record({
	jsonRoot: fc.boolean(),
	jsonNumbers: fc.boolean(),
	jsonNone: fc.constantFrom('{}', '""', ''),
	jsonEmpty: fc.constantFrom('', null),
	lowerCase: fc.boolean(),
});

test('the same rows give the same items in JSON and XML', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(storedRow, { maxLength: 3 }),
			style,
			fc.boolean(),
			async (stored, jsonStyle, exact) => {
				const fromXml = await rows(toXml(stored, jsonStyle), exact);
				expect(await rows(toJson(stored, jsonStyle), exact)).toEqual(fromXml);
				expect(fromXml).toHaveLength(stored.length);
			},
		),
		{ numRuns: 150 },
	);
});

describe('characters that XML cannot carry', () => {
	const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
	const isForbidden = (unit: string) => forbiddenCharacter(unit) !== undefined;
	/** Unit by unit: half a symbol is a character that XML cannot carry as well. */
	const written = (value: string, write: (unit: string) => string) =>
		value
			.split('')
			.map(
				(unit) =>
					ESCAPES[unit] ?? (unit === '\r' ? '&#13;' : isForbidden(unit) ? write(unit) : unit),
			)
			.join('');
	const codeOf = (unit: string) => unit.charCodeAt(0);
	const ways = fc.constantFrom<(unit: string) => string>(
		(unit) => `&#x${codeOf(unit).toString(16).toUpperCase()};`,
		(unit) => `&#x${codeOf(unit).toString(16).padStart(6, '0')};`,
		(unit) => `&#${codeOf(unit)};`,
	);
	const inXml = (content: string) =>
		`<RET_DOK><I04><I04_KODAS_CH>1</I04_KODAS_CH><I04_PAV>${content}</I04_PAV></I04></RET_DOK>`;
	const inJson = (value: string) => JSON.stringify({ I04: { I04_KODAS_CH: '1', I04_PAV: value } });

	test.each([
		['&#x1A;', '\u001a'],
		['a&#26;b', 'a\u001ab'],
		['&#0;', '\u0000'],
		['&#xFFFE;&#65535;', '\ufffe\uffff'],
		['&#xD83D;&#xDE00;', '😀'],
		['&#xD83D;x', '\ud83dx'],
		['&amp;#x1A;', '&#x1A;'],
		['<![CDATA[&#x1A;]]>&#x1A;<![CDATA[&#x1A;]]>', '&#x1A;\u001a&#x1A;'],
		['\ue000&#x1A;\ue00126;', '\ue000\u001a\ue00126;'],
		['&#x110000;', '&#x110000;'],
		['&#65;&#13;', 'A\n'],
	])('%j in XML is %j, as in JSON', async (content, value) => {
		const expected = [{ I04_KODAS_CH: '1', I04_PAV: value }];
		expect(await rows(inXml(content))).toEqual(expected);
		expect(await rows(inJson(value))).toEqual(expected);
	});

	test('are the same in JSON and XML, in every text and way of writing them', async () => {
		const unit = fc.oneof(
			fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
			fc.integer({ min: 0, max: 0x1f }).map((code) => String.fromCharCode(code)),
			fc.integer({ min: 0xd7fe, max: 0xe002 }).map((code) => String.fromCharCode(code)),
			fc.constantFrom('\ufffe', '\uffff', '&', '#', 'x', '1', 'A', ';', '<', ']]>', 'ž'),
		);
		const value = fc.array(unit, { maxLength: 12 }).map((units) => units.join(''));
		await fc.assert(
			fc.asyncProperty(value, ways, async (given, write) => {
				const fromJson = await rows(inJson(given));
				expect(await rows(inXml(written(given, write)))).toEqual(fromJson);
				const plain = given.replace(/\r\n?/g, '\n').replace(/ +$/, '');
				expect(fromJson).toEqual([{ I04_KODAS_CH: '1', I04_PAV: plain }]);
			}),
			{ numRuns: 1000 },
		);
	});

	test('are replaced in time in long and hostile documents', async () => {
		const start = Date.now();
		for (const content of ['&#x1A;'.repeat(300_000), '<![CDATA[&#x1A;'.repeat(100_000)]) {
			await Promise.allSettled([rows(inXml(content))]);
		}
		expect(Date.now() - start).toBeLessThan(5000);
	});
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
					expect(Array.isArray(await readRows(I04, answer(body, status)))).toBe(true);
				} catch (fault) {
					expect(fault).toMatchObject({ name: 'Fault' });
				}
			},
		),
		{ numRuns: 500 },
	);
});
