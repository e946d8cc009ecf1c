import type { INodeProperties } from 'n8n-workflow';

import { amountFilter, dateFilter, textFilter } from '../fields/simple';

const fields: readonly INodeProperties[] = [
	textFilter('Client Code', 'clientCode', 'e.g. PVZ001', "The client's code in Rivilė"),
	textFilter(
		'Client Name',
		'clientName',
		'e.g. UAB Pavyzdys',
		"The client's name, or a part of it: as it is today, or as it is in the operation",
	),
	textFilter('Company Code', 'companyCode', 'e.g. 110065392', "The client's registration code"),
	textFilter(
		'VAT Code',
		'vatCode',
		'e.g. LT100653920',
		"The client's VAT code, with or without LT in front",
	),
	amountFilter('Amount', 'amount', 'The amount, in the main currency or in that of the operation'),
	amountFilter('Tolerance', 'tolerance', 'By how much the amount may differ, in the same currency'),
	dateFilter('Date From', 'dateFrom', 'The first operation date. Earlier operations do not count.'),
	dateFilter('Date To', 'dateTo', 'The last operation date. Later operations do not count.'),
	textFilter(
		'Reference',
		'reference',
		'e.g. PVZ-151',
		'A text in the document number, description or notes of the operation',
	),
];

/** What to look for. */
export const searchField: INodeProperties = {
	displayName: 'Search',
	name: 'search',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description:
		'What to look for. Operations that match at least one field are found, within the dates. Those that match more fields come first. Fields that are empty do not count.',
	options: [...fields].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
};
