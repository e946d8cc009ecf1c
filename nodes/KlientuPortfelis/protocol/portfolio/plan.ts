import { excerpt, Fault } from '../../../shared/fault';
import { TimeSlice } from '../../../shared/timeSlice';
import { toText } from '../../../shared/values';
import type { DecodedFields } from '../answer/decoder';
import type { Arguments } from '../request/sign';
import { CodeIndex, codeKey, fullKeys } from './code';
import { changesTo, changesToListed, isEmpty, type Details } from './details';
import {
	checkChanges,
	codeToSend,
	isUsable,
	onlyOne,
	parametersToAdd,
	type Wanted,
} from './wanted';

/** What a sync does, or did, with a code. */
export type Action = 'created' | 'updated' | 'unchanged' | 'deleted' | 'absent' | 'refused';

/** A write that a plan needs. */
export type Step =
	| { readonly kind: 'add'; readonly parameters: Arguments; readonly details: Details }
	| { readonly kind: 'update'; readonly id: number; readonly changes: Details }
	| { readonly kind: 'delete'; readonly id: number };

/** What becomes of one code. */
export interface Row {
	readonly listId: number;
	/** The input item that it is about; undefined for an object that no item asks for. */
	readonly item?: SyncItem;
	/** The object of the list, if there is one. */
	readonly object?: ListedObject;
	readonly action: Action;
	/** Why it is refused. */
	readonly reason?: string;
	/** The write that makes it so, if one is needed. */
	readonly step?: Step;
	/** Whether nobody knows which object it means, so that it might be any that seems to be absent. */
	readonly isUnclear?: boolean;
}

/** What an input item asks for. */
export interface SyncItem extends Wanted {
	readonly itemIndex: number;
}

/** An object as get_objects gives it, as far as a sync needs it. */
export interface ListedObject {
	readonly id: number;
	readonly code: unknown;
	readonly virtual_id: unknown;
	readonly name: unknown;
	readonly client_id: unknown;
}

/** A list as it is, and what is asked for. */
export interface ListState {
	readonly listId: number;
	readonly objects: readonly ListedObject[];
	/** Objects with their details by ID, as far as these are compared. */
	readonly compared: ReadonlyMap<number, Readonly<DecodedFields>>;
	readonly items: readonly SyncItem[];
}

export interface PlanOptions {
	/** What becomes of the objects that no item asks for. */
	readonly absent: 'report' | 'keep' | 'delete';
	/** How much of a list may be deleted, in per cent. */
	readonly maxDeletions: number;
	/** IANA zone in which a point of time becomes a date. */
	readonly timezone: string;
}

export interface Plan {
	/** Those of the input items in their order, then those of the other objects. */
	readonly rows: readonly Row[];
	/** Why nothing at all may be written. */
	readonly refusal?: Fault;
}

/**
 * What a sync has to do so that lists hold what is asked for. Nothing is sent. Long lists are planned
 * in time slices.
 *
 * @param states one for each list
 */
export async function planSync(states: readonly ListState[], options: PlanOptions): Promise<Plan> {
	const slice = new TimeSlice();
	const drafts: Draft[] = [];
	for (const state of states) drafts.push(await draftOf(state, options.timezone, slice));
	const ofItems = drafts
		.flatMap(({ rows }) => rows)
		.sort((a, b) => (a.item?.itemIndex ?? 0) - (b.item?.itemIndex ?? 0));
	// What cannot be told apart from a mistake deletes nothing.
	const mayDelete = !ofItems.some(({ isUnclear }) => isUnclear === true);
	const rests = drafts.map((draft) => ({
		state: draft.state,
		rows: rowsOfRest(draft, options, mayDelete),
	}));
	const refusal = rests
		.map(({ state, rows }) => tooManyDeletions(state, rows, options))
		.find((fault) => fault !== undefined);
	return {
		rows: [...explainKept(ofItems, options, mayDelete), ...rests.flatMap(({ rows }) => rows)],
		...(refusal !== undefined && { refusal }),
	};
}

/** The objects of a list that its items mean, so that they can be compared. */
export async function objectsMeant({ objects, items }: Pick<ListState, 'objects' | 'items'>) {
	const slice = new TimeSlice();
	const index = await CodeIndex.of(objects, slice);
	const meant = await slice.map(items, (item) => {
		const found = index.find(item.code);
		return found.map((object) => ({ item, object }));
	});
	return meant.flat();
}

/** The part of a plan that is about the items of a list. */
interface Draft {
	readonly state: ListState;
	/** One for each item. */
	readonly rows: readonly Row[];
	/** The IDs of all objects that an item may mean, also of those that it is refused for. */
	readonly kept: ReadonlySet<number>;
}

