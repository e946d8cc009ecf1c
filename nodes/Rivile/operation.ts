import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Connection } from './protocol/call';

/** What an operation's execute works with: n8n's functions, one item of the input, the connection. */
export interface OperationContext {
	readonly functions: IExecuteFunctions;
	readonly itemIndex: number;
	readonly connection: Connection;
}

/** One operation: its fields on the screen and what it does with one item, side by side. */
export interface Operation {
	readonly description: INodeProperties[];
	/** @throws Fault in words for the user */
	execute(context: OperationContext): Promise<IDataObject[]>;
}

/** The value of a field for the item, as the user filled it in; undefined when it is not there. */
export type ReadField = (name: string) => unknown;

/** Reads the node's fields for one item. */
export function fieldsOf({ functions, itemIndex }: OperationContext): ReadField {
	return (name) => functions.getNodeParameter(name, itemIndex, undefined);
}

/** The parts of a collection; none when it is empty. */
export function partsOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}
