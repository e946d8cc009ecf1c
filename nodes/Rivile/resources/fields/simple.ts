import type { INodeProperties } from 'n8n-workflow';

import { collection, type FieldSource } from '../../operation';
import type { SimpleCondition } from '../../protocol/sql/filter';

/** A field that filters by one column. */
export interface SimpleField {
	/** How it looks in the collection, by its stored name. */
	readonly property: INodeProperties;
	readonly column: string;
	readonly operator: SimpleCondition['operator'];
	/** What is looked for in the column, for the value of the field. */
	readonly wanted?: (value: unknown) => unknown;
}

/** The collection `simpleFilters`. */
export function simpleFiltersField(fields: readonly INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'simpleFilters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description: 'What the rows must match. Every filter that you add narrows the result.',
		options: [...fields].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
		displayOptions: { show: { filterMode: ['simple'] } },
	};
}

/** The conditions of the filters that were added. */
export function simpleConditions(
	source: FieldSource,
	fields: readonly SimpleField[],
): SimpleCondition[] {
	const given = collection(source, 'simpleFilters');
	return fields.flatMap(({ property, column, operator, wanted = (value) => value }) => {
		const value = given[property.name];
		if (value === undefined) return [];
		return [{ label: property.displayName, column, operator, value: wanted(value) }];
	});
}

/** A text field of the collection. */
export function textFilter(
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties {
	return { displayName, name, type: 'string', default: '', placeholder, description };
}

/** A date field of the collection. */
export function dateFilter(
	displayName: string,
	name: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		description,
	};
}

/** An amount field of the collection. */
export function amountFilter(
	displayName: string,
	name: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'number',
		typeOptions: { numberPrecision: 2 },
		default: 0,
		description,
	};
}
