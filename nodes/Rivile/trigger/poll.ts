import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { toLocalTime, type LocalTime } from '../../shared/dates';
import { Fault } from '../../shared/errors';
import { isRecord } from '../../shared/guards';
import { runPoll } from '../../shared/poll';
import { connect, SERVICE } from '../connection';
import { readPage, type Connection, type Form } from '../protocol/call';
import { pointLiteral } from '../protocol/literals';
import type { ReadPage } from '../protocol/page';
import type { Row } from '../protocol/rows';
import { filterOf } from '../resources/cashOperation/filterFields';
import { cursorBehind as behindKeys, pollCreated, type CreatedCursor } from './created';
import { highestRow } from './highest';
import { allOf, type Polled } from './shared';
import {
	cursorBehind as behindChanges,
	cursorFrom,
	latestChange,
	pollUpdated,
	type UpdatedCursor,
} from './updated';

interface Wishes {
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
	const readerOf =
		(connection: Connection): ReadPage =>
		async (page) =>
			await readPage(connection, formOf(context), page);
	return await runPoll(context, {
		service: SERVICE,
		connect,
		latest: async (connection) => await latest(readerOf(connection), wishesOf(context, connection)),
		poll: async (connection, stored, timeLeft) => {
			const wishes = wishesOf(context, connection);
			const isTimeUp = () => timeLeft() <= 0;
			const { rows, cursor } = await poll(readerOf(connection), wishes, stored, isTimeUp);
			return { items: rows, cursor: toStored(cursor) };
		},
	});
}

async function poll(
	read: ReadPage,
	wishes: Wishes,
	stored: unknown,
	isTimeUp: () => boolean,
): Promise<Polled<CreatedCursor | UpdatedCursor>> {
	const { event, filter, startDate, timezone } = wishes;
	// The first poll, which reads nothing by the filter yet, shows whether the gateway takes it.
	if (!isRecord(stored) && filter !== undefined) {
		await read({ fil: allOf(filter, '1 = 0') ?? filter });
	}
	if (event === 'operationCreated') {
		const cursor = isCreatedCursor(stored) ? stored : undefined;
		if (cursor !== undefined) return await pollCreated(read, filter, cursor, isTimeUp);
		if (startDate === undefined) return { rows: [], cursor: await behindKeys(read) };
		const since = `(I04_OP_DATA >= ${pointLiteral(`${startDate}T00:00:00`)})`;
		const start: CreatedCursor = { version: 1, event, recent: [], since };
		return await pollCreated(read, filter, start, isTimeUp);
	}
	const now = pointOf(toLocalTime(new Date(), timezone));
	const cursor = isUpdatedCursor(stored) ? stored : undefined;
	if (cursor === undefined && startDate === undefined) {
		return { rows: [], cursor: await behindChanges(read, now) };
	}
	const start = cursor ?? cursorFrom(`${startDate ?? ''}T00:00:00`);
	return await pollUpdated(read, filter, start, now, isTimeUp);
}

function pointOf(local: LocalTime | undefined): string {
	return `${local?.date ?? ''}T${local?.time ?? '00:00:00'}`;
}

/** The latest row there is, for a test run in the editor. */
async function latest(read: ReadPage, { event, filter, timezone }: Wishes): Promise<Row> {
	const row =
		event === 'operationCreated'
			? await highestRow(read, filter)
			: await latestChange(read, filter, pointOf(toLocalTime(new Date(), timezone)));
	if (row !== undefined) return row;
	throw new Fault(
		'input',
		'The register has no operation yet that fits',
		'The trigger itself is all right: activate the workflow, and it starts with the next operation. For a test, widen the filter.',
	);
}

function isCreatedCursor(stored: unknown): stored is CreatedCursor {
	return isRecord(stored) && stored.event === 'operationCreated' && Array.isArray(stored.recent);
}

function isUpdatedCursor(stored: unknown): stored is UpdatedCursor {
	return (
		isRecord(stored) &&
		stored.event === 'operationUpdated' &&
		typeof stored.until === 'string' &&
		isRecord(stored.seen)
	);
}

/** As plain data, which is what n8n stores. */
function toStored(cursor: CreatedCursor | UpdatedCursor): IDataObject {
	return JSON.parse(JSON.stringify(cursor)) as IDataObject;
}

function formOf(context: IPollFunctions): Form {
	const detail = context.getNodeParameter('detail') === 'A' ? 'A' : 'H';
	return { detail, format: 'json', numbersAsText: false };
}

function wishesOf(context: IPollFunctions, { timezone }: Connection): Wishes {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const { startDate } = options;
	const isGiven = startDate !== undefined && startDate !== '';
	const day = isGiven ? toLocalTime(startDate, timezone)?.date : undefined;
	if (isGiven && day === undefined) {
		throw new Fault(
			'input',
			"'Start Date' is not a date",
			'Pick a date, or give one as YYYY-MM-DD, for example 2026-01-31.',
		);
	}
	return {
		event:
			context.getNodeParameter('event') === 'operationUpdated'
				? 'operationUpdated'
				: 'operationCreated',
		filter: filterOf((name) => context.getNodeParameter(name, undefined), timezone),
		startDate: day,
		timezone,
	};
}
