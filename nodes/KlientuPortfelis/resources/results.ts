import type { IDataObject } from 'n8n-workflow';

import { Fault } from '../../shared/fault';
import { isRecord } from '../../shared/guards';
import { toWholeNumber } from '../../shared/values';
import { field, isOn, type OperationContext } from '../operation';
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

/**
 * How many results the user asked for; Infinity with Return All.
 *
 * @throws Fault (input) when Limit is not a number above 0
 */
export function limitOf(context: OperationContext): number {
	if (isOn(context, 'returnAll', 'Return All')) return Infinity;
	const limit = toWholeNumber('Limit', field(context, 'limit'));
	if (limit > 0) return limit;
	throw new Fault(
		'input',
		"'Limit' is 0",
		'Give the number of results to return, or switch on Return All.',
	);
}
