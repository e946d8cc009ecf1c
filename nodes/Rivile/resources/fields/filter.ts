import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { Fault } from '../../../shared/fault';
import { asRecord } from '../../../shared/guards';
import { shown } from '../../../shared/values';
import { collection, field, type FieldSource } from '../../operation';
import { filterColumns, type Register } from '../../protocol/catalogue';
import { buildFilter } from '../../protocol/sql/filter';
import { encloseCondition } from '../../protocol/sql/sqlCondition';
import { columnOptions } from './columns';
import { operatorAndValue } from './conditions';

/** What the filter of an operation looks like. */
export interface FilterScreen {
	/** What is filtered, in the plural, such as `receipts and payments`. */
	readonly rows: string;
	/** The field `field` of a condition, with the fields that follow it. */
	readonly condition: readonly INodeProperties[];
	/** A condition in T-SQL. */
	readonly example: string;
	/** The collection of filters for people who do not write conditions; undefined for none. */
	readonly simple?: INodeProperties;
}

/** The fields of a condition on a register's columns. */
export function conditionFields(register: Register, initial: string): INodeProperties[] {
	return [
		{
			displayName: 'Field',
			name: 'field',
			type: 'options',
			options: columnOptions(register),
			default: initial,
			description: 'The column to compare',
		},
		...operatorAndValue(filterColumns(register)),
	];
}

const showFor = (filterMode: string): IDisplayOptions => ({ show: { filterMode: [filterMode] } });

/** The fields of the filter. */
export function filterFields({
	rows,
	condition,
	example,
	simple,
}: FilterScreen): INodeProperties[] {
	const modes: INodePropertyOptions[] = [
		{ name: 'By Fields', value: 'fields', description: 'Choose columns, operators and values' },
		{ name: 'By SQL Condition', value: 'sql', description: 'Write a condition in Transact-SQL' },
		{ name: 'None', value: 'none', description: `Get all ${rows}` },
		...(simple === undefined
			? []
			: [{ name: 'Simple', value: 'simple', description: 'Fill in the filters that you need' }]),
	];
	const initial = simple === undefined ? 'none' : 'simple';
	return [
		{
			displayName: 'Filter',
			name: 'filterMode',
			type: 'options',
			options: modes,
			default: initial,
			description: `Which ${rows} to get`,
		},
		...(simple === undefined ? [] : [simple]),
		{
			displayName: 'Conditions',
			name: 'filters',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Condition',
			default: {},
			options: [{ displayName: 'Condition', name: 'conditions', values: [...condition] }],
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
			description: 'Whether all conditions must be met or at least one',
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
			placeholder: `e.g. ${example}`,
			description:
				"The part after WHERE in Transact-SQL, with the columns of the register's table. The node removes comments and puts the condition in parentheses.",
			displayOptions: showFor('sql'),
		},
	];
}

/** Which rows are wanted. */
export interface Filter {
	/** The condition in parentheses; undefined for all rows. */
	readonly sql: string | undefined;
	/** Whether the user chose to filter and gave nothing to filter by. */
	readonly isLeftEmpty: boolean;
}

/**
 * The condition that the filter fields make.
 *
 * @param simple writes the condition of the simple filters; undefined where an operation has none
 * @param timezone IANA zone in which a point of time becomes a date
 * @throws Fault (input) that names the field
 */
export function readFilter(
	source: FieldSource,
	register: Register,
	timezone: string,
	simple?: () => string | undefined,
): Filter {
	const mode = field(source, 'filterMode') ?? 'none';
	if (mode === 'none') return { sql: undefined, isLeftEmpty: false };
	if (mode === 'sql') return { sql: encloseCondition(field(source, 'sql')), isLeftEmpty: false };
	if (mode === 'simple' && simple !== undefined) return choice(simple());
	if (mode === 'fields') {
		const { conditions = [] } = collection(source, 'filters');
		const given = Array.isArray(conditions) ? conditions : [conditions];
		const combine = field(source, 'combine');
		return choice(buildFilter(register, given.map(asRecord), combine, timezone));
	}
	const [also, word] = simple === undefined ? ['', ''] : ['Simple, ', 'simple, '];
	throw new Fault(
		'input',
		`'Filter' must be ${also}None, By Fields or By SQL Condition: ${shown(mode)}`,
		`Choose one from the list. In an expression, use ${word}none, fields or sql.`,
	);
}

const choice = (sql: string | undefined): Filter => ({ sql, isLeftEmpty: sql === undefined });
