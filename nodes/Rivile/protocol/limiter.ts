import { createHash } from 'node:crypto';

import { toLocalTime } from '../../shared/dates';
import { Fault } from '../../shared/fault';
import { isRecord } from '../../shared/guards';
import { notSent, type HttpAnswer } from '../../shared/http';
import { tryUrl } from '../../shared/urls';
import type { Access } from './access';
import { isBlocked } from './answer/blocked';
import { FEWER_REQUESTS } from './answer/outage';
import { limiters } from './memory';
import { LONGEST_PAUSE, type Ticket } from './pace/bucket';
import { limitsIn } from './pace/limits';
import { Turns } from './pace/turns';

/** How the requests of one connection wait for their turn. */
export interface Waiting {
	/** Seconds that a request may wait. */
	readonly timeout: () => number;
	/** Tells when the execution is stopped. */
	readonly signal?: AbortSignal;
	/** IANA zone of the times in messages. */
	readonly timezone: string;
}

/** Sends a request; any answer is one, whatever its status. */
type Send<Request> = (request: Request) => Promise<HttpAnswer>;

/**
 * Sends requests at the pace that the gateway allows for the API key. All nodes, triggers and
 * executions of the process take turns, and a blocked request pauses them all.
 *
 * @param send sends a request at once
 * @returns sends a request when its turn has come. Throws Fault (connection) when that is later than
 * the request may wait, or the execution was stopped; Fault (service) when the gateway has blocked
 * the key for longer than that; what `send` throws
 */
export function paced<Request>(
	access: Access,
	waiting: Waiting,
	send: Send<Request>,
): Send<Request> {
	return async (request) => {
		const turns = turnsOf(access);
		const ticket = await nextTurn(turns, waiting);
		const answer = await send(request);
		const limits = limitsIn(answer.headers);
		if (!isBlocked(answer)) {
			turns.passed(ticket, limits);
			return answer;
		}
		turns.blocked(ticket, limits, answer.retryAfter);
		// No further attempt of this execution can succeed.
		if (turns.pause > waiting.timeout() * 1000) throw blockedUntil(turns, waiting.timezone);
		return answer;
	};
}

async function nextTurn(turns: Turns, waiting: Waiting): Promise<Ticket> {
	const { timeout, signal, timezone } = waiting;
	if (signal?.aborted === true) throw stopped();
	const seconds = timeout();
	try {
		return await turns.next({ longest: seconds * 1000, stop: signal });
	} catch (error) {
		const code = isRecord(error) ? error.code : undefined;
		if (code === 'ERR_PAUSED') throw blockedUntil(turns, timezone);
		throw code === 'ERR_CANCELED' ? stopped() : noTurn(seconds);
	}
}

/** The turns of an API key: each gateway counts for itself. */
function turnsOf({ endpoint, apiKey }: Access): Turns {
	const gateway = tryUrl(endpoint)?.href ?? endpoint;
	// A hash, so that the key itself is kept nowhere.
	const name = createHash('sha256')
		.update(JSON.stringify([gateway, apiKey]))
		.digest('hex');
	const known = limiters.get(name);
	if (known !== undefined) return known;
	forgetIdle();
	const turns = new Turns();
	limiters.set(name, turns);
	return turns;
}

/** The turns of keys that were edited or deleted do not pile up. No pause is longer than this. */
function forgetIdle(): void {
	for (const [name, turns] of limiters) {
		if (turns.idle > LONGEST_PAUSE) limiters.delete(name);
	}
}

const stopped = () => notSent('The request to Rivilė');

function noTurn(seconds: number): Fault {
	const whole = Math.max(Math.round(seconds), 1);
	return new Fault(
		'connection',
		`The request waited ${whole === 1 ? '1 second' : `${whole} seconds`} for its turn and was not sent`,
		`${FEWER_REQUESTS} If the requests only need more time, increase 'Timeout (Seconds)' under 'Options'. Rivilė allows 10 requests a second for an API key, so the node sends them one after the other.`,
		{ cause: 'rate-limited', maybeSent: false },
	);
}

function blockedUntil(turns: Turns, timezone: string): Fault {
	const seconds = Math.ceil(turns.pause / 1000);
	const { date, time } = toLocalTime(new Date(Date.now() + seconds * 1000), timezone) ?? {};
	return new Fault(
		'service',
		`Rivilė blocks this API key until ${date} ${time} (${timezone}): too many requests were made with it`,
		`Run the workflow again after that time. ${FEWER_REQUESTS}`,
		{ status: 429, cause: 'rate-limited', retryAfter: seconds, maybeSent: false },
	);
}
