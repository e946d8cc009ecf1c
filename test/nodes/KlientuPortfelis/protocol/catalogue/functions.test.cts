import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import {
	FUNCTIONS,
	functionNamed,
	LIST_FORMS,
	LIST_TYPES,
	OBJECT_CODES,
	OBJECT_TYPES,
	PERIODS,
	type FunctionName,
	type Parameter,
} from '../../../../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { PERIOD_LABELS } from '../../../../../nodes/KlientuPortfelis/protocol/catalogue/values';
import { STRUCTURES } from '../../../../../nodes/KlientuPortfelis/protocol/catalogue/structures';
import { KlientuPortfelis } from '../../../../../nodes/KlientuPortfelis/KlientuPortfelis.node';

const specification = readFileSync(
	join(__dirname, '../../../../spec/klientu-portfelis-api.lv.txt'),
	'utf8',
).replace(/monitored_obje\s+ct_count\s+int/, 'monitored_object_count int');

const ROW = /^(\w+) (string\[\]|string|integer|int|boolean|Response\w+(?:\[\])?) /gm;

/** The rows of a table in a part of the specification: name and type. */
function rows(part: string): Array<[string, string]> {
	return [...part.matchAll(ROW)].map((row) => [
		row[1] ?? '',
		(row[2] ?? '').replace('integer', 'int'),
	]);
}

/** The part of a function: from its heading to that of the next, or to the answers' structures. */
const functionParts = specification
	.slice(0, specification.indexOf('Atbilžu objekti'))
	.split(/^Funkcija: /m)
	.slice(1)
	.map((part) => {
		const [parameters, answer] = part.split('Atbildes dati:');
		return { name: /^\w+/.exec(part)?.[0] ?? '', text: part, parameters, answer };
	});

const structureParts = specification
	.slice(specification.indexOf('Atbilžu objekti'), specification.indexOf('Kļūdu un HTTP statusa'))
	.split(/^(?=Response\w+ \n)/m)
	.slice(1)
	.map((part) => ({ name: /^\w+/.exec(part)?.[0] ?? '', text: part }));

const NAMES = Object.keys(FUNCTIONS) as FunctionName[];

describe('the catalogue and the specification', () => {
	test('have the same 17 functions', () => {
		expect(functionParts).toHaveLength(17);
		expect(functionParts.map(({ name }) => name).sort()).toEqual([...NAMES].sort());
	});

	test.each(functionParts.map((part) => [part.name, part] as const))(
		'have the same parameters and answer of %s, in the same order',
		(name, part) => {
			const { parameters, answer } = functionNamed(name as FunctionName);
			expect([
				['signature', 'string'],
				...parameters.map((parameter) => [parameter.name, parameter.type]),
			]).toEqual(rows(part.parameters ?? ''));
			const common = ['success', 'message', 'code'];
			expect(Object.entries(answer)).toEqual(
				rows(part.answer ?? '').filter(([field]) => !common.includes(field)),
			);
		},
	);

	test.each(structureParts.map((part) => [part.name, part.text] as const))(
		'have the same fields of %s',
		(name, text) => {
			expect(Object.entries(STRUCTURES[name as keyof typeof STRUCTURES])).toEqual(rows(text));
		},
	);

	test('have the same structures', () => {
		expect(structureParts.map(({ name }) => name)).toEqual(Object.keys(STRUCTURES));
	});

	/** The values that a part lists with bullets. */
	const bullets = (part: string) =>
		[...part.matchAll(/^• (\w+)/gm)]
			.map((match) => match[1])
			.filter((value) => value !== undefined);
	const textOf = (name: string) => functionParts.find((part) => part.name === name)?.text ?? '';

	test('allow the same values', () => {
		expect(bullets(textOf('add_list'))).toEqual([...LIST_TYPES, ...LIST_FORMS]);
		expect(bullets(textOf('add_object'))).toEqual([...OBJECT_TYPES]);
		expect(bullets(textOf('add_list_monitoring')).sort()).toEqual([...PERIODS].sort());
	});

	test('set the same lengths', () => {
		for (const { name, text } of functionParts) {
			const described = text
				.split(/^(?=\w+ (?:string|integer|boolean))/m)
				.map((row) => ({
					name: /^\w+/.exec(row)?.[0],
					max: /[Mm]aksimālais\s+garums\s+ir\s+(\d+)|maksimālais\s+–\s+(\d+)/.exec(row),
				}))
				.filter((row) => row.max !== null && row.name !== 'code');
			const ours = functionNamed(name as FunctionName).parameters.filter(
				(parameter) => parameter.maxLength !== undefined,
			);
			const lengths = described.map((row) => [row.name, Number(row.max?.[1] ?? row.max?.[2])]);
			// update_list_monitoring describes its e-mails more briefly than add_list_monitoring does.
			if (name === 'update_list_monitoring') lengths.push(['email', 254]);
			expect(lengths).toEqual(ours.map((parameter) => [parameter.name, parameter.maxLength]));
		}
	});
});

