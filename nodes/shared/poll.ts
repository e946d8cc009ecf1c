import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { Fault } from './fault';
import { collection } from './fieldValues';
import { isRecord } from './guards';
import { inTime } from './patience';
import { toNodeError } from './items';
import { pollBudget } from './n8nVersions';
import type { CallSettings } from './operation';
import { timeoutOf } from './options';
import { repeatWithin } from './retry';

/** What a poll emits, and the cursor after it. */
export interface PollResult {
	readonly items: IDataObject[];
	/** n8n stores it as JSON. */
	readonly cursor: object;
	/** What to tell the user although the poll succeeded. */
	readonly notices?: readonly Fault[];
}

/** What a trigger does in a poll. */
export interface PollSteps<Connection> {
	/** The service's name, which begins messages. */
	readonly service: string;
	connect(context: IPollFunctions, settings: CallSettings): Promise<Connection>;
	/** The latest event, for a test run in the editor. */
	latest(connection: Connection): Promise<IDataObject>;
	/**
	 * Reads what is new since the cursor.
	 *
	 * @param stored the stored cursor; undefined at the first poll
	 * @param timeLeft for how many milliseconds further reads may start; the rest is left to later polls
	 */
	poll(connection: Connection, stored: unknown, timeLeft: () => number): Promise<PollResult>;
}

/** Reads start in the first half of the time that n8n gives a poll, so that the last one can end. */
const SHARE_FOR_READS = 0.5;

/** A call times out a little before the poll does, so that the user sees its own message. */
const SHARE_FOR_CALLS = 0.9;

/**
 * One poll of a trigger. The cursor is kept in the node's static data, which n8n stores together with
 * what was emitted. It is written at the very end, so a poll that fails leaves it unchanged.
 *
 * n8n abandons a poll that takes too long: no error workflow runs, and nobody is told. So no call,
 * retry or wait for another execution takes longer than the poll may take.
 *
 * @returns the items to start with, or null when there are none
 * @throws NodeApiError or NodeOperationError
 */
export async function runPoll<Connection>(
	context: IPollFunctions,
	steps: PollSteps<Connection>,
): Promise<INodeExecutionData[][] | null> {
	const budget = pollBudget(context);
	const start = Date.now();
	const leftOf = (share: number) => start + budget * share - Date.now();
	const late = () => tooSlow(steps.service, budget);
	try {
		const settings = settingsOf(context, () => leftOf(SHARE_FOR_CALLS), late);
		const polling = pollOnce(context, steps, settings, () => leftOf(SHARE_FOR_READS));
		const { items, keep } = await inTime(polling, AbortSignal.timeout(budget));
		keep();
		return items.length === 0 ? null : [items.map((json) => ({ json }))];
	} catch (error) {
		throw toNodeError(context.getNode(), isLate(error) ? late() : error);
	}
}

/** Whether the poll itself timed out; calls throw faults instead. */
function isLate(reason: unknown): boolean {
	return isRecord(reason) && !(reason instanceof Fault) && reason.code === 'ECONNABORTED';
}

/** How the calls of a poll are made: within the user's timeout and the time that is left. */
function settingsOf(
	context: IPollFunctions,
	timeLeft: () => number,
	late: () => Fault,
): CallSettings {
	const allowed = timeoutOf(collection(context, 'options'));
	const timeout = () => {
		const left = timeLeft() / 1000;
		if (left <= 0) throw late();
		return Math.min(allowed, left);
	};
	return { timeout, repeat: repeatWithin(timeLeft) };
}

/** The items of a poll, and a function that stores its cursor once they are certain to be emitted. */
async function pollOnce<Connection>(
	context: IPollFunctions,
	steps: PollSteps<Connection>,
	settings: CallSettings,
	timeLeft: () => number,
): Promise<{ items: IDataObject[]; keep: () => void }> {
	const connection = await steps.connect(context, settings);
	if (context.getMode() === 'manual') {
		return { items: [await steps.latest(connection)], keep: () => undefined };
	}
	const stored = context.getWorkflowStaticData('node');
	const { items, cursor, notices = [] } = await steps.poll(connection, stored.cursor, timeLeft);
	const keep = () => {
		// A copy as JSON, so that the cursor in memory is no different from the one n8n stores.
		stored.cursor = JSON.parse(JSON.stringify(cursor)) as IDataObject;
		for (const notice of notices) tell(context, notice);
	};
	return { items, keep };
}

/**
 * Tells the user something without failing the poll, which would lose its items: in n8n's log, and as
 * n8n reports a failed poll, with a failed execution that starts the error workflow.
 */
function tell(context: IPollFunctions, notice: Fault): void {
	// Programs other than n8n that run nodes may not provide a logger.
	const { logger } = context as Partial<Pick<IPollFunctions, 'logger'>>;
	logger?.warn(`${notice.message}. ${notice.description}`);
	try {
		context.__emitError(toNodeError(context.getNode(), notice));
	} catch (error) {
		// If n8n does not offer this, the log is enough.
		logger?.debug(String(error));
	}
}

function tooSlow(service: string, budget: number): Fault {
	const seconds = Math.round(budget / 1000);
	return new Fault(
		'connection',
		`${service} responded too slowly: the poll ran out of time after ${seconds} seconds`,
		'If this happens often, poll less often or narrow what the trigger looks for. Nothing is lost: the next poll continues from the same place.',
		{ transient: true },
	);
}
