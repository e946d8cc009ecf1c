/** Conditions on keys, letter by letter: columns without a value, times and single columns. */
import {
	and,
	besides,
	keyAbove,
	keyBelow,
	keyBetween,
	keyFrom,
	keyIn,
	keyIs,
	keyIsNot,
	keyNotIn,
	keyUpTo,
	or,
	timeBefore,
	timeFrom,
	type Key,
	type KeyColumn,
} from '../../../../../nodes/Rivile/protocol/sql/conditions';

const column = (type: KeyColumn['type'], name = 'X'): KeyColumn => ({ name, type });
const COMPARISONS = {
	'>': keyAbove,
	'>=': keyFrom,
	'<': keyBelow,
	'<=': keyUpTo,
	'=': keyIs,
	'<>': keyIsNot,
};
type Sign = keyof typeof COMPARISONS;
const SIGNS = Object.keys(COMPARISONS) as Sign[];

const written = (sign: Sign, columns: readonly KeyColumn[], ...key: Key) =>
	COMPARISONS[sign](columns, key);

describe('a key of one column', () => {
	test.each(SIGNS)('%s: a text in plain quotes, a number as it is', (sign) => {
		expect(written(sign, [column('C')], "a'b")).toBe(`X ${sign} 'a''b'`);
		expect(written(sign, [column('C')], 'ą')).toBe(`X ${sign} N'ą'`);
		expect(written(sign, [column('N')], '5')).toBe(`X ${sign} 5`);
		expect(written(sign, [column('M')], 'a')).toBe(`X ${sign} 'a'`);
	});

	test.each<[Sign, string]>([
		['>', "X >= '2026-01-31T10:20:31'"],
		['>=', "X >= '2026-01-31T10:20:30'"],
		['<', "X < '2026-01-31T10:20:30'"],
		['<=', "X < '2026-01-31T10:20:31'"],
		['=', "(X >= '2026-01-31T10:20:30' AND X < '2026-01-31T10:20:31')"],
		['<>', "(X < '2026-01-31T10:20:30' OR X >= '2026-01-31T10:20:31')"],
	])('%s: a second, as the gateway shows no more', (sign, condition) => {
		expect(written(sign, [column('T')], '2026-01-31T10:20:30')).toBe(condition);
		expect(written(sign, [column('T')], '2026-01-31T10:20:30.5')).toBe(
			`X ${sign} '2026-01-31T10:20:30.5'`,
		);
	});

	test('an empty text is compared like any other', () => {
		expect(written('>', [column('C')], '')).toBe("X > ''");
		expect(written('=', [column('C')], null)).toBe("X = ''");
	});
});

