/** Rows in words: names, coded values and dates, and the most useful columns. */
import fc from 'fast-check';

import type { Row } from '../../../../../nodes/Rivile/protocol/answer/rows';
import {
	columnsOf,
	I04,
	N08,
	REGISTERS,
	registerOf,
	type Register,
} from '../../../../../nodes/Rivile/protocol/catalogue';
import {
	simplifiedRow,
	usefulColumns,
	usefulLineColumns,
} from '../../../../../nodes/Rivile/protocol/readable/useful';
import { readableRow, rowsPerLine } from '../../../../../nodes/Rivile/protocol/readable/words';

const RECEIPT: Row = {
	Row_number: 1,
	I04_KODAS_CH: '000000000151',
	I04_OP_RUSIS: 1,
	I04_OP_DATA: '2026-10-09T00:00:00',
	I04_R_DATE: '2026-10-09T11:28:47',
	I04_PERKELTA: 7,
	I04_SUMA: 12.5,
	I04_NEW: 'x',
	I05: [{ I05_EIL_NR: 1, I05_SUMA: 12.5, I05_DATA_DOK: '2026-09-30T00:00:00' }],
};

describe('a readable row', () => {
	test('has English names, words for codes, and dates without an empty time', () => {
		expect(readableRow(I04, RECEIPT)).toEqual({
			placeInTheList: 1,
			operationNumber: '000000000151',
			kind: 'receipt',
			operationDate: '2026-10-09',
			changedAt: '2026-10-09T11:28:47',
			// A code that is not documented stays.
			posting: 7,
			amount: 12.5,
			I04_NEW: 'x',
			lines: [{ lineNumberInTheDocument: 1, paymentAmount: 12.5, documentDate: '2026-09-30' }],
		});
	});

	test('has words for codes that come as text, and keeps empty values', () => {
		const row = { I04_OP_RUSIS: '2', I04_PERKELTA: '', I04_OP_TIPAS: null, I04_OP_DATA: null };
		expect(readableRow(I04, row)).toEqual({
			kind: 'payment',
			posting: '',
			claim: null,
			operationDate: null,
		});
		expect(readableRow(N08, { N08_RUSIS: 3, N33: [] })).toEqual({
			role: 'buyerAndSupplier',
			addresses: [],
		});
	});

	test('keeps the name of a column whose English name the row has already', () => {
		const row = { I04_SUMA: 1, amount: 'own', I05: [], lines: 'own', toString: 'own' };
		expect(readableRow(I04, row)).toEqual({ ...row });
	});

	/** Rows with any columns of any register, known or not, own or of other tables, in any order. */
	const everyColumn = REGISTERS.flatMap(({ table }) => columnsOf(table).map(({ name }) => name));
	const anyRow = (register: Register) =>
		fc
			.uniqueArray(
				fc.oneof(
					fc.constantFrom(...columnsOf(register.table).map(({ name }) => name)),
					fc.constantFrom(...everyColumn, 'amount', 'lines', 'kind', 'constructor', 'Row_number'),
				),
				{ maxLength: 60 },
			)
			.map((names): Row => Object.fromEntries(names.map((name, index) => [name, `v${index}`])));

	test('loses no value of any row of any register', () => {
		fc.assert(
			fc.property(
				fc
					.constantFrom(...REGISTERS)
					.chain((register) => fc.tuple(fc.constant(register), anyRow(register))),
				([register, row]) => {
					const readable = readableRow(register, row);
					expect(Object.values(readable)).toEqual(Object.values(row));
				},
			),
			{ numRuns: 500 },
		);
	});

	test('keeps what is no list of lines, and lines that are no rows', () => {
		const odd = { I04_SUMA: 1, I05: 'x' };
		expect(readableRow(I04, odd)).toEqual({ amount: 1, lines: 'x' });
		expect(rowsPerLine(I04, odd, 'rivile')).toEqual([{ I04_SUMA: 1 }]);
		const lines = { I04_SUMA: 1, I05: ['x', { I05_SUMA: 2 }] };
		expect(readableRow(I04, lines)).toEqual({ amount: 1, lines: ['x', { paymentAmount: 2 }] });
		expect(rowsPerLine(I04, lines, 'rivile')).toEqual([
			{ I04_SUMA: 1, I05: 'x' },
			{ I04_SUMA: 1, I05_SUMA: 2 },
		]);
		expect(rowsPerLine(I04, { I04_SUMA: 1 }, 'english')).toEqual([{ I04_SUMA: 1 }]);
		expect(simplifiedRow(I04, { I04_SUMA: 1, I05: ['x'] })).toEqual({ I04_SUMA: 1, I05: ['x'] });
	});

	test('keeps the name of a line column whose long name the row has already', () => {
		const row = { lineAmount: 1, lines: [{ amount: 2, lineNumber: 3, I05_NEW: 4 }] };
		expect(rowsPerLine(I04, row, 'english')).toEqual([
			{ lineAmount: 1, amount: 2, lineNumber: 3, I05_NEW: 4 },
		]);
	});

	test('for each line has the columns of both, and none twice', () => {
		expect(rowsPerLine(I04, readableRow(I04, RECEIPT), 'english')).toEqual([
			expect.objectContaining({
				amount: 12.5,
				I04_NEW: 'x',
				lineNumberInTheDocument: 1,
				linePaymentAmount: 12.5,
				lineDocumentDate: '2026-09-30',
			}),
		]);
		const [single] = rowsPerLine(I04, RECEIPT, 'rivile');
		expect(single).toMatchObject({ I04_SUMA: 12.5, I05_SUMA: 12.5 });
		expect(single).not.toHaveProperty('I05');
		expect(rowsPerLine(I04, { I04_SUMA: 1, I05: [] }, 'rivile')).toEqual([{ I04_SUMA: 1 }]);
		for (const register of REGISTERS) {
			const row: Row = Object.fromEntries(
				columnsOf(register.table).map(({ name }): [string, string] => [name, name]),
			);
			for (const { table } of register.lines) {
				row[table] = [
					Object.fromEntries(columnsOf(table).map(({ name }): [string, string] => [name, name])),
				];
			}
			const items = rowsPerLine(register, readableRow(register, row), 'english');
			const given = columnsOf(register.table).length;
			register.lines.forEach(({ table }, index) => {
				expect(Object.keys(items[index] ?? {})).toHaveLength(given + columnsOf(table).length);
			});
		}
	});
});

