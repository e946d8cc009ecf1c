/** Letters that are not a plain letter with an accent, as people type them without their keyboard. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
	ł: 'l',
	ø: 'o',
	đ: 'd',
	æ: 'ae',
	œ: 'oe',
};

const ASCII = /^[\x20-\x7E]*$/;
/** The accents of European letters, which are found faster than all marks of all scripts. */
const ACCENTS = /[\u0300-\u036F]+/g;
const MARKS = /\p{M}/gu;
const SPECIAL_LETTERS = /[łøđæœ]/gu;
const QUOTATION_MARKS = /[«»„“”‟″]/gu;
const APOSTROPHES = /[‘’‚‛′]/gu;
const WHITESPACE = /\s+/gu;

/**
 * A text as names are compared: without case and accents, with one kind of quotation mark and single
 * spaces. "RĪGAS  PIENS" and "rigas piens" become the same.
 */
export function fold(text: string): string {
	// Most names are plain letters and accents, and a portfolio has many: the rest is done only if needed.
	const plain = ASCII.test(text) ? text : text.normalize('NFKD').replace(ACCENTS, '');
	const folded = ASCII.test(plain) ? plain.toLowerCase() : foldRest(plain);
	return folded.replace(WHITESPACE, ' ').trim();
}

/** The same for a text without accents in which other letters and signs are left. */
function foldRest(text: string): string {
	return (
		text
			// Both ways: "ß" and "SS" are the same, and so are all forms of a letter with several.
			.toUpperCase()
			.toLowerCase()
			.normalize('NFKD')
			.replace(MARKS, '')
			.replace(SPECIAL_LETTERS, (letter) => PLAIN_LETTERS[letter] ?? letter)
			.replace(QUOTATION_MARKS, '"')
			.replace(APOSTROPHES, "'")
	);
}

/** The pairs of neighbouring characters of a text. */
function pairsOf(text: string): string[] {
	return Array.from({ length: Math.max(text.length - 1, 0) }, (_, at) => text.slice(at, at + 2));
}

/**
 * How alike two names are, whatever their case and accents: the share of neighbouring characters that
 * they have in common (Dice's coefficient).
 *
 * @returns from 0 to 1
 */
export function similarity(one: string, other: string): number {
	const [a, b] = [fold(one), fold(other)];
	if (a === b) return 1;
	const left = pairsOf(b);
	const total = pairsOf(a).length + left.length;
	let common = 0;
	for (const pair of pairsOf(a)) {
		const at = left.indexOf(pair);
		if (at < 0) continue;
		left.splice(at, 1);
		common++;
	}
	return total === 0 ? 0 : (2 * common) / total;
}
