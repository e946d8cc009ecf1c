import type { INodeProperties } from 'n8n-workflow';

import { returnAllFields, simplifyField } from '../../../shared/fields';
import {
	collection,
	field,
	simplifies,
	type Operation,
	type OperationContext,
} from '../../operation';
import type { Form } from '../../protocol/call';
import { N08, T03 } from '../../protocol/catalogue';
import { and } from '../../protocol/sql/conditions';
import { buildSimple } from '../../protocol/sql/filter';
import { companyCodeForms } from '../client/codes';
import { CLIENT, clientsWith, codesOf } from '../client/lookup';
import { columnOptions } from '../fields/columns';
import { conditionFields, filterFields, readFilter } from '../fields/filter';
import {
	dateFilter,
	simpleConditions,
	simpleFiltersField,
	textFilter,
	type SimpleField,
} from '../fields/simple';
import { getRows } from '../rows/getRows';
import { hintOnce } from '../rows/hints';
import { formOf, listOptions, rowOptions, unknownChoice } from '../rows/options';

const CODE = 'T03_KODAS_KS';

const viewField: INodeProperties = {
	displayName: 'View',
	name: 'view',
	type: 'options',
	options: [
		{ name: 'By Client', value: 'byClient', description: 'One row for each client' },
		{
			name: 'By Document',
			value: 'byDocument',
			description: 'One row for each client, document, payment date and currency',
		},
	],
	default: 'byClient',
	description: 'How the debts are summed',
};

const simpleFields: readonly SimpleField[] = [
	{
		property: textFilter('Client Code', 'clientCode', 'e.g. PVZ001', "The client's code in Rivilė"),
		column: CODE,
		operator: 'equal',
	},
	{
		property: dateFilter(
			'Due Before',
			'dueBefore',
			'Only debts with a payment date before this date',
		),
		column: 'T03_DATA_MOK',
		operator: 'lt',
	},
	{
		property: textFilter('Currency', 'currency', 'e.g. EUR', 'The code of the currency'),
		column: 'T03_KODAS_VL',
		operator: 'equal',
	},
];

const companyCode = textFilter(
	'Company Code',
	'companyCode',
	'e.g. 110065392',
	"The client's registration code. The node looks up the client first, which takes one more request.",
);

export const getMany: Operation = {
	effect: 'read',
	description: [
		viewField,
		...returnAllFields(),
		simplifyField(),
		...filterFields({
			rows: 'debts',
			condition: conditionFields(T03, CODE),
			example: "T03_DATA_MOK < '2026-01-31' AND T03_KODAS_VL = 'EUR'",
			simple: simpleFiltersField([...simpleFields.map(({ property }) => property), companyCode]),
		}),
	],
	options: [...rowOptions, ...listOptions({ options: columnOptions(T03) })],
	async execute(context) {
		const detail = viewOf(context);
		const { timezone } = context.connection;
		const clients = await clientsOf(context);
		if (clients?.length === 0) {
			hintOnce(context, 'client', 'No client has this company code, so there are no debts.');
			return [];
		}
		const conditions = () => [
			...simpleConditions(context, simpleFields),
			...(clients === undefined
				? []
				: [{ label: 'Company Code', column: CODE, operator: 'in' as const, value: clients }]),
		];
		return await getRows(context, {
			register: T03,
			detail,
			simplify: simplifies(context),
			filter: readFilter(context, T03, timezone, () => buildSimple(T03, conditions(), timezone)),
		});
	},
};

function viewOf(context: OperationContext): Form['detail'] {
	const view = field(context, 'view') ?? 'byClient';
	if (view === 'byClient') return 'H';
	if (view === 'byDocument') return 'A';
	throw unknownChoice('View', view, 'By Client or By Document', 'byClient or byDocument');
}

/** The codes of the clients with the company code; undefined when none was asked for. */
async function clientsOf(context: OperationContext): Promise<string[] | undefined> {
	const { companyCode: code } = collection(context, 'simpleFilters');
	if (field(context, 'filterMode') !== 'simple' || code === undefined) return undefined;
	const { connection } = context;
	const condition = {
		label: 'Company Code',
		column: CLIENT.companyCode,
		operator: 'in' as const,
		value: companyCodeForms(code),
	};
	const filter = and(buildSimple(N08, [condition], connection.timezone));
	if (filter === undefined) return undefined;
	return codesOf(await clientsWith(connection, formOf(context, 'H'), filter, Infinity));
}
