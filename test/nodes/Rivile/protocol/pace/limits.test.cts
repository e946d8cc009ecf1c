import fc from 'fast-check';

import { limitsIn } from '../../../../../nodes/Rivile/protocol/pace/limits';

const NAMES = {
	remaining: 'X-RateLimit-Remaining',
	burst: 'X-RateLimit-Burst-Capacity',
	perSecond: 'X-RateLimit-Replenish-Rate',
	cost: 'X-RateLimit-Requested-Tokens',
} as const;

const inAnyCase = (name: string) =>
	fc
		.array(fc.boolean(), { minLength: name.length, maxLength: name.length })
		.map((upper) =>
			[...name].map((c, i) => (upper[i] === true ? c.toUpperCase() : c.toLowerCase())).join(''),
		);

test('the headers are read whatever the case of their names', () => {
	fc.assert(
		fc.property(
			fc.tuple(...Object.values(NAMES).map(inAnyCase)),
			fc.array(fc.integer({ min: 1, max: 9_999_999 }), { minLength: 4, maxLength: 4 }),
			(names, values) => {
				const headers = Object.fromEntries(names.map((name, i) => [name, ` ${values[i]} `]));
				const [remaining, burst, perSecond, cost] = values;
				expect(limitsIn({ 'content-type': 'x', ...headers })).toEqual({
					remaining,
					burst,
					perSecond,
					cost,
				});
			},
		),
	);
});

test('without headers nothing is said', () => {
	for (const none of [limitsIn(), limitsIn({})]) {
		expect(Object.values(none).filter((value) => value !== undefined)).toEqual([]);
	}
});

test.each(['', '-1', '1.5', '1e3', '0x10', 'NaN', 'Infinity', '29, 29', '30;w=1', '12345678', '٣'])(
	'%j is ignored, and the others count',
	(junk) => {
		for (const [name, header] of Object.entries(NAMES)) {
			const headers = Object.fromEntries(Object.values(NAMES).map((other) => [other, '7']));
			const expected = { remaining: 7, burst: 7, perSecond: 7, cost: 7, [name]: undefined };
			expect(limitsIn({ ...headers, [header]: junk })).toEqual(expected);
		}
	},
);

test('nothing may remain, but no limit is 0', () => {
	const headers = Object.fromEntries(Object.values(NAMES).map((name) => [name, '0']));
	expect(limitsIn(headers)).toEqual({
		remaining: 0,
		burst: undefined,
		perSecond: undefined,
		cost: undefined,
	});
});
