import type { Tables } from '../column';

/** General ledger, payroll and document management. */
export const ledger: Tables = {
	I02: [
		['I02_IMON_ID', 'C?', 'Company ID'],
		['I02_KODAS_DH', 'C12?', 'Operation Number'],
		['I02_KODAS_ZS', 'C12?', 'Journal Code'],
		['I02_MODUL_NR', 'C?'],
		['I02_DOK_NR', 'C?', 'Document Number'],
		['I02_OP_DATA', 'T8?', 'Operation Date'],
		['I02_OP_APRAS', 'C?', 'Operation Description'],
		['I02_GEN_POZ', 'C?'],
		['I02_GEN_KARTAI', 'C?'],
		['I02_GEN_DIEN', 'C?'],
		['I02_PERKELTA', 'N1?', 'Posting'],
		['I02_ADDUSR', 'C12?', 'Created By'],
	],
	I03: [
		['I03_KODAS_DH', 'C12?', 'Operation Number'],
		['I03_KODAS_SSD', 'C12?', 'Debit Account'],
		['I03_KODAS_SSC', 'C12?', 'Credit Account'],
	],
	A02: [
		['A02_KODAS_LK', 'C12', 'Variable Code'],
		[
			'A02_TIPAS',
			'N1',
			'Kind',
			'1 of the system, 2 of a department, 3 of a person, 4 of a person in a section, 5 compound',
		],
		['A02_DATE', 'T8', 'Date'],
		['A02_PAV', 'C60', 'Name'],
		['A02_KODAS_TB', 'C12', 'Employee Number'],
		['A02_KODAS_IS', 'C12', 'Department Code'],
		['A02_SUMA', 'N14,3', 'Value'],
	],
	K42: [
		['K42_KODAS_OD', 'C12?', 'Operation Number'],
		['K42_TEVAS', 'C?', 'Parent'],
		['K42_PAV', 'C?', 'Name'],
		['K42_TIPAS', 'C?', 'Kind'],
	],
};
