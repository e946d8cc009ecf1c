import { isRecord } from '../../shared/guards';
import type { Region } from '../protocol/paging/order';
import { pointIn, pointOf, secondsOf } from './changes';
import type { Backlog, CreatedCursor } from './created';
import { isEventName, type ChangeEventName, type EventName } from './events';
import { readSeen, storeSeen, type Change } from './seen';
import type { UpdatedCursor } from './updated';

/** What the state says that n8n has stored for the event 'Operation Created'. */
export type StoredCreated =
	/** There is no state, or one of another event. */
	| { readonly kind: 'none' }
	| { readonly kind: 'cursor'; readonly cursor: CreatedCursor }
	/** Version 1 in the middle of a backlog from a start date. */
	| { readonly kind: 'sinceStart'; readonly since: string; readonly cursor: CreatedCursor }
	/** It cannot be read, but for some keys that were emitted or known. */
	| { readonly kind: 'damaged'; readonly keys: readonly string[] };

/** What the state says that n8n has stored for an event that is recognized by the time of a change. */
export type StoredUpdated =
	| { readonly kind: 'none' }
	| { readonly kind: 'cursor'; readonly cursor: UpdatedCursor }
	/** It cannot be read; the cursor begins behind the latest change that it names, if it does. */
	| { readonly kind: 'damaged'; readonly cursor?: UpdatedCursor };

const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
const isTextIfAny = (value: unknown): value is string | undefined =>
	value === undefined || isText(value);

/** The version of the states that are written. */
const VERSION = 2;

/** A cursor as n8n stores it: with the event whose rows it follows. */
export function stateOf(event: EventName, cursor: CreatedCursor | UpdatedCursor): object {
	return { version: VERSION, event, ...cursor };
}

/**
 * Whether a state is absent or of another event, whose keys and times mean nothing for this one. A
 * state without a known event is damaged.
 */
function isNone(stored: unknown, event: EventName): boolean {
	if (stored === undefined || stored === null) return true;
	return isRecord(stored) && isEventName(stored.event) && stored.event !== event;
}

/**
 * Reads the state of 'Operation Created', of this version or an older one.
 */
export function readCreated(stored: unknown): StoredCreated {
	if (isNone(stored, 'operationCreated')) return { kind: 'none' };
	if (!isRecord(stored)) return { kind: 'damaged', keys: [] };
	if (stored.event === 'operationCreated') {
		const read = stored.version === VERSION ? createdOf2(stored) : createdOf1(stored);
		if (read !== undefined) return read;
	}
	const keys = [stored.known, stored.recent].find(Array.isArray) ?? [];
	return { kind: 'damaged', keys: keys.filter(isText) };
}

function createdOf2({ floor, known, backlog }: Record<string, unknown>): StoredCreated | undefined {
	if (!isTextIfAny(floor) || !isTexts(known)) return undefined;
	if (backlog !== undefined && !isBacklog(backlog)) return undefined;
	const cursor: CreatedCursor = {
		...(floor !== undefined && { floor }),
		known,
		...(backlog !== undefined && { backlog }),
	};
	return { kind: 'cursor', cursor };
}

function isBacklog(value: unknown): value is Backlog {
	return (
		isRecord(value) &&
		Array.isArray(value.regions) &&
		value.regions.every(isRegion) &&
		isTexts(value.known) &&
		isTextIfAny(value.since)
	);
}

function isRegion(value: unknown): value is Region {
	return isRecord(value) && isTextIfAny(value.above) && isTextIfAny(value.below);
}

/** Version 1 kept its latest 50 keys, lowest first, and one region of a backlog. */
function createdOf1(stored: Record<string, unknown>): StoredCreated | undefined {
	const { version, recent, rest, since } = stored;
	if (version !== 1 || !isTexts(recent) || !isTextIfAny(since)) return undefined;
	const backlog = rest === undefined ? undefined : backlogOf1(rest);
	if (rest !== undefined && backlog === undefined) return undefined;
	const [floor] = recent;
	const cursor: CreatedCursor = {
		...(floor !== undefined && { floor }),
		known: recent,
		...(backlog !== undefined && { backlog }),
	};
	return since === undefined ? { kind: 'cursor', cursor } : { kind: 'sinceStart', since, cursor };
}