describe('a simplified row', () => {
	const whole = (table: string): Row =>
		Object.fromEntries(columnsOf(table).map(({ name }): [string, string] => [name, name]));

	test.each(REGISTERS)('of $method has ten columns at most, each of which exists', (register) => {
		const names = usefulColumns(register);
		const known = (table: string) => columnsOf(table).map(({ name }) => name);
		const parts = [
			{ table: register.table, names, lists: register.lines.length },
			...register.lines.map(({ table }) => ({ table, names: usefulLineColumns(table), lists: 0 })),
		];
		for (const { table, names: chosen, lists } of parts) {
			if (chosen === undefined) {
				expect(columnsOf(table).length).toBeLessThanOrEqual(10);
				continue;
			}
			expect(chosen.length + lists).toBeLessThanOrEqual(10);
			expect(new Set(chosen).size).toBe(chosen.length);
			expect(known(table)).toEqual(expect.arrayContaining([...chosen]));
			expect(Object.keys(simplifiedRow(register, whole(register.table)))).toEqual(
				names ?? known(register.table),
			);
		}
	});

	test('begins with what is asked for most', () => {
		const row = { ...whole('I04'), I05: [whole('I05')] };
		expect(Object.keys(readableRow(I04, simplifiedRow(I04, row)))).toEqual([
			'operationNumber',
			'operationDate',
			'kind',
			'documentNumber',
			'clientCode',
			'clientName',
			'amount',
			'currencyCode',
			'description',
			'lines',
		]);
		const clients = simplifiedRow(N08, whole('N08'));
		expect(Object.keys(readableRow(N08, clients)).slice(0, 4)).toEqual([
			'clientCode',
			'clientName',
			'companyCode',
			'vatCode',
		]);
	});

	test('keeps every column of a register of which few are known', () => {
		const register = registerOf('GET_N15_LIST');
		if (register === undefined) throw new Error('No N15');
		const row = { Row_number: 3, N15_KODAS_MS: 'A', N15_PAV: 'B', N15_TEL: 'C' };
		expect(simplifiedRow(register, row)).toEqual({ N15_KODAS_MS: 'A', N15_PAV: 'B', N15_TEL: 'C' });
	});
});
