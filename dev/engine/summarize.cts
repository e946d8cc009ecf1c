/** A stand-in for n8n's own Summarize: sums, counts and lowest values, split by fields, as an example uses it. */
import type { IDataObject, IExecuteFunctions, INodeProperties, INodeType } from 'n8n-workflow';

type Value = IDataObject[string];

interface Aggregation {
	readonly aggregation: 'sum' | 'count' | 'min';
	readonly field: string;
}

function property(
	name: string,
	type: INodeProperties['type'],
	value: string | object,
): INodeProperties {
	return { displayName: name, name, type, default: value as INodeProperties['default'] };
}

/** The result so far, with one more value. */
function next(aggregation: Aggregation['aggregation'], before: Value, value: Value): Value {
	if (aggregation === 'min') {
		const isLower = before === undefined || String(value) < String(before);
		return isLower ? value : before;
	}
	return Number(before ?? 0) + (aggregation === 'sum' ? Number(value) : 1);
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
			{
				...property('fieldsToSummarize', 'fixedCollection', {}),
				typeOptions: { multipleValues: true },
				options: [
					{
						displayName: '',
						name: 'values',
						values: [property('aggregation', 'string', 'count'), property('field', 'string', '')],
					},
				],
			},
			property('fieldsToSplitBy', 'string', ''),
			{ ...property('options', 'collection', {}), options: [] },
		],
	},
	async execute(this: IExecuteFunctions) {
		const wanted = this.getNodeParameter('fieldsToSummarize.values', 0, []) as Aggregation[];
		const split = String(this.getNodeParameter('fieldsToSplitBy', 0)).split(/\s*,\s*/);
		const groups = new Map<string, { json: IDataObject; items: number[] }>();
		for (const [index, { json }] of this.getInputData().entries()) {
			const by = Object.fromEntries(split.map((field) => [field, json[field]]));
			const key = JSON.stringify(by);
			const group = groups.get(key) ?? { json: by, items: [] };
			groups.set(key, group);
			group.items.push(index);
			for (const { aggregation, field } of wanted) {
				const name = `${aggregation}_${field}`;
				group.json[name] = next(aggregation, group.json[name], json[field]);
			}
		}
		const output = [...groups.values()].map(({ json, items }) => ({
			json,
			pairedItem: items.map((item) => ({ item })),
		}));
		return await Promise.resolve([output]);
	},
};
