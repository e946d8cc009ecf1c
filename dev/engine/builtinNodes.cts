/**
 * Stand-ins for the few built-in nodes that example workflows use. n8n's own live in n8n-nodes-base,
 * which is far too large to install for this. Only what is written here works.
 */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	ITriggerFunctions,
} from 'n8n-workflow';
import { deepCopy, jsonParse, NodeOperationError, validateFieldType } from 'n8n-workflow';

import { describe, property } from './description.cts';

type Assignment = { name: string; value: unknown; type: 'string' | 'number' | 'boolean' };

const manualTrigger: INodeType = {
	description: describe('manualTrigger', 1, [], { group: ['trigger'], inputs: [] }),
	async trigger(this: ITriggerFunctions) {
		return {
			manualTriggerFunction: async () => this.emit([this.helpers.returnJsonArray([{}])]),
		};
	},
};

const noOp: INodeType = {
	description: describe('noOp', 1),
	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	},
};

/** A note on the canvas: never connected, so never run, but its type has to be known. */
const stickyNote: INodeType = {
	description: describe('stickyNote', 1, [], {
		inputs: [],
		outputs: [],
		properties: [
			property('content', 'string', ''),
			property('height', 'number', 160),
			property('width', 'number', 240),
			property('color', 'number', 1),
		],
	}),
	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	},
};

function setPath(target: IDataObject, path: string, value: unknown): void {
	const keys = path.split('.');
	const last = keys.pop() ?? path;
	let place = target;
	for (const key of keys) {
		if (typeof place[key] !== 'object' || place[key] === null) place[key] = {};
		place = place[key] as IDataObject;
	}
	place[last] = value as IDataObject[string];
}

/** "Edit Fields" from 3.3 on: fields one by one or as JSON, with or without the input's fields. */
const set: INodeType = {
	description: describe('set', [3.3, 3.4, 3.5], [], {
		properties: [
			property('mode', 'string', 'manual'),
			property('assignments', 'assignmentCollection', {}),
			property('jsonOutput', 'json', '{}'),
			property('includeOtherFields', 'boolean', false),
			property('duplicateItem', 'boolean', false),
			{ ...property('options', 'collection', {}), options: [] },
		],
	}),
	async execute(this: IExecuteFunctions) {
		const output = this.getInputData().map((item, index): INodeExecutionData => {
			const json = this.getNodeParameter('includeOtherFields', index, false)
				? deepCopy(item.json)
				: {};
			if (this.getNodeParameter('mode', index) === 'raw') {
				const raw = this.getNodeParameter('jsonOutput', index);
				Object.assign(json, typeof raw === 'string' ? jsonParse<IDataObject>(raw) : raw);
			} else {
				const assignments = this.getNodeParameter('assignments.assignments', index, []);
				for (const { name, value, type } of assignments as Assignment[]) {
					const result = validateFieldType(name, value, type ?? 'string');
					if (!result.valid) {
						throw new NodeOperationError(this.getNode(), result.errorMessage, { itemIndex: index });
					}
					setPath(json, name, result.newValue);
				}
			}
			return { json, pairedItem: { item: index } };
		});
		return [output];
	},
};

/** The stand-ins by the type name that a workflow stores. */
export const builtinNodes: Readonly<Record<string, INodeType>> = Object.fromEntries(
	[manualTrigger, noOp, stickyNote, set].map((node) => [node.description.name, node]),
);
