/** What SQL Server makes of a condition, by the tree that a grammar of T-SQL gives. */
import type { Tree } from './judge.cts';
import { like } from './tsql.cts';

/** A row, by column; null for none. */
export type Values = Readonly<Record<string, string | number | null>>;

export type CompareTexts = (a: string, b: string) => number;

export const byCode: CompareTexts = (a, b) => (a < b ? -1 : Number(a > b));

/** Whether a row meets a condition: true, false, or unknown. */
export function holds(tree: Tree, row: Values, compareTexts = byCode): boolean | null {
	if ('when' in tree || !('operator' in tree)) throw new Error('No condition');
	const { operator, left, right } = tree;
	if (operator === 'AND' || operator === 'OR') {
		const decides = operator === 'OR';
		const one = holds(left, row, compareTexts);
		if (one === decides) return decides;
		const other = holds(right, row, compareTexts);
		if (other === decides) return decides;
		return one === null || other === null ? null : !decides;
	}
	const value = valueOf(left, row, compareTexts);
	if (operator === 'IS') return value === null;
	if (operator === 'IS NOT') return value !== null;
	if (value === null) return null;
	if (operator === 'IN' || operator === 'NOT IN') {
		const list = 'list' in right ? right.list : [];
		const others = list.map((part) => valueOf(part, row, compareTexts));
		const isIn = others.some((other) => order(value, other, compareTexts) === 0);
		return isIn === (operator === 'IN');
	}
	const other = valueOf(right, row, compareTexts);
	if (other === null) return null;
	if (operator === 'LIKE') return like(String(other), String(value));
	return meets(operator, order(value, other, compareTexts));
}

function meets(operator: string, step: number): boolean {
	switch (operator) {
		case '=':
			return step === 0;
		case '<>':
			return step !== 0;
		case '<':
			return step < 0;
		case '<=':
			return step <= 0;
		case '>':
			return step > 0;
		case '>=':
			return step >= 0;
		default:
			throw new Error(`The operator ${operator}`);
	}
}

function valueOf(tree: Tree, row: Values, compareTexts: CompareTexts): string | number | null {
	if ('column' in tree) return row[tree.column] ?? null;
	if ('text' in tree) return tree.text;
	if ('number' in tree) return Number(tree.number);
	if (!('when' in tree)) throw new Error('No value');
	const chosen = holds(tree.when, row, compareTexts) === true ? tree.then : tree.otherwise;
	return valueOf(chosen, row, compareTexts);
}

function order(a: string | number, b: string | number | null, compareTexts: CompareTexts): number {
	return typeof a === 'number' ? a - Number(b) : compareTexts(a, String(b));
}
