import { Fault } from '../../../shared/fault';
import { shown, toText } from '../../../shared/values';
import { columnsOf, filterColumn, type Column, type Register } from '../catalogue';
import {
	datesOf,
	isMissing,
	likeText,
	listed,
	numberLiteral,
	pointLiteral,
	textLiteral,
	type Place,
} from './literals';

/** A condition as the user filled it in. */
export interface Condition {
	readonly field?: unknown;
	readonly operator?: unknown;
	readonly value?: unknown;
}

/** The operators, as workflows store them. */
export const OPERATORS = [
	'equal',
	'notEqual',
	'gt',
	'gte',
	'lt',
	'lte',
	'contains',
	'startsWith',
	'in',
	'isEmpty',
	'isNotEmpty',
] as const;

type Operator = (typeof OPERATORS)[number];

const COMPARISONS: Readonly<Partial<Record<Operator, string>>> = {
	equal: '=',
	gt: '>',
	gte: '>=',
	lt: '<',
	lte: '<=',
};

/**
 * Writes conditions as T-SQL, safe against SQL injection: column names come only from the catalogue,
 * texts are Unicode literals with doubled quotes, numbers and dates are checked against the column's
 * type. Each condition is in parentheses, and so is the result.
 *
 * An empty column and one without a value (NULL) are treated alike: `notEqual` finds both.
 *
 * @param combine whether a row must meet all conditions or at least one
 * @param timezone IANA zone in which a point of time becomes a date and a time
 * @returns undefined when there are no conditions
 * @throws Fault (input) that names the condition and its field
 */
export function buildFilter(
	register: Register,
	conditions: readonly Condition[],
	combine: unknown,
	timezone: string,
): string | undefined {
	if (conditions.length === 0) return undefined;
	if (combine !== undefined && combine !== 'and' && combine !== 'or') throw unknownWay(combine);
	const word = combine === 'or' ? ' OR ' : ' AND ';
	const written = conditions.map(
		(condition, index) => `(${write(register, condition, index + 1, timezone)})`,
	);
	return `(${written.join(word)})`;
}

function unknownWay(combine: unknown): Fault {
	return new Fault(
		'input',
		`'Must Match' must be All Conditions or Any Condition: ${shown(combine)}`,
		"Choose one from the list. In an expression, use 'and' or 'or' in lower case.",
	);
}

function write(register: Register, condition: Condition, number: number, timezone: string): string {
	const column = columnOf(register, condition, number);
	const operator = operatorOf(condition, number);
	const place: Place = { column, number };
	if (operator === 'isEmpty') return isEmpty(column);
	if (operator === 'isNotEmpty') return isNotEmpty(column);
	if (isMissing(condition.value)) throw missing(place);
	if (operator === 'contains' || operator === 'startsWith') {
		return like(place, operator, condition.value);
	}
	if (column.type === 'T') return compareDates(place, operator, condition.value, timezone);
	const literal = column.type === 'N' ? numberLiteral : textLiteral;
	if (operator === 'in') {
		return `${column.name} IN (${elements(place, condition.value)
			.map((element) => literal(place, element))
			.join(', ')})`;
	}
	const value = literal(place, condition.value);
	if (operator === 'notEqual') return `${column.name} <> ${value} OR ${column.name} IS NULL`;
	return `${column.name} ${COMPARISONS[operator] ?? '='} ${value}`;
}

function columnOf(register: Register, { field }: Condition, number: number): Column {
	const column = filterColumn(register, field);
	if (column !== undefined) return column;
	throw new Fault(
		'input',
		field === undefined || field === null || field === ''
			? `'Field' of condition ${number} is empty`
			: `'Field' of condition ${number} is not a column of the register: ${toText(field).slice(0, 60)}`,
		`Choose a column from the list. In an expression, use Rivilė's name for it, for example ${exampleOf(register)}.`,
	);
}

function exampleOf({ key: [first], table }: Register): string {
	return first ?? columnsOf(table)[0]?.name ?? `${table}_PAV`;
}

function operatorOf({ operator = 'equal' }: Condition, number: number): Operator {
	const found = OPERATORS.find((candidate) => candidate === operator);
	if (found !== undefined) return found;
	throw new Fault(
		'input',
		`'Operator' of condition ${number} does not exist: ${toText(operator).slice(0, 60)}`,
		`Choose an operator from the list. In an expression, use one of: ${OPERATORS.join(', ')}.`,
	);
}

function missing({ column, number }: Place): Fault {
	return new Fault(
		'input',
		`'Value' of condition ${number} (${column.name}) is empty`,
		'Fill in the field, or check the expression that fills it for this item. To find rows where the column is empty, choose the operator Is Empty.',
	);
}

function elements(place: Place, value: unknown): unknown[] {
	const found = listed(value);
	if (found.length > 0) return found;
	throw missing(place);
}

function isEmpty({ name, type }: Column): string {
	// A long text may be of a type that SQL Server compares by LIKE only.
	if (type === 'M') return `${name} IS NULL OR ${name} LIKE N''`;
	return type === 'C' ? `${name} IS NULL OR ${name} = N''` : `${name} IS NULL`;
}

function isNotEmpty({ name, type }: Column): string {
	if (type === 'M') return `${name} IS NOT NULL AND ${name} NOT LIKE N''`;
	return type === 'C' ? `${name} IS NOT NULL AND ${name} <> N''` : `${name} IS NOT NULL`;
}

function like(place: Place, operator: 'contains' | 'startsWith', value: unknown): string {
	const { column, number } = place;
	if (column.type === 'N' || column.type === 'T') {
		throw new Fault(
			'input',
			`'Operator' of condition ${number} searches in text, but ${column.name} contains ${column.type === 'N' ? 'numbers' : 'dates'}`,
			'Choose Equal, Greater Than, Less Than or In List for this column.',
		);
	}
	return `${column.name} LIKE ${likeText(place, value, operator === 'contains' ? '%' : '')}`;
}

/**
 * A date means the whole day, and a point of time the whole second, as the gateway is no more exact.
 * With `equal`, `notEqual` and `in`, midnight means the whole day as well, because that is what n8n's
 * `$today` gives.
 */
function compareDates(
	place: Place,
	operator: Exclude<Operator, 'isEmpty' | 'isNotEmpty' | 'contains' | 'startsWith'>,
	value: unknown,
	timezone: string,
): string {
	const { name } = place.column;
	const wholeDay = operator === 'equal' || operator === 'notEqual' || operator === 'in';
	const given = operator === 'in' ? elements(place, value) : [value];
	const comparisons = datesOf(place, given, timezone, wholeDay).map((span) => {
		const from = pointLiteral(span.from);
		const to = pointLiteral(span.to);
		switch (operator) {
			case 'gt':
				return `${name} >= ${to}`;
			case 'gte':
				return `${name} >= ${from}`;
			case 'lt':
				return `${name} < ${from}`;
			case 'lte':
				return `${name} < ${to}`;
			case 'notEqual':
				return `${name} < ${from} OR ${name} >= ${to} OR ${name} IS NULL`;
			default:
				return `${name} >= ${from} AND ${name} < ${to}`;
		}
	});
	return comparisons.length === 1
		? (comparisons[0] ?? '')
		: comparisons.map((comparison) => `(${comparison})`).join(' OR ');
}
