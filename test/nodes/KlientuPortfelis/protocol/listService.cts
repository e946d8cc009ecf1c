/** A service that holds lists of objects, without HTTP: paging can be tested with thousands of runs. */
import { Fault } from '../../../../nodes/shared/fault';
import { once, type Repeat } from '../../../../nodes/shared/retry';
import type { Connection } from '../../../../nodes/KlientuPortfelis/protocol/call';
import { PageSize } from '../../../../nodes/KlientuPortfelis/protocol/pageSize';
import { readObjects } from '../../../../nodes/KlientuPortfelis/protocol/paging';
import { sessions } from '../../../../nodes/KlientuPortfelis/protocol/memory';

/** A request for a page of a list. */
export interface Asked {
	readonly listId: number;
	readonly start: number;
	readonly rows: number;
}

export interface Service {
	/** The IDs in the list, in the service's order, whatever list is asked for. */
	ids: number[];
	/** The IDs in each list; what is not among them does not exist. */
	lists?: ReadonlyMap<number, number[]>;
	/** The requests so far. */
	asked: Asked[];
	/** What happens to the list before a request is answered. */
	before?: (service: Service) => unknown;
	/** The response to a request is replaced: a code of the service, or a fault on the way. */
	refuse?: (asked: Asked) => number | Fault | undefined;
	/** The most rows that a page gets. */
	cap?: number;
	/** How many rows more than asked for a page gets. */
	extra?: number;
	/** Responds without object_count. */
	silent?: boolean;
	/** How many more objects it counts than it gives. */
	overstated?: number;
	/** Ignores start. */
	stuck?: boolean;
	/** Its clock, in milliseconds. */
	now?: number;
	/** How many milliseconds a response takes, after which the clock has moved. */
	takes?: (asked: Asked) => number;
	/** How long one request may take, in seconds. */
	timeout?: number;
}

/** More requests than any test needs. */
const MOST_REQUESTS = 500;

export const range = (count: number, first = 1) =>
	Array.from({ length: count }, (_, index) => first + index);

/** How many rows the requests asked for. */
export const rowsOf = ({ asked }: Service) => asked.map(({ rows }) => rows);

export const serviceOf = (count: number, more: Partial<Service> = {}): Service => ({
	ids: range(count),
	asked: [],
	...more,
});

function bodyOf(result: string): string {
	return `<E:Envelope xmlns:E="e"><E:Body><get_objectsResponse><return>${result}</return></get_objectsResponse></E:Body></E:Envelope>`;
}

function page(service: Service, asked: Asked): string {
	const ids = service.lists === undefined ? service.ids : service.lists.get(asked.listId);
	if (ids === undefined) return refusal(2008);
	const start = service.stuck === true ? 0 : asked.start;
	const rows = Math.min(asked.rows + (service.extra ?? 0), service.cap ?? Infinity);
	const items = ids
		.slice(start, start + rows)
		.map((id) => `<item><id>${id}</id></item>`)
		.join('');
	const count = ids.length + (service.overstated ?? 0);
	const counted = service.silent === true ? '' : `<object_count>${count}</object_count>`;
	return `<list>${counted}<objects>${items}</objects></list><success>true</success>`;
}

const refusal = (code: number) =>
	`<success>false</success><message>Nē</message><code>${code}</code>`;

/** No response within the timeout. */
export const timedOut = () =>
	new Fault('connection', 'No response in time', 'Try again later.', {
		transient: true,
		maybeSent: true,
		timedOut: true,
	});

/** A whole response that is not one of the service's. */
export const broken = (status: number) =>
	new Fault('answer', 'A web page came', 'Try again later.', { transient: true, status });

/** How long the pages are that are asked of the service, by its clock. */
export const sizeFor = (service: Service) =>
	new PageSize({
		timeout: (service.timeout ?? Infinity) * 1000,
		now: () => service.now ?? 0,
	});

/**
 * A connection to the service, with a session.
 *
 * @param repeat how what fails is tried again
 */
export function connectionTo(service: Service, repeat: Repeat = once): Connection {
	sessions.set('test', { sid: 'sid', number: 1, usedAt: Date.now(), login: undefined });
	return {
		fingerprint: 'test',
		timezone: 'UTC',
		secrets: [],
		addresses: { wsdlUrl: '', endpoint: 'https://service.example/', allowUnencrypted: false },
		transport: {
			repeat,
			...(service.timeout !== undefined && { timeout: () => service.timeout ?? 0 }),
			fetch: async () => await Promise.reject(new Error('not asked for')),
			send: async ({ parameters }) => {
				const { list_id: listId, start, rows } = parameters;
				const asked = { listId: Number(listId), start: Number(start), rows: Number(rows) };
				service.before?.(service);
				service.asked.push(asked);
				// A test of a reading that never ends shall fail, and not hang.
				if (service.asked.length > MOST_REQUESTS) throw new Error('The reading does not end');
				const refused = service.refuse?.(asked);
				if (refused instanceof Fault) throw refused;
				const taken = service.takes?.(asked) ?? 0;
				const limit = (service.timeout ?? Infinity) * 1000;
				service.now = (service.now ?? 0) + Math.min(taken, limit);
				if (taken > limit) throw timedOut();
				const result = refused === undefined ? page(service, asked) : refusal(refused);
				return await Promise.resolve({ status: 200, body: bodyOf(result) });
			},
		},
	};
}

/** Reads the IDs of a list of the service: of all its objects, unless a start or a limit is given. */
export async function idsOf(
	service: Service,
	{ start = 0, limit = Infinity, repeat = once } = {},
): Promise<unknown[]> {
	const connection = connectionTo(service, repeat);
	const selection = { listId: 1, start, limit };
	return await readObjects(connection, selection, ({ id }) => id, sizeFor(service));
}
