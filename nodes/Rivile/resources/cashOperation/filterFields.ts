import type { INodeProperties } from 'n8n-workflow';

import type { FieldSource } from '../../operation';
import { I04 } from '../../protocol/catalogue';
import {
	conditionFields,
	filterFields as fieldsOf,
	readFilter,
	type Filter,
} from '../fields/filter';
import { simpleFiltersField } from '../fields/simple';
import { simpleFields, simpleFilter } from './simpleFilters';

const screen = {
	rows: 'receipts and payments',
	condition: conditionFields(I04, 'I04_OP_DATA'),
	example: "I04_OP_RUSIS = 1 AND I04_PAV LIKE N'UAB%'",
};

/** The fields of the filter without the simple filters, as the trigger has them. */
export function filterFields(): INodeProperties[] {
	return fieldsOf(screen);
}

/** The fields of the filter, with the simple filters. */
export function filterFieldsWithSimple(): INodeProperties[] {
	const simple = simpleFiltersField(simpleFields.map(({ property }) => property));
	return fieldsOf({ ...screen, simple });
}

/**
 * Which receipts and payments are wanted.
 *
 * @param timezone IANA zone in which a point of time becomes a date
 * @throws Fault (input) that names the field
 */
export function filterIn(source: FieldSource, timezone: string): Filter {
	return readFilter(source, I04, timezone, () => simpleFilter(source, timezone));
}

/**
 * The condition that the filter fields make, in parentheses; undefined for all rows.
 *
 * @throws Fault (input) that names the field
 */
export function filterOf(source: FieldSource, timezone: string): string | undefined {
	return readFilter(source, I04, timezone).sql;
}
