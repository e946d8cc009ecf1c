/** Answers that a test orders for the requests to come. */

/** Something else than the gateway's own answer, or that answer late or in part. */
export interface OrderedAnswer {
	/** How many requests are meant, one unless told. */
	readonly times?: number;
	/** How many requests come before them. */
	readonly after?: number;
	/** Milliseconds, or a promise that the answer waits for. */
	readonly wait?: number | Promise<unknown>;
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** Instead of the gateway's own document. */
	readonly body?: string;
	/** The document ends in the middle, as if it were whole. */
	readonly truncate?: boolean;
	/** The connection ends in the middle of the document. */
	readonly cut?: boolean;
	/** The connection ends without an answer. */
	readonly drop?: boolean;
}

export const htmlPage = (status = 503): OrderedAnswer => ({
	status,
	headers: { 'content-type': 'text/html; charset=utf-8' },
	body: '<!DOCTYPE html><html><head><title>Bandymas</title></head><body>Bandymas<br></body></html>',
});

/** The general document of the gateway's framework. */
export const serverDocument = (status = 500, error = 'Internal Server Error'): OrderedAnswer => ({
	status,
	headers: { 'content-type': 'application/xml' },
	body: `<?xml version='1.0' encoding='UTF-8'?>\n<Map>\n<timestamp>2020-02-05T12:34:26.890+0000</timestamp>\n<status>${status}</status>\n<error>${error}</error>\n<message>No message available</message>\n<path>/v1</path>\n</Map>\n`,
});

interface Waiting {
	readonly answer: OrderedAnswer;
	skip: number;
	left: number;
}

/** The orders in the sequence they were given. */
export class Orders {
	private waiting: Waiting[] = [];

	add(answer: OrderedAnswer): void {
		this.waiting.push({ answer, skip: answer.after ?? 0, left: answer.times ?? 1 });
	}

	clear(): void {
		this.waiting = [];
	}

	/** What the request that has come gets instead of the gateway's own answer. */
	take(): OrderedAnswer {
		const [first] = this.waiting;
		if (first === undefined) return {};
		if (first.skip > 0) {
			first.skip--;
			return {};
		}
		if (--first.left <= 0) this.waiting.shift();
		return first.answer;
	}
}
