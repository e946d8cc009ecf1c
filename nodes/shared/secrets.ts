import { asciiJson } from './asciiJson';
import { Fault } from './fault';

/** What is shown instead of a secret. */
const MASK = '•••';

/** Shorter texts are too common in messages to be treated as secrets. */
const SHORTEST_SECRET = 4;

/** What programs write where they cut off a text (PHP cuts the arguments in its stack traces). */
const ELLIPSIS = /\.{2,}|[…⋯]|&hellip;|&#8230;|&#x2026;|\\u2026|%E2%80%A6|(?:%2E){2,}/gi;

/** What may come before it: whitespace, a bracket, the replacement of half a character. */
const BEFORE_ELLIPSIS = /[\s\uFFFD]{0,4}[[(<]?$/;

/**
 * Masks secrets in a text from outside, in every form in which programs write them, also if they were
 * cut off by an excerpt or by a program's own ellipsis.
 *
 * @param secrets passwords, keys, session keys; in any order; empty ones are ignored
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
	const forms = secrets.flatMap(formsOf);
	let masked = text;
	for (const form of forms) masked = masked.replaceAll(form, MASK);
	return maskBeginnings(masked, forms);
}

/** Masks the beginning of a secret before an ellipsis. */
function maskBeginnings(text: string, forms: readonly string[]): string {
	const longest = (end: string) => Math.max(0, ...forms.map((form) => beginningAt(end, form)));
	let masked = '';
	let from = 0;
	for (const { index, 0: ellipsis } of text.matchAll(ELLIPSIS)) {
		const before = text.slice(from, index);
		const trimmed = before.replace(BEFORE_ELLIPSIS, '');
		// The whitespace or bracket may also be part of the secret.
		const whole = longest(before) > 0 ? before : trimmed;
		const length = longest(whole);
		masked += length === 0 ? before : whole.slice(0, -length) + MASK + before.slice(whole.length);
		masked += ellipsis;
		from = index + ellipsis.length;
	}
	return masked + text.slice(from);
}

/** How many of a secret's first characters a text ends with; 0 if they are too few to be sure. */
function beginningAt(text: string, form: string): number {
	const longest = Math.min(form.length - 1, text.length);
	for (let length = longest; length >= SHORTEST_SECRET; length--) {
		if (text.endsWith(form.slice(0, length))) return length;
	}
	return 0;
}

/** The forms of a secret in XML, JSON, URLs and programs, and how an excerpt shows them. */
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

/** The fault with the secrets in its quotes masked; anything that is not a fault is returned as it is. */
export function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
	return error instanceof Fault ? error.masked((quoted) => maskSecrets(quoted, secrets)) : error;
}
