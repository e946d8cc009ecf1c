import { toLocalTime } from '../../../shared/dates';
import { Fault } from '../../../shared/fault';
import { isRecord } from '../../../shared/guards';
import {
	checkCode,
	checkExact,
	listIn,
	shown,
	toSwitch,
	toWholeNumber,
} from '../../../shared/values';
import { forbiddenCharacter, isBlank } from '../../../shared/xml';
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
 * Turns what the fields of a node or credential hold into the parameters of a call: typed, checked
 * against the catalogue, in the documented order, those not given left out. `sid` is not asked for,
 * the session adds it.
 *
 * @param name the function
 * @param given values by the service's parameter names; undefined and null count as not given
 * @param timezone IANA zone in which a point of time becomes a date
 * @throws Fault (input) that names the field; nothing has been sent then
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

/** Blanks alone count as empty: nobody means them where something is required. */
function isEmpty(value: Value): boolean {
	return typeof value === 'string'
		? value === '' || isBlank(value)
		: Array.isArray(value) && value.length === 0;
}

/** The fault for a required field that holds nothing. */
export function emptyFault(label: string): Fault {
	return inputFault(
		`'${label}' is empty`,
		'Fill in the field, or check the expression that should give it for this item.',
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
		`Pick a date, or give one as YYYY-MM-DD, for example 2026-01-31. It is: ${shown(value)}`,
	);
}

function toText(parameter: Parameter, value: unknown): string {
	if (typeof value === 'string') return value;
	const check = parameter.format === 'objectCode' ? checkCode : checkExact;
	if (parameter.secret !== true) check(`'${parameter.label}'`, value);
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw inputFault(
		`'${parameter.label}' is not a text`,
		`Give a single text, not a list or an object.${parameter.secret === true ? '' : ` It is: ${shown(value)}`}`,
	);
}

/**
 * A list may come as one text with commas or in JSON, as texts, or as the services that the API
 * answers.
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
		checkCharacters(parameter, text);
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

function checkCharacters(parameter: Parameter, text: string): void {
	if (isBlank(text) && text.includes('\r')) {
		throw inputFault(
			`'${parameter.label}' holds nothing but blanks and line breaks`,
			'Such a text does not arrive as it is. Remove it, or fill it in.',
		);
	}
	const forbidden = forbiddenCharacter(text);
	if (forbidden === undefined) return;
	throw inputFault(
		`'${parameter.label}' holds a character that cannot be sent (${forbidden.code} at place ${forbidden.place})`,
		'It is an invisible control character or half of a symbol, often left by copying from another program. Type the text anew or remove the character.',
	);
}

function checkLength(parameter: Parameter, text: string): void {
	const { label, minLength = 0, maxLength = Infinity } = parameter;
	const length = [...text].length;
	if (length > maxLength) {
		throw inputFault(
			`'${label}' is too long: ${length} characters, ${maxLength} are allowed`,
			`Shorten it to ${maxLength} characters. It begins: ${shown(text)}`,
		);
	}
	if (length < minLength) {
		throw inputFault(
			`'${label}' is too short: ${length} characters, at least ${minLength} are needed`,
			'Complete it, or remove the field to leave the stored value as it is.',
		);
	}
}

/** The shape only: the service validates addresses itself, and knows more of them. */
function checkEmail(parameter: Parameter, text: string): void {
	if (/^[^\s@,;<>"[\]]+@[^\s@,;<>"[\]]+\.[^\s@,;<>"[\]]+$/.test(text)) return;
	throw inputFault(
		`'${parameter.label}' has an e-mail address that is not one: ${shown(text)}`,
		'Give addresses such as name@example.com, several separated by commas.',
	);
}

function checkObjectCode({ code, type }: Arguments): void {
	if (typeof code !== 'string' || !isObjectType(type)) return;
	const { pattern, description } = OBJECT_CODES[type];
	if (pattern.test(code)) return;
	const zeros = /^\d+$/.test(code)
		? ' A number loses its leading zeros: give the code as text.'
		: '';
	throw inputFault(
		`'Code' does not fit an object of type ${type}: ${shown(code)}`,
		`A code of this type has ${description}, without blanks around it.${zeros}`,
	);
}

function checkRanges(name: FunctionName, parameters: Arguments): void {
	for (const [first, last] of DATE_RANGES) {
		const start = parameters[first];
		const end = parameters[last];
		if (typeof start !== 'string' || typeof end !== 'string' || start <= end) continue;
		throw inputFault(
			`'${parameterOf(name, first).label}' (${start}) is after '${parameterOf(name, last).label}' (${end})`,
			'Exchange the two dates or correct one of them.',
		);
	}
}
