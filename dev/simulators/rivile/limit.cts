/**
 * The gateway's rate limit: a bucket of tokens for each API key, as Spring Cloud Gateway's
 * RedisRateLimiter keeps it. That one counts in whole seconds: all tokens of a second come at once.
 */

/** What is allowed, and how the gateway says so. */
export interface Limit {
	/** The most tokens that a key can have. */
	readonly burst: number;
	/** How many tokens a key gets each second. */
	readonly perSecond: number;
	/** How many tokens a request takes. */
	readonly cost: number;
	/** Whether tokens come once a second, or evenly. */
	readonly wholeSeconds: boolean;
	/** Whether responses carry X-RateLimit-... headers. */
	readonly headers: boolean;
	/** The status of a blocked request, which has no body. */
	readonly status: number;
	/** What stands in a blocked request's Retry-After, seconds or a date; undefined for none. */
	readonly retryAfter: string | undefined;
}

/** The limit that Rivilė's documentation names. */
export const DOCUMENTED_LIMIT: Limit = {
	burst: 30,
	perSecond: 10,
	cost: 1,
	wholeSeconds: true,
	headers: true,
	status: 429,
	retryAfter: undefined,
};

/** So much that no test waits for its turn. */
export const GENEROUS_LIMIT: Limit = {
	...DOCUMENTED_LIMIT,
	burst: 1_000_000,
	perSecond: 1_000_000,
};

/** What a request is told, and whether it goes on to the gateway's own program. */
export interface Verdict {
	/** The status with which it is blocked; undefined where it goes on. */
	readonly blockedAs?: number;
	readonly headers: Readonly<Record<string, string>>;
}

interface Bucket {
	tokens: number;
	/** When tokens were added last, in seconds. */
	filled: number;
}

export class RateLimit {
	private readonly buckets = new Map<string, Bucket>();
	/** How many requests were blocked. */
	blocked = 0;
	/** The fewest tokens that any key had left after a request. */
	fewest = Infinity;

	/** @param now milliseconds since 1970 */
	constructor(
		private readonly limit: Limit,
		private readonly now: () => number = Date.now,
	) {}

	/** Counts a request with a key. */
	take(key: string): Verdict {
		const { burst, perSecond, cost, wholeSeconds, status } = this.limit;
		const seconds = this.now() / 1000;
		const now = wholeSeconds ? Math.floor(seconds) : seconds;
		const bucket = this.buckets.get(key) ?? { tokens: burst, filled: now };
		this.buckets.set(key, bucket);
		const added = Math.max(now - bucket.filled, 0) * perSecond;
		bucket.tokens = Math.min(bucket.tokens + added, burst);
		bucket.filled = now;
		const isBlocked = bucket.tokens < cost;
		if (isBlocked) this.blocked++;
		else bucket.tokens -= cost;
		this.fewest = Math.min(this.fewest, bucket.tokens);
		const headers = this.headersFor(bucket.tokens, isBlocked);
		return { ...(isBlocked && { blockedAs: status }), headers };
	}

	private headersFor(tokens: number, isBlocked: boolean): Record<string, string> {
		const { burst, perSecond, cost, headers, retryAfter } = this.limit;
		return {
			...(headers && {
				'X-RateLimit-Remaining': String(Math.floor(tokens)),
				'X-RateLimit-Requested-Tokens': String(cost),
				'X-RateLimit-Burst-Capacity': String(burst),
				'X-RateLimit-Replenish-Rate': String(perSecond),
			}),
			...(isBlocked && retryAfter !== undefined && { 'Retry-After': retryAfter }),
		};
	}
}
