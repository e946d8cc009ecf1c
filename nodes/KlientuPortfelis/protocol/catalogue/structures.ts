/**
 * The part of the catalogue that describes responses: the service's structures and the types of their
 * fields.
 */

/** The type of a field of a response: a scalar, a structure by name, or a list of either. */
export type AnswerType =
	| 'string'
	| 'int'
	| 'boolean'
	| StructureName
	| 'string[]'
	| `${StructureName}[]`;

export type Fields = Readonly<Record<string, AnswerType>>;

/** The structures inside responses (specification, "Atbilžu objekti"). */
export const STRUCTURES = {
	ResponseRole: { id: 'int', name: 'string', rights: 'string' },
	ResponseObject: {
		id: 'int',
		code: 'string',
		virtual_id: 'string',
		client_id: 'string',
		name: 'string',
		status: 'string',
		created: 'string',
		updated: 'string',
		address: 'string',
	},
	ResponseList: {
		id: 'int',
		name: 'string',
		type: 'string',
		form: 'string',
		description: 'string',
		monitoring_id: 'int',
		object_count: 'int',
		objects: 'ResponseObject[]',
		monitored_object_count: 'int',
		users: 'ResponseRole[]',
	},
	ResponseObjectInfo: {
		id: 'int',
		code: 'string',
		virtual_id: 'string',
		name: 'string',
		status: 'string',
		created: 'string',
		updated: 'string',
		address: 'string',
		contact_person: 'string',
		user_address: 'string',
		phone: 'string',
		email: 'string',
		fax: 'string',
		www: 'string',
		client_id: 'string',
	},
	ResponseMonitoring: {
		monitoring_id: 'int',
		list_id: 'int',
		email: 'string',
		period: 'string',
		start_date: 'string',
		end_date: 'string',
		empty_email: 'boolean',
		object_count: 'int',
		services: 'ResponseService[]',
	},
	ResponseService: { type: 'string', name: 'string' },
	ResponseSession: { id: 'int', sent: 'string', sent_events_count: 'int' },
	ResponseEvent: {
		event_type: 'string',
		title: 'string',
		object_name: 'string',
		object_code: 'string',
		date: 'string',
		sent_date: 'string',
		notes: 'string',
	},
} as const;

export type StructureName = keyof typeof STRUCTURES;

/** The type of the elements of a list. */
export function elementType(type: AnswerType): AnswerType {
	return type.slice(0, -2) as AnswerType;
}

export function isStructure(type: string): type is StructureName {
	return Object.hasOwn(STRUCTURES, type);
}

export function isScalarType(type: AnswerType): boolean {
	return type === 'string' || type === 'int' || type === 'boolean';
}
