import type { INodePropertyOptions } from 'n8n-workflow';

import { parameterOf, type FunctionName } from '../protocol/catalogue/functions';
import { isObjectType, OBJECT_CODES } from '../protocol/catalogue/values';

/** The options of a field: the values that a parameter of the service takes, with their names. */
export function optionsOf(name: FunctionName, parameterName: string): INodePropertyOptions[] {
	const { values = {} } = parameterOf(name, parameterName);
	return Object.entries(values).map(([value, label]) => ({ name: label, value }));
}

/** The same in alphabetical order. */
export function sortedOptionsOf(name: FunctionName, parameterName: string): INodePropertyOptions[] {
	return optionsOf(name, parameterName).sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** How long a text may be, in words that stand at the end of a description. */
export function lengthOf(name: FunctionName, parameterName: string): string {
	const { minLength, maxLength } = parameterOf(name, parameterName);
	if (maxLength === undefined) return '';
	return minLength === undefined
		? `up to ${maxLength} characters`
		: `${minLength} to ${maxLength} characters`;
}

/** The options of an object's type, in alphabetical order; each says what the code is. */
export function objectTypeOptions(): INodePropertyOptions[] {
	return sortedOptionsOf('add_object', 'type').map((option) => {
		const { value } = option;
		if (!isObjectType(value)) return option;
		return { ...option, description: `The code is ${OBJECT_CODES[value].description}` };
	});
}

/** The description of an object's code: what it is for each type. */
export function codesInWords(): string {
	const types = new Map<string, string[]>();
	for (const { label, description } of Object.values(OBJECT_CODES)) {
		types.set(description, [...(types.get(description) ?? []), label]);
	}
	const rules = [...types].map(([code, labels]) => `${labels.join(', ')}: ${code}.`);
	return `What identifies the object. ${rules.join(' ')}`;
}
