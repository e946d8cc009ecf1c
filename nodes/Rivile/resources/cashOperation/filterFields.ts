import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { Fault } from '../../../shared/fault';
import { asRecord } from '../../../shared/guards';
import { toText } from '../../../shared/values';
import { collection, field, type FieldSource } from '../../operation';
import { filterColumns, I04, valuesText } from '../../protocol/catalogue';
import { buildFilter } from '../../protocol/sql/filter';
import { encloseCondition } from '../../protocol/sql/sqlCondition';

/** The columns as the Field list offers them, by what they hold. */
const columns = filterColumns(I04)
	.map((column) => {
		const { name, label } = column;
		const description = valuesText(column);
		return {
			name: `${label} (${name})`,
			value: name,
			...(description !== undefined && { description }),
		};
	})
	.sort((a, b) => a.name.localeCompare(b.name, 'en'));

const condition: INodeProperties[] = [
	{
		displayName: 'Field',
		name: 'field',
		type: 'options',
		options: columns,
		default: 'I04_OP_DATA',
		description: 'The column to compare',
	},
	{
		displayName: 'Operator',
		name: 'operator',
		type: 'options',
		options: [
			{ name: 'Contains', value: 'contains' },
			{ name: 'Equal', value: 'equal' },
			{ name: 'Greater Than', value: 'gt' },
			{ name: 'Greater Than or Equal', value: 'gte' },
			{ name: 'In List', value: 'in' },
			{ name: 'Is Empty', value: 'isEmpty' },
			{ name: 'Is Not Empty', value: 'isNotEmpty' },
			{ name: 'Less Than', value: 'lt' },
			{ name: 'Less Than or Equal', value: 'lte' },
			{ name: 'Not Equal', value: 'notEqual' },
			{ name: 'Starts With', value: 'startsWith' },
		],
		default: 'equal',
		description:
			'How to compare the column with the value. Contains and Starts With work with text columns only.',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-01-31',
		description:
			'Write numbers with a decimal point (1250.50) and dates as YYYY-MM-DD, with or without a time. A date without a time means the whole day. For In List, separate the values with commas, or give a list in an expression.',
		displayOptions: { hide: { operator: ['isEmpty', 'isNotEmpty'] } },
	},
];

const showFor = (filterMode: string): IDisplayOptions => ({ show: { filterMode: [filterMode] } });

/** The fields for the filter. */
export function filterFields(): INodeProperties[] {
	return [
		{
			displayName: 'Filter',
			name: 'filterMode',
			type: 'options',
			options: [
				{ name: 'By Fields', value: 'fields', description: 'Choose columns, operators and values' },
				{
					name: 'By SQL Condition',
					value: 'sql',
					description: 'Write a condition in Transact-SQL',
				},
				{ name: 'None', value: 'none', description: 'Get all receipts and payments' },
			],
			default: 'none',
			description: 'Which receipts and payments to get',
		},
		{
			displayName: 'Conditions',
			name: 'filters',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Condition',
			default: {},
			options: [{ displayName: 'Condition', name: 'conditions', values: condition }],
			displayOptions: showFor('fields'),
		},
		{
			displayName: 'Must Match',
			name: 'combine',
			type: 'options',
			options: [
				{ name: 'All Conditions', value: 'and' },
				{ name: 'Any Condition', value: 'or' },
			],
			default: 'and',
			description: 'Whether a receipt or payment must meet all conditions or at least one',
			displayOptions: showFor('fields'),
		},
		{
			displayName:
				'For values from other nodes, set Filter to By Fields. An expression in this field could change the meaning of the whole condition.',
			name: 'sqlNotice',
			type: 'notice',
			default: '',
			displayOptions: showFor('sql'),
		},
		{
			displayName: 'SQL Condition',
			name: 'sql',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: "e.g. I04_OP_RUSIS = 1 AND I04_PAV LIKE N'UAB%'",
			description:
				'The part after WHERE in Transact-SQL, with the columns of the table I04. The node removes comments and puts the condition in parentheses.',
			displayOptions: showFor('sql'),
		},
	];
}

/**
 * The condition that the filter fields make, in parentheses; undefined for all rows.
 *
 * @param source an operation's context, or a trigger's
 * @param timezone IANA zone in which a point of time becomes a date
 * @throws Fault (input) that names the field
 */
export function filterOf(source: FieldSource, timezone: string): string | undefined {
	const mode = field(source, 'filterMode') ?? 'none';
	if (mode === 'none') return undefined;
	if (mode === 'sql') return encloseCondition(field(source, 'sql'));
	if (mode === 'fields') {
		const { conditions = [] } = collection(source, 'filters');
		const given = Array.isArray(conditions) ? conditions : [conditions];
		return buildFilter(I04, given.map(asRecord), field(source, 'combine'), timezone);
	}
	throw new Fault(
		'input',
		`'Filter' must be None, By Fields or By SQL Condition: ${toText(mode).slice(0, 60)}`,
		'Choose one from the list. In an expression, use none, fields or sql.',
	);
}
