import { forbiddenCharacter } from '../../../shared/xml';

/** A CDATA section, where nothing is a reference, or a reference to a character by its number. */
const REFERENCE = /<!\[CDATA\[[^]*?(?:\]\]>|$)|&#(?:x([\da-f]{1,8})|(\d{1,10}));/gi;

/** Unicode's private characters, one of which marks a stand-in. */
const FIRST_MARK = 0xe000;
const LAST_MARK = 0xf8ff;

const LAST_CHARACTER = 0x10ffff;

/** A document that can be parsed, and how its texts get their characters back. */
export interface Parsable {
	readonly text: string;
	readonly restore: (text: string) => string;
}

/**
 * Makes a document parsable that refers to characters which XML 1.0 cannot carry in any form. Databases
 * hold them (U+001A stands at the end of texts from old programs), and gateways write `&#x1A;` for them
 * in XML and `\u001a` in JSON. The rule for all of them, in both formats: they stay in the text as the
 * characters they are. Nothing is lost then, and a key that holds one is still found by it. Each is
 * replaced by a stand-in before parsing, as parsers leave or drop such a reference, and half a symbol
 * (`&#xD83D;&#xDE00;`) means something only beside its other half.
 */
export function parsable(text: string): Parsable {
	const unchanged = { text, restore: (same: string) => same };
	const mark = text.includes('&#') ? markFor(text) : undefined;
	if (mark === undefined) return unchanged;
	const replaced = text.replace(REFERENCE, (whole: string, hex?: string, decimal?: string) => {
		const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
		return isForbidden(code) ? `${mark}${code};` : whole;
	});
	if (replaced === text) return unchanged;
	const standIn = new RegExp(`${mark}(\\d+);`, 'g');
	return {
		text: replaced,
		restore: (part) =>
			part.includes(mark)
				? part.replace(standIn, (_, code: string) => String.fromCodePoint(Number(code)))
				: part,
	};
}

/** A private character that the text does not hold itself. */
function markFor(text: string): string | undefined {
	for (let code = FIRST_MARK; code <= LAST_MARK; code++) {
		const mark = String.fromCodePoint(code);
		if (!text.includes(mark)) return mark;
	}
	return undefined;
}

function isForbidden(code: number): boolean {
	// NaN, of a CDATA section, is none either.
	if (!(code <= LAST_CHARACTER)) return false;
	return forbiddenCharacter(String.fromCodePoint(code)) !== undefined;
}