describe('a key of two columns', () => {
	const texts = [column('C', 'A'), column('C', 'B')];

	test('a later column counts where those before are equal', () => {
		expect(written('>', texts, 'a', 'b')).toBe("(A > 'a' OR (A = 'a' AND B > 'b'))");
		expect(written('>=', texts, 'a', 'b')).toBe("(A > 'a' OR (A = 'a' AND B >= 'b'))");
		expect(written('<', texts, 'a', 'b')).toBe(
			"((A < 'a' OR A IS NULL) OR (A = 'a' AND (B < 'b' OR B IS NULL)))",
		);
		expect(written('<=', texts, 'a', 'b')).toBe(
			"((A < 'a' OR A IS NULL) OR (A = 'a' AND (B <= 'b' OR B IS NULL)))",
		);
		expect(written('=', texts, 'a', 'b')).toBe("(A = 'a' AND B = 'b')");
		expect(written('<>', texts, 'a', 'b')).toBe(
			"((A <> 'a' OR A IS NULL) OR (B <> 'b' OR B IS NULL))",
		);
	});

	test.each<[Sign, string]>([
		['>', "B <> ''"],
		['>=', '1 = 1'],
		['<', '1 = 0'],
		['<=', "(B IS NULL OR B = '')"],
	])('%s: no text is the lowest, as NULL and as an empty text', (sign, last) => {
		const first = sign.startsWith('>') ? "A > 'a'" : "(A < 'a' OR A IS NULL)";
		for (const none of [null, '']) {
			expect(written(sign, texts, 'a', none)).toBe(`(${first} OR (A = 'a' AND ${last}))`);
		}
	});

	test.each<KeyColumn['type']>(['N', 'T'])('no %s is the lowest, as NULL', (type) => {
		const columns = [column('C', 'A'), column(type, 'B')];
		expect(written('=', columns, 'a', null)).toBe("(A = 'a' AND B IS NULL)");
		expect(written('<>', columns, 'a', null)).toBe("((A <> 'a' OR A IS NULL) OR B IS NOT NULL)");
		expect(written('>', columns, 'a', null)).toBe("(A > 'a' OR (A = 'a' AND B IS NOT NULL))");
	});

	test('a long text has no value like a text', () => {
		const columns = [column('C', 'A'), column('M', 'B')];
		expect(written('=', columns, 'a', null)).toBe("(A = 'a' AND (B IS NULL OR B = ''))");
		expect(written('<>', columns, 'a', null)).toBe("((A <> 'a' OR A IS NULL) OR B <> '')");
	});

	test('a part that is missing counts as no value', () => {
		expect(written('=', texts, 'a')).toBe("(A = 'a' AND (B IS NULL OR B = ''))");
		expect(written('>', texts)).toBe("(A <> '' OR ((A IS NULL OR A = '') AND B <> ''))");
	});
});

describe('several keys', () => {
	test('of one text are in one list', () => {
		expect(keyIn([column('C')], [['a'], [null]])).toBe("X IN ('a', '')");
		expect(keyNotIn([column('C')], [['a'], ['b']])).toBe("X NOT IN ('a', 'b')");
	});

	test('of other columns are compared one by one', () => {
		expect(keyIn([column('N')], [['1'], ['2']])).toBe('(X = 1 OR X = 2)');
		expect(keyNotIn([column('N')], [['1']])).toBe('CASE WHEN (X = 1) THEN 0 ELSE 1 END = 1');
		const two = [column('C', 'A'), column('N', 'B')];
		expect(keyIn(two, [['a', '1']])).toBe("((A = 'a' AND B = 1))");
		expect(keyNotIn(two, [['a', '1']])).toBe(
			"CASE WHEN ((A = 'a' AND B = 1)) THEN 0 ELSE 1 END = 1",
		);
	});

	test('may be none', () => {
		expect(keyIn([column('C')], [])).toBe('1 = 0');
		expect(keyNotIn([column('C')], [])).toBeUndefined();
	});

	test('of a register without a key are no row', () => {
		expect(keyIn([], [['a']])).toBe('1 = 0');
		expect(keyAbove([], ['a'])).toBe('1 = 0');
	});
});

test('conditions are joined in parentheses, and none is undefined', () => {
	expect(and('a', undefined, 'b')).toBe('(a AND b)');
	expect(and('a')).toBe('(a)');
	expect(and(undefined)).toBeUndefined();
	expect(or(['a', 'b'])).toBe('(a OR b)');
	expect(or([])).toBeUndefined();
	expect(keyBetween([column('N')], { above: ['1'], below: ['5'] })).toBe('(X > 1 AND X < 5)');
	expect(keyBetween([column('N')], {})).toBeUndefined();
	expect(besides('(Y = 1)', [column('N')], ['5'])).toBe(
		'(((Y = 1) AND X <> 5) OR (X = 5 AND CASE WHEN (Y = 1) THEN 0 ELSE 1 END = 1))',
	);
});

test('points of time', () => {
	expect(timeFrom('X', '2026-01-31T00:00:00')).toBe("X >= '2026-01-31T00:00:00'");
	expect(timeBefore('X', '2026-01-31T00:00:00')).toBe("X < '2026-01-31T00:00:00'");
});