function backlogOf1(rest: unknown): Backlog | undefined {
	if (!isRecord(rest)) return undefined;
	const { above, below, known } = rest;
	if (!isTextIfAny(above) || !isTextIfAny(below) || !isTexts(known)) return undefined;
	const region = { ...(above !== undefined && { above }), ...(below !== undefined && { below }) };
	return { regions: [region], known };
}

/**
 * Reads the state of an event that is recognized by the time of a change, of this version or an older
 * one.
 *
 * @param now n8n's clock in the zone of the workflow, as YYYY-MM-DDTHH:MM:SS
 */
export function readUpdated(stored: unknown, event: ChangeEventName, now: string): StoredUpdated {
	if (isNone(stored, event)) return { kind: 'none' };
	if (!isRecord(stored)) return { kind: 'damaged' };
	if (stored.event === event) {
		const cursor = stored.version === VERSION ? updatedOf2(stored) : updatedOf1(stored, now);
		if (cursor !== undefined) return { kind: 'cursor', cursor };
	}
	const seen = readSeen(stored.seen) ?? seenOf1(stored.seen) ?? new Map<string, Change>();
	const until = isText(stored.until) ? pointIn(stored.until) : undefined;
	const known = until === undefined ? -Infinity : secondsOf(until);
	const latest = [...seen.values()].reduce((last, { time }) => Math.max(last, time), known);
	if (latest === -Infinity) return { kind: 'damaged' };
	return { kind: 'damaged', cursor: cursorWith(Math.min(latest + 1, secondsOf(now)), seen) };
}

function updatedOf2(stored: Record<string, unknown>): UpdatedCursor | undefined {
	const { from, scan, again, until, lines, seen } = stored;
	if (!isPoint(from) || !(scan === undefined || isPoint(scan))) return undefined;
	if (!(again === undefined || isPoint(again))) return undefined;
	if (typeof lines !== 'boolean' || readSeen(seen) === undefined) return undefined;
	return {
		from,
		...(scan !== undefined && { scan }),
		...(again !== undefined && { again }),
		...(isPoint(until) && { until }),
		lines,
		seen: seen as UpdatedCursor['seen'],
	};
}

const isPoint = (value: unknown): value is string => isText(value) && pointIn(value) === value;

/** Version 1 looked 6 hours back from what it had reached. */
const OVERLAP_1 = 6 * 60 * 60;

/**
 * Version 1 kept the time of each change by its key. It followed n8n's clock, so what it had reached
 * may lie in the future.
 */
function updatedOf1(stored: Record<string, unknown>, now: string): UpdatedCursor | undefined {
	const { version, until, from } = stored;
	const seen = seenOf1(stored.seen);
	if (version !== 1 || !isPoint(until) || seen === undefined) return undefined;
	if (!(from === undefined || isPoint(from))) return undefined;
	const overlap = secondsOf(until) - OVERLAP_1;
	const start = from === undefined ? overlap : Math.max(overlap, secondsOf(from));
	return cursorWith(Math.min(start, secondsOf(now)), seen);
}

function seenOf1(value: unknown): Map<string, Change> | undefined {
	if (!isRecord(value)) return undefined;
	const seen = new Map<string, Change>();
	for (const [key, change] of Object.entries(value)) {
		if (!isText(change)) return undefined;
		const point = pointIn(change);
		if (point !== undefined) seen.set(key, { time: secondsOf(point) });
	}
	return seen;
}

function cursorWith(from: number, seen: ReadonlyMap<string, Change>): UpdatedCursor {
	const { stored, from: fits = -Infinity } = storeSeen(seen);
	const start = pointOf(Math.max(from, fits));
	return { from: start, lines: false, seen: stored };
}
