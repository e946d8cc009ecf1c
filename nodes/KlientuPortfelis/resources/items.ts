import type { IDataObject } from 'n8n-workflow';

/** What Simplify keeps of an object in a list. */
export const SIMPLE_OBJECT = ['id', 'code', 'name', 'status', 'client_id'] as const;

/** What it keeps of the details of an object. */
export const SIMPLE_DETAILS = [
	...SIMPLE_OBJECT,
	'address',
	'contact_person',
	'phone',
	'email',
] as const;

/** The item of an object in a list: all its fields, or with Simplify the most useful ones. */
export function objectItem(object: IDataObject, simplify: boolean): IDataObject {
	return simplify ? only(object, SIMPLE_OBJECT) : object;
}

/** The same for the details of an object. */
export function detailsItem(object: IDataObject, simplify: boolean): IDataObject {
	return simplify ? only(object, SIMPLE_DETAILS) : object;
}

function only(object: IDataObject, names: readonly string[]): IDataObject {
	const fields: IDataObject = {};
	for (const name of names) if (Object.hasOwn(object, name)) fields[name] = object[name];
	return fields;
}

/**
 * A record without the lists that are empty although a count beside them says how many there are: the
 * service leaves the objects of a list out where it gives the lists.
 */
export function withoutEmptyCompanions(record: IDataObject): IDataObject {
	const isCompanion = (name: string, value: unknown) =>
		Array.isArray(value) &&
		value.length === 0 &&
		Object.hasOwn(record, `${name.replace(/s$/, '')}_count`);
	return Object.fromEntries(
		Object.entries(record).filter(([name, value]) => !isCompanion(name, value)),
	);
}

/** The item of a deletion, with the ID as a number like every other ID. */
export function deleted(id: unknown): IDataObject {
	return { deleted: true, id: Number(id) };
}
