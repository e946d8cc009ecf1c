/**
 * Keys of several columns in a database that sorts texts in a way of its own. The conditions are read by
 * a grammar of T-SQL; the node knows nothing of the collation but what the pages show.
 */
import fc from 'fast-check';

import { I04, registerOf } from '../../../../../nodes/Rivile/protocol/catalogue';
import { PAGE_SIZE, type ReadPage } from '../../../../../nodes/Rivile/protocol/paging/page';
import { readSelection } from '../../../../../nodes/Rivile/protocol/paging/read';
import { rowKeyOf } from '../../../../../nodes/Rivile/protocol/paging/rowKey';
import {
	byCode,
	holds,
	type CompareTexts,
	type Values,
} from '../../../../../dev/simulators/rivile/evaluate.cts';
import { treeOf } from '../../../../../dev/simulators/rivile/judge.cts';
import { alphabet } from '../../trigger/collatedGateway.cts';

const register = registerOf('GET_I44_LIST') ?? I04;
const rowKey = rowKeyOf(register);

/** Those that databases have, and one that none has. */
const KNOWN: ReadonlyArray<readonly [string, CompareTexts]> = [
	['by code', byCode],
	['Lithuanian', new Intl.Collator('lt').compare],
	['general', new Intl.Collator('en').compare],
	['by words', new Intl.Collator('en', { ignorePunctuation: true }).compare],
];
const UNKNOWN: readonly [string, CompareTexts] = ['like no other', alphabet('zyZYb-a0')];

const LETTERS = ['a', 'B', 'b', 'y', 'Y', 'z', 'Z', 'i', '0', '10', '9', '-', 'ž', 'č'];

const rowAt = (index: number): Values => ({
	I44_MODUL: index % 2 === 0 ? 'RO' : 'ro2',
	I44_KODAS_OP: `${LETTERS[index % LETTERS.length] ?? ''}${LETTERS[(index * 3) % 11] ?? ''}`,
	I44_EIL_NR: index % 13,
	I44_TIPAS: Math.floor(index / 13),
});

/** Rows with distinct keys, as the database has them. */
const rowsOf = (count: number): Values[] =>
	Array.from({ length: count }, (_, index) => rowAt(index));

function gatewayOf(
	rows: readonly Values[],
	compare: CompareTexts,
	newestFirst: boolean,
	between: (request: number) => readonly Values[],
) {
	const all = [...rows];
	let requests = 0;
	const inOrder = (a: Values, b: Values) => {
		for (const { name, type } of rowKey.columns) {
			const [one, other] = [a[name] ?? '', b[name] ?? ''];
			const step = type === 'N' ? Number(one) - Number(other) : compare(String(one), String(other));
			if (step !== 0) return newestFirst ? -step : step;
		}
		return 0;
	};
	const readPage: ReadPage = async ({ fil, pagenumber = 1 }) => {
		if (requests++ > 0) all.push(...between(requests));
		const tree = fil === undefined ? undefined : treeOf(fil);
		const found = all
			.filter((row) => tree === undefined || holds(tree, row, compare) === true)
			.sort(inOrder);
		const page = found.slice((pagenumber - 1) * PAGE_SIZE, pagenumber * PAGE_SIZE);
		return await Promise.resolve(page.map((row) => ({ ...row })));
	};
	return { register, rowKey, readPage };
}

const everything = { filter: undefined, limit: Infinity, pageNumber: undefined };

describe.each([...KNOWN, UNKNOWN])('%s', (name, compare) => {
	test.each([true, false])(
		'newest first: %s: every row once, or a message',
		async (newestFirst) => {
			let whole = 0;
			await fc.assert(
				fc.asyncProperty(fc.integer({ min: 90, max: 420 }), fc.nat(3), async (count, more) => {
					let next = count;
					const between = () => {
						const added = Array.from({ length: more }, (_, index) => rowAt(next + index));
						next += more;
						return added;
					};
					const source = gatewayOf(rowsOf(count), compare, newestFirst, between);
					const [outcome] = await Promise.allSettled([readSelection(source, everything)]);
					if (outcome.status === 'rejected') {
						expect(outcome.reason.message).toBe("Rivilė's rows are not in the documented order");
						expect(name).toBe('like no other');
						return;
					}
					whole++;
					const keys = outcome.value.map((row) => rowKey.of(row));
					expect(new Set(keys).size).toBe(keys.length);
					const wanted = rowsOf(count).map((row) => rowKey.of({ ...row }));
					expect(wanted.filter((key) => !keys.includes(key))).toEqual([]);
				}),
				{ numRuns: 8 },
			);
			expect(whole).toBeGreaterThan(0);
		},
		60_000,
	);
});
