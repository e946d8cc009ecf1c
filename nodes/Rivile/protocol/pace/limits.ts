/** What the gateway says about its limit for an API key; undefined where it says nothing usable. */
export interface Limits {
	/** Tokens that are left after this request. */
	readonly remaining?: number;
	/** Tokens that there are at most. */
	readonly burst?: number;
	/** Tokens that are added each second. */
	readonly perSecond?: number;
	/** Tokens that one request takes. */
	readonly cost?: number;
}

/**
 * Reads the rate limit headers of a response. Values that make no sense are ignored: the gateway's
 * framework sends -1 as Remaining when it could not look the number up.
 *
 * @param headers their names may be in any case
 */
export function limitsIn(headers: Readonly<Record<string, string>> = {}): Limits {
	const values = new Map(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()]),
	);
	const count = (name: string, least: number): number | undefined => {
		const text = values.get(`x-ratelimit-${name}`) ?? '';
		// Seven digits are more than any gateway allows, and still exact.
		return /^\d{1,7}$/.test(text) && Number(text) >= least ? Number(text) : undefined;
	};
	return {
		remaining: count('remaining', 0),
		burst: count('burst-capacity', 1),
		perSecond: count('replenish-rate', 1),
		cost: count('requested-tokens', 1),
	};
}
