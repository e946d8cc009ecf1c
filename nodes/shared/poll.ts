import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { Fault } from './fault';
import { isRecord } from './guards';
import { inTime } from './http';
import { toNodeError } from './items';
import { pollBudget } from './n8nVersions';
import type { CallSettings } from './operation';
import { timeoutOf } from './options';
import { repeatWithin } from './retry';

/** What a poll emits, and the cursor after it. */
export interface PollResult {
	readonly items: IDataObject[];
	/** What n8n stores as JSON. */
	readonly cursor: object;
	/** What the user should hear although the poll has succeeded. */
	readonly notices?: readonly Fault[];
}

/** What one trigger does in a poll. */
export interface PollSteps<Connection> {
	/** The service's name, which begins messages. */
	readonly service: string;
	connect(context: IPollFunctions, settings: CallSettings): Promise<Connection>;
	/** The latest event there is, for a test run in the editor. */
	latest(connection: Connection): Promise<IDataObject>;
	/**
	 * Reads what is new since the cursor.
	 *
	 * @param stored the cursor as it was stored; undefined at the first poll
	 * @param timeLeft milliseconds within which further reads may begin; the rest is for later polls
	 */
	poll(connection: Connection, stored: unknown, timeLeft: () => number): Promise<PollResult>;
}

/** Reads begin in the first half of the time that n8n gives a poll, so that the last one can end. */
const SHARE_FOR_READS = 0.5;

/** A call ends a little before the poll's time is up, so that its own message is heard. */
const SHARE_FOR_CALLS = 0.9;

/**
 * One poll of a trigger. The cursor lies in the node's static data, which n8n stores together with
 * what was emitted. It is written at the very end, so a poll that fails leaves it as it was.
 *
 * n8n abandons a poll that takes too long: no error workflow runs then, and nobody hears of it. So no
 * call, retry or wait for another execution goes on for longer than the poll may take.
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

/** Whether the poll's own deadline came: what a call throws is a fault. */
function isLate(reason: unknown): boolean {
	return isRecord(reason) && !(reason instanceof Fault) && reason.code === 'ECONNABORTED';
}

/** How the calls of a poll are made: for no longer than the user allows, or there is time left. */
function settingsOf(
	context: IPollFunctions,
	timeLeft: () => number,
	late: () => Fault,
): CallSettings {
	const allowed = timeoutOf(context.getNodeParameter('options', {}));
	const timeout = () => {
		const left = timeLeft() / 1000;
		if (left <= 0) throw late();
		return Math.min(allowed, left);
	};
	return { timeout, repeat: repeatWithin(timeLeft) };
}

/** What a poll gives, and how to keep its cursor once that is certain to be emitted. */
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
		// A copy as JSON: what JSON cannot hold must not seem to be kept.
		stored.cursor = JSON.parse(JSON.stringify(cursor)) as IDataObject;
		for (const notice of notices) tell(context, notice);
	};
	return { items, keep };
}

/**
 * Tells the user of something without failing the poll, which would lose what it found: in n8n's log,
 * and in the way in which n8n reports a failed poll, as a failed execution that starts the error
 * workflow.
 */
function tell(context: IPollFunctions, notice: Fault): void {
	// Other runners of nodes than n8n need not give a logger.
	const { logger } = context as Partial<Pick<IPollFunctions, 'logger'>>;
	logger?.warn(`${notice.message}. ${notice.description}`);
	try {
		context.__emitError(toNodeError(context.getNode(), notice));
	} catch (error) {
		// Where n8n offers no such report, the log has to do.
		logger?.debug(String(error));
	}
}

function tooSlow(service: string, budget: number): Fault {
	const seconds = Math.round(budget / 1000);
	return new Fault(
		'connection',
		`${service} answered too slowly: this poll ran out of time after ${seconds} seconds`,
		'Nothing is lost: the next poll continues from the same place. If this happens often, poll less often, or narrow what the trigger looks for.',
		{ transient: true },
	);
}
