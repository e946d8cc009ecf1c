import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
	columnNamed,
	columnsOf,
	filterColumn,
	I04,
	ROW_NUMBER,
	type Column,
} from '../../../../../nodes/Rivile/protocol/catalogue';

const KEY = 'I04_KODAS_CH';

const SPEC = join(__dirname, '../../../../spec/rivile-get-i04-list.lt.txt');

/** The rows of the specification's tables: name, type as one word, description in Lithuanian. */
function specified(): Array<{ name: string; definition: string; text: string }> {
	const lines = readFileSync(SPEC, 'utf8').split('\n');
	return lines.flatMap((line) => {
		const [name, type, text] = line.split('|').map((cell) => cell.trim());
		if (name === undefined || type === undefined || text === undefined) return [];
		if (!/^I0[45]_/.test(name)) return [];
		// "N12, 2", "N 12.2" and "N12,2" mean the same.
		return [{ name, definition: type.replace(/\s/g, '').replace('.', ','), text }];
	});
}

const definitionOf = ({ type, length, decimals }: Column) =>
	`${type}${length}${decimals > 0 ? `,${decimals}` : ''}`;

describe('the catalogue of receipts and payments', () => {
	test('holds every column of the specification, in its order and with its type', () => {
		const columns = [...columnsOf('I04'), ...columnsOf('I05')];
		expect(columns.map((column) => [column.name, definitionOf(column)])).toEqual(
			specified().map(({ name, definition }) => [name, definition]),
		);
		expect(columnsOf('I04')).toHaveLength(35);
		expect(columnsOf('I05')).toHaveLength(28);
	});

	test('says in English what each column holds, and no two of a table the same', () => {
		for (const table of [columnsOf('I04'), columnsOf('I05')]) {
			const labels = table.map(({ label }) => label);
			expect(new Set(labels).size).toBe(labels.length);
			for (const label of labels) expect(label).toMatch(/^[A-Z][A-Za-z0-9 ()]+$/);
		}
	});

	test('explains the codes wherever the specification does', () => {
		const coded = specified().filter(({ text }) => /\d-/.test(text));
		expect(coded.map(({ name }) => name)).toEqual(
			[...columnsOf('I04'), ...columnsOf('I05')]
				.filter(({ values }) => values !== undefined)
				.map(({ name }) => name),
		);
		for (const { name, text } of coded) {
			const codes = [...text.matchAll(/(\d)-/g)].map(([, code]) => code);
			const explained = Object.keys(columnNamed('I04', name)?.values ?? {});
			expect(explained).toEqual(codes);
		}
	});

	test('translates the same word the same way in both tables', () => {
		const rest = (name: string) => name.slice(4);
		const texts = new Map(specified().map(({ name, text }) => [name, text]));
		for (const line of columnsOf('I05')) {
			const operation = columnsOf('I04').find(({ name }) => rest(name) === rest(line.name));
			if (operation === undefined) continue;
			const same = texts.get(line.name) === texts.get(operation.name);
			expect([line.name, line.label === operation.label]).toEqual([line.name, same]);
		}
	});

	test('knows Row_number from the samples, but lets no condition use it or a line', () => {
		expect(readFileSync(SPEC, 'utf8')).toContain('<Row_number>1</Row_number>');
		expect(columnNamed('I04', 'Row_number')).toBe(ROW_NUMBER);
		expect(filterColumn(I04, KEY)?.label).toBe('Operation Number');
		for (const name of ['Row_number', 'I05_SUMA', 'i04_suma', '__proto__', 'toString', 4, null]) {
			expect(filterColumn(I04, name)).toBeUndefined();
		}
	});

	test('every sample column is in the catalogue', () => {
		const samples = readFileSync(SPEC, 'utf8').matchAll(/<(I0[45]_\w+)>/g);
		for (const [, name = ''] of samples) expect(columnNamed('I04', name)?.name).toBe(name);
	});
});
