/**
 * THE CATALOGUE: every method of the gateway that lists rows of one table, by a condition and page by
 * page. Requests, decoding, paging, the fields of the node, the simulator and the docs read it.
 *
 * Not among them: GET_PRICE and GET_PAP_LIST, which give one price and the extra fields of one record
 * and know neither conditions nor pages; GET_CLIENTS_TIME and GET_PRICES_TIME, which need INIT_TRIGGER
 * to be run in the database and give changes in a form that is not documented; and GET_I06_LIST_EXT,
 * which is GET_I06_LIST with parameters that choose columns.
 */
import type { Detail, LineTable, Register } from './register';

const HEADER = { label: 'Header' };

const headerAnd = (what: string): Record<'H' | 'A', Detail> => ({
	H: HEADER,
	A: { label: `Header and ${what}` },
});

const lines = (table: string, label = 'Lines', english = 'lines'): LineTable => ({
	table,
	label,
	english,
});

type Given = Pick<Register, 'method' | 'label' | 'key'> & Partial<Register>;

/** What most methods have in common. */
function register(given: Given): Register {
	return {
		table: given.method.slice('GET_'.length).slice(0, 3),
		lines: [],
		isKeyUnique: given.key.length > 0,
		pageParameter: 'pagenumber',
		certainty: 'documented',
		...given,
	};
}

const OLDER: Pick<Register, 'certainty'> = { certainty: 'older service' };
const CLIENT: Pick<Register, 'certainty'> = { certainty: 'client code' };

/** The register of receipts and payments. */
export const I04 = register({
	method: 'GET_I04_LIST',
	label: 'Receipts and Payments',
	key: ['I04_KODAS_CH'],
	lines: [lines('I05')],
	details: headerAnd('Lines'),
});

/** The register of clients. */
export const N08 = register({
	method: 'GET_N08_LIST',
	label: 'Clients',
	key: ['N08_KODAS_KS'],
	lines: [lines('N33', 'Addresses and Bank Details', 'addresses')],
	details: headerAnd('Addresses'),
});

/** The register of debts, summed. */
export const T03 = register({
	method: 'GET_T03_LIST',
	label: 'Debts, Summed',
	key: ['T03_KODAS_KS', 'T03_DOK_NR', 'T03_DATA_MOK', 'T03_KODAS_VL'],
	details: {
		H: { label: 'By Client', key: ['T03_KODAS_KS'] },
		A: { label: 'By Client, Document, Payment Date and Currency' },
	},
});

