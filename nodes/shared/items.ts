import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';

import { Fault } from './errors';
import { failureOf } from './failure';
import { withFailure } from './n8nVersions';
import type { Batching } from './options';
import { waitUnlessStopped } from './retry';

/**
 * Runs an operation once per input item, a batch of items at a time, and links every output item to
 * its input; the output is in the order of the input. With On Error set to continue, an item that
 * could not be processed becomes an item that says why; otherwise the batch it is in is finished, and
 * no other begun.
 *
 * @param operation gives the output of one input item
 * @throws NodeOperationError or NodeApiError with the item's index
 */
export async function forEachItem(
	context: IExecuteFunctions,
	{ itemsPerBatch, interval }: Batching,
	operation: (itemIndex: number) => Promise<IDataObject[]>,
): Promise<INodeExecutionData[][]> {
	const outputs: INodeExecutionData[][] = [];
	const indices = context.getInputData().map((_, index) => index);
	const pause = waitUnlessStopped(context.getExecutionCancelSignal());
	for (let start = 0; start < indices.length; start += itemsPerBatch) {
		if (start > 0 && interval > 0) await pause(interval);
		const batch = indices.slice(start, start + itemsPerBatch);
		const outcomes = await Promise.allSettled(
			batch.map(async (itemIndex) => await runItem(context, operation, itemIndex)),
		);
		for (const outcome of outcomes) {
			if (outcome.status === 'rejected') throw outcome.reason;
			outputs.push(outcome.value);
		}
	}
	return [outputs.flat()];
}

async function runItem(
	context: IExecuteFunctions,
	operation: (itemIndex: number) => Promise<IDataObject[]>,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const pairedItem = { item: itemIndex };
	try {
		const results = await operation(itemIndex);
		return results.map((json) => ({ json, pairedItem }));
	} catch (error) {
		const nodeError = toNodeError(context.getNode(), error, itemIndex);
		if (!context.continueOnFail()) throw nodeError;
		return [{ json: errorItem(nodeError), pairedItem }];
	}
}

/**
 * What happened as `error`, and what to do as `message`, with the service's words and code. n8n sends
 * an item to the error output, with its input added, when it has these two keys and no other; later
 * versions would allow more.
 */
function errorItem({ message, description }: NodeError): IDataObject {
	return { error: message, message: description ?? message };
}

type NodeError = NodeApiError | NodeOperationError;

/**
 * A fault in the form that n8n shows: as something to correct in the fields of the node or credential
 * (NodeOperationError), or as something that happened with the service (NodeApiError).
 *
 * @param itemIndex the item it happened with, if any
 */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (!(error instanceof Fault)) {
		const unexpected = error instanceof Error ? error : String(error);
		return new NodeOperationError(node, unexpected, { itemIndex });
	}
	const nodeError = nodeErrorOf(node, error, itemIndex);
	// n8n replaces messages in which a network code occurs, even as a part of a word.
	nodeError.message = error.message;
	return nodeError;
}

function nodeErrorOf(node: INode, fault: Fault, itemIndex: number | undefined): NodeError {
	const { kind, message, description, details } = fault;
	const failure = failureOf(fault);
	if (kind === 'input' || kind === 'credential') {
		return new NodeOperationError(node, message, withFailure({ description, itemIndex }, failure));
	}
	// Only plain words go in: n8n stores what an error carries with the execution.
	const response: JsonObject = { message, description };
	const httpCode = details.status === undefined ? undefined : String(details.status);
	const options = { message, description, httpCode, itemIndex };
	return new NodeApiError(node, response, withFailure(options, failure));
}
