/** How rows are told apart, whichever format they came in. */
import fc from 'fast-check';

import {
	columnIn,
	I04,
	REGISTERS,
	registerOf,
	type Register,
} from '../../../../../nodes/Rivile/protocol/catalogue';
import {
	compareParts,
	noKey,
	RowKey,
	rowKeyOf,
} from '../../../../../nodes/Rivile/protocol/paging/rowKey';

/** A key of three columns: a text, a number and a point of time. */
const THREE = new RowKey(
	[
		{ name: 'X_A', type: 'C' },
		{ name: 'X_B', type: 'N' },
		{ name: 'X_C', type: 'T' },
	],
	true,
	'X',
);
const single = (type: 'C' | 'N' | 'T') => new RowKey([{ name: 'X_A', type }], true, 'X');

describe('the key of a row with one column', () => {
	test.each<['C' | 'N' | 'T', unknown, string | undefined]>([
		['C', 'a', 'a'],
		['C', '', undefined],
		['C', 5, undefined],
		['C', undefined, undefined],
		['N', 5, '5'],
		['N', '5', '5'],
		['N', '005.500', '5.5'],
		['N', '-05.0', '-5'],
		['N', '0', '0'],
		['N', '100', '100'],
		['N', 1e300, undefined],
		['N', 'x', undefined],
		['N', null, undefined],
		['T', '2026-01-31', '2026-01-31T00:00:00'],
		['T', '2026.01.31', '2026-01-31T00:00:00'],
		['T', '2026-01.31', undefined],
		['T', '2026-01-31 08:09', '2026-01-31T08:09:00'],
		['T', '2026-01-31T08:09:10', '2026-01-31T08:09:10'],
		['T', '2026-01-31T08:09:10Z', '2026-01-31T08:09:10'],
		['T', '2026-01-31T08:09:10.0000', '2026-01-31T08:09:10'],
		['T', '2026-01-31T08:09:10.1200', '2026-01-31T08:09:10.12'],
		['T', null, '1900-01-01T00:00:00'],
		['T', '', undefined],
		['T', 'soon', undefined],
		['T', 'x2026-01-31', undefined],
		['T', '2026-01-31x', undefined],
		['T', 20260131, undefined],
	])('%s %j is %j', (type, value, key) => {
		expect(single(type).in({ X_A: value as string })).toBe(key);
	});

	test('is its own property, not one of every object', () => {
		expect(new RowKey([{ name: 'toString', type: 'C' }], true, 'X').in({})).toBeUndefined();
	});

	test('is taken as it is', () => {
		expect(single('C').parts('["a"]')).toEqual(['["a"]']);
	});
});

describe('the key of a row with several columns', () => {
	const row = { X_A: 'a', X_B: 5, X_C: '2026-01-31' };

	test('has them all, in their order', () => {
		const key = THREE.of(row);
		expect(THREE.parts(key)).toEqual(['a', '5', '2026-01-31T00:00:00']);
		expect(THREE.parts(key)).toBe(THREE.parts(key));
		expect(THREE.of({ ...row, X_B: '5.0' })).toBe(key);
	});

	test('may have columns without a value, but not without any', () => {
		expect(THREE.in({ ...row, X_A: '', X_B: null })).toBe('["",null,"2026-01-31T00:00:00"]');
		expect(THREE.in({ X_A: 'a', X_B: '', X_C: '' })).toBe('["a",null,null]');
		expect(THREE.parts('["",null,"2026-01-31T00:00:00"]')).toEqual([
			'',
			null,
			'2026-01-31T00:00:00',
		]);
		expect(THREE.in({ X_A: '', X_B: 5, X_C: 'soon' })).toBeUndefined();
		const texts = new RowKey(
			[
				{ name: 'X_A', type: 'C' },
				{ name: 'X_B', type: 'C' },
			],
			true,
			'X',
		);
		expect(texts.in({ X_A: '', X_B: '' })).toBeUndefined();
		expect(texts.in({ X_A: '', X_B: 'b' })).toBe('["","b"]');
	});

	test('is said to be missing by the names of the columns', () => {
		expect(() => THREE.of({ X_A: 'a' })).toThrow(
			expect.objectContaining({
				kind: 'answer',
				message: 'Rivilė sent a row without X_A, X_B, X_C',
				description: expect.stringContaining(
					'Ask for at most 100 rows, or read one page at a time',
				),
			}),
		);
		expect(new RowKey([], false, 'X').in(row)).toBeUndefined();
	});

	test('is the same text only for the same values', () => {
		const part = fc.oneof(fc.string(), fc.constantFrom('a","b', '\\', '["a"]'));
		const pair = fc.tuple(part, part).filter((parts) => parts.some((text) => text !== ''));
		const two = new RowKey(
			[
				{ name: 'X_A', type: 'C' },
				{ name: 'X_B', type: 'C' },
			],
			true,
			'X',
		);
		fc.assert(
			fc.property(pair, pair, (a, b) => {
				const [first, second] = [a, b].map(([X_A, X_B]) => two.of({ X_A, X_B }));
				expect(first === second).toBe(a[0] === b[0] && a[1] === b[1]);
				expect(two.parts(first ?? '')).toEqual(a);
			}),
		);
	});
});

describe('conditions', () => {
	const keys = rowKeyOf(I04);

	test('for what comes after a key, lies between two, or has one of several', () => {
		expect(keys.above('5')).toBe("I04_KODAS_CH > '5'");
		expect(keys.between({ above: '5', below: '7' })).toBe(
			"(I04_KODAS_CH > '5' AND I04_KODAS_CH < '7')",
		);
		expect(keys.between({ above: '5' })).toBe("(I04_KODAS_CH > '5')");
		expect(keys.between({ below: '7' })).toBe("(I04_KODAS_CH < '7')");
		expect(keys.between({})).toBeUndefined();
		expect(keys.among(['5', '7'])).toBe("I04_KODAS_CH IN ('5', '7')");
		expect(keys.among([])).toBe('1 = 0');
	});
});

