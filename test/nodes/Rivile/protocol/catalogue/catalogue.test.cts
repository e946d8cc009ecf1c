import {
	columnIn,
	columnNamed,
	columnsOf,
	englishName,
	filterColumn,
	filterColumns,
	I04,
	REGISTERS,
	registerOf,
	ROW_NUMBER,
	tableNames,
	tableOf,
	valuesText,
} from '../../../../../nodes/Rivile/protocol/catalogue';
import { rowKeyOf } from '../../../../../nodes/Rivile/protocol/paging/rowKey';

const all = tableNames.flatMap((table) => columnsOf(table).map((column) => ({ table, column })));

const repeated = (texts: readonly string[]) =>
	texts.filter((text, index) => texts.indexOf(text) !== index);

describe('every table', () => {
	test.each(tableNames)('%s names its columns, and no two alike', (table) => {
		const columns = columnsOf(table);
		expect(columns.length).toBeGreaterThan(0);
		expect(repeated(columns.map(({ name }) => name.toUpperCase()))).toEqual([]);
		expect(repeated(columns.map(({ label }) => label))).toEqual([]);
		expect(repeated(columns.map(({ english }) => english))).toEqual([]);
	});

	test('has columns of its own', () => {
		for (const { table, column } of all) {
			// Computed columns of grouped stock have no table, and T78 stands in the rows of N77.
			const own = [table, undefined, ...(table === 'N77' ? ['T78'] : []), 'N37'];
			expect(own).toContain(tableOf(column.name));
		}
	});

	test('labels and readable names are written alike', () => {
		for (const { column } of all) {
			const { name, label, english } = column;
			if (label === name) {
				expect([english, column.uncertain]).toEqual([name, true]);
				continue;
			}
			expect(label).toMatch(/^[A-Z][A-Za-z0-9]*(?: [A-Za-z0-9()]+)*$/);
			expect(english).toMatch(/^[a-z][A-Za-z0-9]*$/);
		}
	});

	test('types have a length, unless it is uncertain', () => {
		for (const { column } of all) {
			if (column.type !== 'M' && !column.uncertain) expect(column.length).toBeGreaterThan(0);
			expect(column.decimals).toBeLessThanOrEqual(column.length);
			if (column.type !== 'N') expect(column.decimals).toBe(0);
		}
	});

	test('values have words', () => {
		for (const { column } of all) {
			for (const [stored, { text, word }] of Object.entries(column.values ?? {})) {
				expect(stored).toMatch(/^\d+$/);
				expect(text).not.toBe('');
				expect(word).toMatch(/^[a-z][A-Za-z0-9]*$/);
			}
		}
	});
});

describe('every register', () => {
	test.each(REGISTERS)('$method has a key of known columns, or none', (register) => {
		const { method, table, key, lines, details } = register;
		expect(method).toMatch(/^GET_[A-Z]\d\d_(?:LIST|DEBT)$/);
		expect(registerOf(method)).toBe(register);
		for (const name of [key, details?.H.key ?? [], details?.A.key ?? []].flat()) {
			expect(filterColumn(register, name)?.type).toMatch(/^[CNT]$/);
		}
		expect(filterColumns(register).length).toBeGreaterThan(0);
		expect(filterColumns(register).every(({ name }) => tableOf(name) === table)).toBe(true);
		expect(lines.map((line) => line.table)).not.toContain(table);
		expect(repeated(lines.map(({ english }) => english))).toEqual([]);
		const english = columnsOf(table).map((column) => column.english);
		expect(lines.filter((line) => english.includes(line.english))).toEqual([]);
		// Lines come with detail A, or always.
		expect(lines.length === 0 || details !== undefined || register.always !== undefined).toBe(true);
	});

	test('methods and labels are there once', () => {
		expect(repeated(REGISTERS.map(({ method }) => method))).toEqual([]);
		expect(repeated(REGISTERS.map(({ label }) => label))).toEqual([]);
		expect(REGISTERS).toHaveLength(37);
		for (const { label } of REGISTERS) expect(label).toMatch(/^[A-Z]/);
	});

	test('those whose rows cannot be told apart by their order are known', () => {
		const unclear = REGISTERS.filter((register) => !rowKeyOf(register).isUnique);
		expect(unclear.map(({ method }) => method).sort()).toEqual([
			'GET_A02_LIST',
			'GET_I06_DEBT',
			'GET_I64_LIST',
			'GET_N35_LIST',
			'GET_N52_LIST',
			'GET_N77_LIST',
		]);
	});

	test('every table belongs to a register', () => {
		const used = REGISTERS.flatMap(({ table, lines }) => [
			table,
			...lines.map((line) => line.table),
		]);
		expect(tableNames.filter((table) => !used.includes(table))).toEqual([]);
	});

	test('a method that is not in it has no register', () => {
		for (const method of ['GET_PRICE', 'get_i04_list', '__proto__', '', undefined, 4]) {
			expect(registerOf(method)).toBeUndefined();
		}
	});

	test('sums of debts by client have the client alone as their key', () => {
		const register = registerOf('GET_T03_LIST');
		if (register === undefined) throw new Error('No T03');
		const names = (detail: 'H' | 'A') => rowKeyOf(register, detail).name;
		expect(names('H')).toBe('T03_KODAS_KS');
		expect(names('A')).toBe('T03_KODAS_KS, T03_DOK_NR, T03_DATA_MOK, T03_KODAS_VL');
	});
});

