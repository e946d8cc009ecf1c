import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { Fault } from './fault';
import { collection, field } from './fieldValues';
import { forEachItem, toNodeError } from './items';
import { batchingOf, timeoutOf, type Effect } from './options';
import { repeatUnlessStopped, type Repeat } from './retry';

/** How calls are made. */
export interface CallSettings {
	/** The timeout of the next call, in seconds. */
	readonly timeout: () => number;
	/** Retries what is safe to repeat. */
	readonly repeat: Repeat;
	/** Aborted when the execution is stopped. */
	readonly signal?: AbortSignal;
}

/**
 * How the calls of an execution are made.
 *
 * @param options those of the node
 * @param signal aborted when the execution is stopped
 * @throws Fault (input) that names the field
 */
function settingsOf(options: unknown, signal: AbortSignal | undefined): CallSettings {
	const timeout = timeoutOf(options);
	return { timeout: () => timeout, repeat: repeatUnlessStopped(signal), signal };
}

/** What an operation works with: n8n's functions, one input item, and the connection. */
export interface OperationContext<Connection> {
	readonly n8n: IExecuteFunctions;
	readonly itemIndex: number;
	readonly connection: Connection;
}

/** One operation: its fields on the screen, and what it does with one input item. */
export interface Operation<Connection> {
	readonly effect: Effect;
	/** The fields besides Options. `resource` adds when they are shown. */
	readonly description: readonly INodeProperties[];
	/** The operation's own options, besides those that every operation has. */
	readonly options?: readonly INodeProperties[];
	/** @throws Fault for the user */
	execute(context: OperationContext<Connection>): Promise<IDataObject[]>;
}

/** The operations of a node by the stored names of resource and operation. */
export type Operations<Connection> = Readonly<
	Record<string, Readonly<Record<string, Operation<Connection>>>>
>;

/** Opens the connection of the credential that is chosen in the node. */
export type Connect<Connection> = (
	n8n: IExecuteFunctions,
	settings: CallSettings,
) => Promise<Connection>;

/**
 * Runs the selected operation once for each input item.
 *
 * @throws NodeOperationError or NodeApiError with the item's index
 */
export async function executeItems<Connection>(
	n8n: IExecuteFunctions,
	connect: Connect<Connection>,
	operations: Operations<Connection>,
): Promise<INodeExecutionData[][]> {
	if (n8n.getInputData().length === 0) return [[]];
	const { operation, connection, batching } = await prepare(n8n, connect, operations);
	return await forEachItem(
		n8n,
		batching,
		async (itemIndex) => await operation.execute({ n8n, itemIndex, connection }),
	);
}

/**
 * What all items share. The options are those of the first item.
 *
 * @throws NodeOperationError or NodeApiError
 */
async function prepare<Connection>(
	n8n: IExecuteFunctions,
	connect: Connect<Connection>,
	operations: Operations<Connection>,
) {
	try {
		const operation = operationOf(n8n, operations);
		const options = collection({ n8n, itemIndex: 0 }, 'options');
		const batching = batchingOf(options, operation.effect);
		const settings = settingsOf(options, n8n.getExecutionCancelSignal());
		return { operation, batching, connection: await connect(n8n, settings) };
	} catch (error) {
		throw toNodeError(n8n.getNode(), error);
	}
}

function operationOf<Connection>(
	n8n: IExecuteFunctions,
	operations: Operations<Connection>,
): Operation<Connection> {
	const first = { n8n, itemIndex: 0 };
	const resource = String(field(first, 'resource'));
	const name = String(field(first, 'operation'));
	const ofResource = Object.hasOwn(operations, resource) ? operations[resource] : undefined;
	const operation =
		ofResource !== undefined && Object.hasOwn(ofResource, name) ? ofResource[name] : undefined;
	if (operation !== undefined) return operation;
	throw new Fault(
		'input',
		`The operation ${name} of the resource ${resource} does not exist`,
		'Select the resource and the operation again.',
	);
}
