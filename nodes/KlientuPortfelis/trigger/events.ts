import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

/** Characters of a fingerprint: 36 bits, enough to tell the events of one session apart. */
const LENGTH = 6;

/**
 * What makes an event: the specification gives it no ID. Its title and the object's name are left
 * out, as they change when they are worded anew or the company is renamed, and so is when it was
 * sent, which is corrected along with the session.
 */
const IDENTITY = ['event_type', 'object_code', 'date', 'notes'];

function fingerprintOf(event: IDataObject): string {
	const identity = IDENTITY.map((name) => event[name] ?? null);
	const isKnown = identity.some((value) => value !== null);
	return createHash('sha256')
		.update(JSON.stringify(isKnown ? identity : event))
		.digest('base64')
		.slice(0, LENGTH);
}

/** The events that were not emitted before, and the fingerprints of all that are known then. */
export interface Unknown {
	readonly events: IDataObject[];
	readonly known: string;
}

/**
 * Compares a session's events with those that were emitted. Two events that are the same in all
 * that makes an event count as two.
 *
 * @param known fingerprints one behind the other, as this function gave them
 */
export function unknownEvents(known: string, events: readonly IDataObject[]): Unknown {
	const left = new Map<string, number>();
	for (let start = 0; start < known.length; start += LENGTH) {
		const fingerprint = known.slice(start, start + LENGTH);
		left.set(fingerprint, (left.get(fingerprint) ?? 0) + 1);
	}
	const unknown: IDataObject[] = [];
	const added: string[] = [];
	for (const event of events) {
		const fingerprint = fingerprintOf(event);
		const times = left.get(fingerprint) ?? 0;
		if (times > 0) {
			left.set(fingerprint, times - 1);
			continue;
		}
		unknown.push(event);
		added.push(fingerprint);
	}
	return { events: unknown, known: known + added.join('') };
}
