/** Answers that a test orders for the requests to come. */
import type { FunctionName } from '../../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { faultDocument } from './answers.cts';
import type { ErrorCode } from './errors.cts';

interface Order {
	/** Which requests are meant; without it, any call of a function. */
	readonly function?: FunctionName | 'wsdl';
	/** How many of them, one unless told. */
	readonly times?: number;
}

/** The service refuses with a code, whatever the request, and does nothing. */
export interface OrderedFailure extends Order {
	readonly code: ErrorCode;
}

/** Something else than the service's own answer, or that answer late. */
export interface OrderedAnswer extends Order {
	/** Milliseconds, or a promise that the answer waits for. */
	readonly wait?: number | Promise<unknown>;
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** Instead of the service's own document. */
	readonly body?: string;
	/** The service's own document ends in the middle. */
	readonly cut?: boolean;
	/** The connection ends without an answer. */
	readonly drop?: boolean;
	/** With `body` or `drop`: the call is carried out all the same. */
	readonly performed?: boolean;
}

export const soapFault = (text: string, code?: string): OrderedAnswer => ({
	status: 500,
	body: faultDocument(text, code),
});

export const htmlPage = (status = 503): OrderedAnswer => ({
	status,
	headers: { 'content-type': 'text/html; charset=utf-8' },
	body: `<!DOCTYPE html><html><head><title>${status}</title></head><body>Apkope<br></body></html>`,
});

export const emptyBody = (status = 200): OrderedAnswer => ({ status, body: '' });

export const cutDocument = (): OrderedAnswer => ({ cut: true });

export const droppedConnection = (): OrderedAnswer => ({ drop: true });

export const delayed = (wait: number | Promise<unknown>): OrderedAnswer => ({ wait });

/** The orders in the sequence they were given. */
export class Orders {
	private waiting: Array<{ order: OrderedFailure | OrderedAnswer; left: number }> = [];

	add(order: OrderedFailure | OrderedAnswer): void {
		this.waiting.push({ order, left: order.times ?? 1 });
	}

	clear(): void {
		this.waiting = [];
	}

	/** The first order that means this request, used up by it. */
	take(name: FunctionName | 'wsdl' | undefined): OrderedFailure | OrderedAnswer | undefined {
		const index = this.waiting.findIndex(({ order }) =>
			order.function === undefined ? name !== 'wsdl' : order.function === name,
		);
		const found = this.waiting[index];
		if (!found) return undefined;
		if (--found.left <= 0) this.waiting.splice(index, 1);
		return found.order;
	}
}
