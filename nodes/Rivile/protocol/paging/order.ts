import { faultOfOrder } from './orderFault';
import { compareParts, type RowKey } from './rowKey';

type Compare = (a: string, b: string) => number;

/**
 * The ways in which databases sort texts. Which one Rivilė's uses shows in its pages: by code, by the
 * Lithuanian or the general alphabet, or by words, where hyphens and the like count for nothing.
 */
const WAYS: readonly Compare[] = [
	(a, b) => (a < b ? -1 : a > b ? 1 : 0),
	new Intl.Collator('lt').compare,
	new Intl.Collator('en').compare,
	new Intl.Collator('lt', { ignorePunctuation: true }).compare,
	new Intl.Collator('en', { ignorePunctuation: true }).compare,
];

/** The keys between two others, neither of them included. */
export interface Region {
	readonly above?: string;
	readonly below?: string;
}

/** The order of the keys, as far as the pages so far have shown it. */
export class Order {
	private ways: readonly Compare[];
	private descending: boolean | undefined;

	constructor(private readonly rowKey: RowKey) {
		this.ways = WAYS.map((way) => lexicographic(rowKey, way));
	}

	/**
	 * The keys of a full page, lowest first.
	 *
	 * @throws Fault (answer) when it is not sorted in any known way
	 */
	ascending(keys: readonly string[]): string[] {
		this.ways = this.ways.filter((compare) => isSorted(keys, compare));
		const [first = '', last = ''] = [keys[0], keys[keys.length - 1]];
		const down = this.compare(first, last) > 0;
		this.descending ??= down;
		return down ? keys.toReversed() : [...keys];
	}

	/**
	 * @throws Fault (answer) when a key lies outside the requested region
	 */
	checkInside(keys: readonly string[], { above, below }: Region): void {
		const ways = this.ways.filter((compare) =>
			keys.every(
				(key) =>
					(above === undefined || compare(key, above) >= 0) &&
					(below === undefined || compare(key, below) <= 0),
			),
		);
		if (ways.length === 0) {
			throw faultOfOrder('Rivilė sent rows that were not requested', UNSURE);
		}
		this.ways = ways;
	}

	/** Negative when the first key comes before the second. */
	compare(a: string, b: string): number {
		const [compare] = this.ways;
		if (compare !== undefined) return compare(a, b);
		throw noOrder(this.rowKey);
	}

	/** How to compare keys so that they come in the direction in which the gateway's pages are sorted. */
	likePages(): Compare {
		const [compare] = this.ways;
		if (compare === undefined) throw noOrder(this.rowKey);
		return this.descending === true ? (a, b) => compare(b, a) : compare;
	}
}

function isSorted(keys: readonly string[], compare: Compare): boolean {
	const steps = keys.slice(1).map((key, index) => compare(keys[index] ?? '', key));
	return steps.every((step) => step <= 0) || steps.every((step) => step >= 0);
}

/** What to do when responses do not follow the filter. */
export const UNSURE =
	"Run the workflow again. The responses do not follow the filter, so the list may be incomplete. If this keeps happening, read the rows page by page with 'Page Number'.";

/** A later column counts where all those before it are equal. */
function lexicographic(rowKey: RowKey, way: Compare): Compare {
	if (rowKey.columns.length === 1 && rowKey.columns[0]?.type === 'C') return way;
	return (a, b) => {
		const [first, second] = [rowKey.parts(a), rowKey.parts(b)];
		for (const [index, { type }] of rowKey.columns.entries()) {
			const step = compareParts(first[index] ?? null, second[index] ?? null, type, way);
			if (step !== 0) return step;
		}
		return 0;
	};
}

/** The fault for pages that are not sorted by the key. */
export function noOrder({ name }: RowKey) {
	return faultOfOrder(
		"Rivilė's rows are not in the documented order",
		`Set 'Limit' to 100 or less, read the rows page by page with 'Page Number', or narrow the filter to at most 100 rows. According to Rivilė's documentation, rows are sorted by ${name}. These are not, so the list could be incomplete.`,
	);
}
