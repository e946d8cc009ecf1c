import { I04 } from '../catalogue';
import { and, or } from '../sql/conditions';
import { buildSimple, type SimpleCondition } from '../sql/filter';
import type { Search } from './score';

/** The fields of a search as they were filled in; those that are empty are left out. */
export interface Given {
	readonly clientCode?: unknown;
	readonly clientName?: unknown;
	readonly reference?: unknown;
	readonly dateFrom?: unknown;
	readonly dateTo?: unknown;
}

/** A condition on one column, for a field that was filled in. */
export function conditionFor(
	label: string,
	column: string,
	operator: SimpleCondition['operator'],
	value: unknown,
): SimpleCondition[] {
	return value === undefined ? [] : [{ label, column, operator, value }];
}

/**
 * The condition for the dates, which every operation must meet.
 *
 * @returns undefined when there are none
 * @throws Fault (input) that names the field
 */
export function datesCondition({ dateFrom, dateTo }: Given, timezone: string): string | undefined {
	const conditions = [
		...conditionFor('Date From', 'I04_OP_DATA', 'gte', dateFrom),
		...conditionFor('Date To', 'I04_OP_DATA', 'lte', dateTo),
	];
	return buildSimple(I04, conditions, timezone);
}

const REFERENCES = ['I04_DOK_NR', 'I04_APRASYMAS', 'I04_PASTABOS'];

const AMOUNTS = ['I04_SUMA', 'I04_SUMA_VAL'];

/**
 * The condition for what an operation may match besides the dates, one of which it must.
 *
 * @param codes those of the clients that the search names
 * @returns undefined when there is nothing of that kind
 * @throws Fault (input) that names the field
 */
export function anyCondition(
	given: Given,
	codes: readonly string[],
	amount: Search['amount'],
	timezone: string,
): string | undefined {
	const conditions = [
		...conditionFor('Client Code', 'I04_KODAS_KS', 'equal', given.clientCode),
		...conditionFor('Client Name', 'I04_PAV', 'contains', given.clientName),
		...(codes.length === 0 ? [] : conditionFor('Client', 'I04_KODAS_KS', 'in', codes)),
		...REFERENCES.flatMap((column) =>
			conditionFor('Reference', column, 'contains', given.reference),
		),
	];
	return or([
		...conditions.flatMap((condition) => buildSimple(I04, [condition], timezone) ?? []),
		...(amount === undefined ? [] : AMOUNTS.map((column) => near(column, amount))),
	]);
}

function near(column: string, { value, tolerance }: NonNullable<Search['amount']>): string {
	const [from, to] = [value - tolerance, value + tolerance].map((end) => end.toFixed(2));
	return and(`${column} >= ${from}`, `${column} <= ${to}`);
}
