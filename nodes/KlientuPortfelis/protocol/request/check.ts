import { toLocalTime } from '../../../shared/dates';
import { Fault } from '../../../shared/fault';
import { isRecord } from '../../../shared/guards';
import {
	checkCharacters,
	checkCode,
	checkExact,
	listIn,
	shown,
	toSwitch,
	toWholeNumber,
} from '../../../shared/values';
import { isBlank } from '../../../shared/xml';
import {
	DATE_RANGES,
	functionNamed,
	parameterOf,
	type FunctionName,
	type Parameter,
} from '../catalogue/functions';
import { isObjectType, OBJECT_CODES } from '../catalogue/values';
import type { Arguments, Value } from './sign';

/**
 * Turns the values of a node's or credential's fields into the parameters of a call: typed, checked
 * against the catalogue, in the documented order, without those that are not given. `sid` is added
 * later, by the session.
 *
 * @param name the function
 * @param given values by the service's parameter names; undefined and null count as not given
 * @param timezone IANA zone in which a point of time becomes a date
 * @throws Fault (input) that names the field
 */
export function checkParameters(
	name: FunctionName,
	given: Readonly<Record<string, unknown>>,
	timezone: string,
): Arguments {
	const parameters: Record<string, Value> = {};
	for (const parameter of functionNamed(name).parameters) {
		if (parameter.name === 'sid') continue;
		const value = given[parameter.name];
		if (isMissing(parameter, value)) {
			if (parameter.required) throw emptyFault(parameter.label);
			continue;
		}
		const typed = toType(parameter, value, timezone);
		if (parameter.required && isEmpty(typed)) throw emptyFault(parameter.label);
		checkValue(parameter, typed);
		parameters[parameter.name] = typed;
	}
	checkObjectCode(parameters);
	checkRanges(name, parameters);
	return parameters;
}

function inputFault(message: string, description: string): Fault {
	return new Fault('input', message, description);
}

function isMissing(parameter: Parameter, value: unknown): boolean {
	if (value === undefined || value === null) return true;
	return value === '' && (parameter.required || parameter.emptyClears !== true);
}

/** Whitespace alone counts as empty. */
function isEmpty(value: Value): boolean {
	return typeof value === 'string'
		? value === '' || isBlank(value)
		: Array.isArray(value) && value.length === 0;
}

/** The fault for a required field that is empty. */
export function emptyFault(label: string): Fault {
	return inputFault(
		`'${label}' is empty`,
		'Fill in the field, or check its expression for this item.',
	);
}

function toType(parameter: Parameter, value: unknown, timezone: string): Value {
	if (parameter.format === 'date') return toDate(parameter, value, timezone);
	switch (parameter.type) {
		case 'int':
			return toWholeNumber(parameter.label, value);
		case 'boolean':
			return toSwitch(parameter.label, value);
		case 'string[]':
			return toTexts(parameter, value);
		default:
			return toText(parameter, value);
	}
}

function toDate(parameter: Parameter, value: unknown, timezone: string): string {
	const date = toLocalTime(value, timezone)?.date;
	if (date !== undefined) return date;
	throw inputFault(
		`'${parameter.label}' is not a date`,
		`Pick a date, or enter one as YYYY-MM-DD, for example 2026-01-31. The value is: ${shown(value)}`,
	);
}

function toText(parameter: Parameter, value: unknown): string {
	if (typeof value === 'string') return value;
	const check = parameter.format === 'objectCode' ? checkCode : checkExact;
	if (parameter.secret !== true) check(`'${parameter.label}'`, value);
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw inputFault(
		`'${parameter.label}' is not text`,
		`Enter a single text, not a list or an object.${parameter.secret === true ? '' : ` The value is: ${shown(value)}`}`,
	);
}

/**
 * A list may be given as one text, with commas or in JSON, as a list of texts, or as the services
 * that get_available_services returns.
 */
function toTexts(parameter: Parameter, value: unknown): string[] {
	const elements: unknown[] = Array.isArray(value) ? value : split(toText(parameter, value));
	return elements
		.map((element) => toText(parameter, isRecord(element) ? element.type : element).trim())
		.filter((text) => text !== '');
}

function split(text: string): unknown[] {
	return listIn(text) ?? text.split(/[,;\n]/);
}

function checkValue(parameter: Parameter, value: Value): void {
	const texts = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
	for (const text of texts) {
		checkWhitespace(parameter, text);
		checkCharacters(`'${parameter.label}'`, text);
		checkLength(parameter, text);
		if (parameter.format === 'email') checkEmail(parameter, text);
	}
	checkAllowed(parameter, value);
}

function checkAllowed({ label, values }: Parameter, value: Value): void {
	if (values === undefined || Object.hasOwn(values, String(value))) return;
	const allowed = Object.entries(values).map(([code, name]) => `${code} (${name})`);
	throw inputFault(
		`'${label}' must be one of its options, not ${shown(value)}`,
		`Choose an option, or let the expression give one of: ${allowed.join(', ')}.`,
	);
}

function checkWhitespace(parameter: Parameter, text: string): void {
	if (isBlank(text) && text.includes('\r')) {
		throw inputFault(
			`'${parameter.label}' contains only whitespace and line breaks`,
			'Fill in the field or leave it empty. XML would change this text on its way to the service.',
		);
	}
}

function checkLength(parameter: Parameter, text: string): void {
	const { label, minLength = 0, maxLength = Infinity } = parameter;
	const length = [...text].length;
	if (length > maxLength) {
		throw inputFault(
			`'${label}' is too long: ${length} characters instead of at most ${maxLength}`,
			`Shorten it to ${maxLength} characters. It begins: ${shown(text)}`,
		);
	}
	if (length < minLength) {
		throw inputFault(
			`'${label}' is too short: ${length} characters instead of at least ${minLength}`,
			'Complete the text, or remove the field to keep the stored value.',
		);
	}
}

/** Checks the shape only; the service validates email addresses itself. */
function checkEmail(parameter: Parameter, text: string): void {
	if (/^[^\s@,;<>"[\]]+@[^\s@,;<>"[\]]+\.[^\s@,;<>"[\]]+$/.test(text)) return;
	throw inputFault(
		`'${parameter.label}' contains an invalid email address: ${shown(text)}`,
		'Enter addresses such as name@example.com, separated by commas.',
	);
}

function checkObjectCode({ code, type }: Arguments): void {
	if (typeof code !== 'string' || !isObjectType(type)) return;
	const { label, pattern, description } = OBJECT_CODES[type];
	if (pattern.test(code)) return;
	const zeros = /^\d+$/.test(code)
		? ' If leading zeros are missing, give the code as text instead of a number.'
		: '';
	throw inputFault(
		`'Code' does not fit the type ${label}: ${shown(code)}`,
		`Enter ${description}, without spaces before or after it.${zeros}`,
	);
}

function checkRanges(name: FunctionName, parameters: Arguments): void {
	for (const [first, last] of DATE_RANGES) {
		const start = parameters[first];
		const end = parameters[last];
		if (typeof start !== 'string' || typeof end !== 'string' || start <= end) continue;
		throw inputFault(
			`'${parameterOf(name, first).label}' (${start}) is after '${parameterOf(name, last).label}' (${end})`,
			'Swap the two dates or correct one of them.',
		);
	}
}
