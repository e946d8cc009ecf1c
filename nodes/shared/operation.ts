import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { Fault } from './errors';
import { forEachItem } from './items';

/** What an operation's execute works with: n8n's functions, one item of the input, the connection. */
export interface OperationContext<Connection> {
	readonly functions: IExecuteFunctions;
	readonly itemIndex: number;
	readonly connection: Connection;
}

/** One operation: its fields on the screen and what it does with one item, side by side. */
export interface Operation<Connection> {
	readonly description: INodeProperties[];
	/** @throws Fault in words for the user */
	execute(context: OperationContext<Connection>): Promise<IDataObject[]>;
}

/** The operations of a node by the stored names of resource and operation. */
export type Operations<Connection> = Readonly<
	Record<string, Readonly<Record<string, Operation<Connection>>>>
>;

/** Runs the operation that the node is set to, once for each input item. */
export async function executeItems<Connection>(
	functions: IExecuteFunctions,
	connection: Connection,
	operations: Operations<Connection>,
): Promise<INodeExecutionData[][]> {
	return await forEachItem(functions, async (itemIndex) => {
		const resource = String(functions.getNodeParameter('resource', itemIndex));
		const name = String(functions.getNodeParameter('operation', itemIndex));
		const ofResource = Object.hasOwn(operations, resource) ? operations[resource] : undefined;
		const operation =
			ofResource !== undefined && Object.hasOwn(ofResource, name) ? ofResource[name] : undefined;
		if (operation !== undefined) {
			return await operation.execute({ functions, itemIndex, connection });
		}
		throw new Fault(
			'input',
			`The operation ${name} of the resource ${resource} does not exist`,
			'Choose the resource and the operation anew.',
		);
	});
}