/** Every register, those of money first. */
export const REGISTERS: readonly Register[] = [
	I04,
	N08,
	T03,
	register({
		method: 'GET_I44_LIST',
		label: 'Debts, Line by Line',
		key: ['I44_MODUL', 'I44_KODAS_OP', 'I44_EIL_NR', 'I44_TIPAS'],
		details: { H: HEADER, A: { label: 'All Information' } },
	}),
	register({ method: 'GET_I53_LIST', label: 'Payment Orders', key: ['I53_KODAS_OI'] }),
	register({
		method: 'GET_I06_LIST',
		label: 'Purchase and Sales Documents',
		key: ['I06_KODAS_PO'],
		lines: [
			lines('I07'),
			lines('I08', 'Payment Terms', 'paymentTerms'),
			lines('I13', 'Payments', 'payments'),
		],
		details: headerAnd('Lines'),
		...CLIENT,
	}),
	register({
		method: 'GET_I06_DEBT',
		label: 'Debts of Documents That Are Not Posted',
		key: ['I06_KODAS_KS'],
		isKeyUnique: false,
		details: { H: { label: 'Main Information' }, A: { label: 'All Information' } },
	}),
	register({
		method: 'GET_I09_LIST',
		label: 'Transfers Between Departments',
		key: ['I09_KODAS_VD'],
		lines: [lines('I10')],
		details: headerAnd('Lines'),
	}),
	register({
		method: 'GET_I11_LIST',
		label: 'Stock Operations',
		key: ['I11_KODAS_IN'],
		lines: [lines('I12')],
		details: headerAnd('Lines'),
	}),
	register({
		method: 'GET_I17_LIST',
		label: 'Stock of Goods',
		key: ['I17_KODAS_PS', 'I17_KODAS_IS', 'I17_KODAS_US_A', 'I17_KODAS_OS', 'I17_SERIJA'],
	}),
	register({
		method: 'GET_I47_LIST',
		label: 'Stock Taking',
		key: ['I47_KODAS_IF'],
		lines: [lines('I48')],
		// In both samples; the parameter itself is not described.
		always: { list: 'A' },
	}),
	register({
		method: 'GET_I20_LIST',
		label: 'Repricing Operations',
		key: ['I20_KODAS_PK'],
		lines: ['I21', 'I28', 'I29', 'I34', 'I14'].map((table) =>
			lines(table, `Lines (${table})`, `lines${table}`),
		),
		details: headerAnd('Lines'),
	}),
	register({
		method: 'GET_I02_LIST',
		label: 'General Ledger Operations',
		key: ['I02_KODAS_DH'],
		lines: [lines('I01', 'Lines (I01)', 'linesI01'), lines('I03', 'Entries', 'entries')],
		details: headerAnd('Lines'),
	}),
	register({
		method: 'GET_N17_LIST',
		label: 'Goods and Services',
		key: ['N17_KODAS_PS'],
		lines: [lines('N37', 'Units', 'units'), lines('I33', 'Selling Prices', 'sellingPrices')],
		details: headerAnd('Units and Prices'),
		...CLIENT,
	}),
	register({
		method: 'GET_N37_LIST',
		label: 'Units and Bar Codes of Goods',
		key: ['N37_KODAS_PS', 'N37_KODAS_US'],
		...OLDER,
	}),
	register({
		method: 'GET_N26_LIST',
		label: 'Components of Products',
		key: ['N26_KODAS_PS', 'N26_EIL_NR'],
		...OLDER,
	}),
	register({
		method: 'GET_N47_LIST',
		label: 'Minimum Stock of Departments',
		key: ['N47_KODAS_PS', 'N47_KODAS_IS', 'N47_KODAS_US'],
	}),
	register({
		method: 'GET_N87_LIST',
		label: "Clients' Own Codes of Goods",
		key: ['N87_KODAS_PS', 'N87_KODAS_US', 'N87_KODAS_KS'],
	}),
	register({
		method: 'GET_I33_LIST',
		label: 'Selling Prices by Department',
		key: ['I33_KODAS_PS', 'I33_KODAS_IS', 'I33_KODAS_US'],
		...CLIENT,
	}),
	register({
		method: 'GET_N32_LIST',
		label: 'Price Lists of Goods',
		key: ['N32_KODAS_PS', 'N32_KODAS_US', 'N32_TIPAS', 'N32_G_DATE', 'N32_ID'],
	}),
	register({
		method: 'GET_N13_LIST',
		label: 'Promotions of Goods and Services',
		key: ['N13_KODAS_PS', 'N13_KODAS_US', 'N13_KODAS_IS', 'N13_EIL_NR'],
	}),
	register({
		method: 'GET_N31_LIST',
		label: 'Discount Tables',
		key: ['N31_KODAS_NS', 'N31_EIL_NR'],
		...OLDER,
	}),
	register({
		method: 'GET_N51_LIST',
		label: 'Contracts',
		key: ['N51_KODAS_KT'],
		lines: [lines('N52', 'Annexes', 'annexes'), lines('N56', 'Lines (N56)', 'linesN56')],
		details: headerAnd('Annexes'),
	}),
	register({
		method: 'GET_N52_LIST',
		label: 'Contract Annexes',
		// Several annexes may belong to one contract.
		key: ['N52_KODAS_KT'],
		isKeyUnique: false,
	}),
	register({ method: 'GET_N60_LIST', label: 'Contact Persons', key: ['N60_KODAS_SM'] }),
	register({
		method: 'GET_A02_LIST',
		label: 'Values of Payroll Variables',
		// A variable has a value for each person and date.
		key: ['A02_KODAS_LK'],
		isKeyUnique: false,
		pageParameter: 'pageNumber',
		note: 'In Rivilė, the parameter RGI_A02_FIL has to allow the values.',
	}),
	register({
		method: 'GET_K42_LIST',
		label: 'Document Management Operations',
		key: ['K42_KODAS_OD'],
		lines: [lines('K41')],
		details: headerAnd('Lines'),
		note: 'Rivilė gives only what the user of the API key may see.',
	}),
	register({
		method: 'GET_K78_LIST',
		label: 'Gift Voucher Operations',
		key: ['K78_KODAS_DO'],
		lines: [lines('K79')],
		details: headerAnd('Lines'),
	}),
	register({ method: 'GET_N77_LIST', label: 'Gift Vouchers', key: [] }),
	register({ method: 'GET_N64_LIST', label: 'Loyalty Cards', key: ['N64_KODAS_DL'], ...CLIENT }),
	register({
		method: 'GET_I64_LIST',
		label: 'Loyalty Operations',
		// The order is by card, and a card has many operations.
		key: ['I64_KODAS_DL'],
		isKeyUnique: false,
		...OLDER,
	}),
	register({ method: 'GET_N06_LIST', label: 'Objects', key: ['N06_KODAS_OS'] }),
	register({
		method: 'GET_N07_LIST',
		label: 'Departments',
		key: ['N07_KODAS_IS'],
		pageParameter: 'pageNumber',
	}),
	register({ method: 'GET_N15_LIST', label: 'Managers', key: ['N15_KODAS_MS'] }),
	register({ method: 'GET_N19_LIST', label: 'Groups', key: ['N19_KODAS_GS'] }),
	register({ method: 'GET_N35_LIST', label: 'Logistics Codes', key: [], ...CLIENT }),
	register({ method: 'GET_N67_LIST', label: 'Intrastat Classifiers', key: ['N67_KODAS_IA'] }),
];

const byMethod = new Map(REGISTERS.map((entry) => [entry.method, entry]));

/** The register that a method lists; undefined when the catalogue does not have it. */
export function registerOf(method: unknown): Register | undefined {
	return typeof method === 'string' ? byMethod.get(method) : undefined;
}
