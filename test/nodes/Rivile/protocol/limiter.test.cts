import type { IPollFunctions } from 'n8n-workflow';

import type { Access } from '../../../../nodes/Rivile/protocol/access';
import { paced, type Waiting } from '../../../../nodes/Rivile/protocol/limiter';
import { limiters } from '../../../../nodes/Rivile/protocol/memory';
import { Fault } from '../../../../nodes/shared/fault';
import { failureOf } from '../../../../nodes/shared/failure';
import type { HttpAnswer } from '../../../../nodes/shared/http';
import type { CallSettings } from '../../../../nodes/shared/operation';
import { runPoll } from '../../../../nodes/shared/poll';

const ACCESS: Access = {
	endpoint: 'https://gateway.example/v2',
	apiKey: 'PAVYZDY.raktas',
	allowUnencrypted: false,
};

const OK: HttpAnswer = { status: 200, body: '{}' };

/** A point of time at which it is 14:00 in Vilnius. */
const NOW = Date.UTC(2026, 0, 31, 12);

beforeEach(() => {
	limiters.clear();
	jest.useFakeTimers({ now: NOW });
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
		const controller = new AbortController();
		setTimeout(() => controller.abort(), milliseconds);
		return controller.signal;
	});
});

afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

const pass = async (seconds: number) => await jest.advanceTimersByTimeAsync(seconds * 1000);

/** One connection of a key, which notes when its requests were sent, in seconds. */
function connection(options: Partial<Access & Waiting> & { answers?: HttpAnswer[] } = {}) {
	const { timeout = () => 120, signal, timezone = 'Europe/Vilnius', answers = [] } = options;
	const sent: number[] = [];
	const send = paced<string>(
		{ ...ACCESS, ...options },
		{ timeout, timezone, ...(signal !== undefined && { signal }) },
		async () => {
			sent.push((Date.now() - NOW) / 1000);
			return await Promise.resolve(answers.shift() ?? OK);
		},
	);
	const sendAll = (count: number) => Array.from({ length: count }, async () => await send('x'));
	return { sent, send, sendAll };
}

async function faultOf(sending: Promise<unknown>): Promise<Fault> {
	const reason: unknown = await sending.then(
		() => undefined,
		(error: unknown) => error,
	);
	if (reason instanceof Fault) return reason;
	throw new Error('No fault');
}

test('all connections of a key take turns, and other keys and gateways do not wait', async () => {
	const [first, second] = [connection(), connection()];
	const others = [
		connection({ apiKey: 'KITASPA.raktas' }),
		connection({ endpoint: 'https://other.example/v2' }),
	];
	const all = [first, second, ...others].flatMap(({ sendAll }) => sendAll(10));
	await pass(0.5);
	expect([first, second, ...others].map(({ sent }) => sent.length)).toEqual([10, 0, 10, 10]);
	await pass(1);
	await Promise.all(all);
	expect(second.sent).toEqual(Array(10).fill(1));
	// The same address in other letters is the same gateway.
	const again = connection({ endpoint: ' HTTPS://Gateway.example:443/v2 ' });
	void again.send('x');
	await pass(0.1);
	expect(again.sent).toEqual([]);
	await pass(1);
	expect(again.sent).toEqual([2]);
});

test('the key itself is kept nowhere', async () => {
	await connection().send('x');
	const [[name, turns] = []] = limiters;
	expect(name).toMatch(/^[0-9a-f]{64}$/);
	expect(JSON.stringify([name, turns])).not.toContain('raktas');
});

test('keys that are used no more are forgotten', async () => {
	await connection().send('x');
	await pass(3599);
	await connection({ apiKey: 'ANTRAS.raktas' }).send('x');
	expect(limiters.size).toBe(2);
	await pass(3600);
	await connection({ apiKey: 'TRECIAS.raktas' }).send('x');
	expect(limiters.size).toBe(2);
});

