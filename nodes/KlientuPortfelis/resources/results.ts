import type { IDataObject } from 'n8n-workflow';

import { Fault } from '../../shared/fault';
import { isRecord } from '../../shared/guards';
import type { Answer } from '../protocol/call';
import { emptyFault } from '../protocol/request/check';
import type { Decoded, DecodedFields } from '../protocol/answer/decoder';

const isStructure = (value: Decoded | undefined): value is DecodedFields => isRecord(value);

/**
 * The one thing that an answer holds under a name.
 *
 * @throws Fault (answer) when it is not there
 */
export function one(answer: Answer, name: string): IDataObject {
	const value = answer[name];
	if (isStructure(value)) return value;
	throw new Fault(
		'answer',
		`The service's answer holds no ${name}`,
		'The service carried the call out but gave nothing back. Look in Klientu Portfelis whether it exists.',
	);
}

/** The list that an answer holds under a name, one item an element. */
export function many(answer: Answer, name: string): IDataObject[] {
	const value = answer[name];
	return Array.isArray(value) ? value.filter(isStructure) : [];
}

/** The fields of an object that are useful most often, the most useful first. */
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

/** An object as it came, or with Simplify its most useful fields. */
export function objectItem(object: IDataObject, simplify: boolean): IDataObject {
	if (!simplify) return object;
	const simple: IDataObject = {};
	for (const name of SIMPLE_OBJECT) if (Object.hasOwn(object, name)) simple[name] = object[name];
	return simple;
}

/** The item that a deletion gives: the ID asked for, as a number like every other ID. */
export function deleted(id: unknown): IDataObject {
	return { deleted: true, id: Number(id) };
}

/**
 * A value that this operation needs although the service takes the call without it.
 *
 * @throws Fault (input) when it is empty
 */
export function required(value: unknown, label: string): unknown {
	if (value !== undefined && value !== null && value !== '') return value;
	throw emptyFault(label);
}
