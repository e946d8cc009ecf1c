/** A stand-in for n8n's own Summarize, with the aggregations that the examples use. */
import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

import { property } from './description.cts';

type Value = IDataObject[string];

interface Aggregation {
	readonly aggregation: 'append' | 'concatenate' | 'count' | 'min' | 'sum';
	readonly field: string;
	readonly separateBy?: string;
	readonly customSeparator?: string;
}

/** What the result of an aggregation is called, in front of the field. */
const PREFIX = {
	append: 'appended',
	concatenate: 'concatenated',
	count: 'count',
	min: 'min',
	sum: 'sum',
} as const;

const isEmpty = (value: Value) => value === undefined || value === null || value === '';

/** The result of one aggregation. Empty values do not count. */
function aggregate(
	{ aggregation, field, separateBy = ',', customSeparator = '' }: Aggregation,
	rows: readonly IDataObject[],
): Value {
	const values = rows.map((row) => row[field]).filter((value) => !isEmpty(value));
	switch (aggregation) {
		case 'append':
			return values as Value;
		case 'concatenate':
			return values.join(separateBy === 'other' ? customSeparator : separateBy);
		case 'count':
			return values.length;
		case 'min':
			return [...values].sort((a, b) => ((a as string) < (b as string) ? -1 : 1))[0] ?? null;
		case 'sum':
			return values.reduce<number>(
				(sum, value) => sum + (typeof value === 'number' ? value : 0),
				0,
			);
	}
}

const results = (wanted: readonly Aggregation[], rows: readonly IDataObject[]) =>
	Object.fromEntries(
		wanted.map((one) => [`${PREFIX[one.aggregation]}_${one.field}`, aggregate(one, rows)]),
	);

/** The places of the rows that have the same values in the fields, group by group. */
function grouped(rows: readonly IDataObject[], fields: readonly string[]): number[][] {
	const groups = new Map<string, number[]>();
	for (const [index, row] of rows.entries()) {
		const key = JSON.stringify(fields.map((field) => row[field]));
		groups.set(key, [...(groups.get(key) ?? []), index]);
	}
	return [...groups.values()];
}

export const summarize: INodeType = {
	description: {
		displayName: 'Summarize',
		name: 'n8n-nodes-base.summarize',
		group: ['transform'],
		version: [1, 1.1],
		description: '',
		defaults: { name: 'Summarize' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			property('fieldsToSummarize', 'json', ''),
			property('fieldsToSplitBy', 'string', ''),
			{
				...property('options', 'collection', {}),
				options: [property('outputFormat', 'string', 'separateItems')],
			},
		],
	},
	async execute(this: IExecuteFunctions) {
		const wanted = this.getNodeParameter('fieldsToSummarize.values', 0) as Aggregation[];
		const by = String(this.getNodeParameter('fieldsToSplitBy', 0, ''));
		const fields = by.split(',').flatMap((field) => field.trim() || []);
		const rows: IDataObject[] = this.getInputData().map(({ json }) => json);
		const groups = grouped(rows, fields).map((items) => {
			const own = rows.filter((_, index) => items.includes(index));
			const values = fields.map((field): [string, Value] => [field, own[0]?.[field]]);
			return { items, values: Object.fromEntries(values), results: results(wanted, own) };
		});
		const pairedItem = (items: readonly number[]) => items.map((item) => ({ item }));
		if (this.getNodeParameter('options.outputFormat', 0, '') === 'singleItem') {
			const [field = ''] = fields;
			const json = Object.fromEntries(
				groups.map(({ values, results: own }) => [String(values[field]), own]),
			);
			return await Promise.resolve([[{ json, pairedItem: pairedItem([...rows.keys()]) }]]);
		}
		const output = groups.map(({ items, values, results: own }) => ({
			json: { ...own, ...values },
			pairedItem: pairedItem(items),
		}));
		return await Promise.resolve([output]);
	},
};
