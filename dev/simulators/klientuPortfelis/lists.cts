/** The functions on lists and their objects. */
import {
	OBJECT_TYPES,
	type ObjectType,
} from '../../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { hasRight, listFor, objectFor, type Role } from './access.cts';
import type { Arguments } from './checks.cts';
import { ServiceError } from './errors.cts';
import { timestamp, type Portfolio, type StoredList, type StoredObject } from './portfolio.cts';
import { checkCode, isChecked, lookUp, type Register } from './register.cts';
import { OBJECTS_OF_LIST, isListType } from './samples.cts';

/** What a function works on. */
export interface Context {
	readonly portfolio: Portfolio;
	readonly register: Register;
	readonly role: Role;
	readonly now: () => number;
	readonly newestSessionsFirst: boolean;
	readonly pages: PageLimits;
}

/** How many objects get_objects gives. */
export interface PageLimits {
	/** Of more than these, it gives as many, whatever is asked for. */
	largest: number;
	/** Who asks for more than these is refused (2021). */
	allowed: number;
}

/** Gives the fields of the answer, under their names. */
export type Handler = (context: Context, given: Arguments) => object;

/** A list as answers show it; the objects only where the function is about them. */
function listView(list: StoredList, objects: readonly StoredObject[] | null = null): object {
	return {
		...list,
		monitoring_id: list.monitoring?.monitoring_id,
		object_count: list.objects.size,
		objects,
		monitored_object_count: list.monitoring ? list.objects.size : 0,
	};
}

export const getLists: Handler = ({ portfolio, role }) => {
	const lists = [...portfolio.lists.values()].filter((list) => hasRight(list, role.id, 'READ'));
	return { list_count: lists.length, lists: lists.map((list) => listView(list)) };
};

export const getObjects: Handler = ({ portfolio, role, pages }, given) => {
	const list = listFor(portfolio, role, given.id('list_id'), 'READ');
	const rows = given.int('rows') ?? list.objects.size;
	if (rows > pages.allowed) throw new ServiceError(2021);
	const start = given.int('start') ?? 0;
	const end = start + Math.min(rows, pages.largest);
	return { list: listView(list, [...list.objects.values()].slice(start, end)) };
};

export const getObject: Handler = ({ portfolio, role }, given) => ({
	object: objectFor(portfolio, role, given.id('id'), 'READ'),
});

export const addList: Handler = ({ portfolio, role }, given) => {
	const type = given.text('type');
	if (!isListType(type)) throw new ServiceError(2020);
	const list = {
		name: given.required('name'),
		type,
		form: given.text('form') || 'SIMPLE',
		description: given.text('description') ?? null,
	};
	const owner = { id: role.id, name: role.name, rights: 'OWNER' } as const;
	return { list: listView(portfolio.addList(list, [owner])) };
};

export const updateList: Handler = ({ portfolio, role }, given) => {
	const list = listFor(portfolio, role, given.id('id'), 'WRITE');
	list.name = given.required('name');
	list.description = given.text('description') ?? list.description;
	return { list: listView(list) };
};

export const deleteList: Handler = (context, given) => {
	const { portfolio, role } = context;
	portfolio.removeList(listFor(portfolio, role, given.id('id'), 'DELETE'));
	return getLists(context, given);
};

function isObjectType(type: string): type is ObjectType {
	return OBJECT_TYPES.some((known) => known === type);
}

/** What the new object is called: as the register has it, or as given. */
function describe(
	register: Register,
	type: ObjectType,
	given: Arguments,
): { name: string; address?: string } {
	const code = given.required('code');
	if (isChecked(type) && given.flag('check_ur') !== false) return lookUp(register, code);
	return { name: given.text('name') || code };
}

export const addObject: Handler = ({ portfolio, register, role }, given) => {
	const list = listFor(portfolio, role, given.id('list_id'), 'WRITE');
	const [type, code] = [given.required('type'), given.required('code')];
	if (!isObjectType(type) || !OBJECTS_OF_LIST[list.type].includes(type)) {
		throw new ServiceError(2012);
	}
	checkCode(type, code);
	const known = portfolio.findObject(type, code);
	if (known && list.objects.has(known.id)) throw new ServiceError(2013);
	const description = describe(register, type, given);
	if (!known && portfolio.objects.size >= role.objectLimit) throw new ServiceError(1004);
	const object = known ?? portfolio.addObject({ type, code, ...description });
	portfolio.putIn(object, list);
	return { object };
};

/** The address that a user gives stands beside the register's own. */
const UPDATES = [
	['address', 'user_address'],
	['phone', 'phone'],
	['fax', 'fax'],
	['email', 'email'],
	['www', 'www'],
	['contact_person', 'contact_person'],
	['client_id', 'client_id'],
] as const;

export const updateObject: Handler = ({ portfolio, role, now }, given) => {
	const object = objectFor(portfolio, role, given.id('id'), 'WRITE');
	for (const [parameter, field] of UPDATES) {
		object[field] = given.text(parameter) ?? object[field];
	}
	object.updated = timestamp(now());
	return { object };
};

function deleteEverywhere({ portfolio, role }: Context, object: StoredObject): void {
	if (!object.lists.every((list) => hasRight(list, role.id, 'WRITE'))) {
		throw new ServiceError(
			1003,
			'Objektu nevar dzēst no visa portfeļa, jo objekts atrodas sarakstā, uz kuru Jums nav tiesības',
		);
	}
	for (const list of [...object.lists]) portfolio.takeOut(object, list);
}

export const deleteObject: Handler = (context, given) => {
	const { portfolio, role } = context;
	const listId = given.int('list_id');
	const list = listId === undefined ? undefined : listFor(portfolio, role, listId, 'WRITE');
	const object = objectFor(portfolio, role, given.id('id'), 'READ');
	if (!list) deleteEverywhere(context, object);
	else if (!list.objects.has(object.id)) throw new ServiceError(2019);
	else portfolio.takeOut(object, list);
	return getLists(context, given);
};
