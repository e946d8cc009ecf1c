import type { IDataObject } from 'n8n-workflow';

import { Fault } from '../../shared/fault';
import { isRecord } from '../../shared/guards';
import type { Answer } from '../protocol/call';
import type { Decoded, DecodedFields } from '../protocol/answer/decoder';

const isStructure = (value: Decoded | undefined): value is DecodedFields => isRecord(value);

/**
 * The record that a response holds under a name.
 *
 * @throws Fault (answer) when it is not there
 */
export function one(answer: Answer, name: string): IDataObject {
	const value = answer[name];
	if (isStructure(value)) return value;
	throw new Fault(
		'answer',
		`The response has no ${name}`,
		`Check in Klientu Portfelis whether the ${name} exists. The service accepted the request but returned nothing.`,
	);
}

/** The records of the list that a response holds under a name. */
export function many(answer: Answer, name: string): IDataObject[] {
	const value = answer[name];
	return Array.isArray(value) ? value.filter(isStructure) : [];
}
