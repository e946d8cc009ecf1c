/** Answers whose structure is not understood: read correctly, or a message that says what was there. */
import fc from 'fast-check';

import { I04 } from '../../../../../nodes/Rivile/protocol/catalogue';
import { readRows } from '../../../../../nodes/Rivile/protocol/answer/answer';
import { faultOfAnswer } from './faultOfAnswer.cts';

const STRUCTURE = "Rivilė's response has an unexpected structure";
const rows = async (body: string) => await readRows(I04, { status: 200, body });

describe('a message says what was unexpected', () => {
	test.each([
		[
			'{"I04":{"I04_PAV":"a","I04_PAV":"b"}}',
			'The column I04_PAV appears more than once: ["a", "b"]',
		],
		['{"I04":{"I04_SUMA":[1,2.50]}}', 'The column I04_SUMA appears more than once: [1, 2.50]'],
		['{"I04":{"I04_SUMA":[[1,2]]}}', 'The column I04_SUMA appears more than once: [1, 2]'],
		[
			'{"I04":{"I04_NEW":{"a":"b"}}}',
			'The column I04_NEW does not contain a single value: {a: "b"}',
		],
		[
			'{"I04":{"I04_PAV":"a","Row_number":{"x":1}}}',
			'The column Row_number does not contain a single value',
		],
		['{"I04":{"I04_PAV":"a","I05":"","i05":{"I05_EIL_NR":1}}}', 'There is i05 instead of a column'],
		['{"I04":{"I04_PAV":"a","I05":{"I05_APR":"b","I04":""}}}', 'There is I04 instead of a column'],
		['{"I04":"x"}', 'There is a value instead of rows in I04: "x"'],
		['{"RET_DOK":{"I04":7}}', 'There is a value instead of rows in I04: 7'],
		['[{"I04_PAV":"a"},"x"]', 'There is a value instead of rows in the response: "x"'],
		['{"I04":{"X":"1"}}', 'There are no columns of a row in I04: {X: "1"}'],
		['{"I04":[{"I04_PAV":"a"},{"id":"1"}]}', 'There are no columns of a row in I04: {id: "1"}'],
		['{"RET_DOK":{"I05":{"I05_EIL_NR":1}}}', 'There are no columns of a row in RET_DOK'],
		[
			'{"I04":{"I04_PAV":"a","I04":{"I04_PAV":"b"}}}',
			'A row contains columns and I04: {I04_PAV: "b"}',
		],
		['{"I04":{"I04_PAV":"a"},"I05":{"I05_EIL_NR":1}}', 'I05 is next to the rows'],
		['{"I04":{"I04_PAV":"a","I05":"x"}}', 'I05 contains a value instead of a line: "x"'],
		[
			'{"I04":{"I04_PAV":"a","I05":[{"I05_EIL_NR":1},"x"]}}',
			'I05 contains a value instead of a line',
		],
		['{"I04":{"I04_PAV":"a","I05":{"id":"1"}}}', 'A line of I05 has no column of I05: {id: "1"}'],
		[
			'{"I04":{"I04_PAV":"a","I05":{"I05_EIL_NR":1,"I05":{"I05_EIL_NR":2}}}}',
			'There is I05 instead of a column: {I05_EIL_NR: 2}',
		],
	])('%s', async (body, expected) => {
		const fault = await faultOfAnswer(body);
		expect([fault.kind, fault.message]).toEqual(['answer', STRUCTURE]);
		expect(fault.description).toContain(expected);
		expect(fault.details.transient).not.toBe(true);
	});

	test.each([
		'<RET_DOK><I04><I04_PAV>a</I04_PAV><I04_PAV>b</I04_PAV></I04></RET_DOK>',
		'<RET_DOK><I04><I04_PAV><b>x</b></I04_PAV></I04></RET_DOK>',
		'<RET_DOK><I04><I04_PAV>a</I04_PAV><I05>x</I05></I04></RET_DOK>',
		'<RET_DOK><I04>x</I04></RET_DOK>',
	])('in XML as well: %s', async (body) => {
		expect((await faultOfAnswer(body)).message).toBe(STRUCTURE);
	});

	test('in short, whatever its length', async () => {
		const long = JSON.stringify({
			I04: { I04_PAV: Array.from({ length: 9999 }, () => 'x'.repeat(99)) },
		});
		expect((await faultOfAnswer(long)).description.length).toBeLessThan(400);
		const deep = `{"I04":{"I04_PAV":${'{"a":'.repeat(50)}1${'}'.repeat(50)}}}`;
		expect((await faultOfAnswer(deep)).description.length).toBeLessThan(400);
	});
});

