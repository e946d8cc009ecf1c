import { patiently, share } from '../../../shared/sharing';
import type { DecodedFields } from '../answer/decoder';
import type { Connection } from '../call';
import { portfolios, type KeptPortfolio } from '../memory';
import { codeKey } from './code';
import type { PortfolioEntry } from './entry';
import { fold } from './fold';
import { loadLists } from './lists';
import { readPortfolio, type Placed } from './objects';

/** How long the editor's searches work with what was read, in milliseconds. */
export const KEPT_FOR = 60_000;

/** So many objects are kept over all credentials; the latest portfolio is kept however large. */
const MAX_KEPT = 100_000;

/**
 * The objects of all lists in the order of their names, for the editor's searches: read at most once
 * a minute for a credential, by whoever asks first. A write of this process ends the minute (call.ts).
 *
 * @param now milliseconds since 1970
 * @throws Fault in words for the user
 */
export async function keptPortfolio(
	connection: Connection,
	now: () => number = Date.now,
): Promise<readonly PortfolioEntry[]> {
	const { fingerprint, transport } = connection;
	forgetOld(now());
	return await share(
		() => portfolios.get(fingerprint)?.entries,
		() => portfolios.get(fingerprint)?.reading,
		async () => await begin(connection, now),
		transport.patience?.() ?? patiently,
	);
}

async function begin(
	connection: Connection,
	now: () => number,
): Promise<readonly PortfolioEntry[]> {
	const { fingerprint } = connection;
	const reading = readEntries(connection);
	const kept: KeptPortfolio = { readAt: Infinity, reading };
	portfolios.set(fingerprint, kept);
	try {
		const entries = await reading;
		kept.entries = entries;
		kept.readAt = now();
		forgetSurplus();
		return entries;
	} finally {
		kept.reading = undefined;
		const isCurrent = portfolios.get(fingerprint) === kept;
		if (isCurrent && kept.entries === undefined) portfolios.delete(fingerprint);
	}
}

async function readEntries(connection: Connection): Promise<PortfolioEntry[]> {
	const objects = await readPortfolio(connection, await loadLists(connection), found);
	// Plain comparison of what is searched: the rules of an alphabet would take half a second.
	return objects
		.flatMap(toEntry)
		.sort((a, b) => (a.searched < b.searched ? -1 : a.searched > b.searched ? 1 : a.id - b.id));
}

/** What is kept of an object; undefined for one that cannot be picked. */
function found(object: DecodedFields): Omit<PortfolioEntry, 'lists'> | undefined {
	const { id, name, code, virtual_id, client_id } = object;
	if (typeof id !== 'number') return undefined;
	const texts = [name, code, client_id].map((text) => (text === null ? '' : String(text ?? '')));
	const searched = [...texts.map(fold), codeKey(code), codeKey(virtual_id)].join('\n');
	return { id, name: texts[0] ?? '', code: texts[1] ?? '', searched };
}

function toEntry({ object, lists }: Placed<ReturnType<typeof found>>): PortfolioEntry[] {
	return object === undefined ? [] : [{ ...object, lists: lists.map(({ name }) => name) }];
}

/** The entries that a person may mean by what they have typed so far, in the order of their names. */
export function matching(
	entries: readonly PortfolioEntry[],
	typed: string,
): readonly PortfolioEntry[] {
	const words = fold(typed).split(' ');
	const code = codeKey(typed);
	return entries.filter(
		({ searched }) =>
			words.every((word) => searched.includes(word)) || (code !== '' && searched.includes(code)),
	);
}

function forgetOld(now: number): void {
	for (const [name, { readAt }] of portfolios) {
		// A clock that was set back must not keep anything for longer.
		if (readAt !== Infinity && Math.abs(now - readAt) > KEPT_FOR) portfolios.delete(name);
	}
}

/** Forgets the earliest until what is kept fits. */
function forgetSurplus(): void {
	const byAge = [...portfolios]
		.filter(([, { readAt }]) => readAt !== Infinity)
		.sort(([, a], [, b]) => b.readAt - a.readAt);
	let total = 0;
	for (const [index, [name, { entries = [] }]] of byAge.entries()) {
		total += entries.length;
		if (index > 0 && total > MAX_KEPT) portfolios.delete(name);
	}
}
