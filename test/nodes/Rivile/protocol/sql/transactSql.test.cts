/**
 * Conditions as an independent grammar of T-SQL reads them: the columns, operators and literals that
 * were meant, and nothing else.
 */
import fc from 'fast-check';

import {
	columnIn,
	filterColumns,
	REGISTERS,
	registerOf,
	type Column,
	type Register,
} from '../../../../../nodes/Rivile/protocol/catalogue';
import {
	besides,
	keyAbove,
	keyBelow,
	keyFrom,
	keyIn,
	keyIs,
	keyIsNot,
	keyNotIn,
	keyUpTo,
	type Key,
	type KeyColumn,
} from '../../../../../nodes/Rivile/protocol/sql/conditions';
import { buildFilter, type Condition } from '../../../../../nodes/Rivile/protocol/sql/filter';
import { holds, type Values } from '../../../../../dev/simulators/rivile/evaluate.cts';
import { treeOf, type Tree } from '../../../../../dev/simulators/rivile/judge.cts';

const SIGNS = [
	"'",
	"''",
	'"',
	'""',
	'%',
	'_',
	'[',
	']',
	'--',
	'/*',
	'*/',
	';',
	'(',
	')',
	',',
].concat([
	'\\',
	'\\\n',
	'\n',
	'\r\n',
	' ',
	"N'",
	'OR 1=1',
	'a',
	'B',
	'ą',
	'😀',
	'0',
	"' OR ''='",
	'&#39;',
]);
const tricky = fc
	.array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 6 })
	.map((signs) => signs.join(''))
	// An operation number of digits only has a second form, with zeros in front: filter.test has those.
	.filter((text) => text.trim() !== '' && !/^\d+$/.test(text.trim()));

/** Chains of AND and of OR are lists, whatever their parentheses; texts are in one piece. */
type Meaning =
	| { readonly and: readonly Meaning[] }
	| { readonly or: readonly Meaning[] }
	| readonly [left: Meaning | string, operator: string, right: Meaning | string | readonly string[]]
	| string;

function meaningOf(tree: Tree): Meaning {
	if ('column' in tree) return tree.column;
	if ('text' in tree) return `'${tree.text}`;
	if ('number' in tree) return `#${tree.number}`;
	if ('nothing' in tree) return 'NULL';
	if ('call' in tree)
		return `'${tree.list.map((part) => ('text' in part ? part.text : '?')).join('')}`;
	if ('list' in tree) return tree.list.map(meaningOf).join('|');
	if ('when' in tree) return 'CASE';
	const sides = [meaningOf(tree.left), meaningOf(tree.right)];
	if (tree.operator === 'AND') return { and: sides.flatMap((side) => listIn(side, 'and')) };
	if (tree.operator === 'OR') return { or: sides.flatMap((side) => listIn(side, 'or')) };
	return [sides[0] ?? '', tree.operator, sides[1] ?? ''];
}

function listIn(side: Meaning, word: 'and' | 'or'): readonly Meaning[] {
	if (typeof side === 'string') return [side];
	if (word === 'and' && 'and' in side) return side.and;
	return word === 'or' && 'or' in side ? side.or : [side];
}

const join = (word: 'and' | 'or', meanings: readonly Meaning[]): Meaning => {
	const parts = meanings.flatMap((meaning) => listIn(meaning, word));
	const [single] = parts;
	if (parts.length === 1 && single !== undefined) return single;
	return word === 'and' ? { and: parts } : { or: parts };
};

