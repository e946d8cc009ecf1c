/** A number in a JSON response, exactly as it was written. */
export class NumberToken {
	constructor(readonly text: string) {}
}

/**
 * The content of a response, the same for JSON and XML: texts, lists and named parts. Names are keys of
 * a Map, so that none of them can change a prototype.
 */
export type Tree = string | NumberToken | readonly Tree[] | TreeRecord;

export type TreeRecord = ReadonlyMap<string, Tree>;

/** The gateway's responses are never nested deeper. */
export const MAX_DEPTH = 60;

/** Named parts are kept in memory as maps: this many small ones need some 500 MB. */
export const MAX_VALUES = 2_500_000;

/** Named parts, those of the same name as a list: nothing that came twice is lost. */
export function recordOf(parts: Iterable<readonly [name: string, value: Tree]>): TreeRecord {
	const record = new Map<string, Tree>();
	const lists = new Map<string, Tree[]>();
	for (const [name, value] of parts) {
		const first = record.get(name);
		const values = lists.get(name);
		if (first === undefined) record.set(name, value);
		else if (values !== undefined) values.push(value);
		else {
			const list = [first, value];
			lists.set(name, list);
			record.set(name, list);
		}
	}
	return record;
}

export function isList(tree: Tree): tree is readonly Tree[] {
	return Array.isArray(tree);
}

export function isNode(tree: Tree | undefined): tree is TreeRecord {
	return tree instanceof Map;
}

/** Whether it is empty: no text except whitespace, no part, no element. */
export function isEmpty(tree: Tree): boolean {
	if (typeof tree === 'string') return tree.trim() === '';
	if (isList(tree)) return tree.length === 0;
	return isNode(tree) && tree.size === 0;
}

/** Whether all that is in it is empty too, however deep. */
export function isDeepEmpty(tree: Tree): boolean {
	if (isList(tree)) return tree.every(isDeepEmpty);
	return isNode(tree) ? [...tree.values()].every(isDeepEmpty) : isEmpty(tree);
}

/** Makes a list of what collapsed into one or none. */
export function listOf(tree: Tree | undefined): Tree[] {
	if (tree === undefined || isEmpty(tree)) return [];
	return isList(tree) ? tree.flatMap(listOf) : [tree];
}

/** A part by its name; gateways differ in upper and lower case. */
export function part(tree: TreeRecord, wanted: string): Tree | undefined {
	const exact = tree.get(wanted);
	if (exact !== undefined) return exact;
	for (const [name, value] of tree) {
		const isLike = name.length === wanted.length && name.toLowerCase() === wanted.toLowerCase();
		if (isLike) return value;
	}
	return undefined;
}

/** The text of a value, as it was sent; XML parsers make every line end a line feed. */
export function textOf(tree: string | NumberToken): string {
	return tree instanceof NumberToken ? tree.text : tree.replace(/\r\n?/g, '\n');
}
