/**
 * The columns that simplified items have, the most useful first: ten at most, with the lists of lines
 * counted. Tables with ten columns or fewer are not listed here, as they need no choice.
 */
import type { Row, Value } from '../answer/rows';
import { ROW_NUMBER, type Register } from '../catalogue';

const USEFUL: Readonly<Record<string, string>> = {
	I04: 'KODAS_CH OP_DATA OP_RUSIS DOK_NR KODAS_KS PAV SUMA KODAS_VL APRASYMAS',
	I05: 'EIL_NR DOK_NR DATA_DOK SUMA KODAS_VL SUMA_VAL KODAS_SS KODAS_IS KODAS_OS APR',
	N08: 'KODAS_KS PAV IM_KODAS PVM_KODAS RUSIS ADR E_MAIL TEL R_DATE',
	N33: 'EIL_NR PAV ADRESAS NUTYL S_KODAS SWIFT KODAS_WS TEL SALIS_K PAST_KODAS',
	T03: 'KODAS_KS DOK_NR DATA_DOK DATA_MOK SUMA_DB SUMA_CR KODAS_VL SUMA_DB_VL SUMA_CR_VL SUMA_PLK',
	I44: 'KODAS_OP TIPAS DOK_NR KODAS_KS DATA_DOK DATA_MOK SUMA_DB SUMA_CR KODAS_VL PVM',
	I06: 'KODAS_PO OP_DATA OP_TIP DOK_NR KODAS_KS PAV SUMA',
	I07: 'EIL_NR TIPAS KODAS PAV KIEKIS KODAS_US KAINA_BE SUMA PVM NUOLAIDA',
	I08: 'EIL_NR MOK_D MOK_S MOK_P NUOL_D NUOL_P PLK_P SUMA_PLK',
	I09: 'KODAS_VD IS_DATA TIPAS DOK_NR KODAS_IS1 KODAS_IS2 GAV_DATA PERKELTA1 PAV',
	I10: 'EIL_NR KODAS_PS PAV KIEKIS KODAS_US PIR_KAINA SAV_VISO SERIJA1 KODAS_OS1 KODAS_OS2',
	I17: 'KODAS_PS KODAS_IS KIEKIS REZERVAS KODAS_US SUMA KAINA KODAS_OS SERIJA P_PIR_D',
	I02: 'KODAS_DH OP_DATA KODAS_ZS DOK_NR OP_APRAS PERKELTA ADDUSR',
	N17: 'KODAS_PS PAV TIPAS KODAS_US KODAS_GS KODAS_KS MOKESTIS R_DATE',
	N37: 'KODAS_PS KODAS_US BAR_KODAS PAV TRUM_PAV KOEFICI FRAKCIJA NETTO BRUTTO R_DATE',
	N26: 'KODAS_PS EIL_NR TIPAS KODAS_PS_K KIEKIS KODAS_US G_KIEKIS ISEIG_PROC R_DATE',
	N87: 'KODAS_PS KODAS_KS KODAS PAV KODAS_US APRASYMAS R_DATE',
	I33: 'KODAS_PS KODAS_IS KODAS_US KAINA KAINA_NEW PPK PPK_DATE KODAS_VL KAINA_BAZ R_DATE',
	N32: 'KODAS_PS KODAS_US TIPAS G_DATE KAINA1 KIEKIS2 KAINA2 KIEKIS3 KAINA3 R_DATE',
	N13: 'KODAS_PS KODAS_US KODAS_IS EIL_NR PAV DATE_PR DATE_PB KAINA1 NUOLAIDA1 R_DATE',
	N64: 'KODAS_DL KORTELES_ID VARDAS PAV KODAS_KS DATE E_MAIL MOB_TEL BLOK_POZ NEAKTYVI',
	I64: 'KODAS_DR EIL_NR OP_DATE TIPAS KODAS_DL PAV TASKAI SUMA KODAS_IS KODAS_PS',
	N77: 'KODAS_DC DATE TIPAS PAV NOMINALAS BEG_DATE END_DATE BLOK KODAS_IS R_DATE',
};

/** Debts of documents are summed, so most columns of the documents are not in their rows. */
const USEFUL_IN: Readonly<Record<string, string>> = {
	GET_I06_DEBT: 'KODAS_KS PAV DOK_NR DOK_DATA SUMA_DB SUMA_CR KODAS_VL SUMA_DB_VL SUMA_CR_VL',
};

/** The most useful columns of a register's rows, without its lists; undefined where no choice is made. */
export function usefulColumns({ method, table }: Register): readonly string[] | undefined {
	return columnsOf(table, USEFUL_IN[method] ?? USEFUL[table]);
}

/** The most useful columns of a line; undefined where no choice is made. */
export function usefulLineColumns(table: string): readonly string[] | undefined {
	return columnsOf(table, USEFUL[table]);
}

function columnsOf(table: string, names: string | undefined): readonly string[] | undefined {
	return names?.split(' ').map((name) => `${table}_${name}`);
}

/** A row of a register with its most useful columns and lists, ten at most; so its lines. */
export function simplifiedRow(register: Register, row: Row): Row {
	const names = usefulColumns(register);
	const lists = register.lines.map((list) => list.table);
	const simple = names === undefined ? all(row) : pick(row, [...names, ...lists]);
	for (const list of lists) {
		const given = simple[list];
		if (Array.isArray(given)) simple[list] = given.map((line) => simplifiedLine(list, line));
	}
	return simple;
}

function simplifiedLine(table: string, line: Value): Value {
	const isRecord = typeof line === 'object' && line !== null && !Array.isArray(line);
	if (!isRecord) return line;
	const names = usefulLineColumns(table);
	return names === undefined ? all(line) : pick(line, names);
}

/** The place in the list is no property of the row. */
function all(row: Row): Row {
	const rest = { ...row };
	delete rest[ROW_NUMBER.name];
	return rest;
}

function pick(from: Row, names: readonly string[]): Row {
	const picked: Row = {};
	for (const name of names) {
		const value = Object.hasOwn(from, name) ? from[name] : undefined;
		if (value !== undefined) picked[name] = value;
	}
	return picked;
}
