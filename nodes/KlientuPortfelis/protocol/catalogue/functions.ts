/**
 * The catalogue: the 17 functions of the Klientu Portfelis API as data. Signing, envelopes, local
 * checks, decoding, the option lists on the screen and the simulator's WSDL all read it, so a change
 * of the API is made here (values in values.ts, responses in structures.ts) and nowhere else.
 *
 * Parameter order is the order of the signed JSON and of the envelope (specification, "Pieprasījumu
 * parakstīšana"). `signature` always comes first and is not listed. Which parameters are required was
 * taken from the samples and meanings, because the specification shows it only in colour.
 */

import type { Fields } from './structures';
import { LIST_FORM_LABELS, LIST_TYPE_LABELS, OBJECT_TYPE_LABELS, PERIOD_LABELS } from './values';

export { LIST_FORMS, LIST_TYPES, OBJECT_CODES, OBJECT_TYPES, PERIODS } from './values';
export type { ObjectType } from './values';

export type ParameterType = 'string' | 'int' | 'boolean' | 'string[]';

/** A parameter of a function, in the service's own terms. */
export interface Parameter {
	readonly name: string;
	/** The name of its field on the screen and in messages. */
	readonly label: string;
	readonly type: ParameterType;
	readonly required: boolean;
	/** Lengths in characters (code points); for lists, of each element. */
	readonly minLength?: number;
	readonly maxLength?: number;
	/** The allowed values with their names on the screen, where the specification lists them. */
	readonly values?: Readonly<Record<string, string>>;
	/** What else the text must be. */
	readonly format?: 'date' | 'email' | 'objectCode';
	/** An empty text is sent and clears the stored value. Otherwise it counts as not given. */
	readonly emptyClears?: boolean;
	/** Its value must not appear in messages. */
	readonly secret?: boolean;
}

export interface ApiFunction {
	/** `write`: a call may change something, so it is not retried. */
	readonly effect: 'read' | 'write' | 'session';
	/** In the documented order, without `signature`; `sid` first except in login. */
	readonly parameters: readonly Parameter[];
	/** The fields of the response besides `success`, `message` and `code`. */
	readonly answer: Fields;
}

/** get_objects gives at most this many objects (code 2021 beyond). */
export const MAX_ROWS = 25000;

const requiredText = (name: string, label: string): Parameter => ({
	name,
	label,
	type: 'string',
	required: true,
});

const sid = requiredText('sid', 'Session');
const listId: Parameter = { name: 'list_id', label: 'List', type: 'int', required: true };
const objectId: Parameter = { name: 'id', label: 'Object', type: 'int', required: true };
const ownListId: Parameter = { name: 'id', label: 'List', type: 'int', required: true };
const listName: Parameter = {
	name: 'name',
	label: 'Name',
	type: 'string',
	required: true,
	maxLength: 100,
};

const emailFormat = { minLength: 4, maxLength: 254, format: 'email' } as const;

/** An optional text of update_object; an empty one removes what is stored. */
const detail = (name: string, label: string, maxLength: number): Parameter => ({
	name,
	label,
	type: 'string',
	required: false,
	maxLength,
	emptyClears: true,
});

const optionalDate = (name: string, label: string): Parameter => ({
	name,
	label,
	type: 'string',
	required: false,
	format: 'date',
});

const monitoringParameters: readonly Parameter[] = [
	sid,
	listId,
	{ name: 'email', label: 'Emails', type: 'string[]', required: true, ...emailFormat },
	{ name: 'empty_mail', label: 'Send Empty Emails', type: 'boolean', required: true },
	{ name: 'period', label: 'Period', type: 'string', required: true, values: PERIOD_LABELS },
	{ name: 'start_date', label: 'Start Date', type: 'string', required: true, format: 'date' },
	{ name: 'services', label: 'Service Names or IDs', type: 'string[]', required: true },
	optionalDate('end_date', 'End Date'),
];

const listsAnswer = { list_count: 'int', lists: 'ResponseList[]' } as const;

