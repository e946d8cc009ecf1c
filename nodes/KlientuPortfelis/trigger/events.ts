import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

/** Characters of a fingerprint: 36 bits, enough to tell the events of one session apart. */
const LENGTH = 6;

/**
 * What identifies an event, which has no ID. Its title and the object's name are left out, because they
 * change when they are reworded or the company is renamed. So is the time it was sent, which is corrected
 * together with the session.
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

/** The events that were not emitted before, and the fingerprints of all that are known afterwards. */
export interface Unknown {
	readonly events: IDataObject[];
	readonly known: string;
}

/**
 * Compares a session's events with those that were emitted. Two events with the same identity count as
 * two.
 *
 * @param known joined fingerprints, as this function returned them
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
