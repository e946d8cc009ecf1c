/** The tables of the gateway's database, with the columns of the catalogue and those that lines need. */
import {
	columnsOf,
	REGISTERS,
	type Column,
	type Register as Described,
} from '../../../nodes/Rivile/protocol/catalogue';

/** The names that tables have in the database itself, for conditions with a query in them. */
export const PHYSICAL: Readonly<Record<string, string>> = {
	I01: 'I01_DKZR',
	I02: 'I02_DKH',
	I03: 'I03_DKD',
	I04: 'I04_ATH',
	I05: 'I05_ATD',
	I06: 'I06_PARH',
	I07: 'I07_PARD',
	I08: 'I08_PART',
	I09: 'I09_VIH',
	I10: 'I10_VID',
	I13: 'I13_PAMO',
	I17: 'I17_VPRO',
	I20: 'I20_PERH',
	I33: 'I33_PKAI',
	I44: 'I44_SKOL',
	N06: 'N06_OBJ',
	N07: 'N07_IMON',
	N08: 'N08_KLIJ',
	N13: 'N13_AKC',
	N15: 'N15_MEN',
	N17: 'N17_PROD',
	N19: 'N19_PGR',
	N32: 'N32_PABC',
	N33: 'N33_KBAN',
	N37: 'N37_PMAT',
	N51: 'N51_SUTH',
	N52: 'N52_SUTD',
	N60: 'N60_ASM',
	A02: 'A02_KINR',
	K42: 'K42_OD',
};

/** A column whose type Rivilė's documentation does not give. */
const assumed = (name: string, type: 'C' | 'N'): Column => ({
	name,
	type,
	length: type === 'C' ? 12 : 6,
	decimals: 0,
	label: name,
	english: name,
	reserved: false,
	uncertain: true,
});

/** The columns by which a register's lines belong to its rows, those of the row first. */
export function linkOf(
	{ key }: Described,
	lines: string,
): ReadonlyArray<readonly [string, string]> {
	const [first = ''] = key;
	return [[first, `${lines}${first.slice(3)}`]];
}

/** Every table with its columns: those of the catalogue, and what lines need to belong to a row. */
export const TABLES: ReadonlyMap<string, readonly Column[]> = tables();

function tables(): Map<string, readonly Column[]> {
	const all = new Map<string, readonly Column[]>();
	for (const register of REGISTERS) all.set(register.table, columnsOf(register.table));
	for (const register of REGISTERS) {
		for (const { table } of register.lines) {
			const known = all.get(table) ?? columnsOf(table);
			const needed = [...linkOf(register, table).map(([, name]) => name), `${table}_EIL_NR`];
			const missing = needed
				.filter((name) => !known.some((column) => column.name === name))
				.map((name) => assumed(name, name.endsWith('_EIL_NR') ? 'N' : 'C'));
			all.set(table, [...known, ...missing]);
		}
	}
	return all;
}

/** Whether rows of a table are told apart by the register's key. */
export const isUnique = ({ isKeyUnique, key }: Described): boolean => isKeyUnique && key.length > 0;
