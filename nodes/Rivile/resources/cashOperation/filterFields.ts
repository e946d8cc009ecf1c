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

/**
 * The fields of the filter.
 *
 * @param except the names of simple filters that are not shown
 */
export function filterFields(except: readonly string[] = []): INodeProperties[] {
	const simple = simpleFields.map(({ property }) => property);
	return fieldsOf({
		rows: 'receipts and payments',
		condition: conditionFields(I04, 'I04_OP_DATA'),
		example: "I04_OP_RUSIS = 1 AND I04_PAV LIKE N'UAB%'",
		simple: simpleFiltersField(simple.filter(({ name }) => !except.includes(name))),
	});
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
