import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

/** How many results the editor gets at a time; it asks for more as the user scrolls. */
const PAGE_SIZE = 100;

/**
 * One page of what a search found.
 *
 * @param token where the page begins, as the page before gave it
 * @param toItem what the editor shows of a result
 */
export function pageOf<Result>(
	results: readonly Result[],
	token: string | undefined,
	toItem: (result: Result) => INodeListSearchItems,
): INodeListSearchResult {
	const start = Number(token ?? 0) || 0;
	const end = start + PAGE_SIZE;
	return {
		results: results.slice(start, end).map(toItem),
		...(end < results.length && { paginationToken: String(end) }),
	};
}

/**
 * What a field of the node holds in the editor, where expressions are not evaluated.
 *
 * @returns undefined for an expression
 */
export function inEditor(context: ILoadOptionsFunctions, name: string): unknown {
	const given: unknown = context.getCurrentNodeParameter(name);
	const value =
		typeof given === 'object' && given !== null && 'value' in given ? given.value : given;
	return typeof value === 'string' && value.startsWith('=') ? undefined : given;
}
