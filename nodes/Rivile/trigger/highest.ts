import { KEY } from '../protocol/fields';
import { keyLiteral, readEvery } from '../protocol/keyset';
import { Order } from '../protocol/order';
import { keyOf, PAGE_SIZE, type ReadPage } from '../protocol/page';
import type { Row } from '../protocol/rows';
import { allOf } from './shared';

/**
 * The row with the highest key, found without reading all rows: a gateway that serves the highest
 * first shows it at once, and one that serves the lowest first is asked for rows above ever better
 * guesses. (A query inside the condition would see rows that the gateway itself leaves out.)
 *
 * @param filter a condition in parentheses; undefined for all rows
 * @returns undefined when there is no row
 * @throws what readPage throws
 */
export async function highestRow(
	readPage: ReadPage,
	filter: string | undefined,
): Promise<Row | undefined> {
	const order = new Order();
	const highestOf = (rows: readonly Row[]) =>
		[...rows].sort((a, b) => order.compare(keyOf(a), keyOf(b))).pop();
	const above = async (key: string) =>
		await readPage({ fil: allOf(filter, `${KEY} > ${keyLiteral(key)}`) });

	const first = await readPage(filter === undefined ? {} : { fil: filter });
	let best = highestOf(first);
	if (best === undefined || first.length < PAGE_SIZE) return best;
	const next = await above(keyOf(best));
	best = highestOf(next) ?? best;
	if (next.length < PAGE_SIZE) return best;

	const digits = keyOf(best).length;
	const isNumbered = [...first, ...next].every(
		(row) => /^\d+$/.test(keyOf(row)) && keyOf(row).length === digits,
	);
	if (!isNumbered) return highestOf(await readEvery(readPage, filter));
	let tooHigh = 10n ** BigInt(digits);
	for (;;) {
		const low = BigInt(keyOf(best));
		if (tooHigh - low <= 1n) return best;
		const guess = (low + tooHigh) / 2n;
		const rows = await above(String(guess).padStart(digits, '0'));
		best = highestOf(rows) ?? best;
		if (rows.length === 0) tooHigh = guess;
		else if (rows.length < PAGE_SIZE) return best;
	}
}
