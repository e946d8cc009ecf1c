/**
 * Stand-ins for n8n's own nodes that sort, filter and join items. They do what n8n's do, as far as the
 * examples use them: `e2e/tests/examples.test.cts` runs the same workflows with n8n's.
 */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	ITriggerFunctions,
} from 'n8n-workflow';

import { describe, property } from './description.cts';
import { summarize } from './summarize.cts';

/** A collection with these fields; n8n drops stored fields that are not described. */
function collection(name: string, ...options: INodeProperties[]): INodeProperties {
	return { ...property(name, 'collection', {}), options };
}

const scheduleTrigger: INodeType = {
	description: describe('scheduleTrigger', [1.2, 1.3, 1.4], [property('rule', 'json')], {
		group: ['trigger', 'schedule'],
		inputs: [],
	}),
	async trigger(this: ITriggerFunctions) {
		const now = new Date().toISOString();
		return await Promise.resolve({
			manualTriggerFunction: async () => {
				await Promise.resolve(this.emit([this.helpers.returnJsonArray([{ timestamp: now }])]));
			},
		});
	},
};

const splitOut: INodeType = {
	description: describe('splitOut', 1, [
		property('fieldToSplitOut', 'string'),
		collection('options'),
	]),
	async execute(this: IExecuteFunctions) {
		const output = this.getInputData().flatMap(({ json }, item) => {
			const field = String(this.getNodeParameter('fieldToSplitOut', item));
			const list = (json[field] ?? []) as IDataObject[];
			return list.map((row): INodeExecutionData => ({ json: { ...row }, pairedItem: { item } }));
		});
		return await Promise.resolve([output]);
	},
};

/** The fields of If and Filter. n8n itself works out whether the conditions hold. */
const conditions: INodeProperties[] = [
	{
		...property('conditions', 'filter', {}),
		typeOptions: {
			filter: {
				caseSensitive: '={{ !$parameter.options.ignoreCase }}',
				typeValidation: 'strict',
				version: 2,
			},
		},
	},
	collection('options', property('ignoreCase', 'boolean', true)),
];

/** The items that meet the conditions, and the others. */
function divided(context: IExecuteFunctions): [INodeExecutionData[], INodeExecutionData[]] {
	const kept: INodeExecutionData[] = [];
	const others: INodeExecutionData[] = [];
	for (const [index, item] of context.getInputData().entries()) {
		const holds = context.getNodeParameter('conditions', index, false, { extractValue: true });
		(holds === true ? kept : others).push(item);
	}
	return [kept, others];
}

const filter: INodeType = {
	description: describe('filter', [2.2, 2.3], conditions),
	async execute(this: IExecuteFunctions) {
		return await Promise.resolve([divided(this)[0]]);
	},
};

const branch: INodeType = {
	description: describe('if', [2.2, 2.3], conditions, { outputs: ['main', 'main'] }),
	async execute(this: IExecuteFunctions) {
		return await Promise.resolve(divided(this));
	},
};

interface SortField {
	readonly fieldName: string;
	readonly order?: 'ascending' | 'descending';
}

const lower = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value);

const sort: INodeType = {
	description: describe('sort', 1, [property('sortFieldsUi', 'json'), collection('options')]),
	async execute(this: IExecuteFunctions) {
		const fields = this.getNodeParameter('sortFieldsUi.sortField', 0) as SortField[];
		const output = [...this.getInputData()].sort((a, b) => {
			for (const { fieldName, order } of fields) {
				const [one, other] = [lower(a.json[fieldName]), lower(b.json[fieldName])];
				if (one === other) continue;
				const isBefore = (one as string) < (other as string);
				return isBefore === (order !== 'descending') ? -1 : 1;
			}
			return 0;
		});
		return await Promise.resolve([output]);
	},
};

/** The input items with those of the other input that have the same value, or without any such. */
function joined(
	context: IExecuteFunctions,
	[first = [], second = []]: INodeExecutionData[][],
): INodeExecutionData[] {
	const field = String(context.getNodeParameter('fieldsToMatchString', 0));
	const partner = (item: INodeExecutionData) =>
		item.json[field] === undefined
			? undefined
			: second.find(({ json }) => json[field] === item.json[field]);
	const mode = context.getNodeParameter('joinMode', 0);
	if (mode === 'keepNonMatches') return first.filter((item) => partner(item) === undefined);
	if (mode !== 'enrichInput1') throw new Error(`The stand-in for Merge has no ${String(mode)}`);
	const matched = first.flatMap((item) => {
		const other = partner(item);
		return other === undefined ? [] : [{ ...item, json: { ...item.json, ...other.json } }];
	});
	return [...matched, ...first.filter((item) => partner(item) === undefined)];
}

const merge: INodeType = {
	description: describe(
		'merge',
		[3.1, 3.2],
		[
			...['mode', 'combineBy', 'fieldsToMatchString', 'joinMode', 'outputDataFrom'].map((name) =>
				property(name, 'string'),
			),
			property('numberInputs', 'number', 2),
			property('useDataOfInput', 'number', 1),
			collection('options', property('multipleMatches', 'string', 'all')),
		],
		{
			inputs: '={{ Array.from({ length: $parameter.numberInputs ?? 2 }, () => "main") }}',
			requiredInputs: '={{ $parameter.mode === "chooseBranch" ? [0, 1] : 1 }}',
		},
	),
	async execute(this: IExecuteFunctions) {
		const count = Number(this.getNodeParameter('numberInputs', 0, 2));
		const inputs = Array.from({ length: count }, (_, index) => this.getInputData(index) ?? []);
		const mode = this.getNodeParameter('mode', 0);
		if (mode === 'combine') return await Promise.resolve([joined(this, inputs)]);
		if (mode !== 'chooseBranch') return await Promise.resolve([inputs.flat()]);
		const chosen = Number(this.getNodeParameter('useDataOfInput', 0));
		return await Promise.resolve([inputs[chosen - 1] ?? []]);
	},
};

/** The stand-ins by the type name that a workflow stores. */
export const logicNodes: Readonly<Record<string, INodeType>> = Object.fromEntries(
	[scheduleTrigger, splitOut, filter, branch, sort, merge, summarize].map((node) => [
		node.description.name,
		node,
	]),
);
