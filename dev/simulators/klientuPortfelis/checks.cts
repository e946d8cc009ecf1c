/** The service's own checks of parameters, after the signature. */
import {
	DATE_RANGES,
	functionNamed,
	type FunctionName,
	type Parameter,
} from '../../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { ServiceError, type ErrorCode } from './errors.cts';
import type { Parameters, Value } from './request.cts';

function notAllowed(parameter: Parameter, why: string): never {
	throw new ServiceError(2020, `Parametrs ${parameter.name}: ${why}`);
}

/** The codes for a text where a number belongs, by what the number identifies. */
function notAnInt(name: FunctionName, parameter: Parameter): never {
	const ofList = parameter.name === 'list_id' || name === 'update_list' || name === 'delete_list';
	const code: ErrorCode = ofList ? 2009 : parameter.name === 'id' ? 2010 : 2020;
	throw new ServiceError(code);
}

function isDate(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const date = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function checkText(parameter: Parameter, text: string): void {
	const length = [...text].length;
	if (parameter.maxLength !== undefined && length > parameter.maxLength) {
		notAllowed(parameter, `maksimālais garums ir ${parameter.maxLength} simboli`);
	}
	if (text === '') return;
	if (parameter.minLength !== undefined && length < parameter.minLength) {
		notAllowed(parameter, `minimālais garums ir ${parameter.minLength} simboli`);
	}
	if (parameter.values && !Object.hasOwn(parameter.values, text)) {
		notAllowed(parameter, 'vērtība nav atļauta');
	}
	if (parameter.format === 'date' && !isDate(text)) notAllowed(parameter, 'nekorekts datums');
	if (parameter.format === 'email' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)) {
		notAllowed(parameter, 'nekorekta e-pasta adrese');
	}
}

function isList(value: Value): value is readonly string[] {
	return Array.isArray(value);
}

function checkValue(name: FunctionName, parameter: Parameter, value: Value): void {
	if (parameter.type === 'int' && typeof value !== 'number') notAnInt(name, parameter);
	if (typeof value === 'number' && value < 0) notAllowed(parameter, 'negatīvs skaitlis');
	if (parameter.type === 'boolean' && typeof value !== 'boolean') {
		notAllowed(parameter, 'nav boolean vērtība');
	}
	const texts = isList(value) ? value : typeof value === 'string' ? [value] : [];
	for (const text of texts) checkText(parameter, text);
}

/** Throws the code of the first parameter that is missing or not as documented. */
export function checkParameters(name: FunctionName, parameters: Parameters): void {
	for (const parameter of functionNamed(name).parameters) {
		const value = parameters[parameter.name];
		const missing = value === undefined || value === '' || (isList(value) && value.length === 0);
		if (missing && parameter.required) throw new ServiceError(2001);
		if (value !== undefined) checkValue(name, parameter, value);
	}
	for (const [from, to] of DATE_RANGES) {
		const [first, last] = [parameters[from], parameters[to]];
		if (typeof first === 'string' && typeof last === 'string' && last !== '' && first > last) {
			throw new ServiceError(2020, `Parametrs ${to}: datums ir pirms ${from}`);
		}
	}
}

/** Checked parameters under their types. */
export class Arguments {
	constructor(private readonly parameters: Parameters) {}

	text(name: string): string | undefined {
		const value = this.parameters[name];
		return value === undefined ? undefined : String(value);
	}

	int(name: string): number | undefined {
		const value = this.parameters[name];
		return typeof value === 'number' ? value : undefined;
	}

	flag(name: string): boolean | undefined {
		const value = this.parameters[name];
		return typeof value === 'boolean' ? value : undefined;
	}

	list(name: string): readonly string[] {
		const value = this.parameters[name];
		return value !== undefined && isList(value) ? value : [];
	}

	/** A required number or text; checkParameters has seen to it that it is there. */
	id(name: string): number {
		return this.int(name) ?? Number.NaN;
	}

	required(name: string): string {
		return this.text(name) ?? '';
	}
}
