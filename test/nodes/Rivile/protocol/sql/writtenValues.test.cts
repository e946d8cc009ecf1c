/** Numbers and dates as people write them: read where they mean one thing, left alone otherwise. */
import { decimalIn, isoDate } from '../../../../../nodes/Rivile/protocol/sql/writtenValues';

test.each([
	['1', '1'],
	['+1', '+1'],
	['-1.50', '-1.50'],
	[' 007 ', '007'],
	['0,5', '0.5'],
	['-1000,50', '-1000.50'],
	['0,500', '0.500'],
	['1234,567', '1234.567'],
	['1 000', '1000'],
	['-12 345 678', '-12345678'],
	['1 000,5', '1000.5'],
	['1 000.5', '1000.5'],
	['1\u00A0000\u202F000,25', '1000000.25'],
	['+1.000,5', '+1000.5'],
	['-1.234.567', '-1234567'],
	['12.345.678,9', '12345678.9'],
	['1,000.5', '1000.5'],
	['-1,234,567', '-1234567'],
	['12,345,678.9', '12345678.9'],
])('%j is the number %s', (text, number) => {
	expect(decimalIn(text)).toBe(number);
});

/** What can mean two numbers, or none. */
const UNCLEAR = ['1,500', '-1,500', '+12,345', '999,999'];
const NUMBERS = [
	'1',
	'1.5',
	'1,5',
	'1 000',
	'1 000,5',
	'1.000,5',
	'1.000.000',
	'1,000.5',
	'1,000,000',
];
const NO_NUMBERS = [
	'',
	' ',
	'-',
	'.5',
	'5.',
	',5',
	'5,',
	'1e3',
	'0x1',
	'1 00',
	'1 0000',
	'0 001',
	'1 000,',
	'1.00.000',
	'1.0000,5',
	'01.000,5',
	'1,00,000',
	'1,0000.5',
	'01,000.5',
	'1.000.00',
	'1,000,00',
	'1.abc.def',
	'1,abc,def',
	'1abc,500',
	'1.000,5,5',
	'1 000.5.5',
	'1  000',
];
/** A number with something around it, which could be the rest of another one or of a condition. */
const SURROUNDED = NUMBERS.flatMap((number) => [
	`x${number}`,
	`${number}x`,
	`*${number}`,
	`1;${number}`,
]);

test.each([...UNCLEAR, ...NO_NUMBERS, ...SURROUNDED])('%j is not one number', (text) => {
	expect(decimalIn(text)).toBeUndefined();
});

test.each([
	['01.02.2026', '2026-02-01'],
	['1.2.2026', '2026-02-01'],
	['31.12.2026.', '2026-12-31'],
	['1.2.2026 9:05', '2026-02-01T09:05'],
	['1.2.2026 10:05', '2026-02-01T10:05'],
	['1.2.2026T9:05:06', '2026-02-01T09:05:06'],
	['1.2.2026   10:05:06', '2026-02-01T10:05:06'],
	['2026.2.1', '2026-02-01'],
	['2026.02.01.', '2026-02-01'],
	['2026/2/1', '2026-02-01'],
	['2026/02/01 23:59', '2026-02-01T23:59'],
	[' 2026.2.1 7:08:09 ', '2026-02-01T07:08:09'],
])('%j is the date %s', (text, date) => {
	expect(isoDate(text)).toBe(date);
});

test.each([
	'2026-02-01',
	'01/02/2026',
	'1.2.26',
	'2026.2/1',
	'x1.2.2026',
	'1.2.2026x',
	'1.2.2026 9',
	'2026.2.1x',
	'x2026.2.1',
	20260201,
	undefined,
])('%j is left as it is', (value) => {
	expect(isoDate(value)).toBe(value);
});