describe('is read', () => {
	const row = [{ I04_PAV: 'a' }];
	test.each([
		['{"I04":{"I04_PAV":["a"]}}', row],
		['{"I04":[{"I04":{"I04_PAV":"a"}}]}', row],
		['{"RET_DOK":{},"I04":{"I04_PAV":"a"}}', row],
		['{"RET_DOK":{"I04":{"I04_PAV":"a"}},"i04":[{"I04_PAV":"b"}]}', [...row, { I04_PAV: 'b' }]],
		['{"I04":{"I04_PAV":"a","I05":[{},{"I05_SUMA":1}]}}', [{ ...row[0], I05: [{ I05_SUMA: 1 }] }]],
		['{"I04":{"I04_PAV":"a","X":[{"b":"1"},"2"]}}', [{ ...row[0], X: [{ b: '1' }, '2'] }]],
		['{"I04":{"I04_PAV":"a"},"total":1}', row],
	])('%s', async (body, expected) => {
		expect(await rows(body)).toEqual(expected);
	});
});

/** Documents of the gateway's names in any place; each text is there once only. */
function documents(): fc.Arbitrary<string> {
	const { tree } = fc.letrec<Record<'tree' | 'rows' | 'row' | 'lines' | 'line' | 'any', unknown>>(
		(tie) => {
			const parts = (...names: Array<[string, fc.Arbitrary<unknown>]>) =>
				fc
					.array(fc.oneof(...names.map(([name, part]) => fc.tuple(fc.constant(name), part))), {
						maxLength: 4,
					})
					.map((made) => ({ parts: made }));
			const oneOrMore = (part: fc.Arbitrary<unknown>) =>
				fc.oneof({ arbitrary: part, weight: 3 }, fc.array(part, { maxLength: 3 }));
			const mostly = (part: fc.Arbitrary<unknown>) =>
				fc.oneof({ maxDepth: 6 }, { arbitrary: part, weight: 9 }, tie('any'));
			const text = fc.constantFrom('text', 'text', 'text', '', null);
			return {
				tree: mostly(parts(['RET_DOK', tie('rows')], ['I04', tie('rows')])),
				rows: mostly(fc.oneof(oneOrMore(tie('row')), parts(['I04', oneOrMore(tie('row'))]))),
				row: parts(
					['I04_KODAS_CH', mostly(text)],
					['I04_PAV', mostly(text)],
					['I04_NEW', mostly(text)],
					['I05', tie('lines')],
				),
				lines: mostly(fc.oneof(oneOrMore(tie('line')), parts(['I05', oneOrMore(tie('line'))]))),
				line: parts(['I05_APR', mostly(text)], ['I05_NEW', mostly(text)]),
				any: fc.oneof(
					{ maxDepth: 6 },
					text,
					tie('row'),
					tie('line'),
					parts(['RET_DOK', tie('any')], ['I04', tie('any')], ['I05', tie('any')]),
					fc.array(tie('any'), { maxLength: 3 }),
				),
			};
		},
	);
	return tree.map((made) => {
		let texts = 0;
		const written = (part: unknown): string => {
			if (part === 'text') return `"<${++texts}>"`;
			if (Array.isArray(part)) return `[${part.map(written).join(',')}]`;
			if (typeof part !== 'object' || part === null) return JSON.stringify(part);
			const { parts } = part as { parts: ReadonlyArray<[string, unknown]> };
			return `{${parts.map(([key, value]) => `"${key}":${written(value)}`).join(',')}}`;
		};
		return written(made);
	});
}

test('no document gives anything but rows of columns with all of its texts, or a message', async () => {
	let read = 0;
	await fc.assert(
		fc.asyncProperty(documents(), async (body) => {
			const [outcome] = await Promise.allSettled([rows(body)]);
			if (outcome.status === 'rejected') {
				expect(outcome.reason).toMatchObject({ name: 'Fault', kind: 'answer' });
				return;
			}
			const isValue = (value: unknown) => typeof value === 'string' || value === null;
			for (const { I05 = [], ...columns } of outcome.value) {
				expect(Object.keys(columns).some((name) => name.startsWith('I04_'))).toBe(true);
				expect(Object.values(columns).every(isValue)).toBe(true);
				for (const line of I05 as object[]) {
					expect(Object.keys(line).some((name) => name.startsWith('I05_'))).toBe(true);
					expect(Object.values(line).every(isValue)).toBe(true);
				}
			}
			const given = JSON.stringify(outcome.value).match(/<\d+>/g) ?? [];
			expect(given.sort()).toEqual((body.match(/<\d+>/g) ?? []).sort());
			if (given.length > 1) read++;
		}),
		{ numRuns: 4000 },
	);
	expect(read).toBeGreaterThan(20);
});
