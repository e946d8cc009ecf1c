import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { I04 } from '../../../../../nodes/Rivile/protocol/catalogue';
import { readRows } from '../../../../../nodes/Rivile/protocol/answer/answer';

const answer = (body: string, status = 200) => ({ status, body });
const rows = (body: string, numbersAsText = false) => readRows(I04, answer(body), numbersAsText);

const SPEC = readFileSync(join(__dirname, '../../../../spec/rivile-get-i04-list.lt.txt'), 'utf8');
const samples = [...SPEC.matchAll(/<\?xml[^]*?<\/RET_DOK>?/g)].map(([sample]) => sample);

describe("the specification's samples", () => {
	const [withLines = '', headers = ''] = samples;

	test('of a row with its line', async () => {
		const [row, ...more] = await rows(withLines);
		expect(more).toEqual([]);
		expect(row).toMatchObject({
			Row_number: 1,
			I04_KODAS_CH: '000000000001',
			I04_OP_RUSIS: 2,
			I04_OP_DATA: '2019-12-13T00:00:00',
			I04_KODAS_KS: '',
			I04_PAV: 'Pajamų mokestis',
			I04_SUMA: 10,
			I04_KODAS_VL: 'EUR',
			I04_KOEF: 1,
		});
		expect(row?.I05).toHaveLength(1);
		expect(row?.I05).toMatchObject([{ I05_EIL_NR: 1, I05_KODAS_SS: '4481', I05_KODAS_IS: '01' }]);
	});

	test('with the numbers as they were written', async () => {
		const [row] = await rows(withLines, true);
		expect(row).toMatchObject({ I04_SUMA: '10.00', I04_KOEF: '1.000000000000000' });
		expect(row?.I05).toMatchObject([{ I05_SUMA: '10.00', I05_EIL_NR: '1' }]);
	});

	test('of a row without lines', async () => {
		const [row] = await rows(headers.replace('...', ''));
		expect(row).toMatchObject({ I04_KODAS_CH: '000000000001', I04_PERKELTA: 2 });
		expect(row).not.toHaveProperty('I05');
	});
});

const XML = (content: string) => `<?xml version='1.0' encoding='UTF-8' ?>\n${content}`;

describe('how many rows and lines', () => {
	test.each([
		['<RET_DOK/>'],
		['<RET_DOK></RET_DOK>'],
		['<RET_DOK>\n  </RET_DOK>'],
		['<RET_DOK><I04/></RET_DOK>'],
		[XML('<RET_DOK><id>1</id><durationMs>0</durationMs></RET_DOK>')],
		['<RET_DOK><id/><errorMessage/></RET_DOK>'],
		['{}'],
		['""'],
		['null'],
		['[]'],
		[''],
		[' \n'],
		['{"RET_DOK":{}}'],
		['{"RET_DOK":""}'],
		['{"RET_DOK":null}'],
		['{"RET_DOK":[]}'],
		['{"I04":""}'],
		['{"I04":[]}'],
		['{"RET_DOK":{"I04":{}}}'],
		['{"RET_DOK":{"id":"x","durationMs":3}}'],
		['{"errors":{"error":[]}}'],
	])('none: %s', async (body) => {
		expect(await rows(body)).toEqual([]);
	});

	const A = { I04_KODAS_CH: '000000000001', I04_SUMA: 10 };
	const B = { I04_KODAS_CH: '000000000002', I04_SUMA: 0 };
	const a = '{"I04_KODAS_CH":"000000000001","I04_SUMA":"10.00"}';
	const b = '{"I04_KODAS_CH":"000000000002","I04_SUMA":0.00}';

	test.each([
		[`{"I04":${a}}`, [A]],
		[`{"RET_DOK":{"I04":${a}}}`, [A]],
		[a, [A]],
		[`[${a},${b}]`, [A, B]],
		[`{"I04":[${a},${b}]}`, [A, B]],
		[`{"RET_DOK":{"I04":[${a},${b}]}}`, [A, B]],
		[`{"RET_DOK":[{"I04":${a}},{"I04":${b}}]}`, [A, B]],
		[`{"RET_DOK":{"id":1,"errorMessage":null,"I04":[${a}]}}`, [A]],
		['<I04><I04_KODAS_CH>000000000001</I04_KODAS_CH><I04_SUMA>10.00</I04_SUMA></I04>', [A]],
	])('%s', async (body, expected) => {
		expect(await rows(body)).toEqual(expected);
	});

	test.each([
		['"I05":{"I05_EIL_NR":"1"}', [{ I05_EIL_NR: 1 }]],
		['"I05":[{"I05_EIL_NR":"1"},{"I05_EIL_NR":2}]', [{ I05_EIL_NR: 1 }, { I05_EIL_NR: 2 }]],
		['"I05":[]', []],
		['"I05":{}', []],
		['"I05":""', []],
		['"I05":null', []],
	])('lines are a list: %s', async (line, expected) => {
		expect(await rows(`{"I04":{"I04_KODAS_CH":"1",${line}}}`)).toEqual([
			{ I04_KODAS_CH: '1', I05: expected },
		]);
	});

	test('an empty line element is no line', async () => {
		expect(await rows('<RET_DOK><I04><I04_PAV>x</I04_PAV><I05/></I04></RET_DOK>')).toEqual([
			{ I04_PAV: 'x', I05: [] },
		]);
	});
});

