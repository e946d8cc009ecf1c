import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { showHint } from '../../../shared/n8nVersions';
import { TimeSlice } from '../../../shared/timeSlice';
import type { DoneRow, Outcome } from '../../protocol/portfolio/carryOut';
import { reportOf, type Action } from '../../protocol/portfolio/plan';
import { stopFault } from '../../protocol/portfolio/report';

/**
 * The report of a sync: an item for each row, paired with the input item that it is about. An object
 * that no item asks for comes from the input as a whole; n8n's expressions need one item to follow,
 * so it is paired with the first one for its list.
 */
export async function syncItems(
	n8n: IExecuteFunctions,
	outcome: Outcome,
	dryRun: boolean,
): Promise<INodeExecutionData[]> {
	const { rows } = outcome;
	addHints(n8n, outcome, dryRun);
	const first = new Map<number, number>();
	for (const { listId, item } of rows) {
		if (item !== undefined && !first.has(listId)) first.set(listId, item.itemIndex);
	}
	const hasErrorOutput = n8n.getNode().onError === 'continueErrorOutput';
	return await new TimeSlice().map(rows, (row) => ({
		json: hasErrorOutput && isFailure(row) ? errorOf(row) : itemOf(row, dryRun),
		pairedItem: { item: row.item?.itemIndex ?? first.get(row.listId) ?? 0 },
	}));
}

function itemOf(row: DoneRow, dryRun: boolean): IDataObject {
	const { reason, ...report } = reportOf(row);
	return { ...report, dryRun, ...(reason !== undefined && { reason }) };
}

/** Whether a row was not done, for a reason other than the service's refusal of this object. */
function isFailure({ action, fault, isLeft }: DoneRow): boolean {
	return action === 'refused' && (fault !== undefined || isLeft === true);
}

/** n8n sends an item to the error output only when it has these two keys and no other. */
function errorOf(row: DoneRow): IDataObject {
	const { code, reason = '' } = reportOf(row);
	const title = row.fault?.message ?? 'The sync stopped before this object';
	return { error: title, message: `${code}: ${reason}` };
}

const NAMED: readonly Action[] = ['created', 'updated', 'deleted', 'refused'];

/** Says above the output what a person should not miss. */
function addHints(n8n: IExecuteFunctions, { rows, stop }: Outcome, dryRun: boolean): void {
	const counts = NAMED.map((action) => {
		const count = rows.filter((row) => row.action === action).length;
		return `${count} ${action}`;
	}).join(', ');
	if (dryRun) {
		showHint(n8n, `Dry run: nothing was changed. With 'Dry Run' off: ${counts}.`);
	}
	if (stop !== undefined) {
		const { message, description } = stopFault(stop, rows);
		showHint(n8n, `${message}. ${description}`, 'warning');
	} else if (rows.some(({ action }) => action === 'refused')) {
		showHint(n8n, `Some items were refused: see 'reason' in the output (${counts}).`, 'warning');
	}
}
