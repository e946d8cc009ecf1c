import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { toNodeError } from '../../shared/items';
import { settingsOf } from '../../shared/operation';
import { connect } from '../connection';
import { checkParameters } from '../protocol/check';
import { readCursor } from './cursor';
import { latestEvent, pollSessions, type Polled, type Wishes } from './sessions';

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
		const cursor = readCursor(stored.cursor, wishes.listId);
		const budget = context.getPollBudgetMs() * SHARE_OF_BUDGET;
		const polled = await pollSessions(connection, wishes, cursor, Date.now, budget);
		stored.cursor = toStored(polled);
		return output(polled.items);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

function output(items: IDataObject[]): INodeExecutionData[][] | null {
	return items.length === 0 ? null : [items.map((json) => ({ json }))];
}

function toStored({ cursor }: Polled): IDataObject {
	return { ...cursor, handled: [...cursor.handled], waiting: { ...cursor.waiting } };
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
