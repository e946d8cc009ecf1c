/** The names that workflows store, and the texts that people read. */
import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { RivileApi } from '../../../credentials/RivileApi.credentials';
import { columnsOf } from '../../../nodes/Rivile/protocol/catalogue';
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

test('the node and its parameters have the names and defaults of the contract', () => {
	expect([description.name, description.displayName]).toEqual(['rivile', 'Rivilė']);
	expect(properties.map(({ name, default: initial }) => [name, initial])).toEqual([
		['resource', 'cashOperation'],
		['operation', 'getMany'],
		['detail', 'H'],
		['returnAll', false],
		['limit', 50],
		['simplify', true],
		['filterMode', 'none'],
		['filters', {}],
		['combine', 'and'],
		['sqlNotice', ''],
		['sql', ''],
		['options', {}],
	]);
	expect(values(property('resource'))).toEqual(['cashOperation']);
	expect(values(property('operation'))).toEqual(['getMany']);
	expect(values(property('detail'))).toEqual(['H', 'A']);
	expect(values(property('filterMode')).sort()).toEqual(['fields', 'none', 'sql']);
	expect(values(property('combine'))).toEqual(['and', 'or']);
});

test('a condition has a field of the register, an operator and a value', () => {
	expect(property('filters').options).toMatchObject([{ name: 'conditions' }]);
	expect(property('filters').typeOptions).toEqual({ multipleValues: true });
	const condition = inside(property('filters'));
	expect(condition.map(({ name }) => name)).toEqual(['field', 'operator', 'value']);
	const fields = property('field', condition);
	expect(values(fields).sort()).toEqual(
		columnsOf('I04')
			.map(({ name }) => name)
			.sort(),
	);
	const names = (fields.options ?? []).map(({ name }) => name);
	expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
	expect(values(property('operator', condition)).sort()).toEqual([...OPERATORS].sort());
	expect(property('value', condition).displayOptions).toEqual({
		hide: { operator: ['isEmpty', 'isNotEmpty'] },
	});
});

test('the options', () => {
	const options = inside(property('options'));
	expect(options.map(({ name, default: initial }) => [name, initial])).toEqual([
		['batching', { batch: {} }],
		['numbersAsText', false],
		['pageNumber', 1],
		['responseFormat', 'json'],
		['timeout', 120],
	]);
	expect(values(property('responseFormat', options))).toEqual(['json', 'xml']);
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
	const notice = property('sqlNotice');
	expect(notice.displayName).toContain('For values from other nodes, set Filter to By Fields');
	expect(notice.displayOptions?.show?.filterMode).toEqual(['sql']);
});
