import { Fault } from '../../../shared/fault';
import { isObjectType, OBJECT_CODES } from '../catalogue/values';
import { checkParameters } from '../request/check';
import type { Arguments } from '../request/sign';
import { codeKey } from './code';
import { changesTo, isEmpty, type Details } from './details';

/** An object as it shall be, as the fields of a node hold it. */
export interface Wanted {
	readonly code: unknown;
	readonly type: unknown;
	readonly name?: unknown;
	readonly checkUr?: unknown;
	readonly details: Details;
}

/**
 * The code that is sent to add an object: as it is written if the service takes it like that, else
 * without spaces, dashes and LV.
 */
export function codeToSend(type: unknown, code: unknown): unknown {
	if (typeof code !== 'string') return code;
	const text = code.trim();
	const key = codeKey(text);
	return !fits(type, text) && fits(type, key) ? key : text;
}

/** Whether type and code together name an object, be it in the list or not. */
export function isUsable({ type, code }: Wanted): boolean {
	return codeKey(code) !== '' && fits(type, String(codeToSend(type, code)));
}

function fits(type: unknown, code: string): boolean {
	return isObjectType(type) && OBJECT_CODES[type].pattern.test(code);
}

/**
 * The parameters of add_object for a wanted object. Its details are checked too, so that nothing is
 * added of which a part could not be written.
 *
 * @throws Fault (input) that names the field; nothing has been sent then
 */
export function parametersToAdd(listId: number, wanted: Wanted, timezone: string): Arguments {
	const { type, code, name, checkUr, details } = wanted;
	const parameters = checkParameters(
		'add_object',
		{ list_id: listId, code: codeToSend(type, code), type, name, check_ur: checkUr },
		timezone,
	);
	checkChanges(changesTo({}, details), timezone);
	return parameters;
}

/** @throws Fault (input) that names the field of a change that the service does not take */
export function checkChanges(changes: Details, timezone: string): void {
	if (!isEmpty(changes)) checkParameters('update_object', { id: 0, ...changes }, timezone);
}

/**
 * The one object that a code means.
 *
 * @returns undefined when there is none
 * @throws Fault (input) when there are several
 */
export function onlyOne<Item extends { readonly id?: unknown }>(
	found: readonly Item[],
): Item | undefined {
	if (found.length <= 1) return found[0];
	const ids = found.map(({ id }) => String(id)).join(', ');
	throw new Fault(
		'input',
		`'Code' fits ${found.length} objects of the list`,
		`Change the object by its ID (Object → Update). The IDs are: ${ids}.`,
	);
}
