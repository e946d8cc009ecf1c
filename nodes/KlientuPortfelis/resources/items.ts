import type { IDataObject } from 'n8n-workflow';

/** The fields that Simplify keeps, in their order in the item. */
const SIMPLE_OBJECT = [
	'id',
	'code',
	'name',
	'status',
	'address',
	'client_id',
	'contact_person',
	'phone',
	'email',
	'updated',
];

/** The item of an object: all its fields, or with Simplify the most useful ones. */
export function objectItem(object: IDataObject, simplify: boolean): IDataObject {
	if (!simplify) return object;
	const simple: IDataObject = {};
	for (const name of SIMPLE_OBJECT) if (Object.hasOwn(object, name)) simple[name] = object[name];
	return simple;
}

/** The item of a deletion, with the ID as a number like every other ID. */
export function deleted(id: unknown): IDataObject {
	return { deleted: true, id: Number(id) };
}
