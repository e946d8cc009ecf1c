import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { runPoll } from '../../shared/poll';
import { connect, SERVICE } from '../connection';
import { checkParameters } from '../protocol/check';
import { readCursor } from './cursor';
import { latestEvent, pollSessions, type Polled, type Wishes } from './sessions';

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
			const cursor = readCursor(stored, wishes.listId);
			const polled = await pollSessions(connection, wishes, cursor, Date.now, timeLeft());
			return { items: polled.items, cursor: toStored(polled) };
		},
	});
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