async function draftOf(state: ListState, timezone: string, slice: TimeSlice): Promise<Draft> {
	const index = await CodeIndex.of(state.objects, slice);
	const codes = state.items.map(({ code }) => code);
	const fullKey = await fullKeys(codes, slice);
	const items = await slice.map(state.items, (item): SyncItem => {
		const isShort = index.find(item.code).length === 0 && fullKey(item.code) !== codeKey(item.code);
		return isShort ? { ...item, code: fullKey(item.code) } : item;
	});
	// Items mean the same if they mean the same object, or the same code that no object has yet.
	const meant = await slice.map(items, ({ code }) => index.find(code)[0]?.id ?? codeKey(code));
	const last = new Map(meant.map((name, at) => [name, at]));
	const kept = new Set<number>();
	const rows = await slice.map(items, (item, at) => {
		const found = index.find(item.code);
		for (const { id } of found) kept.add(id);
		const winner = items[last.get(meant[at] ?? '') ?? at] ?? item;
		if (winner === item || codeKey(item.code) === '') return rowOf(state, item, found, timezone);
		const [object] = found;
		return { ...refused(state, item, duplicateOf(winner)), ...(object && { object }) };
	});
	return { state, rows, kept };
}

function rowOf(
	state: ListState,
	item: SyncItem,
	found: readonly ListedObject[],
	timezone: string,
): Row {
	try {
		const object = onlyOne(found);
		return object === undefined
			? rowToAdd(state, item, timezone)
			: rowToCompare(state, item, object, timezone);
	} catch (error) {
		const row = refused(state, item, error);
		const [object] = found;
		return object === undefined ? { ...row, isUnclear: !isUsable(item) } : { ...row, object };
	}
}

function rowToAdd({ listId }: ListState, item: SyncItem, timezone: string): Row {
	const parameters = parametersToAdd(listId, item, timezone);
	const { details } = item;
	return { listId, item, action: 'created', step: { kind: 'add', parameters, details } };
}

function rowToCompare(
	{ listId, compared }: ListState,
	item: SyncItem,
	object: ListedObject,
	timezone: string,
): Row {
	const whole = compared.get(object.id);
	const changes = whole ? changesTo(whole, item.details) : changesToListed(object, item.details);
	const row = { listId, item, object };
	if (isEmpty(changes)) return { ...row, action: 'unchanged' };
	checkChanges(changes, timezone);
	return { ...row, action: 'updated', step: { kind: 'update', id: object.id, changes } };
}

function refused({ listId }: Pick<ListState, 'listId'>, item: SyncItem, error: unknown): Row {
	return { listId, item, action: 'refused', reason: reasonOf(error) };
}

/** A fault in the words of a report, on one line. */
export function reasonOf(error: unknown): string {
	if (!(error instanceof Fault)) throw error;
	return `${error.message}. ${error.description}`;
}

function duplicateOf({ itemIndex }: SyncItem): Fault {
	return new Fault(
		'input',
		`Item ${itemIndex} means the same object`,
		'Remove one of the two: the last one counts. n8n counts items from 0.',
	);
}

/** The rows of the objects that no item asks for. A refused item keeps the objects that it may mean. */
function rowsOfRest(
	{ state: { listId, objects }, kept }: Draft,
	{ absent }: PlanOptions,
	mayDelete: boolean,
): readonly Row[] {
	if (absent === 'keep') return [];
	return objects
		.filter(({ id }) => !kept.has(id))
		.map((object) =>
			absent === 'delete' && mayDelete
				? { listId, object, action: 'deleted', step: { kind: 'delete', id: object.id } }
				: { listId, object, action: 'absent' },
		);
}

/** Says in the rows that stop the deletions that they do. */
function explainKept(rows: Row[], { absent }: PlanOptions, mayDelete: boolean): Row[] {
	if (absent !== 'delete' || mayDelete) return rows;
	return rows.map((row) =>
		row.isUnclear === true
			? { ...row, reason: `${row.reason} No object is deleted as long as this item is refused.` }
			: row,
	);
}

/** So many objects are named in a message. */
const MAX_NAMED = 5;

function tooManyDeletions(
	{ listId, objects }: ListState,
	rows: readonly Row[],
	{ maxDeletions }: PlanOptions,
): Fault | undefined {
	const deletions = rows.filter(({ action }) => action === 'deleted');
	const share = (deletions.length / objects.length) * 100;
	if (deletions.length === 0 || share <= maxDeletions) return undefined;
	const names = deletions
		.slice(0, MAX_NAMED)
		.map(({ object }) => excerpt(`${toText(object?.name)} (${toText(object?.code)})`, 60));
	const more = deletions.length > MAX_NAMED ? ` and ${deletions.length - MAX_NAMED} more` : '';
	return new Fault(
		'input',
		`The sync would delete ${deletions.length} of the ${objects.length} objects in list ${listId}`,
		`Check that the input is complete. To delete them anyway, set 'Max Deletions (%)' under Options to at least ${Math.ceil(share)} (it is ${maxDeletions}). Nothing was changed. To be deleted: ${names.join(', ')}${more}.`,
	);
}

/** How a row stands in the report, in the words of the contract. */
export function reportOf(row: Row & { readonly id?: number; readonly name?: string }) {
	const { item, object, action, reason } = row;
	const id = row.id ?? object?.id;
	const code = object?.code ?? codeToSend(item?.type, item?.code);
	return {
		code: code === undefined || code === null ? '' : toText(code),
		type: item?.type === undefined || item.type === null ? null : toText(item.type),
		name: textOrNull(row.name ?? object?.name ?? item?.name),
		...(id !== undefined && { id }),
		action,
		...(reason !== undefined && { reason }),
	};
}

function textOrNull(value: unknown): string | null {
	return value === undefined || value === null || value === '' ? null : toText(value);
}
