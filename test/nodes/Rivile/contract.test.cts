/** The names that workflows store, and the texts that people read. */
import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
} from 'n8n-workflow';

import { RivileApi } from '../../../credentials/RivileApi.credentials';
import { columnsOf, REGISTERS, type Column } from '../../../nodes/Rivile/protocol/catalogue';
import { OPERATORS } from '../../../nodes/Rivile/protocol/sql/filter';
import { Rivile } from '../../../nodes/Rivile/Rivile.node';

const { description, methods } = new Rivile();
const { properties } = description;

function property(name: string, among: readonly INodeProperties[] = properties): INodeProperties {
	const found = among.find((candidate) => candidate.name === name);
	if (found === undefined) throw new Error(`No field ${name}`);
	return found;
}

/** The fields inside of a collection. */
function inside({ options = [] }: INodeProperties): INodeProperties[] {
	return options.flatMap((option) =>
		'values' in option ? (option as INodePropertyCollection).values : [option as INodeProperties],
	);
}

const values = ({ options = [] }: INodeProperties) =>
	options.map((option) => ('value' in option ? option.value : undefined));

/** The fields that show for an operation, whatever is filled in. */
function fieldsFor(resource: string, operation: string): INodeProperties[] {
	return properties.filter(
		({ displayOptions: { show = {} } = {} }) =>
			show.resource?.includes(resource) === true && show.operation?.includes(operation) === true,
	);
}

const namesAndDefaults = (fields: readonly INodeProperties[]) =>
	fields.map(({ name, default: initial }) => [name, initial]);

const FILTER = [
	['filters', {}],
	['combine', 'and'],
	['sqlNotice', ''],
	['sql', ''],
	['options', {}],
];

const MANY = [
	['returnAll', false],
	['limit', 50],
];

const SIMPLE = [['filterMode', 'simple'], ['simpleFilters', {}], ...FILTER];

/** Simplify, and what agents have in its place. */
const SIMPLIFIED = [
	['simplify', true],
	['output', 'simplified'],
	['outputFields', ''],
];

test('the node and its parameters have the names and defaults of the contract', () => {
	expect([description.name, description.displayName]).toEqual(['rivile', 'Rivilė']);
	expect(values(property('resource'))).toEqual(['cashOperation', 'client', 'debt', 'register']);
	expect(property('resource').default).toBe('cashOperation');
	const operations = properties.filter(({ name }) => name === 'operation').map(values);
	expect(operations).toEqual([
		['find', 'get', 'getMany'],
		['get', 'getMany'],
		['getMany'],
		['getMany'],
	]);
	expect(namesAndDefaults(fieldsFor('cashOperation', 'getMany'))).toEqual([
		['detail', 'H'],
		...MANY,
		...SIMPLIFIED,
		...SIMPLE,
	]);
	expect(namesAndDefaults(fieldsFor('cashOperation', 'get'))).toEqual([
		['operationNumber', ''],
		['detail', 'H'],
		...SIMPLIFIED,
		['options', {}],
	]);
	expect(namesAndDefaults(fieldsFor('cashOperation', 'find'))).toEqual([
		['search', {}],
		...MANY,
		...SIMPLIFIED,
		['options', {}],
	]);
	expect(namesAndDefaults(fieldsFor('client', 'get'))).toEqual([
		['client', { mode: 'list', value: '' }],
		['detail', 'H'],
		...SIMPLIFIED,
		['options', {}],
	]);
	expect(namesAndDefaults(fieldsFor('client', 'getMany'))).toEqual([
		['detail', 'H'],
		...MANY,
		...SIMPLIFIED,
		...SIMPLE,
	]);
	expect(namesAndDefaults(fieldsFor('debt', 'getMany'))).toEqual([
		['view', 'byClient'],
		...MANY,
		...SIMPLIFIED,
		...SIMPLE,
	]);
	const register = fieldsFor('register', 'getMany').filter(({ name }) => name !== 'detail');
	expect(namesAndDefaults(register)).toEqual([
		['register', 'GET_I06_LIST'],
		...MANY,
		['simplify', false],
		['output', 'raw'],
		['outputFields', ''],
		['filterMode', 'none'],
		...FILTER,
	]);
});

