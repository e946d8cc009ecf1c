import type { IExecuteFunctions, IGetNodeParameterOptions, IPollFunctions } from 'n8n-workflow';

import { Fault } from './fault';
import { asRecord } from './guards';
import { toSwitch, toWholeNumber } from './values';

/** Whose fields are read: a node's for one input item, or a trigger's. */
export type FieldSource =
	| { readonly n8n: Pick<IExecuteFunctions, 'getNodeParameter'>; readonly itemIndex: number }
	| Pick<IPollFunctions, 'getNodeParameter'>;

/** The value of a field as the user filled it in; n8n returns the default if it is unset. */
export function field(
	source: FieldSource,
	name: string,
	options?: IGetNodeParameterOptions,
): unknown {
	return read(source, name, undefined, options);
}

/** The value of a field that the node may not have, such as one for tools only. */
export function optionalField(source: FieldSource, name: string): unknown {
	return read(source, name, '');
}

/** The fields that were added to a collection; none if it is empty. */
export function collection(source: FieldSource, name: string): Readonly<Record<string, unknown>> {
	return asRecord(read(source, name, {}));
}

/**
 * Whether a switch is on.
 *
 * @throws Fault (input) when it is neither on nor off
 */
export function isOn(source: FieldSource, name: string, label: string): boolean {
	return toSwitch(label, field(source, name));
}

/**
 * How many results the user asked for; Infinity with Return All.
 *
 * @throws Fault (input) when Limit is not a number above 0
 */
export function limitOf(source: FieldSource): number {
	if (isOn(source, 'returnAll', 'Return All')) return Infinity;
	const description = "Enter how many results to return, or turn on 'Return All'.";
	return toCount('Limit', field(source, 'limit'), description);
}

/**
 * A whole number of at least 1.
 *
 * @param description what to do when it is 0
 * @throws Fault (input) that names the field
 */
export function toCount(label: string, value: unknown, description: string): number {
	const count = toWholeNumber(label, value);
	if (count > 0) return count;
	throw new Fault('input', `'${label}' is 0`, description);
}

function read(
	source: FieldSource,
	name: string,
	fallback: unknown,
	options?: IGetNodeParameterOptions,
): unknown {
	return 'n8n' in source
		? source.n8n.getNodeParameter(name, source.itemIndex, fallback, options)
		: source.getNodeParameter(name, fallback, options);
}
