/** The trigger's names that workflows store, and what shows for each event. */
import { NodeHelpers, type INode, type INodeProperties } from 'n8n-workflow';

import { filterColumns, I04, N08 } from '../../../../nodes/Rivile/protocol/catalogue';
import { RivileTrigger } from '../../../../nodes/Rivile/RivileTrigger.node';

const { description } = new RivileTrigger();
const { properties } = description;

/** The fields that n8n shows with these parameters. */
function shown(parameters: INode['parameters']): INodeProperties[] {
	const node: INode = {
		id: '1',
		name: 'Trigger',
		type: 'rivileTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const all = NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description);
	return properties.filter((property) =>
		NodeHelpers.displayParameter(all ?? {}, property, node, description),
	);
}

const namesAndDefaults = (fields: readonly INodeProperties[]) =>
	fields.map(({ name, default: initial }) => [name, initial]);

function field(name: string, among: readonly INodeProperties[]): INodeProperties {
	const [found, ...others] = among.filter((candidate) => candidate.name === name);
	if (found === undefined || others.length > 0) throw new Error(`Not one field ${name}`);
	return found;
}

const values = ({ options = [] }: INodeProperties) =>
	options.map((option) => ('value' in option ? option.value : option.name));

const OPERATIONS = ['operationCreated', 'operationUpdated'];

test('the trigger and its events', () => {
	expect([description.name, description.displayName]).toEqual(['rivileTrigger', 'Rivilė Trigger']);
	expect(field('event', properties).default).toBe('operationCreated');
	expect(values(field('event', properties)).sort()).toEqual(['clientChanged', ...OPERATIONS]);
});

test.each(OPERATIONS)('%s', (event) => {
	const fields = shown({ event });
	expect(namesAndDefaults(fields)).toEqual([
		['pollNotice', ''],
		['event', 'operationCreated'],
		['kind', 'all'],
		['detail', 'H'],
		['simplify', true],
		['filterMode', 'simple'],
		['simpleFilters', {}],
		['options', {}],
	]);
	expect(values(field('kind', fields)).sort()).toEqual(['all', 'payments', 'receipts']);
	expect(values(field('detail', fields))).toEqual(['H', 'A']);
	// Kind is a field of its own.
	expect(values(field('simpleFilters', fields))).not.toContain('kind');
	expect(values(field('simpleFilters', fields))).toContain('amountFrom');
});

test('clientChanged', () => {
	const fields = shown({ event: 'clientChanged' });
	expect(namesAndDefaults(fields)).toEqual([
		['pollNotice', ''],
		['event', 'operationCreated'],
		['simplify', true],
		['filterMode', 'simple'],
		['simpleFilters', {}],
		['options', {}],
	]);
	expect(values(field('simpleFilters', fields)).sort()).toEqual([
		'companyCode',
		'name',
		'role',
		'vatCode',
	]);
});

test.each([
	['operationCreated', I04],
	['operationUpdated', I04],
	['clientChanged', N08],
])('the conditions of %s are on columns of its register', (event, register) => {
	const fields = shown({ event, filterMode: 'fields' });
	expect(fields.map(({ name }) => name)).toEqual(
		expect.arrayContaining(['filterMode', 'filters', 'combine']),
	);
	const [conditions] = field('filters', fields).options ?? [];
	if (conditions === undefined || !('values' in conditions)) throw new Error('No conditions');
	expect(values(field('field', conditions.values)).sort()).toEqual(
		filterColumns(register)
			.map(({ name }) => name)
			.sort(),
	);
	const sql = shown({ event, filterMode: 'sql' }).map(({ name }) => name);
	expect(sql).toEqual(expect.arrayContaining(['sqlNotice', 'sql']));
});

test('the options', () => {
	expect(values(field('options', properties))).toEqual(['columnNames', 'startDate', 'timeout']);
});
