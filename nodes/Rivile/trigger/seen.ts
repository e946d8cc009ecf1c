/** A change that was emitted: of which second, and a fingerprint of the row, as long as it is kept. */
export interface Change {
	readonly time: number;
	readonly print?: number;
}

/** Changes that were emitted, by the keys of their rows. */
export type Seen = ReadonlyMap<string, Change>;

/**
 * Changes as they are stored, so that thousands fit: those of 93 seconds whose keys differ only in a
 * number at the end. `[start / 93, key before the number, digits of the number, changes, fingerprints]`;
 * a change is the distance to the next lower number, and a character for the second.
 */
export type StoredChanges = readonly [number, string, number, string, string?];

/** The characters that JSON writes as one byte: ASCII without quote and backslash. */
const SIGNS = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index))
	.filter((sign) => sign !== '"' && sign !== '\\')
	.join('');
const BASE = SIGNS.length;
/** Digits of a number of any length; a digit that is not the last one has as much added. */
const HALF = Math.floor(BASE / 2);
/** A fingerprint takes so many signs. */
const PRINT = 5;
const sign = (value: number): string => SIGNS.charAt(value);

/** More than 32 bits, so no fingerprint. */
const NO_PRINT = sign(BASE - 1).repeat(PRINT);

function written(value: number): string {
	let text = '';
	let rest = value;
	for (; rest >= HALF; rest = Math.floor(rest / HALF)) text += sign(HALF + (rest % HALF));
	return text + sign(rest);
}

function writtenPrint(print: number | undefined): string {
	if (print === undefined) return NO_PRINT;
	let text = '';
	for (let rest = print; text.length < PRINT; rest = Math.floor(rest / BASE)) {
		text += sign(rest % BASE);
	}
	return text;
}

function readPrint(text: string): number | undefined {
	if (text.length < PRINT || text === NO_PRINT) return undefined;
	return [...text].reduceRight((value, character) => value * BASE + SIGNS.indexOf(character), 0);
}

/** More digits make no exact number in JavaScript. */
const KEY = /^([^]*?)(\d{0,15})$/;

interface Numbered extends Change {
	readonly number: number;
}

/**
 * @param prints of how many of the latest changes the fingerprint is kept
 */
function store(changes: ReadonlyArray<readonly [string, Change]>, prints: number): StoredChanges[] {
	const groups = new Map<string, { stem: [number, string, number]; changes: Numbered[] }>();
	for (const [index, [key, { time, print }]] of changes.entries()) {
		const [, head = '', digits = ''] = KEY.exec(key) ?? [];
		const stem: [number, string, number] = [Math.floor(time / BASE), head, digits.length];
		const name = JSON.stringify(stem);
		const group = groups.get(name) ?? { stem, changes: [] };
		const isKept = print !== undefined && index >= changes.length - prints;
		group.changes.push({ number: Number(digits), time, ...(isKept && { print }) });
		groups.set(name, group);
	}
	return [...groups.values()].map(({ stem, changes: group }) => {
		group.sort((a, b) => a.number - b.number);
		const codes = group.map(
			({ number, time }, index) =>
				written(number - (group[index - 1]?.number ?? 0)) + sign(time - stem[0] * BASE),
		);
		if (group.every(({ print }) => print === undefined)) return [...stem, codes.join('')];
		return [...stem, codes.join(''), group.map(({ print }) => writtenPrint(print)).join('')];
	});
}

/**
 * Reads what storeSeen wrote.
 *
 * @returns undefined when it is something else
 */
export function readSeen(stored: unknown): Map<string, Change> | undefined {
	if (!Array.isArray(stored)) return undefined;
	const seen = new Map<string, Change>();
	for (const group of stored) {
		if (!isStored(group)) return undefined;
		const [start, head, digits, codes, prints = ''] = group;
		let [number, rest, scale, index] = [0, 0, 1, 0];
		for (let at = 0; at < codes.length; at++) {
			const value = SIGNS.indexOf(codes.charAt(at));
			if (value < 0) return undefined;
			rest += (value % HALF) * scale;
			scale *= HALF;
			if (value >= HALF) continue;
			number += rest;
			[rest, scale] = [0, 1];
			const time = start * BASE + SIGNS.indexOf(codes.charAt(++at));
			const print = readPrint(prints.slice(index * PRINT, ++index * PRINT));
			const key = head + (digits === 0 ? '' : String(number).padStart(digits, '0'));
			seen.set(key, { time, ...(print !== undefined && { print }) });
		}
	}
	return seen;
}

function isStored(group: unknown): group is StoredChanges {
	if (!Array.isArray(group)) return false;
	const [start, head, digits, codes, prints]: unknown[] = group;
	return (
		Number.isInteger(start) &&
		typeof head === 'string' &&
		Number.isInteger(digits) &&
		typeof codes === 'string' &&
		(prints === undefined || typeof prints === 'string')
	);
}

/** What the stored changes may take, in bytes, of the 64 kB that a trigger's state may take. */
const ROOM = 62_000;

/** Of so many of the latest changes the fingerprint is kept, even if others have to make room. */
const PRINTS = 500;

/** A change takes two bytes at least, so no more can fit. */
const MOST = ROOM / 2;

const sizeOf = (stored: readonly StoredChanges[]): number =>
	Buffer.byteLength(JSON.stringify(stored));

/**
 * Changes in the form in which they are stored. What does not fit is left out: first fingerprints,
 * then changes, the earliest first, whole seconds of them.
 *
 * @returns `from`: all changes of this second and later ones are there; undefined when all are
 */
export function storeSeen(seen: Seen): { stored: StoredChanges[]; from?: number } {
	let changes = [...seen].sort(([, a], [, b]) => a.time - b.time);
	let from: number | undefined;
	for (let left = MOST; ; ) {
		const last = changes[changes.length - 1 - left]?.[1].time;
		if (last !== undefined) {
			from = last + 1;
			changes = changes.filter(([, { time }]) => time > last);
		}
		const size = sizeOf(store(changes, PRINTS));
		if (size <= ROOM) break;
		// A little less than the average says, so that one more round is enough.
		left = Math.floor(changes.length * (ROOM / size) * 0.98);
	}
	return { stored: withPrints(changes), ...(from !== undefined && { from }) };
}

/** Keeps as many fingerprints as there is room for, of the latest changes. */
function withPrints(changes: ReadonlyArray<readonly [string, Change]>): StoredChanges[] {
	const bare = sizeOf(store(changes, 0));
	for (let prints = Math.floor((ROOM - bare) / PRINT); prints > PRINTS; prints *= 0.9) {
		const stored = store(changes, Math.floor(prints));
		if (sizeOf(stored) <= ROOM) return stored;
	}
	return store(changes, PRINTS);
}
