import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { toLocalTime, type LocalTime } from '../../shared/dates';
import { Fault } from '../../shared/fault';
import { isRecord } from '../../shared/guards';
import { runPoll } from '../../shared/poll';
import { connect, SERVICE } from '../connection';
import { sourceOf, type Connection } from '../protocol/call';
import { and, NO_ROW, timeFrom } from '../protocol/sql/conditions';
import type { Source } from '../protocol/paging/page';
import type { Row } from '../protocol/answer/rows';
import {
	cursorAbove,
	cursorBehind as behindKeys,
	pollCreated,
	startSince,
	type CreatedCursor,
} from './created';
import { EVENTS, type ChangeEventName, type TriggerEvent } from './events';
import { highestRow } from './highest';
import { cursorBehind as behindChanges, latestChange } from './latest';
import { settingsOf, type TriggerSettings } from './settings';
import type { Polled } from './shared';
import { readCreated, readUpdated, stateOf } from './state';
import { cursorFrom, pollUpdated, type UpdatedCursor } from './updated';

/** The column that 'Start Date' looks at for new operations. */
const OPERATION_DATE = 'I04_OP_DATA';

/**
 * One poll of the trigger.
 *
 * @returns the rows to start with, or null when there are none
 * @throws NodeApiError or NodeOperationError
 */
export async function pollTrigger(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	return await runPoll(context, {
		service: SERVICE,
		connect,
		latest: async (connection) => {
			const settings = settingsOf(context, connection);
			return settings.shape(await latest(sourceFor(connection, settings), settings));
		},
		poll: async (connection, stored, timeLeft) => {
			const settings = settingsOf(context, connection);
			const polling = {
				source: sourceFor(connection, settings),
				isTimeUp: () => timeLeft() <= 0,
			};
			const { rows, cursor, notice } = await poll(polling, settings, stored);
			return {
				items: rows.map(settings.shape),
				cursor: stateOf(settings.event, cursor),
				notices: notice === undefined ? [] : [notice],
			};
		},
	});
}

function sourceFor(connection: Connection, { event, form }: TriggerSettings): Source {
	return sourceOf(connection, EVENTS[event].register, form);
}

interface Polling {
	readonly source: Source;
	readonly isTimeUp: () => boolean;
}

async function poll(
	polling: Polling,
	settings: TriggerSettings,
	stored: unknown,
): Promise<Polled<CreatedCursor | UpdatedCursor>> {
	const { filter } = settings;
	// The first poll does not use the filter yet, so check here that the gateway accepts it.
	if (!isRecord(stored) && filter !== undefined) {
		await polling.source.readPage({ fil: and(filter, NO_ROW) });
	}
	const { event } = settings;
	return event === 'operationCreated'
		? await pollByKey(polling, settings, stored)
		: await pollByChange(polling, settings, event, stored);
}

async function pollByKey(
	{ source, isTimeUp }: Polling,
	{ filter, startDate }: TriggerSettings,
	stored: unknown,
): Promise<Polled<CreatedCursor>> {
	const state = readCreated(stored);
	const goOn = async (cursor: CreatedCursor) => await pollCreated(source, filter, cursor, isTimeUp);
	const begin = async (since: string, former?: CreatedCursor) => {
		const begun = await startSince(source, filter, since, former);
		const polled = await goOn(begun.cursor);
		return { rows: [...begun.rows, ...polled.rows], cursor: polled.cursor };
	};
	if (state.kind === 'cursor') return await goOn(state.cursor);
	if (state.kind === 'sinceStart') return await begin(state.since, state.cursor);
	if (state.kind === 'damaged') {
		const cursor = await cursorAbove(source, state.keys);
		const point = cursor && 'after the highest operation number in that state';
		const notice = damaged(EVENTS.operationCreated, point);
		if (cursor !== undefined) return { ...(await goOn(cursor)), notice };
		return { rows: [], cursor: await behindKeys(source), notice };
	}
	if (startDate === undefined) return { rows: [], cursor: await behindKeys(source) };
	return await begin(and(timeFrom(OPERATION_DATE, `${startDate}T00:00:00`)));
}

async function pollByChange(
	{ source, isTimeUp }: Polling,
	{ filter, startDate, timezone }: TriggerSettings,
	event: ChangeEventName,
	stored: unknown,
): Promise<Polled<UpdatedCursor>> {
	const now = pointOf(toLocalTime(new Date(), timezone));
	const state = readUpdated(stored, event, now);
	const goOn = async (cursor: UpdatedCursor) =>
		await pollUpdated(source, filter, cursor, now, isTimeUp);
	if (state.kind === 'cursor') return await goOn(state.cursor);
	if (state.kind === 'damaged') {
		const { cursor } = state;
		const notice = damaged(EVENTS[event], cursor && `with changes from ${cursor.from} on`);
		if (cursor !== undefined) return { ...(await goOn(cursor)), notice };
		return { rows: [], cursor: await behindChanges(source, now), notice };
	}
	if (startDate !== undefined) return await goOn(cursorFrom(`${startDate}T00:00:00`));
	return { rows: [], cursor: await behindChanges(source, now) };
}

/**
 * Says that a stored state could not be read.
 *
 * @param point where the trigger goes on; undefined when it starts from now
 */
function damaged({ row }: TriggerEvent, point: string | undefined): Fault {
	return new Fault(
		'answer',
		"The trigger's stored state could not be read",
		point === undefined
			? `Check whether ${row}s entered since the last run are missing. The stored state contains no ${row}, so the trigger starts from now.`
			: `You do not need to do anything: the trigger continues ${point}. The state is incomplete or from another version of the node.`,
	);
}

function pointOf(local: LocalTime | undefined): string {
	return `${local?.date ?? ''}T${local?.time ?? '00:00:00'}`;
}

/** The latest row there is, for a test run in the editor. */
async function latest(source: Source, { event, filter, timezone }: TriggerSettings): Promise<Row> {
	const row =
		event === 'operationCreated'
			? await highestRow(source, filter)
			: await latestChange(source, filter, pointOf(toLocalTime(new Date(), timezone)));
	if (row !== undefined) return row;
	const name = EVENTS[event].row;
	throw new Fault(
		'input',
		`There is no matching ${name} yet`,
		`Publish the workflow: the trigger works, and starts with the next ${name}. For a test, widen the filter.`,
	);
}