describe('a witness', () => {
	const unique = rowKeyOf(I04);
	const without = noKey(I04);
	const row = {
		I04_KODAS_CH: 'a',
		I04_PAV: '',
		I04_SUMA: 5,
		I04_OP_DATA: '2026-01-31',
		I05_PAV: 'of another table',
		other: 'x',
	};

	test('is the key, where there is one', () => {
		expect(unique.witnessIn(row)).toBe('a');
		expect(unique.locate('a')).toEqual({ columns: unique.columns, key: ['a'] });
		expect(unique.isWitness(row, 'a')).toBe(true);
		expect(unique.isWitness({ ...row, I04_KODAS_CH: 'b' }, 'a')).toBe(false);
		expect(unique.witnessIn({ other: 'x' })).toBeUndefined();
	});

	test('is all texts and dates of the row, where there is none', () => {
		const witness = without.witnessIn(row) ?? '';
		const { columns, key } = without.locate(witness);
		expect(columns.map(({ name, type }) => [name, type])).toEqual([
			['I04_KODAS_CH', 'C'],
			['I04_OP_DATA', 'T'],
		]);
		expect(key).toEqual(['a', '2026-01-31T00:00:00']);
		expect(without.isWitness({ ...row, I04_SUMA: 6 }, witness)).toBe(true);
		expect(without.isWitness({ ...row, I04_OP_DATA: '2026-02-01' }, witness)).toBe(false);
		expect(without.isWitness({ I04_KODAS_CH: 'a' }, witness)).toBe(false);
		expect(without.witnessIn({ I04_SUMA: 5, I04_PAV: '', other: 'x' })).toBeUndefined();
		expect(without.witnessIn({ ...row, I04_OP_DATA: '' })).toBe('[["I04_KODAS_CH","a"]]');
	});

	test('has no columns of other tables, which conditions do not know', () => {
		const vouchers = registerOf('GET_N77_LIST') as Register;
		const voucher = { N77_KODAS_DC: 'a', T78_KODAS_DC: 'b', T78_GALIOJA_IKI: '2026-01-31' };
		expect(rowKeyOf(vouchers).witnessIn(voucher)).toBe('[["N77_KODAS_DC","a"]]');
	});

	test('of another table or a text that is no witness says nothing', () => {
		expect(without.locate('[["X_A","a"]]')).toEqual({
			columns: [{ name: 'X_A', type: 'C' }],
			key: ['a'],
		});
		expect(without.isWitness(row, '[["X_A","a"]]')).toBe(false);
		expect(without.locate('5')).toEqual({ columns: [], key: [] });
		expect(without.locate('[5, ["I04_PAV", 5], [5, "a"]]')).toEqual({ columns: [], key: [] });
	});
});

describe('the key of a register', () => {
	test.each(Object.values(REGISTERS).map((one: Register) => [one.method, one] as const))(
		'%s is that of the catalogue, by detail',
		(_method, register) => {
			for (const detail of ['H', 'A'] as const) {
				const { columns, isUnique } = rowKeyOf(register, detail);
				const names = register.details?.[detail].key ?? register.key;
				expect(columns.map(({ name }) => name)).toEqual(names);
				const types = names.map((name) => columnIn(register.table, name)?.type);
				expect(columns.map(({ type }) => type)).toEqual(types);
				expect(isUnique).toBe(register.isKeyUnique && names.length > 0);
			}
		},
	);

	test('is that of the header unless lines are asked for', () => {
		const debts = registerOf('GET_T03_LIST');
		if (debts === undefined) throw new Error('The register is gone');
		expect(rowKeyOf(debts).name).toBe(rowKeyOf(debts, 'H').name);
		expect(rowKeyOf(debts).name).not.toBe(rowKeyOf(debts, 'A').name);
		expect(noKey(debts).columns).toEqual([]);
		expect(noKey(debts).isUnique).toBe(false);
	});
});

describe('parts of keys', () => {
	const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));
	const signOf = (a: string | null, b: string | null, type: 'C' | 'N' | 'T') =>
		Math.sign(compareParts(a, b, type, byText));

	test.each<[string | null, string | null, 'C' | 'N' | 'T', number]>([
		[null, 'a', 'C', -1],
		['a', null, 'C', 1],
		[null, null, 'N', 0],
		['10', '9', 'N', 1],
		['10', '9', 'C', -1],
		['-1', '1', 'N', -1],
		['5', '5', 'N', 0],
		['2026-01-01T00:00:00', '2026-01-02T00:00:00', 'T', -1],
		['2026-01-02T00:00:00', '2026-01-01T00:00:00', 'T', 1],
		['2026-01-02T00:00:00', '2026-01-02T00:00:00', 'T', 0],
		['a', 'a', 'C', 0],
	])('%j and %j as %s: %d', (a, b, type, sign) => {
		expect(signOf(a, b, type)).toBe(sign);
		expect(signOf(b, a, type)).toBe(sign === 0 ? 0 : -sign);
	});

	test('are compared as the database sorts texts, and times by themselves', () => {
		const never = () => {
			throw new Error('not a text');
		};
		expect(compareParts('a', 'b', 'C', () => 7)).toBe(7);
		expect(compareParts('a', 'b', 'T', never)).toBe(-1);
		expect(compareParts('1', '2', 'N', never)).toBe(-1);
	});
});
