import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { Fault } from '../../../shared/fault';
import { toText } from '../../../shared/values';
import { partsOf, type ReadField } from '../../operation';
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
		description: 'The column to look at',
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
		description: 'How to compare. Contains and Starts With are for texts only.',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-01-31',
		description:
			'Numbers with a decimal point (1250.50); dates as YYYY-MM-DD, with or without a time, or as an expression. A date is the whole day. Several values for In List are separated by commas or given as a list by an expression.',
		displayOptions: { hide: { operator: ['isEmpty', 'isNotEmpty'] } },
	},
];

const showFor = (filterMode: string): IDisplayOptions => ({ show: { filterMode: [filterMode] } });

/** The fields in which a condition is put together or written. */
export function filterFields(): INodeProperties[] {
	return [
		{
			displayName: 'Filter',
			name: 'filterMode',
			type: 'options',
			options: [
				{ name: 'By Fields', value: 'fields', description: 'Put conditions together' },
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
			description: 'Whether a row has to meet all of the conditions or one of them',
			displayOptions: showFor('fields'),
		},
		{
			displayName:
				'Values from other nodes belong in Filter: By Fields. An expression in this field could change what the whole condition means.',
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
				'What stands after WHERE in Transact-SQL, on the columns of the table I04. It is enclosed in parentheses, and comments are left out.',
			displayOptions: showFor('sql'),
		},
	];
}

/**
 * The condition that the filter fields make, in parentheses; undefined for all rows.
 *
 * @param field gives a field of the node
 * @param timezone IANA zone in which a point of time becomes a date
 * @throws Fault (input) that names the field
 */
export function filterOf(field: ReadField, timezone: string): string | undefined {
	const mode = field('filterMode') ?? 'none';
	if (mode === 'none') return undefined;
	if (mode === 'sql') return encloseCondition(field('sql'));
	if (mode === 'fields') {
		const { conditions = [] } = partsOf(field('filters'));
		const given = Array.isArray(conditions) ? conditions : [conditions];
		return buildFilter(I04, given.map(partsOf), field('combine'), timezone);
	}
	throw new Fault(
		'input',
		`'Filter' is not one that the node knows: ${toText(mode).slice(0, 60)}`,
		'Choose None, By Fields or By SQL Condition. By an expression, give none, fields or sql.',
	);
}
