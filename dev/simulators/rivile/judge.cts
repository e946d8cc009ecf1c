/**
 * Judges a condition as T-SQL, by a grammar that knows nothing of the node's code: it has to be one
 * condition, on columns of the register's table, with nothing in it but comparisons and literals.
 */
import { Parser, type AST } from 'node-sql-parser';

/** A condition's tree, without what only its notation says. */
export type Tree =
	| { readonly column: string }
	| { readonly text: string }
	| { readonly number: string }
	| { readonly nothing: true }
	| { readonly list: readonly Tree[] }
	| { readonly operator: string; readonly left: Tree; readonly right: Tree }
	| { readonly when: Tree; readonly then: Tree; readonly otherwise: Tree }
	| { readonly call: string; readonly list: readonly Tree[] };

const parser = new Parser();

/**
 * The grammar takes a backslash and a doubled quotation mark inside a text for something that T-SQL
 * does not know: other characters stand for them meanwhile.
 */
const STAND_INS = [
	['\\', '\ue000'],
	['"', '\ue001'],
	['\n', '\ue002'],
	['\r', '\ue003'],
] as const;

const TEXT = /'(?:[^']|'')*'/g;

function disguised(sql: string): string {
	return sql.replace(TEXT, (text) =>
		STAND_INS.reduce((written, [sign, standIn]) => written.replaceAll(sign, standIn), text),
	);
}

function revealed(text: string): string {
	const plain = text.replaceAll("''", "'");
	return STAND_INS.reduce((written, [sign, standIn]) => written.replaceAll(standIn, sign), plain);
}

/**
 * The tree of a condition.
 *
 * @throws Error when it is not T-SQL, or more than one condition
 */
export function treeOf(condition: string): Tree {
	const sql = `SELECT * FROM T WHERE ${disguised(condition)}`;
	const parsed: AST | AST[] = parser.astify(sql, { database: 'transactsql' });
	const [statement, ...others] = Array.isArray(parsed) ? parsed : [parsed];
	if (statement?.type !== 'select' || others.length > 0)
		throw new Error(`No condition: ${condition}`);
	const { where, groupby, orderby, having, limit } = statement as unknown as Node;
	const beside = [groupby, orderby, having, limit].filter(
		(part) => part !== null && part !== undefined,
	);
	if (beside.length > 0) throw new Error(`More than a condition: ${condition}`);
	return reduced(where);
}

interface Node {
	readonly [part: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** @throws Error at anything that no condition of the node contains */
function reduced(node: unknown): Tree {
	if (!isNode(node)) throw new Error(`Not understood: ${JSON.stringify(node)}`);
	const { type, operator, left, right, value, column } = node;
	switch (type) {
		case 'binary_expr':
			return { operator: String(operator), left: reduced(left), right: reduced(right) };
		case 'column_ref':
			return { column: String(column) };
		case 'single_quote_string':
		case 'var_string':
			return { text: revealed(String(value)) };
		case 'number':
			return { number: String(value) };
		case 'null':
			return { nothing: true };
		case 'expr_list':
			return { list: listIn(value).map(reduced) };
		case 'case':
			return choice(node);
		case 'function':
			return call(node);
		default:
			throw new Error(`No part of a condition: ${JSON.stringify(node).slice(0, 200)}`);
	}
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function choice({ args }: Node): Tree {
	const [when, otherwise, ...others] = listIn(args);
	const isWhole = isNode(when) && isNode(otherwise) && others.length === 0;
	if (!isWhole || when.type !== 'when' || otherwise.type !== 'else') {
		throw new Error(`No choice of the node's: ${JSON.stringify(args).slice(0, 200)}`);
	}
	return {
		when: reduced(when.cond),
		then: reduced(when.result),
		otherwise: reduced(otherwise.result),
	};
}

/** Texts with a backslash at the end of a line are put together from pieces; nothing else is called. */
function call({ name, args }: Node): Tree {
	const written = JSON.stringify(name);
	if (!/"CONCAT"/i.test(written)) throw new Error(`A call: ${written}`);
	const list = isNode(args) ? listIn(args.value).map(reduced) : [];
	return { call: 'CONCAT', list };
}

const OPERATORS = new Set([
	...['=', '<>', '<', '<=', '>', '>=', 'AND', 'OR', 'IN', 'NOT IN'],
	...['LIKE', 'NOT LIKE', 'IS', 'IS NOT'],
]);

/** What the grammar has read already, without its texts and numbers. */
const grammatical = new Set<string>();

/**
 * Reads a condition as T-SQL, whoever has written it, unless one of the same structure was read before.
 *
 * @throws Error when the grammar does not know it
 */
export function readAsTransactSql(condition: string): void {
	const skeleton = skeletonOf(condition);
	if (grammatical.has(skeleton)) return;
	parser.astify(`SELECT * FROM T WHERE ${disguised(condition)}`, { database: 'transactsql' });
	grammatical.add(skeleton);
}

/** Every part of a tree. */
function* partsOf(tree: Tree): Generator<Tree> {
	yield tree;
	const inner =
		'left' in tree
			? [tree.left, tree.right]
			: 'when' in tree
				? [tree.when, tree.then, tree.otherwise]
				: 'list' in tree
					? tree.list
					: [];
	for (const part of inner) yield* partsOf(part);
}

/** What was judged already, without its texts and numbers. */
const judged = new Set<string>();

/** Lists of the same kind look alike, however long they are. */
const skeletonOf = (condition: string) =>
	condition
		.replace(/N?'(?:[^']|'')*'/g, '?')
		.replace(/(?<=\s)-?\d+(?:\.\d+)?/g, '#')
		.replace(/\?(?:, \?)+/g, '?');

/**
 * Judges a condition that the node has written, unless one of the same structure was judged before.
 *
 * @param table the columns of which it may use
 * @throws Error when it is not T-SQL, or contains something that was not meant
 */
export function judge(condition: string, table: string): void {
	const skeleton = `${table} ${skeletonOf(condition)}`;
	if (judged.has(skeleton)) return;
	for (const part of partsOf(treeOf(condition))) {
		if ('column' in part && !part.column.startsWith(`${table}_`)) {
			throw new Error(`A column of another table: ${part.column} in ${condition}`);
		}
		if ('operator' in part && !OPERATORS.has(part.operator)) {
			throw new Error(`The operator ${part.operator} in ${condition}`);
		}
	}
	judged.add(skeleton);
}