describe('object codes', () => {
	test.each([
		['COMPANY', '40003053936', '4000305393', '400030539361', '4000305393a'],
		['PERSON', '010180-10001', '0101801-0001', '01018010001 ', '0101801000'],
		['PERSON', '32000000001', '320000000', 'a2000000001'],
		['AUTHORITY', '90000069281', '9000006928'],
		['EST_COMPANY', '10421629', '1042162', '104216299'],
		['CAD_CADASTER', '01000120094', '0100012009'],
		['CAD_PARCEL', '01000120094', '0100012009'],
		['CAD_BUILD', '01000120094001', '0100012009400'],
		['CAD_PARCEL_PART', '010001200948001', '01000120094800'],
		['CAD_PREMISE_GROUP', '01000120094001001', '0100012009400100'],
		['PLEDGE', '😀'.repeat(20), 'x'.repeat(21), ''],
		['KEYWORD', 'ā'.repeat(255), 'ā'.repeat(256), ''],
		['ADDRESS', '101234567', ''],
	] as const)('of %s: %s', (type, right, ...wrong) => {
		expect(OBJECT_CODES[type].pattern.test(right)).toBe(true);
		for (const code of wrong) expect(OBJECT_CODES[type].pattern.test(code)).toBe(false);
	});
});

describe('the fields on the screen', () => {
	const { properties } = new KlientuPortfelis().description;

	/** The fields of an operation, those inside collections among them. */
	function fieldsOf(resource: string, operation: string): INodeProperties[] {
		return properties
			.filter(({ displayOptions }) => {
				const show = displayOptions?.show ?? {};
				return (
					show.resource?.includes(resource) === true && show.operation?.includes(operation) === true
				);
			})
			.flatMap((field) =>
				field.type === 'collection' ? [field, ...(field.options as INodeProperties[])] : [field],
			);
	}

	const OPERATIONS: ReadonlyArray<readonly [FunctionName, string, string, Record<string, string>]> =
		[
			['get_lists', 'list', 'getMany', {}],
			['add_list', 'list', 'create', {}],
			['update_list', 'list', 'update', { id: 'listId' }],
			['delete_list', 'list', 'delete', { id: 'listId' }],
			['get_objects', 'object', 'getMany', { rows: 'limit' }],
			['get_object', 'object', 'get', { id: 'objectId' }],
			['add_object', 'object', 'create', { check_ur: 'checkUr' }],
			[
				'update_object',
				'object',
				'update',
				{ id: 'objectId', contact_person: 'contactPerson', client_id: 'clientId' },
			],
			['delete_object', 'object', 'delete', { id: 'objectId' }],
			['get_list_monitoring', 'monitoring', 'get', {}],
			['add_list_monitoring', 'monitoring', 'create', { email: 'emails' }],
			['update_list_monitoring', 'monitoring', 'update', { email: 'emails' }],
			['get_available_services', 'monitoring', 'getServices', {}],
			['get_monitoring_sessions', 'monitoringSession', 'getMany', {}],
			['get_session_events', 'monitoringSession', 'getEvents', {}],
			['login', 'session', 'login', {}],
			['logout', 'session', 'logout', {}],
		];
	const camelCase = (name: string) =>
		name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

	test('cover every function', () => {
		expect(OPERATIONS.map(([name]) => name).sort()).toEqual([...NAMES].sort());
	});

	test.each(OPERATIONS)(
		'offer every parameter of %s, and say what it is',
		(name, resource, operation, names) => {
			const fields = fieldsOf(resource, operation);
			const parameters: readonly Parameter[] = functionNamed(name).parameters;
			for (const parameter of parameters) {
				if (parameter.name === 'sid' || name === 'login') continue;
				const fieldName = names[parameter.name] ?? camelCase(parameter.name);
				const field = fields.find((candidate) => candidate.name === fieldName);
				expect(field?.displayName).toBe(parameter.label);
				expect(field?.description).toMatch(/\w{3}/);
				if (parameter.values !== undefined) {
					const options = field?.options as INodePropertyOptions[];
					const offered = options.map(({ name, value }) => [String(value), name]);
					expect(Object.fromEntries(offered)).toEqual(parameter.values);
				}
				if (parameter.maxLength !== undefined && parameter.format !== 'email') {
					expect(field?.description).toContain(String(parameter.maxLength));
				}
			}
		},
	);

	test('say what the code of each type of object is', () => {
		const fields = fieldsOf('object', 'create');
		const types = fields.find(({ name }) => name === 'type')?.options as INodePropertyOptions[];
		const code = fields.find(({ name }) => name === 'code');
		for (const [type, rule] of Object.entries(OBJECT_CODES)) {
			const option = types.find(({ value }) => value === type);
			expect(option?.description).toContain(rule.description);
			expect(code?.description).toMatch(new RegExp(`${rule.label}.*: ${rule.description}`));
		}
	});

	test('store the names of the contract', () => {
		const stored = (resource: string, operation: string) =>
			fieldsOf(resource, operation)
				.filter(({ type }) => type !== 'notice')
				.map(({ name }) => name)
				.filter((name, index, names) => names.indexOf(name) === index)
				// Stand beside the contract's fields in every operation.
				.filter((name) => !['options', 'batching', 'timeout'].includes(name))
				// For tools only.
				.filter((name) => !['output', 'outputFields'].includes(name));
		expect(stored('list', 'getMany')).toEqual(['returnAll', 'limit']);
		expect(stored('list', 'create')).toEqual([
			'name',
			'type',
			'additionalFields',
			'description',
			'form',
		]);
		expect(stored('list', 'update')).toEqual(['listId', 'name', 'updateFields', 'description']);
		expect(stored('list', 'delete')).toEqual(['listId']);
		expect(stored('object', 'getMany')).toEqual([
			'listId',
			'returnAll',
			'limit',
			'simplify',
			'start',
		]);
		expect(stored('object', 'get')).toEqual(['objectId', 'simplify']);
		expect(stored('object', 'create')).toEqual([
			'listId',
			'type',
			'code',
			'additionalFields',
			'checkUr',
			'name',
			'ifExists',
		]);
		const upsert = [
			...['listId', 'type', 'code', 'additionalFields', 'checkUr', 'name', 'updateFields'],
			...['address', 'clientId', 'contactPerson', 'email', 'fax', 'phone', 'www'],
		];
		expect(stored('object', 'upsert')).toEqual(upsert);
		expect(stored('list', 'sync')).toEqual([
			...upsert,
			'absent',
			'dryRun',
			'compareDetails',
			'maxDeletions',
		]);
		expect(stored('list', 'compare')).toEqual(['listId', 'compareWith', 'otherListId', 'code']);
		expect(stored('monitoring', 'upsert')).toEqual(stored('monitoring', 'create'));
		expect(stored('object', 'update').sort()).toEqual(
			[
				'objectId',
				'updateFields',
				'address',
				'phone',
				'fax',
				'email',
				'www',
				'contactPerson',
				'clientId',
			].sort(),
		);
		expect(stored('object', 'find')).toEqual([
			'findBy',
			'value',
			'searchIn',
			'listId',
			'returnAll',
			'limit',
		]);
		expect(stored('object', 'delete')).toEqual(['objectId', 'deleteFrom', 'listId']);
		const monitoring = [
			'listId',
			'emails',
			'emptyMail',
			'period',
			'startDate',
			'services',
			'additionalFields',
			'endDate',
		];
		expect(stored('monitoring', 'create')).toEqual(monitoring);
		expect(stored('monitoring', 'update')).toEqual([
			'listId',
			'keepOtherSettings',
			...monitoring.slice(1),
			'updateFields',
		]);
		expect(stored('monitoring', 'get')).toEqual(['listId']);
		expect(stored('monitoring', 'getServices')).toEqual(['listId']);
		expect(stored('monitoringSession', 'getMany')).toEqual([
			'listId',
			'returnAll',
			'limit',
			'filters',
			'from',
			'to',
		]);
		expect(stored('monitoringSession', 'getEvents')).toEqual([
			'listId',
			'sessionId',
			'returnAll',
			'limit',
		]);
		expect(stored('session', 'login')).toEqual([]);
		expect(stored('session', 'logout')).toEqual([]);
	});

	test.each([
		['listId', 5, ['list', 'name', 'id']],
		['objectId', 2, ['list', 'code', 'id']],
		['sessionId', 0, ['list', 'id']],
	])('pick %s from a list first', (field, others, names) => {
		const locators = properties.filter(({ name }) => name === field);
		expect(locators.length).toBeGreaterThan(others);
		for (const { type, modes } of locators) {
			expect(type).toBe('resourceLocator');
			expect(modes?.map((mode) => mode.name)).toEqual(names);
		}
	});

	test('options stand in alphabetical order, periods from the shortest to the longest', () => {
		for (const field of properties) {
			if (field.options === undefined) continue;
			if (field.name === 'period') {
				expect(field.options.map(({ name }) => name)).toEqual(Object.values(PERIOD_LABELS));
				continue;
			}
			// For tools, the choice that fits most tasks comes first, as in n8n's own nodes.
			if (field.name === 'output') continue;
			// Login is of no use to most, so it comes last.
			if (field.displayOptions?.show?.resource?.includes('session') === true) continue;
			const names = (
				field.options as Array<INodeProperties | INodePropertyOptions | INodePropertyCollection>
			).map((option) => ('displayName' in option ? option.displayName : option.name));
			expect(names).toEqual([...names].sort());
		}
	});
});
