import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';

import { Fault } from './fault';
import { failureOf } from './failure';
import { notSent } from './http';
import { withFailure } from './n8nVersions';
import type { Batching } from './options';
import { waitUnlessStopped } from './retry';

/**
 * Runs an operation once per input item, in batches, and links every output item to its input item.
 * The output is in the order of the input. If On Error is set to continue, an item that could not be
 * processed becomes an item with the reason; otherwise its batch is completed and no further batch
 * starts. Items that have not started when the execution is stopped get a fault that says so.
 *
 * @param operation returns the output items of one input item
 * @throws NodeOperationError or NodeApiError with the item's index
 */
export async function forEachItem(
	context: IExecuteFunctions,
	{ itemsPerBatch, interval }: Batching,
	operation: (itemIndex: number) => Promise<IDataObject[]>,
): Promise<INodeExecutionData[][]> {
	const outputs: INodeExecutionData[][] = [];
	const indices = context.getInputData().map((_, index) => index);
	const signal = context.getExecutionCancelSignal();
	const pause = waitUnlessStopped(signal);
	for (let start = 0; start < indices.length; start += itemsPerBatch) {
		if (start > 0 && interval > 0) await pause(interval);
		const batch = indices.slice(start, start + itemsPerBatch);
		const outcomes = await Promise.allSettled(
			batch.map(async (itemIndex) => {
				if (signal?.aborted === true) throw notSent(`Item ${itemIndex}`);
				return await operation(itemIndex);
			}),
		);
		outputs.push(...outputsOf(context, outcomes, start));
	}
	return [outputs.flat()];
}

/**
 * Runs an operation once for all input items. With On Error set to continue, each input item becomes
 * an item that says why nothing could be done for it.
 *
 * @throws NodeOperationError or NodeApiError
 */
export async function forWholeInput(
	context: IExecuteFunctions,
	operation: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[][]> {
	try {
		return [await operation()];
	} catch (error) {
		const nodeError = toNodeError(context.getNode(), error);
		if (!context.continueOnFail()) throw nodeError;
		const json = errorItem(nodeError);
		return [context.getInputData().map((_, item) => ({ json, pairedItem: { item } }))];
	}
}

/** The output of a batch, one entry for each input item. */
function outputsOf(
	context: IExecuteFunctions,
	outcomes: ReadonlyArray<PromiseSettledResult<IDataObject[]>>,
	start: number,
): INodeExecutionData[][] {
	const failures: Failure[] = [];
	const outputs = outcomes.map((outcome, index) => {
		const pairedItem = { item: start + index };
		if (outcome.status === 'fulfilled') {
			return outcome.value.map((json) => ({ json, pairedItem }));
		}
		const error: unknown = outcome.reason;
		const nodeError = toNodeError(context.getNode(), error, pairedItem.item);
		failures.push({ itemIndex: pairedItem.item, error, nodeError });
		return [{ json: errorItem(nodeError), pairedItem }];
	});
	if (failures.length > 0 && !context.continueOnFail()) throw together(context, failures);
	return outputs;
}

interface Failure {
	readonly itemIndex: number;
	readonly error: unknown;
	readonly nodeError: NodeError;
}

/** One error for a batch: the first one, or one that names all changes that may have been made. */
function together(context: IExecuteFunctions, failures: readonly Failure[]): NodeError | undefined {
	const uncertain = failures.filter(({ error }) => isUncertain(error));
	const [first] = uncertain;
	if (first === undefined || failures.length === 1) return failures[0]?.nodeError;
	const numbers = uncertain.map(({ itemIndex }) => itemIndex).join(', ');
	const others = failures.filter((failure) => !uncertain.includes(failure));
	const fault = new Fault(
		'connection',
		uncertain.length === 1
			? `The change of item ${numbers} may have been made`
			: `The changes of items ${numbers} may have been made`,
		[
			'Look them up in the service before you run this again. n8n counts items from 0.',
			...uncertain.map(({ itemIndex, nodeError }) => `Item ${itemIndex}: ${nodeError.message}.`),
			...others.map(
				({ itemIndex, nodeError: { message, description } }) =>
					`Item ${itemIndex} was not processed: ${message}. ${description ?? ''}`,
			),
		].join(' '),
	);
	return toNodeError(context.getNode(), fault, first.itemIndex);
}

function isUncertain(error: unknown): boolean {
	return error instanceof Fault && error.details.uncertain === true;
}

/**
 * The title of the error as `error`, its description as `message`. n8n sends an item to the error
 * output, and adds its input, only if it has exactly these two keys; newer versions allow more.
 */
export function errorItem({ message, description }: NodeError): IDataObject {
	return { error: message, message: description ?? message };
}

type NodeError = NodeApiError | NodeOperationError;

/**
 * Turns a fault into an error that n8n shows: a NodeOperationError if a field of the node or credential
 * has to be corrected, a NodeApiError if it came from the service or the connection.
 *
 * @param itemIndex the input item that was processed, if any
 */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (!(error instanceof Fault)) {
		const unexpected = error instanceof Error ? error : String(error);
		return new NodeOperationError(node, unexpected, { itemIndex });
	}
	const nodeError = nodeErrorOf(node, error, itemIndex);
	// n8n replaces a message that contains a network code, even as part of a word.
	nodeError.message = error.message;
	return nodeError;
}

function nodeErrorOf(node: INode, fault: Fault, itemIndex: number | undefined): NodeError {
	const { kind, message, description, details } = fault;
	const failure = failureOf(fault);
	if (kind === 'input' || kind === 'credential') {
		return new NodeOperationError(node, message, withFailure({ description, itemIndex }, failure));
	}
	// Only these two texts: n8n stores everything in an error with the execution.
	const response: JsonObject = { message, description };
	const httpCode = details.status === undefined ? undefined : String(details.status);
	const options = { message, description, httpCode, itemIndex };
	return new NodeApiError(node, response, withFailure(options, failure));
}
