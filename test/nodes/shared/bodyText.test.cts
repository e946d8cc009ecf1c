import { addAbortSignal, Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';

import fc from 'fast-check';

import { bodyText } from '../../../nodes/shared/bodyText';
import { Fault } from '../../../nodes/shared/fault';
import { answerTo } from '../../../nodes/shared/http';
import { LongText, PIECE } from '../../../nodes/shared/longText';

const MB = 1024 * 1024;

/** The same bytes, cut at these places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
	const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length];
	ends.sort((one, other) => one - other);
	return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

async function outcomeOf(body: unknown, contentType = ''): Promise<unknown> {
	try {
		return (await bodyText(body, contentType)).toString();
	} catch (error) {
		if (!(error instanceof Fault)) throw error;
		return [error.message, error.details];
	}
}

/** UTF-16 from most to least significant byte. */
const bigEndian = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();

describe('a stream is read like its bytes as a whole', () => {
	const places = fc.array(fc.nat(400), { maxLength: 6 });

	test('in each encoding, wherever it is cut', async () => {
		const text = fc.string({ unit: 'grapheme', maxLength: 80 });
		const encoded = fc.oneof(
			text.map((given) => [given, Buffer.from(given), 'text/xml; charset=utf-8'] as const),
			text.map((given) => [given, Buffer.from(`\ufeff${given}`), ''] as const),
			text.map((given) => [given, Buffer.from(`\ufeff${given}`, 'utf16le'), ''] as const),
			text.map((given) => [given, bigEndian(given), 'text/xml; charset=utf-8'] as const),
			fc
				.constant('<?xml version="1.0" encoding="windows-1257"?><a>à</a>')
				.map((given) => [given.replace('à', 'ą'), Buffer.from(given, 'latin1'), ''] as const),
		);
		await fc.assert(
			fc.asyncProperty(encoded, places, async ([given, bytes, type], cuts) => {
				const expected = given.trimStart();
				expect(await outcomeOf(Readable.from(cut(bytes, cuts)), type)).toBe(expected);
				expect(await outcomeOf(bytes, type)).toBe(expected);
			}),
			{ numRuns: 300 },
		);
	});

	test('also when it is no text', async () => {
		const bytes = fc
			.tuple(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 4 }))
			.map(([text, end]) => Buffer.concat([Buffer.from(text), end]));
		await fc.assert(
			fc.asyncProperty(bytes, places, async (given, cuts) => {
				const whole = await outcomeOf(given);
				expect(await outcomeOf(Readable.from(cut(given, cuts)))).toEqual(whole);
			}),
			{ numRuns: 300 },
		);
	});

	test('a character that is cut off may come whole the next time, another fault may not', async () => {
		const start = 'a'.repeat(200);
		const half = Buffer.from(`${start}ķ`).subarray(0, -1);
		expect(await outcomeOf(Readable.from(cut(half, [150])))).toEqual([
			'The response ends in the middle of a character',
			{ transient: true },
		]);
		const wrong = Buffer.concat([half, Buffer.from('a')]);
		expect(await outcomeOf(Readable.from(cut(wrong, [150])))).toEqual([
			'The response is not valid utf-8 text',
			{ transient: false },
		]);
	});

	test('an empty one is an empty text', async () => {
		expect(await outcomeOf(Readable.from([]))).toBe('');
		expect(await outcomeOf(Buffer.alloc(0))).toBe('');
	});
});

test('a long text comes in pieces, with its first and last characters', async () => {
	const text = `<a>${'ķ'.repeat(3 * PIECE)}</a>`;
	const parts = cut(
		Buffer.from(text),
		Array.from({ length: 100 }, (_, index) => index * 65_536),
	);
	for (const body of [Readable.from(parts), Buffer.from(text), text]) {
		const long = await bodyText(body, '');
		expect(long.start).toBe(text.slice(0, 20_000));
		expect(long.end).toBe(text.slice(-20_000));
		expect(long.toString()).toBe(text);
		const pieces = [...long.take()];
		expect(pieces.length).toBeGreaterThan(2);
		expect(pieces.join('')).toBe(text);
		expect(long.toString()).toBe('');
	}
});

test('the last characters do not depend on where the text is cut', () => {
	const text = 'abc'.repeat(20_000);
	expect(new LongText([text.slice(0, -1), text.slice(-1)]).end).toBe(text.slice(-20_000));
	expect(new LongText(['short']).end).toBe('short');
	expect(new LongText([]).end).toBe('');
});

describe('a stream that is not read to its end is closed', () => {
	function endless() {
		let sent = 0;
		const stream = new Readable({
			read() {
				sent += 1;
				this.push(Buffer.alloc(MB, 'a'));
			},
		});
		return { stream, sent: () => sent };
	}

	test('beyond 64 MB', async () => {
		const { stream, sent } = endless();
		expect(await outcomeOf(stream)).toEqual(['The response is longer than 64 MB', {}]);
		expect(stream.destroyed).toBe(true);
		expect(sent()).toBeLessThan(70);
	});

	/** Sends the start of a response, and nothing more. */
	function stuck() {
		const stream = new Readable({ read: () => {} });
		stream.push('<start>');
		const send = async (signal: AbortSignal) => {
			addAbortSignal(signal, stream);
			return { statusCode: 200, headers: {}, body: stream };
		};
		return { stream, send };
	}

	test('when the execution is stopped', async () => {
		const { stream, send } = stuck();
		const stop = new AbortController();
		const answer = answerTo(send, 'The service', 100, stop.signal);
		await new Promise((resolve) => setImmediate(resolve));
		stop.abort();
		await expect(answer).rejects.toMatchObject({ details: { cancelled: true } });
		expect(stream.destroyed).toBe(true);
	});

	test('at the deadline', async () => {
		const deadline = new AbortController();
		jest.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal);
		const { stream, send } = stuck();
		const answer = answerTo(send, 'The service', 100);
		deadline.abort();
		await expect(answer).rejects.toMatchObject({ details: { timedOut: true } });
		expect(stream.destroyed).toBe(true);
		jest.restoreAllMocks();
	});
});

test('a connection that ends in the middle of a response is a fault of the connection', async () => {
	const stream = new Readable({ read: () => {} });
	stream.push('<start>');
	const send = async () => ({ statusCode: 200, headers: {}, body: stream });
	const answer = answerTo(send, 'The service');
	stream.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
	await expect(answer).rejects.toMatchObject({
		kind: 'connection',
		message: 'The service closed the connection',
		details: { transient: true, maybeSent: true },
	});
});

test.each([
	['gzip', createGunzip],
	['Brotli', createBrotliDecompress],
])('what is not %s although it should be may be so the next time', async (_name, decompressor) => {
	const stream = Readable.from([Buffer.from('{"a":1}')]).pipe(decompressor());
	const send = async () => ({ statusCode: 200, headers: {}, body: stream });
	await expect(answerTo(send, 'The service')).rejects.toMatchObject({
		message: 'The service sent a response that cannot be decompressed',
		details: { transient: true, maybeSent: true },
	});
});