test('simple filters, search fields and the ways to name a client have the names of the contract', () => {
	const within = (resource: string, operation: string, name: string) =>
		inside(property(name, fieldsFor(resource, operation)))
			.map((field) => field.name)
			.sort();
	expect(within('cashOperation', 'getMany', 'simpleFilters')).toEqual(
		['kind', 'dateFrom', 'dateTo', 'clientCode', 'documentNumber', 'amountFrom', 'amountTo'].sort(),
	);
	expect(within('cashOperation', 'find', 'search')).toEqual(
		[
			...['clientCode', 'clientName', 'companyCode', 'vatCode', 'amount', 'tolerance'],
			...['dateFrom', 'dateTo', 'reference'],
		].sort(),
	);
	expect(within('client', 'getMany', 'simpleFilters')).toEqual(
		['role', 'name', 'companyCode', 'vatCode', 'changedSince'].sort(),
	);
	expect(within('debt', 'getMany', 'simpleFilters')).toEqual(
		['clientCode', 'companyCode', 'dueBefore', 'currency'].sort(),
	);
	const client = property('client', fieldsFor('client', 'get'));
	expect(client.modes?.map(({ name }) => name)).toEqual(['list', 'code', 'companyCode', 'vatCode']);
	const many = fieldsFor('cashOperation', 'getMany');
	expect(values(property('kind', inside(property('simpleFilters', many)))).sort()).toEqual([
		'payments',
		'receipts',
	]);
	expect(values(property('filterMode', many)).sort()).toEqual(['fields', 'none', 'simple', 'sql']);
	expect(values(property('detail', many))).toEqual(['H', 'A']);
	expect(values(property('combine', many))).toEqual(['and', 'or']);
	expect(values(property('view', fieldsFor('debt', 'getMany')))).toEqual([
		'byClient',
		'byDocument',
	]);
	expect(values(property('register', fieldsFor('register', 'getMany'))).sort()).toEqual(
		REGISTERS.map(({ method }) => method).sort(),
	);
});

test.each([
	['cashOperation', 'I04'],
	['client', 'N08'],
	['debt', 'T03'],
])('a condition on a %s has a column, an operator and a value that fit', (resource, table) => {
	const field = property('filters', fieldsFor(resource, 'getMany'));
	expect(field.options).toMatchObject([{ name: 'conditions' }]);
	expect(field.typeOptions).toEqual({ multipleValues: true });
	const condition = inside(field);
	expect([...new Set(condition.map(({ name }) => name))]).toEqual(['field', 'operator', 'value']);
	const columns = columnsOf(table).filter(({ name }) => name.startsWith(`${table}_`));
	const choices = property('field', condition);
	expect(values(choices).sort()).toEqual(columns.map(({ name }) => name).sort());
	const reserved = values(choices).map((name) => columns.find((column) => column.name === name));
	const first = reserved.findIndex((column) => column?.reserved === true);
	if (first !== -1) expect(reserved.slice(first).every((column) => column?.reserved)).toBe(true);
	for (const column of columns) {
		const shown = (name: string, values: object) =>
			condition.filter(
				(candidate) =>
					candidate.name === name &&
					NodeHelpers.displayParameter({ ...values }, candidate, null, null),
			);
		const [operator, ...others] = shown('operator', { field: column.name });
		expect(others).toEqual([]);
		const operators = operator === undefined ? [] : values(operator);
		expect(OPERATORS).toEqual(expect.arrayContaining(operators));
		for (const chosen of operators) {
			const types = shown('value', { field: column.name, operator: chosen }).map(
				({ type }) => type,
			);
			expect([column.name, chosen, types]).toEqual([column.name, chosen, typesFor(column, chosen)]);
		}
	}
});

test('what a workflow stores of a condition is what the node reads', () => {
	const conditions = [
		{ field: 'I04_SUMA', operator: 'gt', value: 100 },
		{ field: 'I04_SUMA', operator: 'in', value: '1, 2' },
		{ field: 'I04_OP_RUSIS', operator: 'notEqual', value: '2' },
		{ field: 'I04_OP_RUSIS', operator: 'in', value: ['1', '2'] },
		{ field: 'I04_OP_DATA', operator: 'gte', value: '2026-01-31T00:00:00' },
		{ field: 'I04_R_DATE', operator: 'lt', value: '={{ $now }}' },
		{ field: 'I04_PAV', operator: 'contains', value: 'UAB' },
		{ field: 'I04_PAV', operator: 'isEmpty' },
		{ field: '={{ $json.field }}', operator: '={{ $json.operator }}', value: '={{ $json.value }}' },
		// What was stored before the fields fitted the columns.
		{ field: 'I04_SUMA', operator: 'equal', value: '10.50' },
		{ field: 'I04_SUMA', operator: 'contains', value: '1' },
	];
	const parameters = {
		...{ resource: 'cashOperation', operation: 'getMany', filterMode: 'fields' },
		filters: { conditions },
	};
	const through = (values: INodeParameters, returnDefaults: boolean) =>
		NodeHelpers.getNodeParameters(
			properties,
			values,
			returnDefaults,
			false,
			{ typeVersion: 1 },
			description,
		) ?? {};
	// n8n stores what differs from the defaults, and fills the defaults in when the workflow runs.
	const read = through(through(parameters, false), true);
	const { conditions: found } = read.filters as { conditions: object[] };
	expect(found.slice(0, -1)).toEqual(conditions.slice(0, -1));
	expect(through({ resource: 'cashOperation', operation: 'getMany' }, true)).toMatchObject({
		filterMode: 'simple',
		simpleFilters: {},
	});
});

