import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { runPoll } from '../../shared/poll';
import { connect, SERVICE } from '../connection';
import { collection, listOf } from '../operation';
import { checkParameters } from '../protocol/request/check';
import { latestEvent, pollMonitoringSessions, type TriggerSettings } from './monitoringSessions';
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
		latest: async (connection) => await latestEvent(connection, settingsOf(context)),
		poll: async (connection, stored, timeLeft) => {
			const settings = settingsOf(context);
			const { cursor, isLost, notice } = readStored(stored, settings.listId, Date.now());
			// It is no longer known what was emitted since the start date.
			const wanted = isLost ? { ...settings, startDate: undefined } : settings;
			const polled = await pollMonitoringSessions(connection, wanted, cursor, Date.now, timeLeft());
			return {
				items: polled.items,
				cursor: polled.cursor,
				notices: notice === undefined ? polled.notices : [notice, ...polled.notices],
			};
		},
	});
}

function settingsOf(context: IPollFunctions): TriggerSettings {
	const options = collection(context, 'options');
	// The call's own check names the fields and turns the date into a day.
	const checked = checkParameters(
		'get_monitoring_sessions',
		{ list_id: listOf(context), from: options.startDate },
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
