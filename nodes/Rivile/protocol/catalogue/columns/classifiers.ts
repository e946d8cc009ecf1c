import type { Tables } from '../column';

/** Codes that other registers use. */
export const classifiers: Tables = {
	N06: [['N06_KODAS_OS', 'C12?', 'Object Code']],
	N07: [
		['N07_KODAS_IS', 'C12', 'Department Code'],
		['N07_PAV', 'C?', 'Name'],
		['N07_RESURSAS', 'C?'],
		['N07_KODAS_RE', 'C12?'],
		['N07_PAD_TIP', 'C?', 'Kind of Department'],
		['N07_PAD_GR1', 'C?', 'Group 1'],
		['N07_PAD_GR2', 'C?', 'Group 2'],
		['N07_EIL1', 'C?', 'Line 1'],
		['N07_EIL2', 'C?', 'Line 2'],
	],
	N15: [
		['N15_KODAS_MS', 'C12?', 'Manager Code'],
		['N15_PAV', 'C?', 'Name'],
	],
	N19: [['N19_KODAS_GS', 'C12?', 'Group Code']],
	N35: [['N35_KODAS_LS', 'C12?', 'Logistics Code']],
	N67: [
		['N67_KODAS_IA', 'C12?', 'Classifier Code'],
		['N67_PAV', 'C?', 'Name'],
		['N67_APR', 'C12?', 'Description'],
		['N67_TIPAS', 'C?', 'Kind'],
		['N67_POZ_DATE', 'N1?', 'Limited in Time'],
		['N67_BEG_DATE', 'T8?', 'Start Date'],
		['N67_END_DATE', 'T8?', 'End Date'],
		['N67_ADDUSR', 'C12?', 'Created By'],
		['N67_USERIS', 'C12?', 'Changed By'],
	],
};
