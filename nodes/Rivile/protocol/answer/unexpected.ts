import { excerpt, Fault } from '../../../shared/fault';
import { isList, isNode, textOf, type Tree } from './tree';

/** The longest piece of a response that is shown. */
const MAX_SHOWN = 80;

/** Parts and elements that are looked at to show a piece. */
const MAX_PARTS = 20;

/**
 * A fault about a response with another structure than the gateway's. Items made from it would have
 * wrong or missing values.
 *
 * @param what where something else was expected, as a sentence without its full stop
 * @param found what was found there
 */
export function unexpected(what: string, found: Tree): Fault {
	return new Fault(
		'answer',
		"Rivilė's response has an unexpected structure",
		`Run the workflow again. If it happens again, choose the other 'Response Format', and report this to Rivilė's support: ${what}: ${excerpt(written(found), MAX_SHOWN)}`,
	);
}

/** The beginning of a piece, much like JSON. */
function written(tree: Tree, depth = 0): string {
	if (isList(tree)) {
		if (depth > 3) return '[…]';
		return `[${tree
			.slice(0, MAX_PARTS)
			.map((element) => written(element, depth + 1))
			.join(', ')}]`;
	}
	if (!isNode(tree))
		return typeof tree === 'string' ? `"${excerpt(tree, MAX_SHOWN)}"` : textOf(tree);
	if (depth > 3) return '{…}';
	const parts = [...tree.entries()].slice(0, MAX_PARTS);
	return `{${parts.map(([name, part]) => `${name}: ${written(part, depth + 1)}`).join(', ')}}`;
}
