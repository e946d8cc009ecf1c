/** What the operations of Klientu Portfelis give, from the catalogue's structures. */
import {
	elementType,
	isStructure,
	STRUCTURES,
	type AnswerType,
	type StructureName,
} from '../../nodes/KlientuPortfelis/protocol/catalogue/structures';
import { SIMPLE_DETAILS, SIMPLE_OBJECT } from '../../nodes/KlientuPortfelis/resources/items';
import {
	boolean,
	integer,
	list,
	object,
	text,
	type JsonSchema,
	type NodeSchemas,
	type ObjectSchema,
} from './jsonSchema.cts';

function schemaOf(type: AnswerType): JsonSchema {
	if (type.endsWith('[]')) return list(schemaOf(elementType(type)));
	if (isStructure(type)) return structure(type);
	if (type === 'int') return integer;
	return type === 'boolean' ? boolean : text;
}

/** A structure, with further fields, or only some of its own. */
function structure(
	name: StructureName,
	more: Readonly<Record<string, JsonSchema>> = {},
	only?: readonly string[],
): ObjectSchema {
	const own = Object.entries<AnswerType>(STRUCTURES[name])
		.filter(([field]) => only === undefined || only.includes(field))
		.map(([field, type]) => [field, schemaOf(type)] as const);
	return object({ ...Object.fromEntries(own), ...more });
}

const DELETED = object({ deleted: boolean, id: integer });

const SYNCED = {
	code: text,
	type: text,
	name: text,
	id: integer,
	action: text,
	dryRun: boolean,
	reason: text,
};

const LISTS = list(object({ id: integer, name: text }));

/** The lists of objects that get_lists leaves out; see `withoutEmptyCompanions`. */
const LIST = structure(
	'ResponseList',
	{},
	Object.keys(STRUCTURES.ResponseList).filter((name) => name !== 'objects'),
);

export const klientuPortfelis: NodeSchemas = {
	operations: {
		list: {
			compare: object({ code: text, name: text, id: integer, side: text }),
			create: structure('ResponseList'),
			delete: DELETED,
			getMany: LIST,
			sync: object(SYNCED),
			update: structure('ResponseList'),
		},
		object: {
			create: structure('ResponseObjectInfo'),
			delete: DELETED,
			find: structure('ResponseObject', { lists: LISTS }),
			get: structure('ResponseObjectInfo', {}, SIMPLE_DETAILS),
			getMany: structure('ResponseObject', {}, SIMPLE_OBJECT),
			update: structure('ResponseObjectInfo'),
			upsert: structure('ResponseObjectInfo', { action: text }),
		},
		monitoring: {
			create: structure('ResponseMonitoring'),
			get: structure('ResponseMonitoring'),
			getServices: structure('ResponseService'),
			update: structure('ResponseMonitoring'),
			upsert: structure('ResponseMonitoring', { action: text }),
		},
		monitoringSession: {
			getEvents: structure('ResponseEvent'),
			getMany: structure('ResponseSession'),
		},
		session: {
			login: object({ sid: text }),
			logout: object({ loggedOut: boolean }),
		},
	},
	trigger: structure('ResponseEvent', {
		session_id: integer,
		sent: text,
		list_id: integer,
		list_name: text,
	}),
};
