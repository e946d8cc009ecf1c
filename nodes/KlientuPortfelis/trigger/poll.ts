import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { runPoll } from '../../shared/poll';
import { connect, SERVICE } from '../connection';
import { checkParameters } from '../protocol/request/check';
import { latestEvent, pollSessions, type Wishes } from './monitoringSessions';
import { readStored } from './state';

/**
 * One poll of the trigger.
 *
 * @returns the events to start with, or null when there are none
 * @throws NodeApiError or NodeOperationError
 */
export async function pollTrigger(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	return await runPoll(context, {
		service: SERVICE,
		connect,
		latest: async (connection) => await latestEvent(connection, wishesOf(context)),
		poll: async (connection, stored, timeLeft) => {
			const wishes = wishesOf(context);
			const { cursor, isLost, notice } = readStored(stored, wishes.listId, Date.now());
			// What was emitted since the start date is not known any more.
			const wanted = isLost ? { ...wishes, startDate: undefined } : wishes;
			const polled = await pollSessions(connection, wanted, cursor, Date.now, timeLeft());
			return {
				items: polled.items,
				cursor: polled.cursor,
				notices: notice === undefined ? polled.notices : [notice, ...polled.notices],
			};
		},
	});
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
