import { asciiJson } from './asciiJson';
import { Fault } from './fault';

/** What stands in the place of a secret. */
const MASK = '•••';

/** Shorter texts are too common in messages to be taken for secrets. */
const SHORTEST_SECRET = 4;

/** What programs write where they cut a text off (PHP cuts the arguments in its traces). */
const ELLIPSIS = /\.{2,}|[…⋯]|&hellip;|&#8230;|&#x2026;|\\u2026|%E2%80%A6|(?:%2E){2,}/gi;

/** What they leave before it: a blank, a bracket, the sign for half a character. */
const BEFORE_ELLIPSIS = /[\s\uFFFD]{0,4}[[(<]?$/;

/**
 * Takes secrets out of a text that quotes somebody else's words: as they are and as programs write
 * them, also those that were cut off, by an excerpt or by a program's own ellipsis.
 *
 * @param secrets passwords, keys, session keys; in any order, empty ones do no harm
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
	const forms = secrets.flatMap(formsOf);
	let masked = text;
	for (const form of forms) masked = masked.replaceAll(form, MASK);
	return maskBeginnings(masked, forms);
}

/** Masks what is the beginning of a secret and stands before an ellipsis. */
function maskBeginnings(text: string, forms: readonly string[]): string {
	const longest = (end: string) => Math.max(0, ...forms.map((form) => beginningAt(end, form)));
	let masked = '';
	let from = 0;
	for (const { index, 0: ellipsis } of text.matchAll(ELLIPSIS)) {
		const before = text.slice(from, index);
		const trimmed = before.replace(BEFORE_ELLIPSIS, '');
		// A blank or bracket may also be the secret's own.
		const whole = longest(before) > 0 ? before : trimmed;
		const length = longest(whole);
		masked += length === 0 ? before : whole.slice(0, -length) + MASK + before.slice(whole.length);
		masked += ellipsis;
		from = index + ellipsis.length;
	}
	return masked + text.slice(from);
}

/** How many of a secret's first characters a text ends with; 0 when they are too few to tell. */
function beginningAt(text: string, form: string): number {
	const longest = Math.min(form.length - 1, text.length);
	for (let length = longest; length >= SHORTEST_SECRET; length--) {
		if (text.endsWith(form.slice(0, length))) return length;
	}
	return 0;
}

/** A secret as documents, addresses and programs quote it, and as an excerpt shows that. */
function formsOf(secret: string): string[] {
	if (secret.length < SHORTEST_SECRET) return [];
	const bytes = Buffer.from(secret);
	const inXml = secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
	const inAttribute = inXml.replace(/"/g, '&quot;');
	const apostrophes = ['&#039;', '&#39;', '&apos;', '&#x27;'];
	const inJson = JSON.stringify(secret).slice(1, -1);
	const inForm = new URLSearchParams([['', secret]]).toString().slice(1);
	const forms = [
		secret,
		inXml,
		inAttribute,
		...apostrophes.map((apostrophe) => inAttribute.replace(/'/g, apostrophe)),
		inJson,
		inJson.replace(/\//g, '\\/'),
		asciiJson(secret).slice(1, -1),
		inForm,
		inForm.replace(/\+/g, '%20'),
		encodeURIComponent(bytes.toString()),
		bytes.toString('base64'),
	];
	const shown = forms.map((form) => form.replace(/\s+/g, ' ').trim());
	return [...new Set([...forms, ...shown])].filter((form) => form.length >= SHORTEST_SECRET);
}

/** The same fault with the secrets taken out of its quotes; what is no fault comes back as it is. */
export function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
	return error instanceof Fault ? error.masked((quoted) => maskSecrets(quoted, secrets)) : error;
}
