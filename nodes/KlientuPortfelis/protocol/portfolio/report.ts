import type { Fault } from '../../../shared/fault';
import { excerpt } from '../../../shared/fault';
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
	const uncertain = rows.filter(({ fault }) => fault?.details.uncertain === true);
	const open = rows.filter((row) => row.isLeft === true || row.fault !== undefined);
	const certain = open.filter((row) => !uncertain.includes(row));
	const sentences = [
		`Run the workflow again: it does what is left and repeats nothing. Done: ${counts(rows)}.`,
		...(uncertain.length > 0
			? [`May have been done (${uncertain.length}): ${names(uncertain)}.`]
			: []),
		...(certain.length > 0 ? [`Not done (${certain.length}): ${names(certain)}.`] : []),
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

function names(rows: readonly DoneRow[]): string {
	const shown = rows.slice(0, MAX_NAMED).map((row) => excerpt(reportOf(row).code, 60));
	const more = rows.length > MAX_NAMED ? ` and ${rows.length - MAX_NAMED} more` : '';
	return `${shown.join(', ')}${more}`;
}