describe('looking up a column', () => {
	test('in upper or lower case, in its own table and in the rows of another', () => {
		expect(columnIn('T03', 't03_kodas_ks')?.name).toBe('T03_KODAS_KS');
		expect(columnIn('I17', 'DES_LIKUTIS_US')?.name).toBe('des_likutis_us');
		expect(columnIn('I04', 'N08_PAV')).toBeUndefined();
		expect(columnNamed('I04', 'n08_pav')?.label).toBe('Client Name');
		expect(columnNamed('I04', 'KIEKIS')).toBeUndefined();
		expect(columnNamed('X99', 'Row_number')).toBeUndefined();
		expect(columnNamed('N08', 'ROW_NUMBER')).toBe(ROW_NUMBER);
	});

	test('by its readable name', () => {
		expect(englishName('I04', 'I04_KODAS_CH')).toBe('operationNumber');
		expect(englishName('N08', 'N08_PVM_KODAS')).toBe('vatCode');
		expect(englishName('N77', 'T78_KODAS_DC')).toBe('stateVoucherNumber');
		expect(englishName('I17', 'N37_BAR_KODAS')).toBe('barCode');
		// Another table's name may be one of the row's own as well.
		expect(englishName('I06', 'N17_PAV')).toBe('N17_PAV');
		expect(englishName('I04', 'I04_NEW')).toBe('I04_NEW');
		expect(englishName('I02', 'I02_GEN_POZ')).toBe('I02_GEN_POZ');
	});

	test('with the words for its values', () => {
		const kind = columnIn('I04', 'I04_OP_RUSIS');
		expect(kind?.values?.['1']).toEqual({ text: 'receipt', word: 'receipt' });
		expect(columnIn('I04', 'I04_PERKELTA')?.values?.['1']?.word).toBe('notPosted');
		expect(kind && valuesText(kind)).toBe('1 receipt, 2 payment');
	});

	test('and what Rivilė reserves, or is uncertain, is marked', () => {
		const marked = (name: string) => columnNamed('', name);
		expect(marked('I04_OP_STORNO')?.reserved).toBe(true);
		expect(marked('I17_REZERVAS')?.reserved).toBe(false);
		expect(marked('N32_ID')?.uncertain).toBe(true);
		expect(marked('N15_PAV')?.uncertain).toBe(true);
		expect(columnsOf('I04').some(({ uncertain }) => uncertain)).toBe(false);
	});

	test('conditions may not use columns of other tables', () => {
		const stock = registerOf('GET_I17_LIST') ?? I04;
		expect(filterColumn(stock, 'I17_KIEKIS')?.label).toBe('FIFO Stock');
		for (const name of ['KIEKIS', 'N37_BAR_KODAS', 'des_likutis_us', 'i17_kiekis']) {
			expect(filterColumn(stock, name)).toBeUndefined();
		}
	});
});
