import { Fault } from '../shared/fault';
import { isRecord } from '../shared/guards';
import { quote } from '../shared/quote';
import { checkCode, shown, toText, toWholeNumber } from '../shared/values';
import type { Connection } from './protocol/call';
import { findObjects } from './protocol/portfolio/find';
import { listNamed, listsOfExecution } from './protocol/portfolio/lists';
import type { Placed } from './protocol/portfolio/objects';

/** What a resource locator holds. */
interface Picked {
	readonly mode: unknown;
	readonly value: unknown;
}

/** A plain text or number, as older workflows and expressions give it, is an ID. */
function picked(given: unknown): Picked {
	if (isRecord(given) && 'value' in given) return { mode: given.mode, value: given.value };
	return { mode: 'id', value: given };
}

/** What a resource locator holds, whatever its mode. */
export const located = (given: unknown): unknown => picked(given).value;

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || toText(value).trim() === '';
}

/**
 * The ID of the list that a resource locator holds; a name is looked up in the lists of the role,
 * which are read once per execution.
 *
 * @param given what the field holds
 * @returns an ID as given, which the call checks; an empty text when there is none
 * @throws Fault in words for the user
 */
export async function resolveList(connection: Connection, given: unknown): Promise<unknown> {
	const { mode, value } = picked(given);
	if (isEmpty(value)) return '';
	if (mode !== 'name') return value;
	return listNamed(await listsOfExecution(connection), toText(value)).id;
}

/**
 * The ID of the object that a resource locator holds; a code is looked up in the portfolio, which is
 * read once per execution.
 *
 * @param given what the field holds
 * @param listId the ID of the list to look a code up in; undefined for all lists
 * @returns an empty text when there is none, which the call refuses
 * @throws Fault in words for the user
 */
export async function resolveObject(
	connection: Connection,
	given: unknown,
	listId?: number,
): Promise<unknown> {
	const { mode, value } = picked(given);
	if (isEmpty(value)) return '';
	if (mode !== 'code') return checkedId(value);
	checkCode("'Object'", value);
	const found = await findObjects(connection, 'code', toText(value), listId);
	const [match] = found;
	if (match === undefined) throw unknownCode(value, listId);
	if (found.length > 1) throw ambiguousCode(found, value);
	return match.object.id;
}

/** @throws Fault (input) that tells where to give a code, which is what people mostly have instead */
function checkedId(value: unknown): number {
	try {
		return toWholeNumber('Object', value);
	} catch {
		throw notAnId(value);
	}
}

function notAnId(value: unknown): Fault {
	return new Fault(
		'input',
		`'Object' is not an object ID: ${shown(value)}`,
		"Choose By Code under 'Object' to use a registration number or another code. The ID is the number that Object → Find and Object → Get Many return as id.",
	);
}

function unknownCode(value: unknown, listId: number | undefined): Fault {
	const place = listId === undefined ? 'in your lists' : 'in the list';
	return new Fault(
		'input',
		`No object ${place} has this code: ${shown(value)}`,
		"Check the code under 'Object': it must be complete, such as a registration number of 11 digits. If the object is not in the portfolio yet, add it with Object → Create. To search by a part of the name, use Object → Find.",
	);
}

/** So many objects are named in a message. */
const MAX_NAMED = 5;

function ambiguousCode(found: readonly Placed[], value: unknown): Fault {
	const ids = found.slice(0, MAX_NAMED).map(({ object, lists }) => {
		const names = lists.map(({ name }) => quote(name)).join(', ');
		const where = lists.length === 1 ? 'in the list' : 'in the lists';
		return `${String(object.id)} (${quote(String(object.name ?? ''))}, ${where} ${names})`;
	});
	const more = found.length > MAX_NAMED ? ` and ${found.length - MAX_NAMED} more` : '';
	return new Fault(
		'input',
		`${found.length} objects have this code: ${shown(value)}`,
		`Choose By ID under 'Object' and give the ID of the object that you mean: ${ids.join('; ')}${more}.`,
	);
}
