/** How a line of the catalogue is read. */
import {
	camelCase,
	columnOf,
	valuesText,
} from '../../../../../nodes/Rivile/protocol/catalogue/column';

test.each([
	['C40', { type: 'C', length: 40, decimals: 0, uncertain: false }],
	['N12,2', { type: 'N', length: 12, decimals: 2, uncertain: false }],
	['T', { type: 'T', length: 0, decimals: 0, uncertain: false }],
	['M?', { type: 'M', length: 0, decimals: 0, uncertain: true }],
])('%s', (definition, expected) => {
	expect(columnOf(['X_A', definition, 'VAT Code'])).toEqual({
		name: 'X_A',
		label: 'VAT Code',
		english: 'vatCode',
		reserved: false,
		...expected,
	});
});

test('a column without a label has its own name, and a reserved one is known by its label', () => {
	expect(columnOf(['X_A', 'C1'])).toMatchObject({ label: 'X_A', english: 'X_A' });
	expect(columnOf(['X_A', 'C1', 'Reserved 2'])).toMatchObject({ reserved: true });
	expect(columnOf(['X_A', 'C1', 'Reserved Quantity'])).toMatchObject({ reserved: false });
});

test('values of a code', () => {
	const column = columnOf(['X_A', 'N1', 'Kind', '1 receipt, 2 not posted']);
	expect(column.values).toEqual({
		1: { text: 'receipt', word: 'receipt' },
		2: { text: 'not posted', word: 'notPosted' },
	});
	expect(valuesText(column)).toBe('1 receipt, 2 not posted');
	expect(valuesText(columnOf(['X_A', 'N1']))).toBeUndefined();
});

test('a definition that cannot be read is a mistake of the program', () => {
	for (const definition of ['', 'X1', 'N1,', 'C1??']) {
		expect(() => columnOf(['X_A', definition])).toThrow('X_A has no type');
	}
});

test('words become one', () => {
	expect(camelCase('VAT Code (old)')).toBe('vatCodeOld');
	expect(camelCase(' - ')).toBe('');
});
