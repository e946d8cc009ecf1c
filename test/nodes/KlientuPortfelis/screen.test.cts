/** What the fields of the nodes say and when they show, by n8n's own rules. */
import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { KlientuPortfelisApi } from '../../../credentials/KlientuPortfelisApi.credentials';
import { KlientuPortfelis } from '../../../nodes/KlientuPortfelis/KlientuPortfelis.node';
import { KlientuPortfelisTrigger } from '../../../nodes/KlientuPortfelis/KlientuPortfelisTrigger.node';
import {
	OBJECT_CODES,
	OBJECT_TYPES,
} from '../../../nodes/KlientuPortfelis/protocol/catalogue/values';

const { description } = new KlientuPortfelis();
/** As n8n describes the node to an AI agent. */
const asTool: INodeTypeDescription = { ...description, name: 'klientuPortfelisTool' };

function shown(values: INodeParameters, type: INodeTypeDescription = description) {
	const node = { typeVersion: 1 };
	return type.properties.filter((field) =>
		NodeHelpers.displayParameter(values, field, node, type, values),
	);
}
const namesOf = (field: INodeProperties | undefined) =>
	field?.options?.map((option) => option.name);

describe('the operations of a session', () => {
	const offered = (type: INodeTypeDescription) => {
		const fields = shown({ resource: 'session' }, type).filter(({ name }) => name === 'operation');
		expect(fields).toHaveLength(1);
		return namesOf(fields[0]);
	};

	test('have Login last', () => {
		expect(offered(description)).toEqual(['Logout', 'Login']);
	});

	test('do not offer Login to agents', () => {
		expect(offered(asTool)).toEqual(['Logout']);
	});
});

describe('the code of an object', () => {
	const create = { resource: 'object', operation: 'create' };
	const codes = (type: string) => shown({ ...create, type }).filter(({ name }) => name === 'code');

	test.each(OBJECT_TYPES)('has a hint that follows the type: %s', (type) => {
		const fields = codes(type);
		expect(fields).toHaveLength(1);
		expect(fields[0]?.hint?.toLowerCase()).toBe(OBJECT_CODES[type].description.toLowerCase());
	});

	test('shows once for a type that the editor does not know', () => {
		expect(codes('')).toHaveLength(1);
	});
});

test.each([
	['list', 'delete', {}, 'cannot be undone'],
	['object', 'delete', {}, 'cannot be undone'],
	['monitoring', 'update', { keepOtherSettings: false }, 'replaces every setting'],
])('%s → %s warns', (resource, operation, values, words) => {
	const notices = shown({ resource, operation, ...values }).filter(({ type }) => type === 'notice');
	expect(notices.map(({ displayName }) => displayName).join()).toContain(words);
});

test('the settings of a monitoring show one by one when the others are kept', () => {
	const fields = shown({ resource: 'monitoring', operation: 'update', keepOtherSettings: true });
	expect(fields.map(({ name }) => name)).toEqual([
		'resource',
		'operation',
		'listId',
		'keepOtherSettings',
		'updateFields',
		'options',
	]);
	expect(namesOf(fields.find(({ name }) => name === 'updateFields'))).toEqual([
		'emails',
		'endDate',
		'period',
		'emptyMail',
		'services',
		'startDate',
	]);
});

test('every date is picked without a time', () => {
	const all = (fields: readonly INodeProperties[]): INodeProperties[] =>
		fields.flatMap((field) => [
			field,
			...all(
				(field.options ?? []).filter((option) => 'displayName' in option) as INodeProperties[],
			),
		]);
	const { properties } = new KlientuPortfelisTrigger().description;
	const dates = all([...description.properties, ...properties]).filter(
		({ type }) => type === 'dateTime',
	);
	expect(dates.length).toBeGreaterThan(5);
	for (const { typeOptions } of dates) expect(typeOptions?.dateOnly).toBe(true);
});

test('agents are told to find an object before they change it', () => {
	const operations = shown({ resource: 'object' }).find(({ name }) => name === 'operation');
	const textOf = (value: string) =>
		operations?.options?.find((option) => 'value' in option && option.value === value);
	expect(JSON.stringify(textOf('find'))).toContain('before');
	for (const operation of ['get', 'update', 'delete']) {
		const object = shown({ resource: 'object', operation }).find(({ name }) => name === 'objectId');
		expect(object?.description).toContain('Object → Find');
	}
	expect(JSON.stringify(textOf('update'))).toContain('Find');
	expect(JSON.stringify(textOf('delete'))).toContain('Find');
});

test('the credential names Lursoft, asks for a fixed IP address, and has no Role ID at first', () => {
	const { displayName, properties } = new KlientuPortfelisApi();
	expect(displayName).toContain('(Lursoft)');
	expect(properties[0]?.displayName).toContain('n8n must reach Lursoft from one fixed IP address');
	expect(properties.find(({ name }) => name === 'roleId')?.default).toBe('');
});
