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
 * Runs an operation once per input item, a batch of items at a time, and links every output item to
 * its input; the output is in the order of the input. With On Error set to continue, an item that
 * could not be processed becomes an item that says why; otherwise the batch it is in is finished, and
 * no other begun. Once the execution is stopped, what was not begun says so.
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

/** What came of a batch, an entry an item. */
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

/** One error for a batch: the first, unless there are changes of which nobody knows if they were made. */
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
			'Look them up at the service before you run this again. n8n counts items from 0.',
			...uncertain.map(({ itemIndex, nodeError }) => `Item ${itemIndex}: ${nodeError.message}.`),
			...others.map(
				({ itemIndex, nodeError: { message, description } }) =>
					`Not made, item ${itemIndex}: ${message}. ${description ?? ''}`,
			),
		].join(' '),
	);
	return toNodeError(context.getNode(), fault, first.itemIndex);
}

function isUncertain(error: unknown): boolean {
	return error instanceof Fault && error.details.uncertain === true;
}

/**
 * What happened as `error`, and what to do as `message`, with the service's words and code. n8n sends
 * an item to the error output, with its input added, when it has these two keys and no other; later
 * versions would allow more.
 */
export function errorItem({ message, description }: NodeError): IDataObject {
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
