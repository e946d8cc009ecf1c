import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { Fault } from './fault';
import { collection, field } from './fieldValues';
import { forEachItem, forWholeInput, toNodeError } from './items';
import { batchingOf, timeoutOf, type Batching, type Effect } from './options';
import { repeatUnlessStopped, type Repeat } from './retry';
import { forTool, inputForTool } from './toolOutput';

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

/** What an operation on the whole input works with. */
export interface InputContext<Connection> {
	readonly n8n: IExecuteFunctions;
	readonly connection: Connection;
	readonly batching: Batching;
	/** Tells when the execution is stopped. */
	readonly signal?: AbortSignal;
}

/** An operation that takes all input items together, such as one that makes a list hold them. */
export interface InputOperation<Connection> extends Omit<Operation<Connection>, 'execute'> {
	/** How many writes are made at the same time unless the user says otherwise. */
	readonly atOnce?: number;
	/**
	 * @returns output items, each paired with the input item that it is about
	 * @throws Fault in words for the user, when nothing can be done for any item
	 */
	executeInput(context: InputContext<Connection>): Promise<INodeExecutionData[]>;
}

export type AnyOperation<Connection> = Operation<Connection> | InputOperation<Connection>;

/** The operations of a node by the stored names of resource and operation. */
export type Operations<Connection> = Readonly<
	Record<string, Readonly<Record<string, AnyOperation<Connection>>>>
>;

/** Opens the connection of the credential that is chosen in the node. */
export type Connect<Connection> = (
	n8n: IExecuteFunctions,
	settings: CallSettings,
) => Promise<Connection>;

/**
 * Runs the selected operation, once for each input item or once for all of them.
 *
 * @throws NodeOperationError or NodeApiError with the item's index
 */
export async function executeItems<Connection>(
	n8n: IExecuteFunctions,
	connect: Connect<Connection>,
	operations: Operations<Connection>,
): Promise<INodeExecutionData[][]> {
	if (n8n.getInputData().length === 0) return [[]];
	const { operation, ...prepared } = await prepare(n8n, connect, operations);
	const { connection, batching } = prepared;
	if ('executeInput' in operation) {
		return await forWholeInput(n8n, async () =>
			inputForTool(n8n, await operation.executeInput({ n8n, ...prepared })),
		);
	}
	return await forEachItem(n8n, batching, async (itemIndex) => {
		const items = await operation.execute({ n8n, itemIndex, connection });
		return forTool(n8n, { n8n, itemIndex }, items);
	});
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
		const atOnce = 'atOnce' in operation ? operation.atOnce : undefined;
		const batching = batchingOf(options, operation.effect, atOnce);
		const signal = n8n.getExecutionCancelSignal();
		const connection = await connect(n8n, settingsOf(options, signal));
		return { operation, batching, signal, connection };
	} catch (error) {
		throw toNodeError(n8n.getNode(), error);
	}
}

function operationOf<Connection>(
	n8n: IExecuteFunctions,
	operations: Operations<Connection>,
): AnyOperation<Connection> {
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
