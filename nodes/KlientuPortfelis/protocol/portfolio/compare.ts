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
 * side, in its order, then those that only the list has.
 */
export function compareWith<Other extends { readonly code?: unknown }>(
	objects: readonly ListedObject[],
	others: readonly Other[],
): Array<Compared<Other>> {
	const index = new CodeIndex(objects);
	const fullKey = fullKeys(others.map(({ code }) => code));
	const groups = new Map<unknown, Other[]>();
	const found = new Map<unknown, readonly ListedObject[]>();
	for (const other of others) {
		const same = index.find(other.code);
		// Several ways to write a code count once.
		const name = same[0]?.id ?? fullKey(other.code);
		found.set(name, same);
		const group = groups.get(name);
		if (group === undefined) groups.set(name, [other]);
		else group.push(other);
	}
	const inBoth = new Set([...found.values()].flat());
	const compared = [...groups].flatMap(([name, group]): Array<Compared<Other>> => {
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
	return [...compared, ...ofRest];
}
