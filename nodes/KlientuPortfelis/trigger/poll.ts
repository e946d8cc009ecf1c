import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { runPoll } from '../../shared/poll';
import { connect, SERVICE } from '../connection';
import { resolveList } from '../locators';
import { collection, field } from '../operation';
import type { Connection } from '../protocol/call';
import { checkParameters } from '../protocol/request/check';
import { checkEventTypes, typesIn, typesMark, type ChosenTypes } from './eventTypes';
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
		latest: async (connection) => {
			const settings = await settingsOf(context, connection);
			await checkEventTypes(connection, settings);
			return await latestEvent(connection, settings);
		},
		poll: async (connection, stored, timeLeft) => {
			const settings = await settingsOf(context, connection);
			const { cursor, isLost, notice } = readStored(stored, settings.listId, Date.now());
			const types = typesMark(settings.eventTypes);
			const isChanged = types !== cursor?.types && isPublishedByPerson(context);
			if (isChanged) await checkEventTypes(connection, settings);
			// It is no longer known what was emitted since the start date.
			const wanted = isLost ? { ...settings, startDate: undefined } : settings;
			const polled = await pollMonitoringSessions(connection, wanted, cursor, Date.now, timeLeft());
			return {
				items: polled.items,
				cursor: { ...polled.cursor, types: isChanged ? types : cursor?.types },
				notices: notice === undefined ? polled.notices : [notice, ...polled.notices],
			};
		},
	});
}

async function settingsOf(
	context: IPollFunctions,
	connection: Connection,
): Promise<TriggerSettings & ChosenTypes> {
	const options = collection(context, 'options');
	// The check of the call names the fields and turns the date into a day.
	const checked = checkParameters(
		'get_monitoring_sessions',
		{
			list_id: await resolveList(connection, field(context, 'listId')),
			from: options.startDate,
		},
		context.getTimezone(),
	);
	return {
		listId: Number(checked.list_id),
		startDate: checked.from === undefined ? undefined : String(checked.from),
		eventTypes: typesIn(options.eventTypes),
		allowOtherTypes: options.allowOtherTypes === true,
		onlyWithEvents: options.onlyWithEvents !== false,
	};
}

/**
 * Whether a person has just published the trigger, and will see a message. A restart
 * of n8n also polls at once, and must not stop a trigger that has worked so far.
 */
function isPublishedByPerson(context: IPollFunctions): boolean {
	return ['activate', 'create', 'update'].includes(context.getActivationMode());
}