test('a turn that does not come in time ends with a message', async () => {
	const others = connection();
	void Promise.all(others.sendAll(25));
	const late = connection({ timeout: () => 1.5 });
	const ending = faultOf(late.send('x'));
	await pass(2);
	const fault = await ending;
	expect(fault.message).toBe('The request waited 2 seconds for its turn and was not sent');
	expect(fault.description).toMatch(/^Run fewer workflows at the same time.*'Timeout \(Seconds\)'/);
	expect(fault.details).toMatchObject({ maybeSent: false });
	expect(fault.details.transient).toBeUndefined();
	expect(failureOf(fault)).toEqual({ cause: 'rate-limited' });
	expect(late.sent).toEqual([]);
	expect(others.sent).toHaveLength(25);
});

test('an execution that is stopped leaves at once', async () => {
	const stop = new AbortController();
	const stopped = connection({ signal: stop.signal });
	void Promise.all(connection().sendAll(10));
	const ending = faultOf(stopped.send('x'));
	await pass(0.2);
	stop.abort();
	expect(await ending).toMatchObject({
		message: 'The request to Rivilė was not sent, because the execution was stopped',
		details: { cancelled: true },
	});
	expect(await faultOf(stopped.send('x'))).toMatchObject({ details: { cancelled: true } });
	await pass(1);
	expect(stopped.sent).toEqual([]);
});

test('an execution that was stopped before sends nothing, even if it is its turn', async () => {
	const stopped = connection({ signal: AbortSignal.abort() });
	expect(await faultOf(stopped.send('x'))).toMatchObject({ details: { cancelled: true } });
	expect(stopped.sent).toEqual([]);
});

test('a wait of a second is one second', async () => {
	void Promise.all(connection().sendAll(25));
	const ending = faultOf(connection({ timeout: () => 1 }).send('x'));
	await pass(2);
	expect(await ending).toMatchObject({
		kind: 'connection',
		message: 'The request waited 1 second for its turn and was not sent',
	});
});

test('an endpoint that is no address has turns of its own', async () => {
	await connection({ endpoint: 'gateway' }).send('x');
	await connection().send('x');
	expect(limiters.size).toBe(2);
});

test('a poll waits for its turn within its budget, and loses nothing', async () => {
	const budget = 10_000;
	const stored = { cursor: { at: 1 } };
	const context = {
		getMode: () => 'trigger',
		getNode: () => ({ name: 'Trigger', type: 'sample', typeVersion: 1, parameters: {} }),
		getNodeParameter: () => ({}),
		getWorkflowStaticData: () => stored,
		getPollBudgetMs: () => budget,
	} as unknown as IPollFunctions;
	const others = connection();
	void Promise.all(others.sendAll(95));
	let ended = 0;
	const poll = async () => {
		return await runPoll<CallSettings>(context, {
			service: 'Rivilė',
			connect: async (_context, settings) => settings,
			latest: async () => ({}),
			poll: async ({ timeout, repeat }) => {
				const { send } = connection({ timeout });
				await repeat(async () => await send('x'));
				return { items: [{ id: 1 }], cursor: { at: 2 } };
			},
		}).finally(() => {
			ended = Date.now() - NOW;
		});
	};
	const polling = poll().catch((error: Error) => error.message);
	await pass(12);
	// The 96th request goes after nine seconds, which is when calls of a poll end at the latest.
	expect(await polling).toBe('The request waited 9 seconds for its turn and was not sent');
	expect(ended).toBeLessThanOrEqual(9000);
	expect(stored).toEqual({ cursor: { at: 1 } });
	expect(others.sent).toHaveLength(95);
	expect(await poll()).toEqual([[{ json: { id: 1 } }]]);
	expect(stored).toEqual({ cursor: { at: 2 } });
});

