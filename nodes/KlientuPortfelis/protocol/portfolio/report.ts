import { excerpt, type Fault } from '../../../shared/fault';
import type { DoneRow, Outcome } from './carryOut';
import { reasonOf, reportOf, type Action, type Plan } from './plan';

/** So many codes are named in a message. */
const MAX_NAMED = 20;

const DONE: readonly Action[] = ['created', 'updated', 'deleted'];

/** The outcome of a plan of which nothing is carried out; if it may not be, the rows say why. */
export function planned({ rows, refusal }: Plan): Outcome {
	if (refusal === undefined) return { rows };
	const reason = reasonOf(refusal);
	return {
		rows: rows.map((row) =>
			row.step === undefined ? row : { ...row, action: 'refused', reason, isLeft: true },
		),
	};
}

/**
 * What ended a run, with what was done until then, what is uncertain and what is left.
 *
 * @param rows what became of each row
 */
export function stopFault(stop: Fault, rows: readonly DoneRow[]): Fault {
	const open = rows.filter(({ action }) => action === 'refused');
	const isUncertain = ({ fault }: DoneRow) => fault?.details.uncertain === true;
	const uncertain = open.filter(isUncertain);
	const certain = open.filter((row) => !isUncertain(row) && (row.fault ?? row.isLeft));
	const incomplete = rows.filter(({ action, reason }) => action === 'created' && reason);
	const sentences = [
		`Run the workflow again: it does what is left and repeats nothing. Done: ${counts(rows)}.`,
		...named('May have been done', uncertain),
		...named("Added without details, which 'Compare Details' writes in the next run", incomplete),
		...named('Not done', certain),
	];
	return stop.with({
		message: (words) => `The sync stopped midway: ${words}`,
		description: (words) => `${sentences.join(' ')} ${words}`,
		details: { uncertain: uncertain.length > 0 },
	});
}

function counts(rows: readonly DoneRow[]): string {
	return DONE.map(
		(action) => `${rows.filter((row) => row.action === action).length} ${action}`,
	).join(', ');
}

/** A sentence that names rows; none when there are none. */
function named(what: string, rows: readonly DoneRow[]): string[] {
	if (rows.length === 0) return [];
	const shown = rows.slice(0, MAX_NAMED).map((row) => excerpt(reportOf(row).code, 60));
	const more = rows.length > MAX_NAMED ? ` and ${rows.length - MAX_NAMED} more` : '';
	return [`${what} (${rows.length}): ${shown.join(', ')}${more}.`];
}