/** The functions by their API names. */
export const FUNCTIONS = {
	login: {
		effect: 'session',
		parameters: [
			requiredText('username', 'Username in the credential'),
			{ ...requiredText('password', 'Password in the credential'), secret: true },
			{ name: 'role_id', label: 'Role ID in the credential', type: 'int', required: true },
		],
		answer: { sid: 'string' },
	},
	logout: { effect: 'session', parameters: [sid], answer: {} },
	get_lists: { effect: 'read', parameters: [sid], answer: listsAnswer },
	get_objects: {
		effect: 'read',
		parameters: [
			sid,
			listId,
			{ name: 'start', label: 'Start', type: 'int', required: false },
			{ name: 'rows', label: 'Limit', type: 'int', required: false },
		],
		answer: { list: 'ResponseList' },
	},
	get_object: {
		effect: 'read',
		parameters: [sid, objectId],
		answer: { object: 'ResponseObjectInfo' },
	},
	add_list: {
		effect: 'write',
		parameters: [
			sid,
			listName,
			{ name: 'type', label: 'Type', type: 'string', required: true, values: LIST_TYPE_LABELS },
			{ name: 'description', label: 'Description', type: 'string', required: false },
			{ name: 'form', label: 'Form', type: 'string', required: false, values: LIST_FORM_LABELS },
		],
		answer: { list: 'ResponseList' },
	},
	update_list: {
		effect: 'write',
		parameters: [
			sid,
			ownListId,
			listName,
			{
				name: 'description',
				label: 'Description',
				type: 'string',
				required: false,
				emptyClears: true,
			},
		],
		answer: { list: 'ResponseList' },
	},
	delete_list: { effect: 'write', parameters: [sid, ownListId], answer: listsAnswer },
	add_object: {
		effect: 'write',
		parameters: [
			sid,
			listId,
			{ name: 'code', label: 'Code', type: 'string', required: true, format: 'objectCode' },
			{ name: 'type', label: 'Type', type: 'string', required: true, values: OBJECT_TYPE_LABELS },
			{ name: 'name', label: 'Name', type: 'string', required: false, maxLength: 255 },
			{ name: 'check_ur', label: 'Check in Register', type: 'boolean', required: false },
		],
		answer: { object: 'ResponseObjectInfo' },
	},
	update_object: {
		effect: 'write',
		parameters: [
			sid,
			objectId,
			detail('address', 'Address', 200),
			detail('phone', 'Phone', 200),
			detail('fax', 'Fax', 200),
			{ ...detail('email', 'Email', 254), ...emailFormat },
			detail('www', 'Website', 200),
			detail('contact_person', 'Contact Person', 200),
			detail('client_id', 'Client ID', 255),
		],
		answer: { object: 'ResponseObjectInfo' },
	},
	delete_object: {
		effect: 'write',
		parameters: [sid, objectId, { ...listId, required: false }],
		answer: listsAnswer,
	},
	get_list_monitoring: {
		effect: 'read',
		parameters: [sid, listId],
		answer: { monitoring: 'ResponseMonitoring' },
	},
	get_monitoring_sessions: {
		effect: 'read',
		parameters: [sid, listId, optionalDate('from', 'From'), optionalDate('to', 'To')],
		answer: { sessions: 'ResponseSession[]', session_count: 'int', monitoring_id: 'int' },
	},
	get_session_events: {
		effect: 'read',
		parameters: [
			sid,
			listId,
			{ name: 'session_id', label: 'Session ID', type: 'int', required: true },
		],
		answer: { events: 'ResponseEvent[]' },
	},
	get_available_services: {
		effect: 'read',
		parameters: [sid, listId],
		answer: { services: 'ResponseService[]' },
	},
	add_list_monitoring: {
		effect: 'write',
		parameters: monitoringParameters,
		answer: { monitoring: 'ResponseMonitoring' },
	},
	update_list_monitoring: {
		effect: 'write',
		parameters: monitoringParameters,
		answer: { monitoring: 'ResponseMonitoring' },
	},
} as const satisfies Readonly<Record<string, ApiFunction>>;

export type FunctionName = keyof typeof FUNCTIONS;

/** A function of the catalogue, under its general type. */
export function functionNamed(name: FunctionName): ApiFunction {
	return FUNCTIONS[name];
}

/**
 * One parameter of a function.
 *
 * @throws TypeError when the function has none of this name
 */
export function parameterOf(name: FunctionName, parameterName: string): Parameter {
	const found = functionNamed(name).parameters.find(
		(parameter) => parameter.name === parameterName,
	);
	if (found !== undefined) return found;
	throw new TypeError(`${name} has no parameter ${parameterName}`);
}

/** Whether this is the name of one of the 17 functions. */
export function isFunctionName(name: unknown): name is FunctionName {
	return typeof name === 'string' && Object.hasOwn(FUNCTIONS, name);
}

/** Pairs of parameters where the first date must not be after the second. */
export const DATE_RANGES: ReadonlyArray<readonly [string, string]> = [
	['from', 'to'],
	['start_date', 'end_date'],
];