test('a response is followed', async () => {
	const headers = {
		'X-RATELIMIT-REMAINING': '19',
		'x-ratelimit-burst-capacity': '30',
		'X-RateLimit-Replenish-Rate': '2',
	};
	const { sent, send } = connection({ answers: [{ ...OK, headers }] });
	await send('x');
	void send('x');
	await pass(5);
	// A reserve of 27 tokens, 19 of which are there: 9 more at 2 a second.
	expect(sent).toEqual([0, 4.5]);
});

const BLOCKED: HttpAnswer = { status: 429, body: '' };

describe('a blocked request', () => {
	test('pauses all requests with the key', async () => {
		const [first, second] = [
			connection({ answers: [{ ...BLOCKED, retryAfter: 7 }] }),
			connection(),
		];
		expect(await first.send('x')).toMatchObject({ status: 429 });
		void Promise.all(second.sendAll(2));
		await pass(6.9);
		expect(second.sent).toEqual([]);
		await pass(1);
		expect(second.sent).toHaveLength(2);
	});

	test('for longer than anyone waits ends with a message that names the time', async () => {
		const { send, sent } = connection({ answers: [{ ...BLOCKED, retryAfter: 600 }] });
		const waiting = connection({ timeout: () => 500 });
		const patient = connection({ timeout: () => 700 });
		const responding = send('x');
		void Promise.all(connection().sendAll(9));
		const short = faultOf(waiting.send('x'));
		const long = patient.send('x');
		const fault = await faultOf(responding);
		expect(fault.message).toBe(
			'Rivilė blocks this API key until 2026-01-31 14:10:00 (Europe/Vilnius): too many requests were made with it',
		);
		expect(fault.description).toMatch(/^Run the workflow again after that time\./);
		expect(failureOf(fault)).toEqual({ cause: 'rate-limited', retryAfterMs: 600_000 });
		expect(fault).toMatchObject({ kind: 'service', details: { status: 429, maybeSent: false } });
		expect(fault.details.transient).toBeUndefined();
		// What comes later in the pause is not sent.
		await pass(60);
		const later = await faultOf(send('x'));
		expect(later.message).toBe(fault.message);
		expect(failureOf(later)).toMatchObject({ retryAfterMs: 540_000 });
		expect(sent).toHaveLength(1);
		expect((await short).message).toBe(fault.message);
		await pass(540);
		expect(await long).toBe(OK);
		void send('x');
		await pass(1);
		expect(sent).toHaveLength(2);
	});

	test('for just as long as the request may wait is tried again', async () => {
		const blocked = { ...BLOCKED, retryAfter: 500 };
		const { send } = connection({ answers: [blocked], timeout: () => 500 });
		expect(await send('x')).toBe(blocked);
	});

	test.each<[string, Partial<HttpAnswer>, boolean]>([
		[
			'403 without words or tokens',
			{ status: 403, headers: { 'x-ratelimit-remaining': '0' } },
			true,
		],
		[
			'503 without words or tokens',
			{ status: 503, headers: { 'x-ratelimit-remaining': '0' } },
			true,
		],
		[
			'503 with too few tokens for one request',
			{
				status: 503,
				headers: { 'x-ratelimit-remaining': '3', 'x-ratelimit-requested-tokens': '5' },
			},
			true,
		],
		[
			'403 with words',
			{ status: 403, body: 'x', headers: { 'x-ratelimit-remaining': '0' } },
			false,
		],
		['403 with tokens left', { status: 403, headers: { 'x-ratelimit-remaining': '1' } }, false],
		['503 that says nothing', { status: 503 }, false],
		['200 with the last token', { status: 200, headers: { 'x-ratelimit-remaining': '0' } }, false],
	])('is told by its status, or %s', async (_name, answer, isBlocked) => {
		const asked = { ...BLOCKED, retryAfter: 500, ...answer };
		const { send } = connection({ answers: [asked], timeout: () => 1000 });
		expect(await send('x')).toBe(asked);
		const impatient = connection({ timeout: () => 499 });
		const next = impatient.send('x').then(
			() => false,
			() => true,
		);
		await pass(20);
		expect(await next).toBe(isBlocked);
	});
});