describe('values', () => {
	const value = async (json: string, column = 'I04_PAV', numbersAsText = false) =>
		(await rows(`{"I04":{"I04_KODAS_CH":"1","${column}":${json}}}`, numbersAsText))[0]?.[column];

	test.each([
		['"EUR "', 'EUR'],
		['"  EUR  "', '  EUR'],
		['"   "', ''],
		['"a\\u00a0"', 'a\u00a0'],
		['"a\\r\\nb"', 'a\nb'],
		['null', ''],
		['{}', ''],
		['2710', '2710'],
		['0012', '0012'],
		['40003053936000000001', '40003053936000000001'],
		['true', 'true'],
		['"\\u0001x"', '\u0001x'],
		['["a "]', 'a'],
	])('text %s', async (json, expected) => {
		expect(await value(json)).toEqual(expected);
	});

	test.each([
		['"10.00"', 10, '10.00'],
		['10.5', 10.5, '10.50'],
		['10.500', 10.5, '10.500'],
		['10', 10, '10.00'],
		['1e-2', 0.01, '1e-2'],
		['1e-9', 1e-9, '1e-9'],
		['1E+3', 1000, '1E+3'],
		['"1E+3"', 1000, '1E+3'],
		['1e400', '1e400', '1e400'],
		['" 10.00 "', 10, '10.00'],
		['"-0.00"', 0, '-0.00'],
		['".5"', 0.5, '.5'],
		['""', null, null],
		['"   "', null, null],
		['null', null, null],
		['{}', null, null],
		['[]', null, null],
		['"10,00"', '10,00', '10,00'],
		['"n/a"', 'n/a', 'n/a'],
		['"Infinity"', 'Infinity', 'Infinity'],
		['"0x10"', '0x10', '0x10'],
		['9007199254740993', 9007199254740992, '9007199254740993.00'],
	])('number %s', async (json, number, text) => {
		expect(await value(json, 'I04_SUMA')).toEqual(number);
		expect(await value(json, 'I04_SUMA', true)).toEqual(text);
	});

	test('codes that are numbers have no decimals', async () => {
		expect(await value('3', 'I04_BUSENA', true)).toBe('3');
	});

	test('columns that the specification does not know pass through as texts', async () => {
		const json =
			'{"I04":{"I04_KODAS_CH":"1","I04_NAUJAS":"7.10 ","X":1.50,"Y":null,"Z":{"a":"1 ","b":[2,3]}}}';
		const xml =
			'<RET_DOK><I04><I04_KODAS_CH>1</I04_KODAS_CH><I04_NAUJAS>7.10 </I04_NAUJAS><X>1.50</X><Y/><Z><a>1 </a><b>2</b><b>3</b></Z></I04></RET_DOK>';
		const expected = {
			I04_KODAS_CH: '1',
			I04_NAUJAS: '7.10',
			X: '1.50',
			Y: '',
			Z: { a: '1', b: ['2', '3'] },
		};
		expect(await rows(json)).toEqual([expected]);
		expect(await rows(xml)).toEqual([expected]);
	});

	test('names of prototypes do no harm', async () => {
		const [row] = await rows(
			'{"I04":{"I04_KODAS_CH":"1","__proto__":{"polluted":1},"constructor":"c","toString":"t","hasOwnProperty":"h"}}',
		);
		expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
		expect(Object.keys(row ?? {})).toEqual([
			'I04_KODAS_CH',
			'constructor',
			'toString',
			'hasOwnProperty',
		]);
		expect({}).not.toHaveProperty('polluted');
		const xml =
			'<RET_DOK><I04><I04_KODAS_CH>1</I04_KODAS_CH><__proto__><x>1</x></__proto__></I04></RET_DOK>';
		expect(await rows(xml)).toEqual([{ I04_KODAS_CH: '1' }]);
		await expect(rows('{"__proto__":{"I04":[{"I04_KODAS_CH":"1"}]}}')).rejects.toThrow(
			'did not come from Rivilė',
		);
	});
});
