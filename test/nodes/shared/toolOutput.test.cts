/** What AI agents get of a node: its Output field, and responses that a language model can take. */
import fc from 'fast-check';
import {
	NodeHelpers,
	type IDataObject,
	type INodeParameters,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { KlientuPortfelis } from '../../../nodes/KlientuPortfelis/KlientuPortfelis.node';
import { Rivile } from '../../../nodes/Rivile/Rivile.node';
import {
	forTool,
	inputForTool,
	MAX_CHARACTERS,
	simplifies,
} from '../../../nodes/shared/toolOutput';

const nodeOf = (type: string) => ({
	getNode: () => ({
		id: '1',
		name: 'N',
		type,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	}),
});
const tool = nodeOf('package.rivileTool');
const node = nodeOf('package.rivile');

const fields = (parameters: Readonly<Record<string, unknown>>) => ({
	getNodeParameter: ((name: string, fallback: unknown) => parameters[name] ?? fallback) as never,
});
const none = fields({});

describe('the fields', () => {
	/** The fields that n8n shows and stores, as an ordinary node or as a tool. */
	function shown(
		description: INodeTypeDescription,
		parameters: INodeParameters,
		isTool: boolean,
	): INodeParameters {
		const type = { ...description, name: `${description.name}${isTool ? 'Tool' : ''}` };
		return (
			NodeHelpers.getNodeParameters(type.properties, parameters, true, false, null, type) ?? {}
		);
	}

	const cases: ReadonlyArray<[INodeTypeDescription, INodeParameters]> = [
		[new KlientuPortfelis().description, { resource: 'object', operation: 'getMany' }],
		[new KlientuPortfelis().description, { resource: 'object', operation: 'get' }],
		[new Rivile().description, { resource: 'cashOperation', operation: 'getMany' }],
	];

	test.each(cases)('%# has Simplify, and as a tool Output', (description, operation) => {
		expect(shown(description, operation, false)).toMatchObject({ simplify: true });
		expect(shown(description, operation, false)).not.toHaveProperty('output');
		expect(shown(description, operation, true)).toMatchObject({ output: 'simplified' });
		expect(shown(description, operation, true)).not.toHaveProperty('simplify');
	});

	test('are Raw and Selected Fields where nothing is simplified', () => {
		const operation = { resource: 'list', operation: 'getMany' };
		const { description } = new KlientuPortfelis();
		expect(shown(description, operation, true)).toMatchObject({ output: 'raw' });
		expect(shown(description, operation, false)).not.toHaveProperty('output');
	});

	test('are not there for operations that write', () => {
		const operation = { resource: 'object', operation: 'create' };
		const { description } = new KlientuPortfelis();
		expect(shown(description, operation, true)).not.toHaveProperty('output');
	});
});

test('Output says whether results are simplified, otherwise Simplify does', () => {
	expect(simplifies(fields({ simplify: true }))).toBe(true);
	expect(simplifies(fields({ simplify: false }))).toBe(false);
	expect(simplifies(fields({ output: 'simplified' }))).toBe(true);
	expect(simplifies(fields({ output: 'raw' }))).toBe(false);
	expect(simplifies(fields({ output: 'selectedFields' }))).toBe(false);
	expect(() => simplifies(fields({ output: 'all' }))).toThrow(
		"'Output' must be Simplified, Raw or Selected Fields",
	);
});

describe('selected fields', () => {
	const items = [
		{ id: 1, name: 'a', code: 'x' },
		{ id: 2, name: 'b' },
	];
	const selected = (outputFields: unknown) =>
		forTool(tool, fields({ output: 'selectedFields', outputFields }), items);

	test.each([['id, code'], [' id ,,code '], [['id', 'code']]])('are those of %j', (names) => {
		expect(selected(names)).toEqual([{ id: 1, code: 'x' }, { id: 2 }]);
	});

	test('must exist', () => {
		expect(() => selected('id, nmae')).toThrow("'Fields' contains a name that no result has: nmae");
		expect(() => selected(' , ')).toThrow("'Fields' is empty");
	});
});

describe('a response', () => {
	const items = fc.array(
		fc.record({ id: fc.nat(), text: fc.string({ maxLength: 40_000, size: 'max' }) }),
		{ minLength: 1, maxLength: 12, size: 'max' },
	);
	const length = (list: unknown) => JSON.stringify(list).length;

	test('of a tool fits, is never reordered, and says what is left out', () => {
		fc.assert(
			fc.property(items, (all: IDataObject[]) => {
				const got = forTool(tool, none, all);
				if (length(all) <= MAX_CHARACTERS) return expect(got).toBe(all);
				const note = String(got.at(-1)?.note);
				const kept = got.length - 1;
				expect(got.slice(0, -1).every((item, index) => item === all[index])).toBe(true);
				expect(length(got.slice(0, -1))).toBeLessThanOrEqual(MAX_CHARACTERS + 1);
				// One more would not have fitted.
				expect(length(all.slice(0, kept + 1))).toBeGreaterThan(MAX_CHARACTERS - 1);
				expect(note).toContain(
					kept === 0 ? `None of the ${all.length}` : `first ${kept} of ${all.length}`,
				);
			}),
			{ numRuns: 40 },
		);
	});

	test('of a tool without results says so', () => {
		expect(forTool(tool, none, [])).toEqual([{ note: 'There are no results.' }]);
	});

	test('of a node for workflows stays as it is', () => {
		const large = Array.from({ length: 100 }, () => ({ text: 'x'.repeat(1000) }));
		expect(forTool(node, none, large)).toBe(large);
		expect(forTool(node, none, [])).toEqual([]);
		const paired = large.map((json, item) => ({ json, pairedItem: { item } }));
		expect(inputForTool(node, paired)).toBe(paired);
	});

	test('on all input items is cut as well, and stays paired', () => {
		const paired = Array.from({ length: 100 }, (_, item) => ({
			json: { text: 'x'.repeat(1000) },
			pairedItem: { item },
		}));
		const got = inputForTool(tool, paired);
		expect(got.length).toBeLessThan(60);
		expect(got.at(-1)).toEqual({
			json: { note: expect.stringContaining(`first ${got.length - 1} of 100 results`) },
			pairedItem: { item: got.length - 1 },
		});
	});
});

/** The action of each operation, once: a resource may have two Operation fields. */
function actionsOf({ properties }: INodeTypeDescription): string[] {
	const actions = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options = [] }) =>
			options.map((option): [string, string] => [
				`${String(displayOptions?.show?.resource)} ${'value' in option ? option.value : ''}`,
				'action' in option ? String(option.action) : '',
			]),
		);
	return [...new Map(actions).values()];
}

describe('the names of the tools', () => {
	/** As n8n makes them of the names of nodes, which the editor makes of their actions. */
	const toolNames = [new KlientuPortfelis(), new Rivile()].flatMap(({ description }) =>
		actionsOf(description)
			.map((action) => `${action} in ${String(description.defaults.name)}`)
			.map((name) => name.replace(/[^a-zA-Z0-9_-]+/g, '_').slice(0, 64)),
	);

	test('stay different when they are cut to 64 characters', () => {
		expect(new Set(toolNames).size).toBe(toolNames.length);
	});
});
