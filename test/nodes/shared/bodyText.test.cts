/** Long bodies are decoded in pieces: nothing of that may show in their text. */
import fc from 'fast-check';

import { bodyText } from '../../../nodes/shared/bodyText';

/** More than what is decoded in one go, so that characters lie across the ends of pieces. */
const LONG = 1024 * 1024;

const TEXT = 'Iela ā, Rīga € 😀 ';

const encodings = {
	'utf-8': (text: string) => Buffer.from(text, 'utf8'),
	'utf-16le': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
	'iso-8859-1': (text: string) => Buffer.from(text, 'latin1'),
} as const;

test('a long body is the same text as a whole and in pieces, in every encoding', () => {
	const encoding = fc.constantFrom(...(Object.keys(encodings) as Array<keyof typeof encodings>));
	fc.assert(
		fc.property(encoding, fc.nat(40), fc.string(), (name, shift, end) => {
			const words = name === 'iso-8859-1' ? 'Straße é ' : TEXT;
			const text = ' '.repeat(shift) + words.repeat(LONG / words.length + 1000) + end;
			const given = name === 'iso-8859-1' ? text.replace(/[^ -ÿ]/g, '?') : text;
			const { body, pieces } = bodyText(encodings[name](given), `text/xml; charset=${name}`);
			expect(body === given).toBe(true);
			expect([...(pieces?.() ?? [])].join('') === given).toBe(true);
		}),
		{ numRuns: 20 },
	);
});

test('a short body has no pieces', () => {
	expect(bodyText(Buffer.from(TEXT), 'text/xml')).toEqual({ body: TEXT });
	expect(bodyText(TEXT, '')).toEqual({ body: TEXT });
	expect(bodyText({ a: 1 }, 'application/json')).toEqual({ body: '{"a":1}' });
});

test.each([10, LONG])('what is not text is refused before anything is read: %d bytes', (length) => {
	const start = Buffer.alloc(length, 'a');
	const cut = Buffer.concat([start, Buffer.from('ā').subarray(0, 1)]);
	expect(() => bodyText(cut, '')).toThrow('The response ends in the middle of a character');
	const broken = Buffer.concat([start, Buffer.from([0xff]), start]);
	expect(() => bodyText(broken, '')).toThrow('The response is not valid utf-8 text');
});
