import type { IExecuteFunctions } from 'n8n-workflow';

import { Fault } from './fault';

/**
 * A field of the node for each input item. A field without an expression has one value, which is read
 * once: n8n takes long to give a field when there are thousands of items.
 *
 * @param name the stored name of the field
 * @param read gives the field for an item
 */
export function perItem<Value>(
	n8n: IExecuteFunctions,
	name: string,
	read: (itemIndex: number) => Value,
): (itemIndex: number) => Value {
	if (holdsExpression(n8n.getNode().parameters[name])) return read;
	let fixed: { readonly value: Value } | undefined;
	return () => {
		fixed ??= { value: read(0) };
		return fixed.value;
	};
}

/**
 * A switch that only the person who builds the workflow may set. An expression could hold what comes
 * from outside: the items, or what an AI agent fills in. n8n resolves expressions also where the
 * editor offers none, so the stored value counts.
 *
 * @param initial its value when it was left as it is
 * @throws Fault (input) when it is anything but on or off
 */
export function fixedSwitch(
	n8n: IExecuteFunctions,
	name: string,
	label: string,
	initial: boolean,
): boolean {
	const value = n8n.getNode().parameters[name] ?? initial;
	if (typeof value === 'boolean') return value;
	throw new Fault(
		'input',
		`'${label}' holds an expression or text`,
		`Turn '${label}' on or off in the node itself, so that neither data nor an AI agent can change it. To choose in a workflow, use two nodes and an If node.`,
	);
}

/** n8n marks an expression with an equals sign in front. */
function holdsExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(holdsExpression);
}