/** The kind of field that a value is entered in. */
function typesFor({ type, values: codes }: Column, operator: unknown): string[] {
	if (operator === 'isEmpty' || operator === 'isNotEmpty') return [];
	if (codes !== undefined) return [operator === 'in' ? 'multiOptions' : 'options'];
	if (operator === 'in' || type === 'C' || type === 'M') return ['string'];
	return [type === 'N' ? 'number' : 'dateTime'];
}

test('the options', () => {
	const optionsOf = (resource: string, operation: string) =>
		inside(property('options', fieldsFor(resource, operation)));
	const options = optionsOf('cashOperation', 'getMany');
	expect(namesAndDefaults(options)).toEqual([
		['batching', { batch: {} }],
		['columnNames', 'english'],
		['numbersAsText', false],
		['oneItemPerLine', false],
		['pageNumber', 1],
		['responseFormat', 'json'],
		['sort', {}],
		['timeout', 120],
	]);
	expect(values(property('responseFormat', options))).toEqual(['json', 'xml']);
	expect(values(property('columnNames', options))).toEqual(['english', 'rivile']);
	expect(inside(property('sort', options)).map(({ name }) => name)).toEqual([
		'column',
		'direction',
	]);
	for (const [resource, operation] of [
		['cashOperation', 'get'],
		['cashOperation', 'find'],
		['client', 'get'],
		['client', 'getMany'],
		['debt', 'getMany'],
		['register', 'getMany'],
	] as const) {
		expect(optionsOf(resource, operation).map(({ name }) => name)).toContain('columnNames');
	}
});

test('the node is a tool, and tests its credential', () => {
	expect(description.usableAsTool).toBe(true);
	expect(description.credentials).toEqual([
		{ name: 'rivileApi', required: true, testedBy: 'testRivile' },
	]);
	expect(Object.keys(methods.credentialTest)).toEqual(['testRivile']);
});

test('the credential', () => {
	const credential = new RivileApi();
	expect(credential.name).toBe('rivileApi');
	expect(credential.properties.map(({ name, default: initial }) => [name, initial])).toEqual([
		['apiKey', ''],
		['endpoint', 'https://api.manorivile.lt/client/v2'],
		['allowUnencrypted', false],
	]);
	expect(property('apiKey', credential.properties).typeOptions).toEqual({ password: true });
});

test('the credential adds the key to requests to its own host, and to no other', async () => {
	const credential = new RivileApi();
	const data = { endpoint: 'https://gateway.example/v2', apiKey: ' PAVYZDY.raktas ' };
	const request = (url: string) => ({ url, headers: { Accept: 'application/json' } });
	expect(await credential.authenticate(data, request('https://gateway.example/other'))).toEqual({
		url: 'https://gateway.example/other',
		headers: { Accept: 'application/json', ApiKey: 'PAVYZDY.raktas' },
	});
	for (const url of ['https://elsewhere.example/v2', 'http://gateway.example/v2', 'nowhere', '']) {
		await expect(credential.authenticate(data, request(url))).rejects.toThrow(
			'The credential cannot be used for this address',
		);
	}
	const allowed = { ...data, allowUnencrypted: true };
	await credential.authenticate(allowed, request('http://gateway.example/v2'));
});

test('the SQL mode says where values from other nodes belong', () => {
	const notice = property('sqlNotice', fieldsFor('cashOperation', 'getMany'));
	expect(notice.displayName).toContain('For values from other nodes, set Filter to By Fields');
	expect(notice.displayOptions?.show?.filterMode).toEqual(['sql']);
});
