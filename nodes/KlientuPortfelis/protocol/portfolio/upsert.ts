import { Fault } from '../../../shared/fault';
import { asThrown } from '../../../shared/asThrown';
import { isRecord } from '../../../shared/guards';
import { shown } from '../../../shared/values';
import type { DecodedFields } from '../answer/decoder';
import { call, type Answer, type Connection } from '../call';
import type { Arguments } from '../request/sign';
import { ALREADY_THERE } from './carryOut';
import { changesTo, changesToListed, isEmpty, needsObject, type Details } from './details';
import { SharedList } from './snapshot';
import { onlyOne, parametersToAdd, type Wanted } from './wanted';

/** An object after an upsert. */
export interface Upserted {
	readonly object: DecodedFields;
	readonly action: 'created' | 'updated' | 'unchanged';
}

/**
 * Makes an object of a list as it is wanted: adds it when it is missing, else writes the details that
 * differ. Its list is read once for all items of the execution.
 *
 * @throws Fault in words for the user
 */
export async function upsertObject(
	connection: Connection,
	listId: number,
	wanted: Wanted,
): Promise<Upserted> {
	const list = SharedList.of(connection, listId);
	return await list.inTurn(wanted.code, async () => {
		const known = onlyOne(await list.find(wanted.code));
		if (known !== undefined) return await update(connection, known, wanted.details);
		const added = await add(connection, list, parametersToAdd(listId, wanted, connection.timezone));
		if (added !== undefined) return await completed(connection, added, wanted.details);
		return await update(connection, await thatIsThere(list, wanted.code), wanted.details);
	});
}

/**
 * Adds an object to its list, and notes it there for other items.
 *
 * @returns undefined when the service says that the list has it already
 * @throws Fault in words for the user
 */
export async function add(
	connection: Connection,
	list: SharedList,
	parameters: Arguments,
): Promise<DecodedFields | undefined> {
	try {
		const added = objectOf(await call(connection, 'add_object', parameters));
		list.add(added);
		return added;
	} catch (error) {
		if (error instanceof Fault && error.details.code === ALREADY_THERE) return undefined;
		throw asThrown(error);
	}
}

/**
 * The object of a list that the service says is there.
 *
 * @throws Fault (input) when no object, or several, have the code
 */
export async function thatIsThere(list: SharedList, code: unknown): Promise<DecodedFields> {
	const found = onlyOne(await list.findAdded(code));
	if (found !== undefined) return found;
	throw new Fault(
		'input',
		`The object is in the list under another code than ${shown(code)}`,
		'Find the object in Klientu Portfelis and give the code that it has there.',
		{ code: ALREADY_THERE },
	);
}

/** Writes the details of a new object; one that is in other lists brings its own along. */
async function completed(
	connection: Connection,
	added: DecodedFields,
	details: Details,
): Promise<Upserted> {
	try {
		const { object } = await write(connection, added, changesTo(added, details));
		return { object, action: 'created' };
	} catch (error) {
		throw error instanceof Fault ? withoutDetails(error) : asThrown(error);
	}
}

/** Says that an object was added although its details could not be written. */
export function withoutDetails(fault: Fault): Fault {
	const added = 'The object was added to the list, but its details were not written.';
	return fault.with({ description: (words) => `${added} ${words}` });
}

async function update(
	connection: Connection,
	listed: DecodedFields,
	details: Details,
): Promise<Upserted> {
	const whole = needsObject(details)
		? objectOf(await call(connection, 'get_object', { id: listed.id }))
		: undefined;
	const changes = whole ? changesTo(whole, details) : changesToListed(listed, details);
	const upserted = await write(connection, whole ?? listed, changes);
	// Another item may mean the same object.
	listed.client_id = upserted.object.client_id ?? null;
	return upserted;
}

async function write(
	connection: Connection,
	object: DecodedFields,
	changes: Details,
): Promise<Upserted> {
	if (isEmpty(changes)) return { object, action: 'unchanged' };
	const answer = await call(connection, 'update_object', { id: object.id, ...changes });
	return { object: objectOf(answer), action: 'updated' };
}

/** @throws Fault (answer) when a response has no object */
function objectOf({ object }: Answer): DecodedFields {
	if (isRecord(object)) return object as DecodedFields;
	throw new Fault(
		'answer',
		'The response has no object',
		'Check in Klientu Portfelis whether the object exists. The service accepted the request but returned nothing.',
	);
}
