import { TimeSlice } from '../../../shared/timeSlice';
import { CodeIndex, codeKey, fullKeys } from './code';
import type { ListedObject } from './plan';

export type Side = 'both' | 'onlyList' | 'onlyOther';

/** Where a code was found. */
export interface Compared<Other> {
	readonly side: Side;
	/** The object of the list. */
	readonly object?: ListedObject;
	/** As the list has it, else as the other side has it in full. */
	readonly code: unknown;
	/** What the list was compared with: all that has this code. */
	readonly others: readonly Other[];
}

/**
 * Compares a list with something else that has codes. Each code comes once: first those of the other
 * side, in its order, then those that only the list has. Long lists are compared in time slices.
 */
export async function compareWith<Other extends { readonly code?: unknown }>(
	objects: readonly ListedObject[],
	others: readonly Other[],
): Promise<Array<Compared<Other>>> {
	const slice = new TimeSlice();
	const index = await CodeIndex.of(objects, slice);
	const codes = others.map(({ code }) => code);
	const fullKey = await fullKeys(codes, slice);
	const groups = new Map<unknown, Other[]>();
	const found = new Map<unknown, readonly ListedObject[]>();
	await slice.map(others, (other) => {
		const same = index.find(other.code);
		// Several ways to write a code count once.
		const name = same[0]?.id ?? fullKey(other.code);
		found.set(name, same);
		const group = groups.get(name);
		if (group === undefined) groups.set(name, [other]);
		else group.push(other);
	});
	const inBoth = new Set([...found.values()].flat());
	const compared = await slice.map([...groups], ([name, group]): Array<Compared<Other>> => {
		const same = found.get(name) ?? [];
		if (same.length > 0) {
			return same.map((object) => ({ side: 'both', object, code: object.code, others: group }));
		}
		const code = group[0]?.code;
		return [{ side: 'onlyOther', code: name === codeKey(code) ? code : name, others: group }];
	});
	const rest = objects.filter((object) => !inBoth.has(object));
	const ofRest = rest.map((object): Compared<Other> => {
		return { side: 'onlyList', object, code: object.code, others: [] };
	});
	return [...compared.flat(), ...ofRest];
}
