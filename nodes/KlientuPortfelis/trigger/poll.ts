import {
	deepCopy,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';

import type { Fault } from '../../shared/errors';
import { toNodeError } from '../../shared/items';
import { settingsOf } from '../../shared/operation';
import { connect } from '../connection';
import { checkParameters } from '../protocol/check';
import { latestEvent, pollSessions, type Wishes } from './sessions';
import { readStored } from './state';

/** A poll takes at most this part of the time that n8n gives it, so that it ends in good time. */
const SHARE_OF_BUDGET = 0.5;

/**
 * One poll of the trigger. The cursor lies in the node's static data, which n8n stores together
 * with what was handed on; it is written at the very end, so a poll that fails leaves it as it was.
 *
 * @returns the events to start with, or null when there are none
 * @throws NodeApiError or NodeOperationError
 */
export async function pollTrigger(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		const settings = settingsOf(context.getNodeParameter('options', {}));
		const connection = await connect(context, settings);
		const wishes = wishesOf(context);
		if (context.getMode() === 'manual') return output([await latestEvent(connection, wishes)]);
		const stored = context.getWorkflowStaticData('node');
		const { cursor, isLost, notice } = readStored(stored.cursor, wishes.listId, Date.now());
		// What was emitted since the start date is not known any more.
		const wanted = isLost ? { ...wishes, startDate: undefined } : wishes;
		const budget = context.getPollBudgetMs() * SHARE_OF_BUDGET;
		const polled = await pollSessions(connection, wanted, cursor, Date.now, budget);
		stored.cursor = deepCopy(polled.cursor) as unknown as IDataObject;
		for (const fault of [notice, ...polled.notices]) if (fault !== undefined) tell(context, fault);
		return output(polled.items);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

function output(items: IDataObject[]): INodeExecutionData[][] | null {
	return items.length === 0 ? null : [items.map((json) => ({ json }))];
}

/**
 * Tells the user of something without failing the poll, as a poll that fails would lose what it
 * found: in the log, and the way n8n itself reports a failed poll, as a failed execution that starts
 * the error workflow.
 */
function tell(context: IPollFunctions, fault: Fault): void {
	context.logger.warn(`${fault.message}. ${fault.description}`);
	try {
		context.__emitError(toNodeError(context.getNode(), fault));
	} catch (error) {
		// Where n8n offers no such report, the log has to do.
		context.logger.debug(String(error));
	}
}

function wishesOf(context: IPollFunctions): Wishes {
	const given = context.getNodeParameter('listId', undefined, { extractValue: true });
	const options = context.getNodeParameter('options', {}) as IDataObject;
	// The call's own check names the fields and turns the date into a day.
	const checked = checkParameters(
		'get_monitoring_sessions',
		{ list_id: given, from: options.startDate },
		context.getTimezone(),
	);
	return {
		listId: Number(checked.list_id),
		startDate: checked.from === undefined ? undefined : String(checked.from),
		eventTypes: String(options.eventTypes ?? '')
			.split(/[,;\s]+/)
			.filter((type) => type !== ''),
		onlyWithEvents: options.onlyWithEvents !== false,
	};
}
