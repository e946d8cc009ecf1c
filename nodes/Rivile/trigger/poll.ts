import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { toLocalTime, type LocalTime } from '../../shared/dates';
import { Fault } from '../../shared/fault';
import { isRecord } from '../../shared/guards';
import { runPoll } from '../../shared/poll';
import { connect, SERVICE } from '../connection';
import { collection, field } from '../operation';
import { sourceOf, type Connection, type Form } from '../protocol/call';
import { I04 } from '../protocol/catalogue';
import { and, NO_ROW, timeFrom } from '../protocol/sql/conditions';
import type { Source } from '../protocol/paging/page';
import type { Row } from '../protocol/answer/rows';
import { filterOf } from '../resources/cashOperation/filterFields';
import {
	cursorAbove,
	cursorBehind as behindKeys,
	pollCreated,
	startSince,
	type CreatedCursor,
} from './created';
import { highestRow } from './highest';
import { cursorBehind as behindChanges, latestChange } from './latest';
import type { Polled } from './shared';
import { readCreated, readUpdated } from './state';
import { cursorFrom, pollUpdated, type UpdatedCursor } from './updated';

/** The column that 'Start Date' looks at for new operations. */
const OPERATION_DATE = 'I04_OP_DATA';

interface TriggerSettings {
	readonly event: 'operationCreated' | 'operationUpdated';
	readonly filter: string | undefined;
	/** The first day to begin with when there is no cursor yet; undefined for now. */
	readonly startDate: string | undefined;
	readonly timezone: string;
}

/**
 * One poll of the trigger.
 *
 * @returns the rows to start with, or null when there are none
 * @throws NodeApiError or NodeOperationError
 */
export async function pollTrigger(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const from = (connection: Connection) => sourceOf(connection, I04, formOf(context));
	return await runPoll(context, {
		service: SERVICE,
		connect,
		latest: async (connection) => await latest(from(connection), settingsOf(context, connection)),
		poll: async (connection, stored, timeLeft) => {
			const polling = { source: from(connection), isTimeUp: () => timeLeft() <= 0 };
			const { rows, cursor, notice } = await poll(polling, settingsOf(context, connection), stored);
			return { items: rows, cursor, notices: notice === undefined ? [] : [notice] };
		},
	});
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
	return settings.event === 'operationCreated'
		? await pollByKey(polling, settings, stored)
		: await pollByChange(polling, settings, stored);
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
		const notice = damaged(cursor && 'after the highest operation number in that state');
		if (cursor !== undefined) return { ...(await goOn(cursor)), notice };
		return { rows: [], cursor: await behindKeys(source), notice };
	}
	if (startDate === undefined) return { rows: [], cursor: await behindKeys(source) };
	return await begin(and(timeFrom(OPERATION_DATE, `${startDate}T00:00:00`)));
}

async function pollByChange(
	{ source, isTimeUp }: Polling,
	{ filter, startDate, timezone }: TriggerSettings,
	stored: unknown,
): Promise<Polled<UpdatedCursor>> {
	const now = pointOf(toLocalTime(new Date(), timezone));
	const state = readUpdated(stored, now);
	const goOn = async (cursor: UpdatedCursor) =>
		await pollUpdated(source, filter, cursor, now, isTimeUp);
	if (state.kind === 'cursor') return await goOn(state.cursor);
	if (state.kind === 'damaged') {
		const { cursor } = state;
		const notice = damaged(cursor && `with changes from ${cursor.from} on`);
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
function damaged(point: string | undefined): Fault {
	return new Fault(
		'answer',
		"The trigger's stored state could not be read",
		point === undefined
			? 'Check whether operations entered since the last run are missing. The stored state contains no operation, so the trigger starts from now.'
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
	throw new Fault(
		'input',
		'There is no matching operation yet',
		'Publish the workflow: the trigger works, and starts with the next operation. For a test, widen the filter.',
	);
}

function formOf(context: IPollFunctions): Form {
	const detail = field(context, 'detail') === 'A' ? 'A' : 'H';
	return { detail, format: 'json', numbersAsText: false };
}

function settingsOf(context: IPollFunctions, { timezone }: Connection): TriggerSettings {
	const { startDate } = collection(context, 'options');
	const isGiven = startDate !== undefined && startDate !== '';
	const day = isGiven ? toLocalTime(startDate, timezone)?.date : undefined;
	if (isGiven && day === undefined) {
		throw new Fault(
			'input',
			"'Start Date' is not a date",
			'Pick a date, or enter one as YYYY-MM-DD, for example 2026-01-31.',
		);
	}
	return {
		event: field(context, 'event') === 'operationUpdated' ? 'operationUpdated' : 'operationCreated',
		filter: filterOf(context, timezone),
		startDate: day,
		timezone,
	};
}
