import type { INodeProperties } from 'n8n-workflow';

import { Fault } from './fault';
import { isRecord } from './guards';
import { TIMEOUT } from './http';
import { toWholeNumber } from './values';

/** Whether a call changes data in the service. */
export type Effect = 'read' | 'write';

/** How many items are processed at the same time by default. */
const ITEMS_PER_BATCH: Readonly<Record<Effect, number>> = { read: 5, write: 1 };

/** The longest timeout and interval, in seconds: an hour. */
const LONGEST = 3600;

/** How input items are processed: this many at once, then a pause. */
export interface Batching {
	/** Infinity for all at once. */
	readonly itemsPerBatch: number;
	/** Milliseconds between two batches. */
	readonly interval: number;
}

/** The option for the timeout of one request. */
export const timeoutOption: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: LONGEST },
	default: TIMEOUT,
	description:
		'How long to wait for the response to one request. Requests that only read data are then retried up to three times.',
};

function batchingOption(itemsPerBatch: number): INodeProperties {
	return {
		displayName: 'Batching',
		name: 'batching',
		type: 'fixedCollection',
		placeholder: 'Add Batching',
		typeOptions: { multipleValues: false },
		default: { batch: {} },
		description: 'How many input items to process at the same time',
		options: [
			{
				displayName: 'Batching',
				name: 'batch',
				values: [
					{
						displayName: 'Items per Batch',
						name: 'batchSize',
						type: 'number',
						typeOptions: { minValue: -1 },
						default: itemsPerBatch,
						description:
							'How many input items to process at the same time. -1 for all at once, 0 is treated as 1.',
					},
					{
						displayName: 'Batch Interval (Ms)',
						name: 'batchInterval',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 0,
						description: 'Time (in milliseconds) between two batches. 0 for no pause.',
					},
				],
			},
		],
	};
}

/** The Options field of an operation: its own options, and those that every operation has. */
export function optionsField(
	own: readonly INodeProperties[],
	effect: Effect,
	itemsPerBatch = ITEMS_PER_BATCH[effect],
): INodeProperties {
	const options = [...own, batchingOption(itemsPerBatch), timeoutOption];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: options.sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
	};
}

/**
 * Reads Batching from the options of an operation.
 *
 * @throws Fault (input) that names the field
 */
export function batchingOf(
	options: unknown,
	effect: Effect,
	itemsPerBatch = ITEMS_PER_BATCH[effect],
): Batching {
	const batching = isRecord(options) && isRecord(options.batching) ? options.batching : {};
	const { batchSize, batchInterval } = isRecord(batching.batch) ? batching.batch : {};
	const isAll = Number(batchSize ?? 0) === -1;
	const size = isAll ? 0 : toWholeNumber('Items per Batch', batchSize ?? itemsPerBatch);
	const interval = toWholeNumber('Batch Interval', batchInterval ?? 0);
	if (interval <= LONGEST * 1000) {
		return { itemsPerBatch: isAll ? Infinity : Math.max(size, 1), interval };
	}
	throw new Fault(
		'input',
		`'Batch Interval' is too long: ${interval} milliseconds`,
		'Enter at most 3600000, which is one hour.',
	);
}

/**
 * Reads Timeout from the options of an operation or trigger.
 *
 * @returns seconds
 * @throws Fault (input) that names the field
 */
export function timeoutOf(options: unknown): number {
	const timeout = isRecord(options) ? (options.timeout ?? TIMEOUT) : TIMEOUT;
	const seconds = toWholeNumber('Timeout', timeout);
	if (seconds >= 1 && seconds <= LONGEST) return seconds;
	throw new Fault(
		'input',
		`'Timeout' is out of range: ${seconds}`,
		`Enter how many seconds to wait for a response, from 1 to ${LONGEST}.`,
	);
}
