import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { Fault } from '../../../shared/fault';
import { shown, toSwitch } from '../../../shared/values';
import { collection, field, toCount, type FieldSource } from '../../operation';
import type { Form } from '../../protocol/call';
import type { Register } from '../../protocol/catalogue';
import type { ColumnNames } from '../../protocol/readable/words';

/** The option for the names and values of columns. */
export const columnNamesOption: INodeProperties = {
	displayName: 'Column Names',
	name: 'columnNames',
	type: 'options',
	options: [
		{
			name: 'English',
			value: 'english',
			description: 'Such as operationNumber, with words for coded values, such as receipt',
		},
		{
			name: 'Rivilė',
			value: 'rivile',
			description: 'Such as I04_KODAS_CH, with coded values as Rivilė stores them, such as 1',
		},
	],
	default: 'english',
	description:
		"Which names and values the items have. Without this option, they are English if 'Simplify' is on, and Rivilė's own if it is off.",
};

/** The options of every operation that gives rows. */
export const rowOptions: readonly INodeProperties[] = [
	columnNamesOption,
	{
		displayName: 'Numbers as Text',
		name: 'numbersAsText',
		type: 'boolean',
		default: false,
		description:
			'Whether to return numbers as text exactly as Rivilė writes them, such as 10.00, instead of converting them to numbers',
	},
	{
		displayName: 'Response Format',
		name: 'responseFormat',
		type: 'options',
		options: [
			{ name: 'JSON', value: 'json' },
			{ name: 'XML', value: 'xml' },
		],
		default: 'json',
		description:
			'The format of the response from Rivilė. The items are the same in both. Gateways older than version 1.1.0 support XML only.',
	},
];

/** The option that gives an item for each line. */
export const oneItemPerLineOption: INodeProperties = {
	displayName: 'One Item per Line',
	name: 'oneItemPerLine',
	type: 'boolean',
	default: false,
	description:
		'Whether to return an item for each line, with the columns of its row repeated. A row without lines stays one item. Limit counts rows, not lines.',
};

/** The options of an operation that gives many rows, besides those that all have. */
export function listOptions(
	column: Pick<INodeProperties, 'options' | 'typeOptions'>,
): INodeProperties[] {
	return [
		{
			displayName: 'Page Number',
			name: 'pageNumber',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			description:
				'Get only this page of up to 100 rows, counted from 1. Return All and Limit are ignored.',
		},
		{
			displayName: 'Sort',
			name: 'sort',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description:
				"How to sort the rows. Needs 'Return All', because Rivilė cannot sort them itself.",
			options: [
				{
					displayName: 'Column',
					name: 'column',
					type: 'options',
					default: '',
					description: 'The column to sort by',
					...column,
				},
				{
					displayName: 'Direction',
					name: 'direction',
					type: 'options',
					options: [
						{ name: 'Ascending', value: 'ascending', description: 'Lowest or earliest first' },
						{ name: 'Descending', value: 'descending', description: 'Highest or latest first' },
					],
					default: 'ascending',
					description: 'Which rows come first',
				},
			],
		},
	];
}

/** A list of columns for `listOptions`. */
export const sortableBy = (options: INodePropertyOptions[]) => ({ options });

/**
 * Whether the lines are wanted, and in which form.
 *
 * @param detail H: the rows; A: with their lines
 * @throws Fault (input) that names the field
 */
export function formOf(source: FieldSource, detail: Form['detail']): Form {
	const { responseFormat: format = 'json', numbersAsText = false } = collection(source, 'options');
	if (format !== 'json' && format !== 'xml') {
		throw unknownChoice('Response Format', format, 'JSON or XML', 'json or xml');
	}
	return { detail, format, numbersAsText: toSwitch('Numbers as Text', numbersAsText) };
}

/**
 * The field Detail.
 *
 * @throws Fault (input) when it is neither
 */
export function detailOf(source: FieldSource, { details }: Register): Form['detail'] {
	if (details === undefined) return 'H';
	const detail = field(source, 'detail') ?? 'H';
	if (detail === 'H' || detail === 'A') return detail;
	throw unknownChoice('Detail', detail, `${details.H.label} or ${details.A.label}`, 'H or A');
}

/**
 * The option Column Names.
 *
 * @param simplify whether the items are simplified, in which case they are English unless told otherwise
 * @throws Fault (input) when it is neither
 */
export function columnNamesOf(source: FieldSource, simplify: boolean): ColumnNames {
	const { columnNames = simplify ? 'english' : 'rivile' } = collection(source, 'options');
	if (columnNames === 'english' || columnNames === 'rivile') return columnNames;
	throw unknownChoice('Column Names', columnNames, 'English or Rivilė', 'english or rivile');
}

/**
 * The option Page Number; undefined when it is not set.
 *
 * @throws Fault (input) when it is not a number above 0
 */
export function pageNumberOf(source: FieldSource): number | undefined {
	const { pageNumber } = collection(source, 'options');
	if (pageNumber === undefined) return undefined;
	return toCount('Page Number', pageNumber, 'Enter 1 for the first page, 2 for the second.');
}

/** The fault for a choice that the field does not have. */
export function unknownChoice(
	label: string,
	value: unknown,
	choices: string,
	values: string,
): Fault {
	return new Fault(
		'input',
		`'${label}' must be ${choices}: ${shown(value)}`,
		`Choose one from the list. In an expression, use ${values}.`,
	);
}
