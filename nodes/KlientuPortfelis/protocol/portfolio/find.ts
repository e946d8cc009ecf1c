import { TimeSlice } from '../../../shared/timeSlice';
import type { Connection } from '../call';
import { codeKey, CodeIndex } from './code';
import { fold } from './fold';
import { objectsOfExecution, type Placed } from './objects';
import { oncePerExecution } from './perExecution';

/** What an object can be found by. */
export const FIND_BY = ['code', 'clientId', 'name'] as const;

export type FindBy = (typeof FIND_BY)[number];

/** Gives the objects that a value means. */
type Index = (value: string) => readonly Placed[];

/**
 * Finds objects by their code or client ID, or by a part of their name; of names, those that are the
 * same or begin with the text come first. The portfolio is read once per execution.
 *
 * @param listId the list to search; undefined for all lists
 * @throws Fault in words for the user
 */
export async function findObjects(
	connection: Connection,
	by: FindBy,
	value: string,
	listId?: number,
): Promise<readonly Placed[]> {
	const index = await oncePerExecution(connection, `${by} ${listId ?? ''}`, async () => {
		return await INDEXES[by](await objectsOfExecution(connection, listId));
	});
	return index(value);
}

const INDEXES: Readonly<Record<FindBy, (objects: readonly Placed[]) => Promise<Index>>> = {
	code: indexByCode,
	clientId: indexByClientId,
	name: indexByName,
};

async function indexByCode(objects: readonly Placed[]): Promise<Index> {
	const index = new CodeIndex<{ code: unknown; virtual_id: unknown; placed: Placed }>();
	await new TimeSlice().map(objects, (placed) => {
		const { code, virtual_id } = placed.object;
		index.add({ code, virtual_id, placed });
	});
	const byKeyword = await indexBy(objects, ({ code }) => keywordOf(code));
	return (value) => {
		const found = index.find(value).map(({ placed }) => placed);
		return found.length > 0 ? found : byKeyword(value);
	};
}

async function indexByClientId(objects: readonly Placed[]): Promise<Index> {
	return await indexBy(objects, ({ client_id: id }) => foldedOf(id));
}

async function indexByName(objects: readonly Placed[]): Promise<Index> {
	const names: Array<{ readonly name: string; readonly placed: Placed }> = [];
	await new TimeSlice().map(objects, (placed) => {
		names.push({ name: foldedOf(placed.object.name), placed });
	});
	return (value) => {
		const wanted = fold(value);
		if (wanted === '') return [];
		const rank = (name: string) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : 2);
		return names
			.filter(({ name }) => name.includes(wanted))
			.sort((a, b) => rank(a.name) - rank(b.name))
			.map(({ placed }) => placed);
	};
}

/** An index by something that is the same for what a value means; empty texts are left out. */
async function indexBy(
	objects: readonly Placed[],
	keyOf: (object: Placed['object']) => string,
): Promise<Index> {
	const index = new Map<string, Placed[]>();
	await new TimeSlice().map(objects, (placed) => {
		const key = keyOf(placed.object);
		if (key === '') return;
		const same = index.get(key);
		if (same === undefined) index.set(key, [placed]);
		else same.push(placed);
	});
	return (value) => index.get(fold(value)) ?? [];
}

/** A code with letters, which may be written in any case; codes of digits alone have none. */
function keywordOf(code: unknown): string {
	const key = codeKey(code);
	return /\p{L}/u.test(key) ? fold(key) : '';
}

function foldedOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? fold(String(value)) : '';
}