const SIGN = { equal: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

const nextDay = (day: string) =>
	`'${new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 19)}`;

/** What a condition means, in the words of the contract. */
function meant(register: Register, { field, operator, value }: Condition): Meaning {
	const column = columnIn(register.table, String(field));
	const name = column?.name ?? '';
	const { type = 'C' } = column ?? {};
	const isNone: Meaning = [name, 'IS', 'NULL'];
	const isSome: Meaning = [name, 'IS NOT', 'NULL'];
	const literal = (given: unknown) => (type === 'N' ? `#${String(given)}` : `'${String(given)}`);
	switch (operator) {
		case 'isEmpty':
			if (type === 'M') return join('or', [isNone, [name, 'LIKE', "'"]]);
			return type === 'C' ? join('or', [isNone, [name, '=', "'"]]) : isNone;
		case 'isNotEmpty':
			if (type === 'M') return join('and', [isSome, [name, 'NOT LIKE', "'"]]);
			return type === 'C' ? join('and', [isSome, [name, '<>', "'"]]) : isSome;
		case 'contains':
		case 'startsWith': {
			const pattern = String(value).replace(/[[%_]/g, '[$&]');
			return [name, 'LIKE', `'${operator === 'contains' ? '%' : ''}${pattern}%`];
		}
		default:
			return type === 'T' ? onDay(name, operator, String(value)) : compared();
	}
	function compared(): Meaning {
		if (operator === 'in') {
			return [name, 'IN', (Array.isArray(value) ? value : [value]).map(literal).join('|')];
		}
		if (operator === 'notEqual') return join('or', [[name, '<>', literal(value)], isNone]);
		const sign = Object.entries(SIGN).find(([key]) => key === operator)?.[1] ?? '?';
		return [name, sign, literal(value)];
	}
}

function onDay(name: string, operator: unknown, day: string): Meaning {
	const [from, end] = [`'${day}T00:00:00`, nextDay(day)];
	switch (operator) {
		case 'gt':
			return [name, '>=', end];
		case 'gte':
			return [name, '>=', from];
		case 'lt':
			return [name, '<', from];
		case 'lte':
			return [name, '<', end];
		case 'notEqual':
			return join('or', [
				[name, '<', from],
				[name, '>=', end],
				[name, 'IS', 'NULL'],
			]);
		default:
			return join('and', [
				[name, '>=', from],
				[name, '<', end],
			]);
	}
}

const comparing = fc.constantFrom('equal', 'notEqual', 'gt', 'gte', 'lt', 'lte', 'in');
const emptiness = fc.constantFrom('isEmpty', 'isNotEmpty');

function conditionOn({ name, type, decimals }: Column): fc.Arbitrary<Condition> {
	const empty = fc.record({ field: fc.constant(name), operator: emptiness });
	const field = fc.constant(name);
	if (type === 'N') {
		const value = fc
			.integer({ min: -999, max: 999 })
			.map((whole) => (decimals > 0 ? whole / 2 : whole));
		const list = value.map((number) => ({ field: name, operator: 'in', value: [number, 7] }));
		return fc.oneof(empty, list, fc.record({ field, operator: comparing, value }));
	}
	if (type === 'T') {
		const value = fc.constantFrom('2026-01-31', '2024-02-28', '2025-12-31');
		return fc.oneof(empty, fc.record({ field, operator: comparing, value }));
	}
	const texts = fc.oneof(comparing, fc.constantFrom('contains', 'startsWith'));
	return fc.oneof(
		empty,
		fc
			.record({ field, operator: texts, value: tricky })
			.map((condition) =>
				condition.operator === 'in' ? { ...condition, value: [condition.value, "a'b"] } : condition,
			),
	);
}

test.each(REGISTERS)('$method: the filter builder writes what was meant', (register) => {
	const columns = filterColumns(register);
	const conditions = fc.array(fc.constantFrom(...columns).chain(conditionOn), {
		minLength: 1,
		maxLength: 3,
	});
	fc.assert(
		fc.property(conditions, fc.constantFrom('and', 'or'), (given, combine) => {
			const written = buildFilter(register, given, combine, 'UTC') ?? '';
			const whole = join(
				combine === 'or' ? 'or' : 'and',
				given.map((condition) => meant(register, condition)),
			);
			expect(meaningOf(treeOf(written))).toEqual(whole);
		}),
		{ numRuns: 40 },
	);
});

const COLUMNS: readonly KeyColumn[] = [
	{ name: 'N32_KODAS_PS', type: 'C' },
	{ name: 'N32_ID', type: 'N' },
	{ name: 'N32_G_DATE', type: 'T' },
	{ name: 'N32_TIPAS', type: 'C' },
	{ name: 'N32_KODAS_US', type: 'C' },
];

const partOf = ({ type }: KeyColumn, isFirst: boolean): fc.Arbitrary<string | null> => {
	if (type === 'N') return fc.constantFrom('-1', '0', '2', '10', null);
	if (type === 'T') return fc.constantFrom('2026-01-01T00:00:00', '2026-01-01T00:00:01', null);
	const texts = fc.constantFrom('a', "O'B", ' x', 'ž', '\\');
	return isFirst ? texts : fc.oneof(texts, fc.constant(''));
};

/** No value comes first; an empty text counts as none. */
function compareKeys(columns: readonly KeyColumn[], a: Key, b: Key): number {
	for (const [index, { type }] of columns.entries()) {
		const [one, other] = [a[index] || null, b[index] || null];
		if (one === other) continue;
		if (one === null || other === null) return one === null ? -1 : 1;
		if (type === 'N') return Number(one) - Number(other);
		return one < other ? -1 : 1;
	}
	return 0;
}

const asRow = (columns: readonly KeyColumn[], key: Key): Values =>
	Object.fromEntries(
		columns.map(({ name, type }, index) => {
			const part = key[index] ?? null;
			return [name, type === 'N' && part !== null ? Number(part) : part];
		}),
	);

test('conditions on keys hold for the rows that they are meant for, as T-SQL reads them', () => {
	const keys = fc.integer({ min: 1, max: 5 }).chain((length) => {
		const columns = COLUMNS.slice(0, length);
		const key = fc.tuple(...columns.map((column, index) => partOf(column, index === 0)));
		return fc.record({
			columns: fc.constant(columns),
			one: key,
			others: fc.array(key, { minLength: 1, maxLength: 4 }),
			rows: fc.array(key, { minLength: 1, maxLength: 10 }),
		});
	});
	fc.assert(
		fc.property(keys, ({ columns, one, others, rows }) => {
			const filter = "(N32_KODAS_PS = 'a')";
			const isIn = (key: Key) => others.some((other) => compareKeys(columns, key, other) === 0);
			const isOne = (key: Key) => compareKeys(columns, key, one) === 0;
			const cases: ReadonlyArray<readonly [string, (key: Key) => boolean]> = [
				[keyAbove(columns, one), (key) => compareKeys(columns, key, one) > 0],
				[keyFrom(columns, one), (key) => compareKeys(columns, key, one) >= 0],
				[keyBelow(columns, one), (key) => compareKeys(columns, key, one) < 0],
				[keyUpTo(columns, one), (key) => compareKeys(columns, key, one) <= 0],
				[keyIs(columns, one), isOne],
				[keyIsNot(columns, one), (key) => !isOne(key)],
				[keyIn(columns, others), isIn],
				[keyNotIn(columns, others) ?? '1 = 1', (key) => !isIn(key)],
				[besides(filter, columns, one), (key) => (key[0] === 'a') !== isOne(key)],
			];
			for (const [condition, meets] of cases) {
				const tree = treeOf(condition);
				for (const row of rows) {
					const found = holds(tree, asRow(columns, row)) === true;
					expect([condition, row, found]).toEqual([condition, row, meets(row)]);
				}
			}
		}),
		{ numRuns: 300 },
	);
});

describe('the grammar', () => {
	test.each([
		"I04_PAV = 'a' OR",
		"I04_PAV = 'a'; DROP TABLE I04",
		"I04_PAV = 'a' ORDER BY 1",
		'I04_PAV LIMIT 3',
		'I04_PAV = (SELECT 1)',
		'LEN(I04_PAV) = 1',
		"I04_PAV = 'a",
		"I04_PAV = 'a') OR (1 = 1",
	])('takes %s for no condition of the node', (condition) => {
		expect(() => treeOf(condition)).toThrow();
	});

	test('reads texts as T-SQL does, without escapes', () => {
		for (const text of ['\\', '\\n', "\\'", '"', '""', 'a\nb', "''"]) {
			const tree = treeOf(`I04_PAV = N'${text.replaceAll("'", "''")}'`);
			expect(tree).toMatchObject({ right: { text } });
		}
	});

	test('knows the registers of the catalogue', () => {
		expect(registerOf('GET_N32_LIST')?.key).toHaveLength(5);
	});
});
