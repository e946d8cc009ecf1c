import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { Fault } from './fault';
import { isOn, optionalField, type FieldSource } from './fieldValues';
import { shown, toText } from './values';

/** So many characters a tool's response may have, as JSON: about 12,000 tokens of a language model. */
export const MAX_CHARACTERS = 50_000;

/** What an agent gets of each result. */
type Output = 'simplified' | 'raw' | 'selectedFields';

interface Choice {
	readonly name: string;
	readonly value: Output;
	readonly description: string;
}

const CHOICES: readonly Choice[] = [
	{ name: 'Simplified', value: 'simplified', description: 'The most useful fields' },
	{ name: 'Raw', value: 'raw', description: 'All fields' },
	{
		name: 'Selected Fields',
		value: 'selectedFields',
		description: 'The fields that you name, so that the agent has less to read',
	},
];

/** Those of an operation that has no simplified results. */
const UNSIMPLIFIED = CHOICES.filter(({ value }) => value !== 'simplified');

/** Shown where an AI agent uses the node, or where it does not. */
const inTools = { show: { '@tool': [true] } };
const notInTools = { hide: { '@tool': [true] } };

/**
 * The fields of a read operation, with Output for agents: in the place of Simplify where the operation
 * has it, otherwise at the end.
 *
 * @see https://docs.n8n.io/connect/create-nodes/build-your-node/reference/ux-guidelines
 */
export function withToolOutput(fields: readonly INodeProperties[]): INodeProperties[] {
	const simplify = fields.find(({ name }) => name === 'simplify');
	if (simplify === undefined) return [...fields, ...outputFields(UNSIMPLIFIED, 'raw')];
	const initial = simplify.default === true ? 'simplified' : 'raw';
	return fields.flatMap((field) =>
		field === simplify
			? [{ ...field, displayOptions: notInTools }, ...outputFields(CHOICES, initial)]
			: [field],
	);
}

function outputFields(choices: readonly Choice[], initial: Output): INodeProperties[] {
	return [
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			noDataExpression: true,
			options: [...choices],
			default: initial,
			description: `What the agent gets of each result. A response of more than ${MAX_CHARACTERS.toLocaleString('en')} characters is cut, with a note on how many results were left out.`,
			displayOptions: inTools,
		},
		{
			displayName: 'Fields',
			name: 'outputFields',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. code, name',
			description:
				'The names of the fields that the agent gets, separated by commas. Raw shows which there are.',
			displayOptions: { show: { '@tool': [true], output: ['selectedFields'] } },
		},
	];
}

/**
 * Whether the results are simplified: by Simplify, or by Output where an agent uses the node.
 *
 * @throws Fault (input) that names the field
 */
export function simplifies(source: FieldSource): boolean {
	const output = outputOf(source);
	return output === undefined ? isOn(source, 'simplify', 'Simplify') : output === 'simplified';
}

/** @returns undefined where no agent uses the node */
function outputOf(source: FieldSource): Output | undefined {
	const given = optionalField(source, 'output');
	if (given === undefined || given === '') return undefined;
	const output = CHOICES.find(({ value }) => value === given)?.value;
	if (output !== undefined) return output;
	throw new Fault(
		'input',
		`'Output' must be Simplified, Raw or Selected Fields: ${shown(given)}`,
		'Choose one from the list.',
	);
}

type NodeContext = Pick<IExecuteFunctions, 'getNode'>;

/** The node that agents use has this at the end of its type, in every version of n8n. */
const isTool = (n8n: NodeContext): boolean => n8n.getNode().type.endsWith('Tool');

/**
 * What an agent gets of the results for one input item: the selected fields, and no more than a
 * language model can take.
 *
 * @param source the fields of the input item
 * @returns the results as they are where no agent uses the node
 * @throws Fault (input) when a selected field does not exist
 */
export function forTool(
	n8n: NodeContext,
	source: FieldSource,
	items: IDataObject[],
): IDataObject[] {
	if (!isTool(n8n)) return items;
	if (items.length === 0) return [{ note: NOTHING }];
	const isSelection = outputOf(source) === 'selectedFields';
	const chosen = isSelection ? withFields(items, namesOf(source)) : items;
	const end = endOf(chosen);
	if (end === undefined) return chosen;
	return [...chosen.slice(0, end), { note: noteOf(end, chosen.length) }];
}

/** Agents get no results at all as an empty text, which reads like a failure. */
const NOTHING = 'There are no results.';

/** The same for an operation on all input items, which has no Output. */
export function inputForTool(n8n: NodeContext, items: INodeExecutionData[]): INodeExecutionData[] {
	const end = isTool(n8n) ? endOf(items.map(({ json }) => json)) : undefined;
	if (end === undefined) return items;
	const [cut] = items.slice(end);
	const json = { note: noteOf(end, items.length) };
	return [...items.slice(0, end), { json, pairedItem: cut?.pairedItem }];
}

function namesOf(source: FieldSource): string[] {
	const given = optionalField(source, 'outputFields');
	const parts: unknown[] = Array.isArray(given) ? given : toText(given ?? '').split(',');
	const names = parts.map((part) => toText(part).trim()).filter((name) => name !== '');
	if (names.length > 0) return names;
	throw new Fault(
		'input',
		"'Fields' is empty",
		"Enter the names of the fields, separated by commas, or set 'Output' to Raw.",
	);
}

function withFields(items: readonly IDataObject[], names: readonly string[]): IDataObject[] {
	const missing = names.find((name) => items.every((item) => !Object.hasOwn(item, name)));
	const [first] = items;
	if (missing !== undefined && first !== undefined) {
		throw new Fault(
			'input',
			`'Fields' contains a name that no result has: ${shown(missing)}`,
			`Correct 'Fields'. The results have these: ${Object.keys(first).join(', ')}.`,
		);
	}
	return items.map((item) =>
		Object.fromEntries(
			names.filter((name) => Object.hasOwn(item, name)).map((name) => [name, item[name]]),
		),
	);
}

/** How many results fit; undefined if all do. */
function endOf(items: readonly IDataObject[]): number | undefined {
	let characters = 0;
	const end = items.findIndex((item) => {
		characters += JSON.stringify(item).length + 1;
		return characters > MAX_CHARACTERS;
	});
	return end === -1 ? undefined : end;
}

function noteOf(kept: number, all: number): string {
	const why = `a tool's response is limited to ${MAX_CHARACTERS.toLocaleString('en')} characters`;
	const what =
		kept === 0
			? `None of the ${all} results is included, because the first one alone is too large: ${why}.`
			: `Only the first ${kept} of ${all} results are included, because ${why}. Do not treat them as complete.`;
	return `${what} Ask for less: a narrower filter, shorter dates, a lower limit, or fewer fields.`;
}
