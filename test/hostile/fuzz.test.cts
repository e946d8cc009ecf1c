/** Good answers, spoiled at random: whatever comes is read, or refused in words. */
import fc from 'fast-check';

import { guardPrototypes, outcomeOf, READERS, valueOf } from './reading.cts';
import { record, type Recording } from './recordings.cts';

guardPrototypes();

/** One change of the bytes of an answer. */
type Mutation = (bytes: Buffer) => Buffer;

/** A place by its share of the whole, as the length changes with each mutation. */
const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (bytes: Buffer, share: number) => Math.floor(share * bytes.length);
const sorted = (shares: readonly number[], bytes: Buffer) =>
	shares.map((share) => at(bytes, share)).sort((a, b) => a - b);
const joined = (...parts: Buffer[]) => Buffer.concat(parts);

/** What means something to the readers. */
const PIECES = [
	'<',
	'>',
	'</',
	'/>',
	'&',
	';',
	'"',
	"'",
	'<!--',
	'-->',
	'<![CDATA[',
	']]>',
	'<?',
	'?>',
	'<!DOCTYPE x [<!ENTITY a "b">]>',
	'&a;',
	'&#0;',
	'&#xD800;',
	'&#x110000;',
	'\u0000',
	'\ufeff',
	' id="a"',
	' href="#a"',
	' xsi:nil="true"',
	' xmlns="x"',
	'<item>',
	'</item>',
	'<key>k</key>',
	'<__proto__>',
	'</__proto__>',
	'"__proto__":',
	'"constructor":{}',
	'<success>',
	'false',
	'<Fault>',
	'{',
	'}',
	'[',
	']',
	',',
	':',
	'\\',
	'\\u',
	'\\ud800',
	'1e400',
	'-0',
	'NaN',
	'null',
	'"errors":',
	'"message":',
	'<errorMessage>',
	'</RET_DOK>',
	'<I04/>',
	'<html>',
	'\r',
	'\n',
	'999999999999999999999',
];

const cut = fc.tuple(place, place).map(
	(shares): Mutation =>
		(bytes) => {
			const [start = 0, end = 0] = sorted(shares, bytes);
			return joined(bytes.subarray(0, start), bytes.subarray(end));
		},
);
const splice = fc
	.tuple(place, fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 8 })))
	.map(
		([share, piece]): Mutation =>
			(bytes) =>
				joined(
					bytes.subarray(0, at(bytes, share)),
					Buffer.from(piece),
					bytes.subarray(at(bytes, share)),
				),
	);
const duplicate = fc.tuple(place, place, fc.integer({ min: 1, max: 50 })).map(
	([a, b, times]): Mutation =>
		(bytes) => {
			const [start = 0, end = 0] = sorted([a, b], bytes);
			const part = bytes.subarray(start, Math.min(end, start + 2000));
			return joined(
				bytes.subarray(0, end),
				...Array.from({ length: times }, () => part),
				bytes.subarray(end),
			);
		},
);
const swap = fc.tuple(place, place, place).map(
	(shares): Mutation =>
		(bytes) => {
			const [a = 0, b = 0, c = 0] = sorted(shares, bytes);
			return joined(
				bytes.subarray(0, a),
				bytes.subarray(b, c),
				bytes.subarray(a, b),
				bytes.subarray(c),
			);
		},
);
const flip = fc
	.array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 5 })
	.map(
		(flips): Mutation =>
			(bytes) => {
				const flipped = Buffer.from(bytes);
				for (const [share, byte] of flips) flipped[at(bytes, share)] = byte;
				return flipped.subarray(0, bytes.length);
			},
	);
/** Changes a tag or a name as a whole, so that the document stays well-formed more often. */
const rename = fc
	.tuple(
		place,
		fc.constantFrom(
			'item',
			'__proto__',
			'constructor',
			'key',
			'I05',
			'success',
			'Fault',
			'return',
			'message',
		),
	)
	.map(
		([share, name]): Mutation =>
			(bytes) => {
				const text = bytes.toString('latin1');
				const old = /[<"]([\w:]+)[>" ]/.exec(text.slice(at(bytes, share)))?.[1];
				return old === undefined
					? bytes
					: Buffer.from(text.replaceAll(new RegExp(`\\b${old}\\b`, 'g'), name), 'latin1');
			},
	);

const mutations = fc.array(fc.oneof(cut, splice, duplicate, swap, flip, rename), {
	minLength: 1,
	maxLength: 4,
});
const http = fc.record({
	status: fc.constantFrom(200, 200, 200, 400, 401, 404, 500, 503),
	contentType: fc.constantFrom(
		'',
		'text/xml',
		'application/json',
		'text/html',
		'text/xml; charset=windows-1257',
		'text/xml; charset=utf-16',
	),
});

let recordings: Recording[];
beforeAll(async () => {
	recordings = await record();
});

test('each answer is read as it was recorded', async () => {
	for (const { reader, body } of recordings) await valueOf(reader, body);
});

test.each(READERS)(
	'%s: a spoiled answer is read, or refused in words',
	async (reader) => {
		const own = recordings.filter((recording) => recording.reader === reader);
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...own),
				mutations,
				http,
				async ({ body }, changes, around) => {
					const spoiled = changes.reduce((bytes, change) => change(bytes), Buffer.from(body));
					await outcomeOf(reader, spoiled, around);
				},
			),
			{ numRuns: Number(process.env.FUZZ_RUNS ?? 300) },
		);
	},
	600_000,
);

test('the answer to one call, spoiled or not, is no answer to another that breaks its reading', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.nat(),
			fc.nat(),
			fc.nat(),
			fc.array(splice, { maxLength: 2 }),
			async (one, two, reader, changes) => {
				const pick = <Element,>(from: readonly Element[], index: number) =>
					from[index % from.length];
				const [first, second] = [
					pick(recordings, one)?.body ?? '',
					pick(recordings, two)?.body ?? '',
				];
				const half = first.slice(0, first.length / 2) + second.slice(second.length / 2);
				const spoiled = changes.reduce((bytes, change) => change(bytes), Buffer.from(half));
				await outcomeOf(pick(READERS, reader) ?? 'login', spoiled);
				await outcomeOf(pick(READERS, reader) ?? 'login', first);
			},
		),
		{ numRuns: 300 },
	);
}, 600_000);
