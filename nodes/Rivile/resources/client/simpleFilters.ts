import { Fault } from '../../../shared/fault';
import { shown } from '../../../shared/values';
import type { FieldSource } from '../../operation';
import { N08 } from '../../protocol/catalogue';
import { buildSimple } from '../../protocol/sql/filter';
import { dateFilter, simpleConditions, textFilter, type SimpleField } from '../fields/simple';
import { companyCodeForms, vatCodeForms } from './codes';

const ROLES = new Map<string, string>(
	Object.entries({
		'1': '1',
		'2': '2',
		'3': '3',
		buyer: '1',
		supplier: '2',
		both: '3',
	}),
);

function roleOf(value: unknown): string {
	const role = ROLES.get(String(value).toLowerCase());
	if (role !== undefined) return role;
	throw new Fault(
		'input',
		`'Role' must be Buyer, Supplier or Both: ${shown(value)}`,
		'Choose one from the list. In an expression, use 1 for buyers, 2 for suppliers or 3 for both.',
	);
}

/** The filters for people who do not write conditions. */
export const simpleFields: readonly SimpleField[] = [
	{
		property: {
			displayName: 'Role',
			name: 'role',
			type: 'options',
			options: [
				{ name: 'Both', value: 3, description: 'Clients that buy and supply' },
				{ name: 'Buyer', value: 1, description: 'Clients that only buy' },
				{ name: 'Supplier', value: 2, description: 'Clients that only supply' },
			],
			default: 1,
			description: 'Whether the client buys, supplies or does both',
		},
		column: 'N08_RUSIS',
		operator: 'equal',
		wanted: roleOf,
	},
	{
		property: textFilter('Name', 'name', 'e.g. UAB', 'The name of the client, or a part of it'),
		column: 'N08_PAV',
		operator: 'contains',
	},
	{
		property: textFilter(
			'Company Code',
			'companyCode',
			'e.g. 110065392',
			"The client's registration code",
		),
		column: 'N08_IM_KODAS',
		operator: 'in',
		wanted: companyCodeForms,
	},
	{
		property: textFilter(
			'VAT Code',
			'vatCode',
			'e.g. LT100653920',
			"The client's VAT code, with or without LT in front",
		),
		column: 'N08_PVM_KODAS',
		operator: 'in',
		wanted: vatCodeForms,
	},
	{
		property: dateFilter(
			'Changed Since',
			'changedSince',
			'Only clients that were entered or changed on this date or later',
		),
		column: 'N08_R_DATE',
		operator: 'gte',
	},
];

/** The condition of the simple filters; undefined when none was added. */
export function simpleFilter(source: FieldSource, timezone: string): string | undefined {
	return buildSimple(N08, simpleConditions(source, simpleFields), timezone);
}
