import { Fault } from '../../../shared/fault';
import { isRecord } from '../../../shared/guards';
import { quote } from '../../../shared/quote';
import { shown } from '../../../shared/values';
import { call, type Connection } from '../call';
import { fold, similarity } from './fold';
import { oncePerExecution } from './perExecution';

/** A list of the portfolio, without its objects. */
export interface ListEntry {
	readonly id: number;
	readonly name: string;
	readonly type: string;
	/** How many objects it holds; undefined when the service does not say. */
	readonly count: number | undefined;
}

/** So many lists are named in a message. */
const MAX_NAMED = 5;

/**
 * The lists that the role has access to, as they are now.
 *
 * @throws Fault in words for the user
 */
export async function loadLists(connection: Connection): Promise<ListEntry[]> {
	const { lists } = await call(connection, 'get_lists');
	return Array.isArray(lists) ? lists.flatMap(toEntry) : [];
}

function toEntry(list: unknown): ListEntry[] {
	if (!isRecord(list) || typeof list.id !== 'number') return [];
	const { id, name, type, object_count: count } = list;
	return [
		{
			id,
			name: typeof name === 'string' ? name : '',
			type: typeof type === 'string' ? type : '',
			count: typeof count === 'number' ? count : undefined,
		},
	];
}

/**
 * The lists as they were when an execution first asked for them.
 *
 * @throws Fault in words for the user
 */
export async function listsOfExecution(connection: Connection): Promise<ListEntry[]> {
	return await oncePerExecution(connection, 'lists', async () => await loadLists(connection));
}

/**
 * The list that has a name: exactly, else whatever its case and accents.
 *
 * @throws Fault (input) when no list has the name, or several have
 */
export function listNamed(lists: readonly ListEntry[], name: string): ListEntry {
	const exact = lists.filter((list) => list.name === name);
	const wanted = fold(name);
	const matches = exact.length > 0 ? exact : lists.filter((list) => fold(list.name) === wanted);
	const [match] = matches;
	if (match === undefined) throw unknownName(lists, name);
	if (matches.length > 1) throw ambiguousName(matches, name);
	return match;
}

function unknownName(lists: readonly ListEntry[], name: string): Fault {
	const closest = lists
		.map((list) => ({ list, likeness: similarity(list.name, name) }))
		.sort((a, b) => b.likeness - a.likeness)
		.slice(0, MAX_NAMED);
	const names = closest.map(({ list }) => `${quote(list.name)} (ID ${list.id})`).join(', ');
	return new Fault(
		'input',
		`'List' has no list with this name: ${shown(name)}`,
		lists.length === 0
			? 'Create a list first (List → Create), or ask its owner to give your role the rights to it. Your role has access to no list.'
			: `Correct the name, or pick the list with From List. The closest names are: ${names}.`,
	);
}

function ambiguousName(matches: readonly ListEntry[], name: string): Fault {
	const ids = matches.slice(0, MAX_NAMED).map(({ id, name, count }) => {
		const objects = count === undefined ? '' : `, ${count === 1 ? '1 object' : `${count} objects`}`;
		return `${id} (${quote(name)}${objects})`;
	});
	const more = matches.length > MAX_NAMED ? ` and ${matches.length - MAX_NAMED} more` : '';
	return new Fault(
		'input',
		`'List' fits ${matches.length} lists: ${shown(name)}`,
		`Choose By ID and give the ID of the list that you mean: ${ids.join(', ')}${more}.`,
	);
}
