/** Texts that XML parsers, PHP's above all, change, drop or refuse, and what becomes of them. */
import fc from 'fast-check';

const BLANKS = [' ', '\t', '\n', '\r', '\r\n'];
const MARKUP = ['&', '<', '>', '"', "'", ']]>', '<![CDATA[', '&amp;', '&#13;', '<!--', '<?php'];
const FOR_JSON = ['/', '\\', '\\u0041', '\b', '\f', '\u0000', '\u0001', '\u001f', '\u007f'];
const BEYOND_ASCII = ['ā', '\u0080', '\u0085', '\u00a0', '\u2028', '\u2029', '\u3000', '\ufeff'];
const AT_THE_LIMIT = ['\ufffd', '\ufffe', '\uffff', '\ud800', '\udc00', '\u{1f600}', '\u{10ffff}'];

const blank = fc.constantFrom(...BLANKS);
const odd = fc.constantFrom(...BLANKS, ...MARKUP, ...FOR_JSON, ...BEYOND_ASCII, ...AT_THE_LIMIT);

/** libxml hands text on in pieces of some hundred bytes; blanks may fill a piece. */
const longPiece = fc
	.tuple(
		fc.constantFrom(' ', '\n', '\r\n', 'x', 'ā', '&', '\u{1f600}'),
		fc.integer({ min: 1, max: 700 }),
	)
	.map(([unit, times]) => unit.repeat(times));

/** Texts of up to about 20 characters. */
export const shortText = fc.oneof(
	fc.string({ unit: odd, maxLength: 12 }),
	fc.string({ unit: blank, minLength: 1, maxLength: 4 }),
	fc.string({ unit: 'binary' }),
	fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
);

/** Texts of any length. */
export const anyText = fc.oneof(
	{ weight: 3, arbitrary: shortText },
	{
		weight: 1,
		arbitrary: fc.array(fc.oneof(longPiece, odd), { maxLength: 8 }).map((all) => all.join('')),
	},
);

/** Whether a text is made of blanks alone, as XML sees it. */
export const isBlank = (text: string): boolean => /^[\t\n\r ]+$/.test(text);

/** Whether a text cannot be sent so that PHP sees what was signed: it has to be refused. */
export function cannotArrive(text: string): boolean {
	const isForbidden = [...text].some((character) => {
		const point = character.codePointAt(0) ?? 0;
		const isControl = point < 0x20 && !BLANKS.includes(character);
		const isHalf = point >= 0xd800 && point <= 0xdfff;
		return isControl || isHalf || point === 0xfffe || point === 0xffff;
	});
	return isForbidden || (isBlank(text) && text.includes('\r'));
}
