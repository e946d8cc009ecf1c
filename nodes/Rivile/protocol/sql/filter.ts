import { Fault } from '../../../shared/fault';
import { shown, toText } from '../../../shared/values';
import { columnsOf, filterColumn, type Column, type Register } from '../catalogue';
import {
	datesOf,
	isMissing,
	likeText,
	listed,
	missing,
	numberLiteral,
	pointLiteral,
	textForms,
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

export type Operator = (typeof OPERATORS)[number];

type Comparison = Exclude<Operator, 'isEmpty' | 'isNotEmpty' | 'contains' | 'startsWith'>;

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

/** A condition of a field that is for one column. */
export interface SimpleCondition {
	/** The field on the screen. */
	readonly label: string;
	readonly column: string;
	readonly operator: Operator;
	readonly value: unknown;
}

/**
 * Writes the conditions of fields that are for one column each, all of which a row must meet.
 *
 * @param timezone IANA zone in which a point of time becomes a date
 * @returns undefined when there are no conditions
 * @throws Fault (input) that names the field
 */
export function buildSimple(
	register: Register,
	conditions: readonly SimpleCondition[],
	timezone: string,
): string | undefined {
	if (conditions.length === 0) return undefined;
	const written = conditions.map(({ label, column: name, operator, value }) => {
		const column = filterColumn(register, name);
		if (column === undefined) throw new Error(`${name} is not a column of ${register.table}`);
		const place: Place = { column, subject: `'${label}'`, isSimple: true };
		return `(${writeOne(place, operator, value, timezone)})`;
	});
	return `(${written.join(' AND ')})`;
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
	const subject = `'Value' of condition ${number} (${labelled(column)})`;
	if (operator === 'contains' || operator === 'startsWith') checkIsText(column, number);
	const place: Place = { column, subject, isSimple: false };
	return writeOne(place, operator, condition.value, timezone);
}

/** The label of a column beside its name, such as `Amount, I04_SUMA`. */
function labelled({ label, name }: Column): string {
	return label === name ? name : `${label}, ${name}`;
}

function writeOne(place: Place, operator: Operator, value: unknown, timezone: string): string {
	const { column } = place;
	if (operator === 'isEmpty') return isEmpty(column);
	if (operator === 'isNotEmpty') return isNotEmpty(column);
	if (isMissing(value)) throw missing(place);
	if (operator === 'contains' || operator === 'startsWith') return like(place, operator, value);
	if (column.type === 'T') return compareDates(place, operator, value, timezone);
	return compare(place, operator, value);
}

function compare(place: Place, operator: Comparison, value: unknown): string {
	const { column } = place;
	const literal = column.type === 'N' ? numberLiteral : textLiteral;
	const given = operator === 'in' ? elements(place, value) : [value];
	const forms = given.map((element) => textForms(column, element));
	const isOrder = operator !== 'in' && operator !== 'equal' && operator !== 'notEqual';
	// In order, only the form that Rivilė writes compares as a number does.
	const literals = (isOrder ? forms.map((form) => form.slice(-1)) : forms)
		.flat()
		.map((element) => literal(place, element));
	const list = literals.join(', ');
	const isList = operator === 'in' || literals.length > 1;
	if (operator === 'notEqual') {
		const other = isList ? `NOT IN (${list})` : `<> ${list}`;
		return `${column.name} ${other} OR ${column.name} IS NULL`;
	}
	return isList
		? `${column.name} IN (${list})`
		: `${column.name} ${COMPARISONS[operator] ?? '='} ${list}`;
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

function checkIsText(column: Column, number: number): void {
	if (column.type !== 'N' && column.type !== 'T') return;
	throw new Fault(
		'input',
		`'Operator' of condition ${number} searches in text, but ${labelled(column)} contains ${column.type === 'N' ? 'numbers' : 'dates'}`,
		'Choose Equal, Greater Than, Less Than or In List for this column.',
	);
}

function like(place: Place, operator: 'contains' | 'startsWith', value: unknown): string {
	return `${place.column.name} LIKE ${likeText(place, value, operator === 'contains' ? '%' : '')}`;
}

/**
 * A date means the whole day, and a point of time the whole second, as the gateway is no more exact.
 * With `equal`, `notEqual` and `in`, and in a field for one column, midnight means the whole day as well,
 * because that is what n8n's `$today` and date picker give.
 */
function compareDates(
	place: Place,
	operator: Comparison,
	value: unknown,
	timezone: string,
): string {
	const { name } = place.column;
	const isSearch = operator === 'equal' || operator === 'notEqual' || operator === 'in';
	const wholeDay = isSearch || place.isSimple;
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
