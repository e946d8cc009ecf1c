import { Fault } from '../../../shared/fault';
import { shown } from '../../../shared/values';
import type { FieldSource } from '../../operation';
import { I04 } from '../../protocol/catalogue';
import { buildSimple } from '../../protocol/sql/filter';
import {
	amountFilter,
	dateFilter,
	simpleConditions,
	textFilter,
	type SimpleField,
} from '../fields/simple';

const KINDS = new Map<string, string>(
	Object.entries({
		receipts: '1',
		payments: '2',
		receipt: '1',
		payment: '2',
		'1': '1',
		'2': '2',
	}),
);

function kindOf(value: unknown): string {
	const kind = KINDS.get(String(value).toLowerCase());
	if (kind !== undefined) return kind;
	throw new Fault(
		'input',
		`'Kind' must be Receipts or Payments: ${shown(value)}`,
		'Choose one from the list. In an expression, use receipts or payments.',
	);
}

/** The filters for people who do not write conditions. */
export const simpleFields: readonly SimpleField[] = [
	{
		property: {
			displayName: 'Kind',
			name: 'kind',
			type: 'options',
			options: [
				{ name: 'Payments', value: 'payments', description: 'Money that was paid out' },
				{ name: 'Receipts', value: 'receipts', description: 'Money that was received' },
			],
			default: 'receipts',
			description: 'Whether to get receipts only or payments only',
		},
		column: 'I04_OP_RUSIS',
		operator: 'equal',
		wanted: kindOf,
	},
	{
		property: dateFilter('Date From', 'dateFrom', 'The first operation date'),
		column: 'I04_OP_DATA',
		operator: 'gte',
	},
	{
		property: dateFilter('Date To', 'dateTo', 'The last operation date, which is included'),
		column: 'I04_OP_DATA',
		operator: 'lte',
	},
	{
		property: textFilter(
			'Client Code',
			'clientCode',
			'e.g. PVZ001',
			"The client's code in Rivilė. Client → Get Many finds it by name, company code or VAT code.",
		),
		column: 'I04_KODAS_KS',
		operator: 'equal',
	},
	{
		property: textFilter(
			'Document Number',
			'documentNumber',
			'e.g. PVZ-1',
			'The whole document number. For a part of it, set Filter to By Fields.',
		),
		column: 'I04_DOK_NR',
		operator: 'equal',
	},
	{
		property: amountFilter('Amount From', 'amountFrom', 'The lowest amount'),
		column: 'I04_SUMA',
		operator: 'gte',
	},
	{
		property: amountFilter('Amount To', 'amountTo', 'The highest amount'),
		column: 'I04_SUMA',
		operator: 'lte',
	},
];

/** The condition of the simple filters; undefined when none was added. */
export function simpleFilter(source: FieldSource, timezone: string): string | undefined {
	return buildSimple(I04, simpleConditions(source, simpleFields), timezone);
}
