/**
 * The fields of one condition. What can be chosen and entered depends on what the column holds, so there
 * are several fields named `operator` and `value`, each for its own columns: n8n shows the one that fits,
 * and stores them under the same names.
 */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Column } from '../../protocol/catalogue';

type Choice = readonly [value: string, name: string];

const EMPTY: readonly Choice[] = [
	['isEmpty', 'Is Empty'],
	['isNotEmpty', 'Is Not Empty'],
];

const ORDER: readonly Choice[] = [
	['gt', 'Greater Than'],
	['gte', 'Greater Than or Equal'],
	['lt', 'Less Than'],
	['lte', 'Less Than or Equal'],
];

const EQUALITY: readonly Choice[] = [
	['equal', 'Equal'],
	['notEqual', 'Not Equal'],
	['in', 'In List'],
];

const FOR_TEXT: readonly Choice[] = [
	EQUALITY[0] ?? ['equal', 'Equal'],
	['contains', 'Contains'],
	['startsWith', 'Starts With'],
	...EQUALITY.slice(1),
	...EMPTY,
	...ORDER,
];

const FOR_NUMBERS: readonly Choice[] = [...EQUALITY, ...ORDER, ...EMPTY];

const FOR_DATES: readonly Choice[] = [
	['equal', 'Is On'],
	['gte', 'Is On or After'],
	['lte', 'Is On or Before'],
	['gt', 'Is After'],
	['lt', 'Is Before'],
	['notEqual', 'Is Not On'],
	['in', 'In List'],
	...EMPTY,
];

const FOR_CODES: readonly Choice[] = [...EQUALITY, ...EMPTY];

/** The operators that compare with one value. */
const WITH_ONE = ['equal', 'notEqual', 'gt', 'gte', 'lt', 'lte'];

const namesOf = (columns: readonly Column[]) => columns.map(({ name }) => name);

/** Whether a column says when something happened, with the time of day. */
const hasTime = ({ type, label }: Column) => type === 'T' && label.endsWith(' At');

/**
 * The fields `operator` and `value` of a condition.
 *
 * @param columns those that the field `field` offers
 */
export function operatorAndValue(columns: readonly Column[]): INodeProperties[] {
	const codes = columns.filter(({ values }) => values !== undefined);
	const plain = columns.filter(({ values }) => values === undefined);
	const numbers = plain.filter(({ type }) => type === 'N');
	const points = plain.filter(({ type }) => type === 'T');
	const texts = plain.filter(({ type }) => type === 'C' || type === 'M');
	return [
		operatorField(texts, FOR_TEXT, 'How to compare the column with the value'),
		operatorField(numbers, FOR_NUMBERS, 'How to compare the number with the value'),
		operatorField(points, FOR_DATES, 'How to compare the date with the value'),
		operatorField(codes, FOR_CODES, 'How to compare the column with the value'),
		textField(texts),
		numberField(numbers),
		dateField(
			points.filter((column) => !hasTime(column)),
			true,
		),
		dateField(points.filter(hasTime), false),
		listField([...numbers, ...points]),
		...codeFields(codes),
	].filter(({ displayOptions }) => displayOptions?.show?.field?.length !== 0);
}

function operatorField(
	columns: readonly Column[],
	operators: readonly Choice[],
	description: string,
): INodeProperties {
	return {
		displayName: 'Operator',
		name: 'operator',
		type: 'options',
		options: operators.map(([value, name]) => ({ name, value })),
		default: 'equal',
		description,
		displayOptions: { show: { field: namesOf(columns) } },
	};
}

function textField(columns: readonly Column[]): INodeProperties {
	return {
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. UAB',
		description:
			'The text to compare with. For In List, separate the values with commas, or give a list in an expression.',
		displayOptions: {
			show: { field: namesOf(columns) },
			hide: { operator: ['isEmpty', 'isNotEmpty'] },
		},
	};
}

function numberField(columns: readonly Column[]): INodeProperties {
	return {
		displayName: 'Value',
		name: 'value',
		type: 'number',
		typeOptions: { numberPrecision: 4 },
		default: 0,
		description: 'The number to compare with',
		displayOptions: { show: { field: namesOf(columns), operator: WITH_ONE } },
	};
}

function dateField(columns: readonly Column[], dateOnly: boolean): INodeProperties {
	return {
		displayName: 'Value',
		name: 'value',
		type: 'dateTime',
		...(dateOnly && { typeOptions: { dateOnly } }),
		default: '',
		description: dateOnly
			? 'The date to compare with. In an expression, write it as 2026-01-31.'
			: 'The date and time to compare with. In an expression, write it as 2026-01-31 or 2026-01-31T14:30:00. A date without a time means the whole day.',
		displayOptions: { show: { field: namesOf(columns), operator: WITH_ONE } },
	};
}

function listField(columns: readonly Column[]): INodeProperties {
	return {
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. 10.50, 20',
		description:
			'The values, separated with commas, or a list from an expression. Write numbers with a decimal point and dates as 2026-01-31.',
		displayOptions: { show: { field: namesOf(columns), operator: ['in'] } },
	};
}

/** Two fields for each set of values: one to choose one of them, and one to choose several. */
function codeFields(columns: readonly Column[]): INodeProperties[] {
	const sets = new Map<
		string,
		{ readonly options: INodePropertyOptions[]; readonly names: string[] }
	>();
	for (const { name, values = {} } of columns) {
		const options = Object.entries(values).map(([value, { text }]) => ({
			name: titleCase(text),
			value,
		}));
		const key = JSON.stringify(options);
		const set = sets.get(key) ?? { options, names: new Array<string>() };
		set.names.push(name);
		sets.set(key, set);
	}
	return [...sets.values()].flatMap(({ options, names }): INodeProperties[] => {
		// Nothing is chosen at first, so that a condition without a value is refused.
		const initial = '';
		return [
			{
				displayName: 'Value',
				name: 'value',
				type: 'options',
				options,
				default: initial,
				description: 'The value to compare with',
				displayOptions: { show: { field: names, operator: WITH_ONE } },
			},
			{
				displayName: 'Value',
				name: 'value',
				type: 'multiOptions',
				options,
				default: [],
				description: 'The values to compare with',
				displayOptions: { show: { field: names, operator: ['in'] } },
			},
		];
	});
}

const SMALL = new Set(['a', 'an', 'and', 'as', 'by', 'in', 'of', 'or', 'the', 'to']);

function titleCase(text: string): string {
	return text
		.split(' ')
		.map((word, index) =>
			index > 0 && SMALL.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1),
		)
		.join(' ');
}
